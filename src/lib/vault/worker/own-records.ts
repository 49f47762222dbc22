import type { SealedContent } from '#domain/records/sealed.ts';
import { openOwnKey } from '../officer-key.ts';
import { openRecord } from '../sealing.ts';
import { readJournal } from './heal.ts';
import type { Stores } from './holdings.ts';

/** Boxes are opened from the newest back until this many contents are found: a screen shows no more. */
const ENOUGH = 60;

/**
 * The reads and hits of one period that its officer captured, the newest last, from the journals that are still here. Boxes
 * that headquarters has receipted are gone, and what was wrapped for somebody else does not open.
 */
export async function ownRecordsOf(
  stores: Stores,
  officer: { readonly memberId: string; readonly key: CryptoKey },
  periodId: string
): Promise<readonly SealedContent[]> {
  const keys = await stores.toolbox.ownKeysOf(officer.memberId);
  const openedAt = new Map((await stores.toolbox.boxes()).map((row) => [row.boxId, row.openedAt]));
  keys.sort((a, b) => ((openedAt.get(a.boxId) ?? '') < (openedAt.get(b.boxId) ?? '') ? 1 : -1));
  let found: SealedContent[] = [];
  for (const own of keys) {
    if (found.length >= ENOUGH) break;
    const key = await openOwnKey(own, officer.key);
    const journal = key === null ? null : await readJournal(stores, own.boxId);
    if (key === null || journal === null) continue;
    const ofBox: SealedContent[] = [];
    for (const record of journal.records.slice(-ENOUGH)) {
      const content = await openRecord(record, key);
      if (content !== null && periodOf(content) === periodId) ofBox.push(content);
    }
    found = [...ofBox, ...found];
  }
  return found;
}

function periodOf(content: SealedContent): string | null {
  if (content.kind === 'read') return content.read.periodId;
  return content.kind === 'hit' ? content.hit.periodId : null;
}
