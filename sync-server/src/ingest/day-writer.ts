import { mayRewriteHit } from '#domain/policy/hit-rewrite.ts';
import type { Correction } from '#domain/records/correction.ts';
import type { Hit } from '#domain/records/hit.ts';
import { PICTURE_NAMES, type Pictures, type Read } from '#domain/records/read.ts';
import type { LocalDate } from '#domain/time/instant.ts';
import type { Attachment, Store, StoredDocument, WriteOutcome } from '#server/store/store.ts';
import { toBase64 } from '../keys/bytes.ts';
import { dayBoxOf, INGEST } from '../register/databases.ts';
import { recordIn } from '../register/written.ts';
import { asReason, type IngestReason } from './refusal-reasons.ts';

export type Entered = { readonly kind: 'kept' } | { readonly kind: 'refused'; readonly reason: IngestReason };

export interface ReadToEnter {
  readonly read: Read;
  readonly pictures: Pictures;
}

const jpeg = (bytes: Uint8Array): Attachment => ({ content_type: 'image/jpeg', data: toBase64(bytes) });

/**
 * Writes reads into their day box in one go; one outcome a read, in their order. A read that is there already with the same
 * content is kept: a second delivery changes nothing.
 */
export async function enterReads(store: Store, date: LocalDate, reads: readonly ReadToEnter[]): Promise<Entered[]> {
  const documents = reads.map(({ read, pictures }): StoredDocument => {
    const attachments = {
      [PICTURE_NAMES.plateImage]: jpeg(pictures.plateImage),
      [PICTURE_NAMES.contextImage]: jpeg(pictures.contextImage)
    };
    return { ...read, _attachments: attachments };
  });
  const outcomes = await store.bulk(dayBoxOf(date), documents, INGEST, 'new');
  return Promise.all(outcomes.map((outcome, at) => enteredAs(outcome, () => isThere(store, date, reads[at]))));
}

async function enteredAs(outcome: WriteOutcome, isThereAlready: () => Promise<boolean>): Promise<Entered> {
  if (outcome.kind === 'written') return { kind: 'kept' };
  // A design document says "immutable" where another engine says "conflict": both ask what is there.
  if (outcome.kind === 'refused' && outcome.code !== 'immutable')
    return { kind: 'refused', reason: asReason(outcome.code) };
  return (await isThereAlready()) ? { kind: 'kept' } : { kind: 'refused', reason: 'idTaken' };
}

// Our destroy date may differ when the same read comes again under a clock that ran ahead; everything else is the tablet's.
async function isThere(store: Store, date: LocalDate, given: ReadToEnter | undefined): Promise<boolean> {
  if (given === undefined) return false;
  const there = await store.get(dayBoxOf(date), given.read._id);
  return there !== undefined && sameFacts(recordIn<Read>(there), given.read);
}

/**
 * Writes a hit into its day box. The same hit again is kept; an answer is added to one that had none; an older snapshot than
 * what is there is kept by doing nothing (426.3(f)).
 */
export async function enterHit(store: Store, date: LocalDate, hit: Hit): Promise<Entered> {
  for (let tries = 0; tries < 3; tries++) {
    const there = await store.get(dayBoxOf(date), hit._id);
    if (there === undefined) {
      const outcome = await store.put(dayBoxOf(date), { ...hit }, INGEST);
      if (outcome.kind === 'written') return { kind: 'kept' };
      if (outcome.kind === 'refused') return { kind: 'refused', reason: asReason(outcome.code) };
      continue;
    }
    const before = recordIn<Hit>(there);
    const after: Hit = { ...hit, destroyBy: before.destroyBy };
    if (mayRewriteHit(after, before)) return { kind: 'kept' };
    if (!mayRewriteHit(before, after)) return { kind: 'refused', reason: 'idTaken' };
    const outcome = await store.put(dayBoxOf(date), { ...after, _rev: there._rev ?? '' }, INGEST);
    if (outcome.kind === 'written') return { kind: 'kept' };
    if (outcome.kind === 'refused') return { kind: 'refused', reason: asReason(outcome.code) };
  }
  return { kind: 'refused', reason: 'idTaken' };
}

/** Writes a correction into the day box of its read. The same correction again is kept: a second delivery changes nothing. */
export async function enterCorrection(store: Store, date: LocalDate, correction: Correction): Promise<Entered> {
  const outcome = await store.put(dayBoxOf(date), { ...correction }, INGEST);
  return enteredAs(outcome, async () => {
    const there = await store.get(dayBoxOf(date), correction._id);
    return there !== undefined && sameFacts(recordIn<Correction>(there), correction);
  });
}

function sameFacts<T extends Read | Correction>(one: T, other: T): boolean {
  const facts = (read: T): string => JSON.stringify(Object.entries({ ...read, destroyBy: '' }).sort());
  return facts(one) === facts(other);
}
