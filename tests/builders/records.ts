import type { AccessGrant, Agency, Member, PolicyAdoption, Training } from '#domain/records/agency.ts';
import type { Correction } from '#domain/records/correction.ts';
import { headId, type SignedAuditHead } from '#domain/records/audit-head.ts';
import type { Hit } from '#domain/records/hit.ts';
import { NO_COUNTS, type ActivePeriod } from '#domain/records/period.ts';
import type { Pictures, Read } from '#domain/records/read.ts';

/** Ids that are plainly invented: the same number gives the same id. */
export function anId(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

const AGENCY = anId(1);
const DEVICE = anId(2);
const OPERATOR = anId(3);
const PERIOD = anId(4);

/** Records that are proper by default; one line makes them wrong. */
export function aRead(given: Partial<Read> = {}): Read {
  return {
    _id: anId(100),
    kind: 'read',
    schema: 1,
    plate: 'TST042',
    jurisdiction: 'unknown',
    jurisdictionSource: 'unknown',
    collectedAt: '2026-11-22T16:00:00.000Z',
    utcOffsetMinutes: -360,
    lat: 45.88,
    lon: -95.37,
    accuracyM: 5,
    fix: 'gps',
    agencyId: AGENCY,
    periodId: PERIOD,
    classification: 'privateNonpublic',
    destroyBy: '2026-12-22T16:00:00.000Z',
    holdIds: [],
    origin: { kind: 'own' },
    ocr: { engine: 'plate-reader', version: '1', confidence: 0.98 },
    clockOffsetMs: 0,
    ...given
  };
}

export function aCorrection(given: Partial<Correction> = {}): Correction {
  const correction = {
    _id: anId(300),
    kind: 'correction',
    schema: 1,
    readId: anId(100),
    periodId: PERIOD,
    collectedAt: '2026-11-22T16:00:00.000Z',
    utcOffsetMinutes: -360,
    correctedAt: '2026-11-22T16:00:20.000Z',
    finding: 'notAPlate',
    destroyBy: '2026-12-22T16:00:00.000Z',
    ...given
  };
  return correction as Correction;
}

export function aHit(given: Partial<Hit> = {}): Hit {
  return {
    _id: anId(200),
    kind: 'hit',
    schema: 1,
    readId: anId(100),
    periodId: PERIOD,
    collectedAt: '2026-11-22T16:00:00.000Z',
    utcOffsetMinutes: -360,
    sourceId: anId(5),
    category: 'stolenVehicle',
    entryRef: 'V-1',
    listVersionId: anId(6),
    listAsOf: '2026-11-22T12:00:00.000Z',
    listAgeSeconds: 14_400,
    match: 'exact',
    jurisdictionCheck: 'unknown',
    answer: null,
    answeredAt: null,
    verification: null,
    enforcement: null,
    destroyBy: '2026-12-22T16:00:00.000Z',
    ...given
  };
}

export function aPeriod(given: Partial<ActivePeriod> = {}): ActivePeriod {
  return {
    _id: PERIOD,
    kind: 'period',
    schema: 1,
    agencyId: AGENCY,
    deviceId: DEVICE,
    deployment: 'handheld',
    operatorId: OPERATOR,
    purpose: 'routinePatrol',
    attestedAt: '2026-11-22T15:59:00.000Z',
    localDate: '2026-11-22',
    utcOffsetMinutes: -360,
    intervals: [{ startedAt: '2026-11-22T16:00:00.000Z', endedAt: null, endReason: null }],
    databases: [],
    counts: NO_COUNTS,
    closedAt: null,
    ...given
  };
}

/** Two tiny byte strings that stand for JPEG files where only their length matters. */
export function somePictures(): Pictures {
  return {
    plateImage: new Uint8Array([0xff, 0xd8, 0xff, 0xd9]),
    contextImage: new Uint8Array([0xff, 0xd8, 1, 0xff, 0xd9])
  };
}

export function anAgency(given: Partial<Agency> = {}): Agency {
  return {
    _id: AGENCY,
    kind: 'agency',
    schema: 1,
    name: 'Example City Police Department',
    timeZone: 'America/Chicago',
    retentionDays: 30,
    backupDays: 0,
    suspended: false,
    demo: false,
    ...given
  };
}

export function aMember(given: Partial<Member> = {}): Member {
  return {
    _id: OPERATOR,
    kind: 'member',
    schema: 1,
    name: 'Ofc. A. Example',
    signInName: 'a.example',
    roles: ['operator'],
    disabledAt: null,
    ...given
  };
}

export function aTraining(given: Partial<Training> = {}): Training {
  return {
    _id: anId(7),
    kind: 'training',
    schema: 1,
    memberId: OPERATOR,
    course: 'ALPR operator',
    completedAt: '2026-01-10T15:00:00.000Z',
    expiresAt: '2027-01-10T15:00:00.000Z',
    trainer: 'Sgt. T. Example',
    ...given
  };
}

export function aGrant(given: Partial<AccessGrant> = {}): AccessGrant {
  return {
    _id: anId(8),
    kind: 'grant',
    schema: 1,
    memberId: OPERATOR,
    roles: ['operator'],
    purpose: 'Patrol use of ALPR',
    signedBy: 'Chief C. Example',
    from: '2026-01-10T15:00:00.000Z',
    until: null,
    ...given
  };
}

export function aPolicy(given: Partial<PolicyAdoption> = {}): PolicyAdoption {
  return {
    _id: anId(9),
    kind: 'policy',
    schema: 1,
    title: 'Policy 426, Automated License Plate Readers',
    version: '2026-01',
    sha256: 'b'.repeat(64),
    adoptedOn: '2026-01-05',
    adoptedBy: 'Chief C. Example',
    ...given
  };
}

export function aSignedHead(): SignedAuditHead {
  const at = '2026-11-22T17:00:00.000Z';
  return {
    _id: headId(1),
    kind: 'signedAuditHead',
    schema: 1,
    head: { kind: 'auditHead', schema: 1, index: 1, size: 3, root: 'ab'.repeat(32), at, previous: null },
    jws: 'eyJh.eyJr.c2ln'
  };
}
