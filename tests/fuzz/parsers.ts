/** Every parser that takes bytes from outside, with what it may never let through. */
import { PUBLISHED_TAGS } from '#domain/policy/address-confidentiality.ts';
import { CompactSign, exportJWK, generateKeyPair } from 'jose';
import type { Check } from '#domain/check/check.ts';
import { checkHotlistEntry } from '#domain/records/hotlist.ts';
import { checkSealedRecord, packContent, unpackContent, type SealedRecord } from '#domain/records/sealed.ts';
import { checkEntriesRequest } from '#domain/wire/tablet-entries.ts';
import * as requests from '#domain/wire/requests.ts';
import { checkEnrollment, checkHello, checkWitnessedHead } from '#lib/vault/answers.ts';
import { frameOf, framesIn } from '#lib/vault/frames.ts';
import { checkLease } from '#lib/vault/lease.ts';
import { signedPayload } from '#lib/replication/signed.ts';
import { FORMATS } from '#domain/hotlist-file/formats.ts';
import { columnsOf, rowReader } from '#domain/hotlist-file/read-row.ts';
import { entryOfLine, packLine } from '#domain/matching/packed-line.ts';
import { AN_ENTRY } from '#tests/server/support/agency.ts';
import { Sealer } from '#server/demo/sealer.ts';
import { documentsIn, isReplicated, revisionsIn } from '#server/gateway/replication/couch-words.ts';
import { isHostileJson } from '#server/gateway/strict-json.ts';
import { SealingKey } from '#server/keys/sealing-key.ts';
import { aCorrection, aHit, anAgency, anId, aPeriod, aRead, somePictures } from '#tests/builders/records.ts';
import { INVESTIGATION } from '#tests/builders/holds.ts';
import type { Chance } from '#tests/simulation/chance.ts';
import type { Parser } from './fuzz.ts';
import { anything, wrongBytes, wrongRecord, wrongText } from './mutate.ts';

const UUID = anId(7);
const REASON = {
  purpose: 'criminalInvestigation',
  caseNumber: 'ICR 26-1001',
  factualBasis: 'A witness named this plate leaving the scene'
};
const ENTRY = {
  ref: 'V-1',
  plate: 'TST042',
  jurisdiction: 'MN',
  category: 'stolenVehicle',
  vehicle: { year: '2016', make: 'Invented', color: 'green' },
  expiresAt: null
};
const SOURCE = {
  sourceId: UUID,
  kind: 'mnPlateFile',
  compareName: 'Minnesota license plate data file',
  existencePublic: true
};
const POLICY = { title: 'ALPR policy', version: '426', adoptedOn: '2026-01-05', adoptedBy: 'Chief C. Example' };
const PASSKEY = { id: 'abcdef', rawId: 'abcdef', type: 'public-key', clientExtensionResults: {} };
const AT = '2026-11-22T18:00:00.000Z';
const KEY = { id: 'a-sealing-key', publicKey: 'AAAA' };
const LEASE = {
  kind: 'lease',
  schema: 2,
  deviceId: UUID,
  memberId: UUID,
  roles: ['operator'],
  agency: anAgency(),
  policyVersion: '1',
  trainingUntil: null,
  grantUntil: AT,
  releaseHash: 'a'.repeat(64),
  issuedAt: AT,
  expiresAt: AT
};
const SEALED: SealedRecord = {
  _id: `${UUID}:00000001`,
  kind: 'sealed',
  schema: 1,
  deviceId: UUID,
  boxId: UUID,
  seq: 1,
  sealedFor: 'a-sealing-key',
  encapsulated: 'AAAA',
  wrappedKey: 'AAAA',
  iv: 'AAAAAAAAAAAAAAAA',
  body: 'AAAA'
};

/** Shapes that are checked at a door, each with one that is proper. */
const SHAPES: readonly (readonly [name: string, check: Check<never>, proper: unknown])[] = [
  [
    'POST /api/session',
    requests.checkSignInRequest,
    { signInName: 'sergeant', password: 'a pass phrase', code: '123456' }
  ],
  [
    'POST /api/session/passkey',
    requests.checkPasskeyAnswer,
    { ...PASSKEY, response: { clientDataJSON: 'YQ', authenticatorData: 'YQ', signature: 'YQ', userHandle: 'YQ' } }
  ],
  ['POST /api/session/proof', requests.checkProofRequest, { kind: 'code', code: '123456' }],
  [
    'POST /api/session/factors/passkey',
    requests.checkNewPasskeyRequest,
    {
      label: 'Key',
      passkey: { ...PASSKEY, response: { clientDataJSON: 'YQ', attestationObject: 'YQ', transports: ['internal'] } }
    }
  ],
  [
    'POST /api/session/factors/authenticator',
    requests.checkNewAuthenticatorRequest,
    { id: UUID, label: 'Phone', code: '123456' }
  ],
  [
    'POST /api/setup',
    requests.checkSetupRequest,
    {
      code: 'ABCD-EFGH-JKLM',
      agencyName: 'Example City Police Department',
      timeZone: 'America/Chicago',
      name: 'Sgt. A. Example',
      signInName: 'sergeant',
      password: 'a long enough password',
      policy: POLICY,
      trainingCourse: 'ALPR operator course',
      trainingCompletedOn: '2026-02-01',
      grantSignedBy: 'Chief C. Example'
    }
  ],
  ['POST /api/policies', requests.checkPolicyGiven, POLICY],
  [
    'POST /api/reads/search',
    requests.checkSearchRequest,
    { reason: REASON, plate: 'TST042', from: '2026-11-01', to: '2026-12-31' }
  ],
  [
    'POST /api/members',
    requests.checkNewMemberRequest,
    { name: 'Ofc. N. New', signInName: 'new', password: 'a long enough password', roles: ['operator'] }
  ],
  ['PATCH /api/members/:id', requests.checkChangeMemberRequest, { roles: ['operator'], disabled: false }],
  [
    'POST /api/members/:id/trainings',
    requests.checkNewTrainingRequest,
    { course: 'Refresher', completedAt: AT, expiresAt: null, trainer: 'Sgt. T. Example' }
  ],
  [
    'POST /api/members/:id/grants',
    requests.checkNewGrantRequest,
    { roles: ['operator'], purpose: 'Patrol duties', signedBy: 'Chief C. Example', until: null }
  ],
  [
    'PUT /api/agency',
    requests.checkChangeAgencyRequest,
    { retentionDays: 30, backupDays: 0, suspended: false, secondFactor: 'required' }
  ],
  [
    'POST /api/incidents',
    requests.checkIncidentRequest,
    { what: 'lostTablet', deviceId: UUID, memberId: null, discoveredAt: AT, facts: 'It was left and not there again.' }
  ],
  [
    'POST /api/incidents/:id/steps',
    requests.checkIncidentStep,
    { step: 'report', dataType: 'Reads of a day', persons: 3, outcome: 'The tablet was not found.' }
  ],
  [
    'POST /api/locations',
    requests.checkPlaceRequest,
    { description: 'Example Ave at 1st St', deployment: 'fixed', installedOn: '2026-11-20' }
  ],
  ['POST /api/locations/:id/removal', requests.checkPlaceLeftRequest, { removedOn: '2026-11-21' }],
  [
    'POST /api/locations/:id/withholding',
    requests.checkWithholdRequest,
    { determination: 'Saying this place would put a witness in danger.', reviewOn: '2027-02-01' }
  ],
  [
    'POST /api/notices',
    requests.checkNoticeRequest,
    { sentOn: '2026-11-21', proof: 'By e-mail; the answer is on file', covers: [UUID, 'first-use'] }
  ],
  ['POST /api/review', requests.checkSignReviewRequest, { week: '2026-11-16', statement: 'Nothing stood out.' }],
  [
    'POST /api/hotlists/imports',
    requests.checkOpenImportRequest,
    { source: SOURCE, asOf: AT, format: 'mnNcic', fileName: 'night.txt', sha256: 'a'.repeat(64) }
  ],
  ['POST /api/hotlists/imports/:id/release', requests.checkReleaseImportRequest, { confirmsSwing: false }],
  ['POST /api/agency-entries', requests.checkAgencyEntryRequest, AN_ENTRY],
  ['POST /api/holds', requests.checkHoldRequest, { ground: INVESTIGATION, scope: { kind: 'reads', readIds: [UUID] } }],
  ['POST /api/holds/:id/end', requests.checkEndHoldRequest, { reason: 'resolved', afterwards: { kind: 'destroy' } }],
  ['POST /api/reads/early-destruction', requests.checkEarlyDestructionRequest, { date: '2026-11-22', readIds: [UUID] }],
  ['POST /api/device/entries', checkEntriesRequest, { entries: [{ seq: 1, encapsulated: 'AA==', body: 'AA==' }] }],
  ['a sealed record', checkSealedRecord, SEALED],
  ['a hotlist entry', checkHotlistEntry, ENTRY],
  ['a lease', checkLease, LEASE],
  [
    'what the server says at contact',
    checkHello,
    {
      serverTime: AT,
      suspended: false,
      confidential: {
        kind: 'confidentialTags',
        schema: 1,
        key: `${'A'.repeat(43)}=`,
        tags: Array.from({ length: PUBLISHED_TAGS }, (_, at) => at)
      },
      hotlists: [],
      withdrawn: [{ memberId: UUID, failures: ['noPolicy'] }],
      releases: [{ memberId: UUID, releasedAt: AT }]
    }
  ],
  ['a head of the trail', checkWitnessedHead, { jws: `${'a'.repeat(20)}.b.c`, proof: ['0'.repeat(64)] }],
  [
    'an enrollment',
    checkEnrollment,
    {
      deviceId: UUID,
      label: 'Tablet 1',
      agency: anAgency(),
      sealingKey: KEY,
      auditKey: KEY,
      signingKey: { kty: 'EC', crv: 'P-256', x: 'a', y: 'b' }
    }
  ]
] as unknown as readonly (readonly [string, Check<never>, unknown])[];

/** A shape that its own example does not pass would make every attack on it mean nothing. */
export const improperExamples = (): readonly string[] =>
  SHAPES.filter(([, check, proper]) => check(proper) !== null).map(([name]) => name);

const shape = ([name, check, proper]: (typeof SHAPES)[number]): Parser => ({
  name,
  attack: (chance) => {
    // A key may carry what its server says of it besides.
    const { input, mustRefuse } = wrongRecord(chance, proper, 'signingKey');
    return check(input) === null && mustRefuse ? 'a record that is not proper' : null;
  }
});

const PAYLOADS = [new Uint8Array([1, 2, 3]), new Uint8Array(300).fill(0x50), new Uint8Array(0)];
const JOURNAL = new Uint8Array(PAYLOADS.flatMap((payload) => [...frameOf(payload)]));
const isOneOfOurs = (payload: Uint8Array): boolean =>
  PAYLOADS.some((ours) => ours.length === payload.length && ours.every((byte, i) => byte === payload[i]));

const CONTENTS = [
  packContent({ kind: 'read', read: aRead(), pictures: somePictures() }),
  packContent({ kind: 'hit', hit: aHit() }),
  packContent({ kind: 'correction', correction: aCorrection() }),
  packContent({ kind: 'correction', correction: aCorrection({ finding: 'misread', plate: 'TST042' }) }),
  packContent({ kind: 'period', period: aPeriod() })
];

const LIST =
  'plate,jurisdiction,category,expires,make\nTST042,MN,stolen vehicle,2026-12-31,"Invented, long"\nFAKE42,0H,warrant,,';

/** JSON whose fields are known: with a field twice, too deep, or neither. */
function someJson(chance: Chance): { readonly text: string; readonly isHostile: boolean } {
  const honest = JSON.stringify(anything(chance));
  const inner = chance.happens(0.5) ? JSON.stringify(honest) : '1';
  switch (chance.below(3)) {
    case 0:
      return { text: `{"a": ${inner} , "b":[${inner}],"\\u0061" :2}`, isHostile: true };
    case 1:
      return { text: '['.repeat(17 + chance.below(5_000)) + inner, isHostile: true };
    default:
      return { text: `{"a":${inner},"b":{"a":${inner}},"c":[{"a":1},{"a":1}]}`, isHostile: false };
  }
}

/** Parsers that take no time to speak of. */
export const QUICK: readonly Parser[] = [
  ...SHAPES.map(shape),
  {
    name: 'frames of a journal',
    attack: (chance) => {
      const { payloads } = framesIn(wrongBytes(chance, JOURNAL));
      return payloads.every(isOneOfOurs) ? null : 'a payload that nobody wrote';
    }
  },
  {
    name: 'what is inside a seal',
    attack: (chance) => {
      const unpacked = unpackContent(wrongBytes(chance, chance.oneOf(CONTENTS)));
      if (unpacked.kind === 'improper') return null;
      // What was let through must come out the same when it is packed again.
      return unpackContent(packContent(unpacked.content)).kind === 'proper' ? null : 'a content that is not proper';
    }
  },
  {
    name: 'a list file',
    attack: (chance) => {
      const [first = '', ...rows] = wrongText(chance, LIST).split('\n');
      const columns = columnsOf(first);
      const reader =
        columns.kind === 'known'
          ? rowReader(FORMATS.csv, columns.columns, chance.happens(0.5))
          : rowReader(FORMATS.mnNcic, FORMATS.mnNcic.columns, chance.happens(0.5));
      for (const line of rows) {
        const row = reader.read(line, 'ref-1');
        if (row.kind !== 'entry') continue;
        if (checkHotlistEntry(row.entry) !== null) return 'an improper entry';
        if (packLine(row.entry).includes('\n') || entryOfLine(packLine(row.entry)).plate !== row.entry.plate)
          return 'an entry that is another one as a line';
      }
      return null;
    }
  },
  {
    name: 'bodies of replication',
    attack: (chance) => {
      const body = chance.happens(0.5)
        ? wrongRecord(chance, {
            docs: [{ ...SEALED, _rev: '1-a', _revisions: { start: 1, ids: ['a'] } }],
            new_edits: false
          }).input
        : wrongRecord(chance, { [SEALED._id]: ['1-a', '2-b'] }).input;
      isReplicated(body);
      const documents = documentsIn(body) ?? [];
      if (!documents.every(({ _id }) => typeof _id === 'string')) return 'a document without an id';
      const revisions = Object.values(revisionsIn(body) ?? {});
      return revisions.every((all) => all.every((rev) => typeof rev === 'string'))
        ? null
        : 'a revision that is no text';
    }
  },
  {
    name: 'JSON with a field twice or too deep',
    attack: (chance) => {
      const { text, isHostile } = someJson(chance);
      isHostileJson(wrongText(chance, text));
      return isHostileJson(text) === isHostile ? null : isHostile ? 'a hostile body' : 'an honest body was refused';
    }
  }
];

/** Parsers that open seals and check signatures: a millisecond each. */
export async function withCryptography(keyFile: string): Promise<readonly Parser[]> {
  const sealing = await SealingKey.load(keyFile);
  const sealed = await (
    await Sealer.forBox(UUID, anId(8), sealing.publicKey)
  ).seal({ kind: 'period', period: aPeriod() });
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const bytes = new TextEncoder().encode(JSON.stringify(LEASE));
  const jws = await new CompactSign(bytes).setProtectedHeader({ alg: 'ES256' }).sign(privateKey);
  const jwk = (await exportJWK(publicKey)) as Record<string, string>;
  const TEXTS = ['deviceId', 'boxId', 'sealedFor', 'encapsulated', 'wrappedKey', 'iv', 'body'] as const;
  const sameBytes = (a: string, b: string): boolean => Buffer.from(a, 'base64').equals(Buffer.from(b, 'base64'));
  return [
    {
      name: 'a seal',
      attack: async (chance) => {
        const field = chance.oneOf(TEXTS);
        const written = wrongText(chance, sealed[field]);
        const isBase64 = !['deviceId', 'boxId', 'sealedFor'].includes(field);
        if (isBase64 ? sameBytes(written, sealed[field]) : written === sealed[field]) return null;
        sealing.forget(sealed.boxId);
        return (await sealing.open({ ...sealed, [field]: written })).kind === 'opened' ? `a changed ${field}` : null;
      }
    },
    {
      name: 'a signed lease',
      attack: async (chance) => {
        const lease = await signedPayload(wrongText(chance, jws), jwk, checkLease);
        return lease === null || JSON.stringify(lease) === JSON.stringify(LEASE) ? null : 'a lease that nobody signed';
      }
    }
  ];
}
