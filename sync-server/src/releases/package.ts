import { RECIPIENT_DUTIES } from '#domain/policy/data-release.ts';
import type { Correction } from '#domain/records/correction.ts';
import type { DataRelease } from '#domain/records/data-release.ts';
import { PICTURE_NAMES, type Read } from '#domain/records/read.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { ReleasePackage } from '#domain/wire/answers.ts';
import type { Store, StoredDocument } from '#server/store/store.ts';
import { coveredReads, foundOutAbout } from '../holds/covered.ts';
import type { Holds } from '../holds/holds.ts';
import { dayBoxOf, holdBoxOf } from '../register/databases.ts';
import { recordIn } from '../register/written.ts';

/** More reads than this are no release but a copy of the archive; the hold is to be narrowed. */
export const MOST_RELEASED = 500;

/** A read, what officers found by eye of it, and the box it lies in. */
export interface Released {
  readonly read: Read;
  readonly corrections: readonly Correction[];
  readonly box: string;
}

/**
 * The reads that a hold in force covers, those that it has spared already among them, oldest first; none when it is not in force
 * (426.7(b)(1): pertinent to an active criminal investigation).
 */
export async function releasedUnder(
  { store, holds, dates }: { readonly store: Store; readonly holds: Holds; readonly dates: readonly string[] },
  holdId: string
): Promise<readonly Released[]> {
  const held = (await holds.inForce()).find(({ hold }) => hold._id === holdId);
  if (held === undefined) return [];
  const found = new Map<string, Released>();
  const box = holdBoxOf(holdId);
  const take = (documents: readonly StoredDocument[], about: readonly StoredDocument[], from: string): void => {
    const corrections = about
      .filter(({ kind }) => kind === 'correction')
      .map((document) => recordIn<Correction>(document));
    for (const document of documents) {
      if (document['kind'] !== 'read' || found.has(document._id)) continue;
      const ofThis = corrections.filter(({ readId }) => readId === document._id);
      found.set(document._id, { read: recordIn<Read>(document), corrections: ofThis, box: from });
    }
  };
  const spared = await store.all(box);
  take(spared, spared, box);
  for (const date of dates) {
    const covered = await coveredReads(store, date, held.scope);
    take(covered, await foundOutAbout(store, date, covered), dayBoxOf(date));
  }
  return [...found.values()].sort((a, b) => (a.read.collectedAt < b.read.collectedAt ? -1 : 1));
}

/** What is handed out: the request, its approval, the recipient's duties, each read with its date of destruction and its pictures. */
export async function packageOf(
  store: Store,
  released: readonly Released[],
  said: {
    readonly release: DataRelease;
    readonly agency: string;
    readonly approvedBy: string;
    readonly madeAt: Instant;
  }
): Promise<ReleasePackage> {
  const { release, agency, approvedBy, madeAt } = said;
  if (release.decision?.kind !== 'approved') throw new Error('A package is made of an approved request only.');
  const reads: ReleasePackage['reads'][number][] = [];
  for (const { read, corrections, box } of released) {
    const pictures: Record<string, string> = {};
    for (const [name, attachment] of Object.entries(PICTURE_NAMES)) {
      const picture = await store.attachment(box, read._id, attachment);
      if (picture !== undefined) pictures[name] = Buffer.from(picture.bytes).toString('base64');
    }
    reads.push({ read, corrections, pictures });
  }
  const { at, reasonableSuspicion } = release.decision;
  return {
    kind: 'releasePackage',
    schema: 1,
    releaseId: release._id,
    agency,
    request: release.request,
    approved: { by: approvedBy, at, reasonableSuspicion },
    duties: RECIPIENT_DUTIES,
    madeAt,
    reads
  };
}
