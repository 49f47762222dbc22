import { closed, list, nullable, number, oneOf, tagged, text, type Check } from '../check/check.ts';
import { instant, localDate, uuid } from '../check/common.ts';
import type { Instant, LocalDate } from '../time/instant.ts';

/**
 * What was destroyed: the day box of a date, the records of a date that were set aside, the box of a hold that ended, or some
 * reads of a date before their time (426.4(b)).
 */
export type DestroyedSubject =
  | { readonly kind: 'dayBox'; readonly date: LocalDate }
  | { readonly kind: 'setAside'; readonly date: LocalDate }
  | { readonly kind: 'holdBox'; readonly hold: string }
  | { readonly kind: 'earlyReads'; readonly date: LocalDate };

/** How much there was. `setAside` counts sealed records that were never opened. */
export interface DestroyedCounts {
  readonly reads: number;
  readonly hits: number;
  readonly pictures: number;
  readonly setAside: number;
}

/**
 * A certificate of destruction (LAW 4.11): what was destroyed, when and how, and that it was looked for afterwards. Signed, and
 * chained to the one before. No plate and no id of a read; tablets and holds appear under names that only this agency can resolve.
 */
export interface Certificate {
  readonly kind: 'certificateOfDestruction';
  readonly schema: 1;
  /** 1, 2, 3 … without a gap */
  readonly number: number;
  readonly agency: string;
  readonly subject: DestroyedSubject;
  /** the first moment of the date of collection; null where a box holds several dates */
  readonly collectedFrom: Instant | null;
  readonly destroyedAt: Instant;
  readonly counts: DestroyedCounts;
  /** reads a tablet */
  readonly devices: readonly { readonly device: string; readonly reads: number }[];
  /** reads that an approved hold spared: copied out before the box went */
  readonly spared: readonly { readonly hold: string; readonly reads: number }[];
  readonly method: 'databaseDropped' | 'databaseRebuiltWithout';
  /** what was found afterwards: `notVisible` where the engine's folder is on another machine */
  readonly verified: { readonly engine: 'gone'; readonly files: 'gone' | 'notVisible' };
  /** root over the salted hashes of all records that were in it: servers of one agency compare it */
  readonly salt: string;
  readonly root: string;
  /** salted hashes of reads destroyed before their time, so that a restored backup loses them again; empty otherwise */
  readonly records: readonly string[];
  /** the oldest date that still has a box; null: none */
  readonly oldestLeft: LocalDate | null;
  /** SHA-256 of the signed certificate before this one; null: this is the first */
  readonly previous: string | null;
}

/** A certificate as the register keeps it: the signed text is what counts. Never changed. */
export interface CertificateRecord {
  readonly _id: string;
  readonly kind: 'certificate';
  readonly schema: 1;
  readonly number: number;
  /** the destruction it certifies */
  readonly destruction: string;
  /** compact JWS (EdDSA, Ed25519) over the certificate as JSON */
  readonly jws: string;
}

const sha256: Check<string> = text({ min: 64, max: 64, pattern: /^[0-9a-f]+$/, what: 'a SHA-256 in hexadecimal' });
const count = number({ min: 0, max: 1e9, integer: true });
const serial = number({ min: 1, max: 99_999_999, integer: true });

const ofDate = (kind: 'dayBox' | 'setAside' | 'earlyReads'): Check<never> =>
  closed<{ kind: typeof kind; date: LocalDate }>({ kind: oneOf(kind), date: localDate }) as Check<never>;

export const checkDestroyedSubject: Check<DestroyedSubject> = tagged<DestroyedSubject>('kind', {
  dayBox: ofDate('dayBox'),
  setAside: ofDate('setAside'),
  holdBox: closed<{ kind: 'holdBox'; hold: string }>({ kind: oneOf('holdBox'), hold: uuid }) as Check<never>,
  earlyReads: ofDate('earlyReads')
});

export const checkDestroyedCounts: Check<DestroyedCounts> = closed<DestroyedCounts>({
  reads: count,
  hits: count,
  pictures: count,
  setAside: count
});

export const checkSharesOfDevices = list(closed<Certificate['devices'][number]>({ device: uuid, reads: count }), {
  max: 10_000
});
export const checkSparedShares = list(closed<Certificate['spared'][number]>({ hold: uuid, reads: count }), {
  max: 10_000
});
export const checkRecordHashes = list(sha256, { max: 10_000 });
export const checkSha256 = sha256;

export const checkCertificate: Check<Certificate> = closed<Certificate>({
  kind: oneOf('certificateOfDestruction'),
  schema: oneOf(1),
  number: serial,
  agency: text({ min: 3, max: 120 }),
  subject: checkDestroyedSubject,
  collectedFrom: nullable(instant),
  destroyedAt: instant,
  counts: checkDestroyedCounts,
  devices: checkSharesOfDevices,
  spared: checkSparedShares,
  method: oneOf('databaseDropped', 'databaseRebuiltWithout'),
  verified: closed<Certificate['verified']>({ engine: oneOf('gone'), files: oneOf('gone', 'notVisible') }),
  salt: sha256,
  root: sha256,
  records: checkRecordHashes,
  oldestLeft: nullable(localDate),
  previous: nullable(sha256)
});

export const checkCertificateRecord: Check<CertificateRecord> = closed<CertificateRecord>({
  _id: uuid,
  kind: oneOf('certificate'),
  schema: oneOf(1),
  number: serial,
  destruction: uuid,
  jws: text({ min: 100, max: 2_000_000, pattern: /^[\w-]+\.[\w-]+\.[\w-]+$/, what: 'a signed text' })
});
