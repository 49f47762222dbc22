/** What one guess at a password costs: Argon2id's memory and passes. */
export interface KeyCost {
  readonly memoryKiB: number;
  readonly passes: number;
}

/** 64 MiB, three passes: half a second on the tablets measured. */
export const SHIPPED_KEY_COST: KeyCost = { memoryKiB: 65_536, passes: 3 };

/** A key stored with less was not made by this program, and is not opened. */
export class KeyTooCheap extends Error {
  override readonly name = 'KeyTooCheap';
  constructor() {
    super('the key of an officer costs less to guess than is allowed');
  }
}

/** Hands the cost back when it reaches the floor, throws KeyTooCheap otherwise (policy 426.5(a), CJIS SC-28: a stolen tablet stays closed). */
export function atLeastShipped(cost: KeyCost): KeyCost {
  if (!(cost.memoryKiB >= SHIPPED_KEY_COST.memoryKiB) || !(cost.passes >= SHIPPED_KEY_COST.passes))
    throw new KeyTooCheap();
  return cost;
}
