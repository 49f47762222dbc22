import { closed, list, number, oneOf, text, type Check } from '../check/check.ts';
import { instant, uuid } from '../check/common.ts';
import type { Instant } from '../time/instant.ts';

/**
 * The server's signed word on one box: which records it keeps, and which it set aside with a reason. With it the tablet
 * may destroy its copy; a plain 200 of some captive portal is never taken for it.
 */
export interface Receipt {
  readonly kind: 'receipt';
  readonly schema: 1;
  readonly deviceId: string;
  readonly boxId: string;
  /** sequences that are safe at headquarters, as inclusive ranges in ascending order */
  readonly kept: readonly (readonly [number, number])[];
  /** sequences that were refused, kept apart at headquarters and shown there */
  readonly quarantined: readonly { readonly seq: number; readonly reason: string }[];
  readonly issuedAt: Instant;
}

const seq = number({ min: 1, max: 99_999_999, integer: true });

const range: Check<readonly [number, number]> = (value, path) => {
  const found = list(seq, { min: 2, max: 2 })(value, path);
  if (found !== null) return found;
  const [from, to] = value as [number, number];
  return from <= to ? null : { path: path ?? '', message: 'must ascend' };
};

export const checkReceipt: Check<Receipt> = closed<Receipt>({
  kind: oneOf('receipt'),
  schema: oneOf(1),
  deviceId: uuid,
  boxId: uuid,
  kept: list(range, { max: 100_000 }),
  quarantined: list(closed<Receipt['quarantined'][number]>({ seq, reason: text({ max: 300 }) }), { max: 100_000 }),
  issuedAt: instant
});

/** Whether the receipt speaks for every record 1..count of the box. */
export function coversAll(receipt: Receipt, count: number): boolean {
  const spoken = new Set<number>();
  for (const [from, to] of receipt.kept) for (let s = from; s <= to && s <= count; s++) spoken.add(s);
  for (const refused of receipt.quarantined) if (refused.seq <= count) spoken.add(refused.seq);
  return spoken.size === count;
}

/** Inclusive ranges of a set of sequences. */
export function rangesOf(sequences: Iterable<number>): readonly (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  for (const s of [...new Set(sequences)].sort((a, b) => a - b)) {
    const last = ranges[ranges.length - 1];
    if (last !== undefined && last[1] === s - 1) last[1] = s;
    else ranges.push([s, s]);
  }
  return ranges;
}
