import { closed, nullable, number, oneOf, text, type Check } from '../check/check.ts';
import { instant, uuid } from '../check/common.ts';
import type { Instant, LocalDate } from '../time/instant.ts';
import {
  checkDestroyedCounts,
  checkDestroyedSubject,
  checkRecordHashes,
  checkSha256,
  checkSharesOfDevices,
  checkSparedShares,
  type Certificate,
  type DestroyedCounts,
  type DestroyedSubject
} from './certificate.ts';

/**
 * One destruction, from its intent to its certificate. Written before the box is dropped, with all that the certificate will
 * say, so that a server killed at any step knows at its next start what it was about to prove. No plate and no id of a read.
 */
export interface Destruction {
  readonly _id: string;
  readonly kind: 'destruction';
  readonly schema: 2;
  readonly subject: DestroyedSubject;
  /** the engine's database that goes */
  readonly database: string;
  readonly begunAt: Instant;
  readonly counts: DestroyedCounts;
  readonly devices: Certificate['devices'];
  readonly spared: Certificate['spared'];
  readonly salt: string;
  readonly root: string;
  readonly records: readonly string[];
  /** when it was gone and had been looked for; null: not yet */
  readonly destroyedAt: Instant | null;
  /** number of its certificate; null: not yet */
  readonly certificate: number | null;
}

export const checkDestruction: Check<Destruction> = closed<Destruction>({
  _id: uuid,
  kind: oneOf('destruction'),
  schema: oneOf(2),
  subject: checkDestroyedSubject,
  database: text({ min: 3, max: 80, pattern: /^(reads|quarantine|hold)-[0-9a-f-]+$/, what: 'a box' }),
  begunAt: instant,
  counts: checkDestroyedCounts,
  devices: checkSharesOfDevices,
  spared: checkSparedShares,
  salt: checkSha256,
  root: checkSha256,
  records: checkRecordHashes,
  destroyedAt: nullable(instant),
  certificate: nullable(number({ min: 1, max: 99_999_999, integer: true }))
});

/** As destruction was recorded before there were certificates: a day box, dropped. */
interface DestructionOfSchema1 {
  readonly _id: string;
  readonly kind: 'destruction';
  readonly schema: 1;
  readonly date: LocalDate;
  readonly reads: number;
  readonly destroyedAt: Instant;
}

/** A record of destruction as the register may hold it. */
export type AnyDestruction = Destruction | DestructionOfSchema1;

/** What headquarters sees of a destruction, whichever version wrote it. */
export interface DestructionSummary {
  readonly date: LocalDate;
  readonly reads: number;
  readonly destroyedAt: Instant;
  /** null: destroyed before there were certificates */
  readonly certificate: number | null;
}

/** The summary of a finished destruction of a day box; undefined for any other. */
export function summaryOf(record: AnyDestruction): DestructionSummary | undefined {
  if (record.schema === 1)
    return { date: record.date, reads: record.reads, destroyedAt: record.destroyedAt, certificate: null };
  if (record.subject.kind !== 'dayBox' || record.destroyedAt === null) return undefined;
  return {
    date: record.subject.date,
    reads: record.counts.reads,
    destroyedAt: record.destroyedAt,
    certificate: record.certificate
  };
}
