import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { anId } from '#tests/builders/records.ts';
import { checkTabletEntry, continuityOf, NO_ENTRIES, wordsOf, type TabletEntry } from './tablet-chain.ts';

const sha256 = (words: string): string => createHash('sha256').update(words).digest('hex');

function anEntry(given: Partial<TabletEntry> = {}): TabletEntry {
  return {
    kind: 'tabletEntry',
    schema: 1,
    deviceId: anId(2),
    seq: 1,
    previous: NO_ENTRIES.hash,
    at: '2026-11-22T17:00:00.000Z',
    memberId: anId(3),
    action: 'signIn',
    object: null,
    count: null,
    ...given
  };
}
const first = anEntry();
const second = anEntry({
  seq: 2,
  previous: sha256(wordsOf(first)),
  at: '2026-11-22T17:00:01.000Z',
  action: 'look',
  count: 12
});

test('the bytes that are hashed are the same on every engine (test vectors)', () => {
  expect(sha256(wordsOf(first))).toBe('b815d040fef5bade674d5467fd184b118ecebd6f3dc5da5b9ebb7ac6ff9f3df3');
  expect(sha256(wordsOf(second))).toBe('af10595911832091a6e9804875c8941def422907315e48dd96e7ac219a52fea5');
});

test('a changed field is another hash, whichever field it is', () => {
  const changes: readonly Partial<TabletEntry>[] = [
    { deviceId: anId(9) },
    { seq: 3 },
    { previous: 'ab'.repeat(32) },
    { at: '2026-11-22T17:00:00.001Z' },
    { memberId: null },
    { action: 'signOut' },
    { object: anId(8) },
    { count: 1 }
  ];
  const hashes = changes.map((change) => sha256(wordsOf(anEntry(change))));
  expect(new Set([...hashes, sha256(wordsOf(first))]).size).toBe(changes.length + 1);
});

test('an entry that names the one before it continues the chain; a gap, a fork and a rollback are told apart from a second delivery', () => {
  const head = { seq: 1, hash: sha256(wordsOf(first)) };
  const hash = sha256(wordsOf(second));
  expect(continuityOf(NO_ENTRIES, first, head.hash, undefined)).toEqual({ kind: 'continues' });
  expect(continuityOf(head, second, hash, undefined)).toEqual({ kind: 'continues' });
  expect(continuityOf({ seq: 2, hash }, second, hash, hash)).toEqual({ kind: 'known' });
  expect(continuityOf(head, { ...second, seq: 5 }, hash, undefined)).toEqual({ kind: 'gap', missing: 3 });
  expect(continuityOf({ ...head, hash: 'ab'.repeat(32) }, second, hash, undefined)).toEqual({ kind: 'fork' });
  // Set back to an earlier copy, the tablet writes another second entry.
  expect(continuityOf({ seq: 9, hash }, anEntry({ seq: 2 }), 'cd'.repeat(32), hash)).toEqual({ kind: 'fork' });
});

test('an entry has no place for a plate', () => {
  expect(checkTabletEntry(first)).toBeNull();
  expect(checkTabletEntry({ ...first, plate: 'TST042' })).not.toBeNull();
  expect(checkTabletEntry({ ...first, object: 'TST042' })).not.toBeNull();
});
