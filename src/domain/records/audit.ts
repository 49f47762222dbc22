import { closed, list, nullable, number, oneOf, optional, text, type Check } from '../check/check.ts';
import { base64, caseNumber, instant, uuid } from '../check/common.ts';
import type { Instant } from '../time/instant.ts';

/** What can be done with data or with the system; every one of these is written down (426.5(e)). */
export const AUDIT_ACTIONS = [
  'setup',
  'signIn',
  'signOut',
  'proveAgain',
  'addFactor',
  'removeFactor',
  'resetFactors',
  'searchReads',
  'viewRead',
  'viewPicture',
  'viewHits',
  'viewFigures',
  'viewRegister',
  'viewAudit',
  'exportAudit',
  'openQuery',
  'viewReview',
  'signReview',
  'viewQuarantine',
  'changeMember',
  'changeTraining',
  'changeGrant',
  'changeAgency',
  'adoptPolicy',
  'changeLocation',
  'fileNotice',
  'changeIncident',
  'issueEnrollmentCode',
  'enrollDevice',
  'revokeDevice',
  'releaseOfficer',
  'tabletEntry',
  'tabletChainBroken',
  'openBox',
  'replicate',
  'ingest',
  'issueReceipt',
  'issueLease',
  'pullHotlist',
  'loadHotlist',
  'openImport',
  'readImport',
  'discardImport',
  'viewEntries',
  'proposeEntry',
  'decideEntry',
  'endEntry',
  'publishLog',
  'destroyBox',
  'viewHolds',
  'previewHold',
  'requestHold',
  'decideHold',
  'reaffirmHold',
  'endHold',
  'spareReads',
  'viewHeldReads',
  'viewHeldPicture',
  'destroyEarly',
  'viewReleases',
  'enterRelease',
  'decideRelease',
  'makeReleasePackage',
  'viewCertificates',
  'keepConfidential',
  'makeBackup'
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** One entry of the data audit trail: who, what, when, why, and with what outcome (LAW 4.8). Never a collected plate. */
export interface AuditEntry {
  readonly _id: string;
  readonly kind: 'audit';
  readonly schema: 1;
  /** place in the trail, from 1 on without a gap */
  readonly seq: number;
  /** leaf hash of the entry before this one in hexadecimal, so that no entry can be changed or taken out alone */
  readonly previous: string;
  readonly at: Instant;
  /** stamped by the design document from the engine's own user context, so that nobody can sign with another's name */
  readonly actor: { readonly id: string; readonly roles: readonly string[] };
  readonly actorName?: string;
  readonly action: AuditAction;
  readonly object: { readonly type: string; readonly id: string } | null;
  readonly outcome: 'ok' | 'denied' | 'error';
  readonly purpose?: string;
  readonly caseNumber?: string;
  readonly factualBasis?: string;
  /** HMAC of the folded plate that was searched; finds repeated searches without naming a plate */
  readonly plateTag?: string;
  /** the plate as it was asked for, sealed: only who audits opens it, each time by an entry of its own (LAW 4.8) */
  readonly sealedQuery?: SealedQuery;
  /** what allowed a plate to be looked for once more: a warrant, or exigent circumstances, in words (426.3.1(c)) */
  readonly authority?: string;
  readonly response?: { readonly count: number };
  readonly note?: string;
}

/** A short text under the audit key: HPKE's encapsulated key and the sealed text, both base64. */
export interface SealedQuery {
  readonly encapsulated: string;
  readonly body: string;
}

/** What the first entry of a trail names as the one before it. */
export const NO_ENTRY_BEFORE = '0'.repeat(64);

export const sha256InHex = text({ min: 64, max: 64, pattern: /^[0-9a-f]+$/, what: 'a SHA-256 in hexadecimal' });

export const checkAuditEntry: Check<AuditEntry> = closed<AuditEntry>({
  _id: uuid,
  kind: oneOf('audit'),
  schema: oneOf(1),
  seq: number({ min: 1, max: 1e12, integer: true }),
  previous: sha256InHex,
  at: instant,
  actor: closed<AuditEntry['actor']>({
    id: text({ min: 1, max: 64 }),
    roles: list(text({ min: 1, max: 40 }), { max: 20 })
  }),
  actorName: optional(text({ min: 1, max: 80 })),
  action: oneOf(...AUDIT_ACTIONS),
  object: nullable(
    closed<NonNullable<AuditEntry['object']>>({ type: text({ min: 1, max: 40 }), id: text({ min: 1, max: 80 }) })
  ),
  outcome: oneOf('ok', 'denied', 'error'),
  purpose: optional(text({ min: 1, max: 60 })),
  caseNumber: optional(caseNumber),
  factualBasis: optional(text({ min: 1, max: 500 })),
  plateTag: optional(text({ min: 16, max: 64, pattern: /^[0-9a-f]+$/, what: 'a tag' })),
  sealedQuery: optional(closed<SealedQuery>({ encapsulated: base64(100), body: base64(100) })),
  authority: optional(text({ min: 1, max: 300 })),
  response: optional(
    closed<NonNullable<AuditEntry['response']>>({ count: number({ min: 0, max: 1e9, integer: true }) })
  ),
  note: optional(text({ min: 1, max: 300 }))
});
