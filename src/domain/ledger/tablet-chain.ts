/**
 * The audit trail that a tablet keeps by itself: each entry names the hash of the one before it and is signed by the tablet,
 * so that nothing can be taken out, put in, changed or begun anew without the server seeing it (426.5(a)(e); CJIS AU-9).
 */
import { closed, nullable, number, oneOf, text, type Check } from '../check/check.ts';
import { instant, uuid } from '../check/common.ts';
import type { Instant } from '../time/instant.ts';

/** What happens on a tablet and is written down before it takes effect (CJIS AU-2). */
export const TABLET_ACTIONS = [
  'signIn',
  'wrongPassword',
  'lockOut',
  'release',
  'signOut',
  'lock',
  'look',
  'captureStart',
  'captureStop',
  'correction',
  'sweep',
  'failure'
] as const;
export type TabletAction = (typeof TABLET_ACTIONS)[number];

export interface TabletEntry {
  readonly kind: 'tabletEntry';
  readonly schema: 1;
  readonly deviceId: string;
  /** 1 is the first after the enrollment; no number is left out */
  readonly seq: number;
  /** hash of the entry before, in hexadecimal; zeros before the first */
  readonly previous: string;
  readonly at: Instant;
  /** the officer it is about; null: nobody was known */
  readonly memberId: string | null;
  readonly action: TabletAction;
  /** an opaque id of what it is about - a period, a hit, a box - or the name of a damage; never anything that tells a plate */
  readonly object: string | null;
  /** how many, where that says something: reads looked at, boxes destroyed */
  readonly count: number | null;
}

/** Where a chain stands: the last entry's number and hash. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

const hash = text({ min: 64, max: 64, pattern: /^[0-9a-f]+$/, what: 'a SHA-256 in hexadecimal' });
const seq = number({ min: 0, max: 999_999_999, integer: true });

export const checkTabletEntry: Check<TabletEntry> = closed<TabletEntry>({
  kind: oneOf('tabletEntry'),
  schema: oneOf(1),
  deviceId: uuid,
  seq,
  previous: hash,
  at: instant,
  memberId: nullable(uuid),
  action: oneOf(...TABLET_ACTIONS),
  object: nullable(
    text({ max: 40, pattern: /^([0-9a-f-]{36}|[a-zA-Z]{3,40})$/, what: 'an opaque id or the name of a damage' })
  ),
  count: nullable(number({ min: 0, max: 1e9, integer: true }))
});

export const checkChainHead: Check<ChainHead> = closed<ChainHead>({ seq, hash });

/** The head of a chain that has no entry yet. */
export const NO_ENTRIES: ChainHead = { seq: 0, hash: '0'.repeat(64) };

/** What is hashed and signed of an entry: its fields in this order, so that every engine writes the same bytes. */
export function wordsOf(entry: TabletEntry): string {
  const { kind, schema, deviceId, seq: number, previous, at, memberId, action, object, count } = entry;
  return JSON.stringify([kind, schema, deviceId, number, previous, at, memberId, action, object, count]);
}

export type Continuity =
  | { readonly kind: 'continues' }
  /** delivered before: nothing changes */
  | { readonly kind: 'known' }
  /** entries are missing between the two */
  | { readonly kind: 'gap'; readonly missing: number }
  /** another entry than the one that the server knows under this number, or after it */
  | { readonly kind: 'fork' };

/**
 * How an entry stands to what is known of its chain. `knownHash` is the hash under the entry's own number where there is one:
 * a tablet that was set back to an earlier copy writes other entries under numbers that were used (a rollback is a fork).
 */
export function continuityOf(
  head: ChainHead,
  entry: Pick<TabletEntry, 'seq' | 'previous'>,
  entryHash: string,
  knownHash: string | undefined
): Continuity {
  if (entry.seq <= head.seq) return { kind: knownHash === entryHash ? 'known' : 'fork' };
  if (entry.seq > head.seq + 1) return { kind: 'gap', missing: entry.seq - head.seq - 1 };
  return { kind: entry.previous === head.hash ? 'continues' : 'fork' };
}
