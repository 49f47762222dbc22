import { PUBLISHED_TAGS, TAG_BITS } from '#domain/policy/address-confidentiality.ts';

/** One of the published tags. What is behind it, if anything, is not written beside it. */
export type Slots = readonly number[];

/** Tags that are exchanged at each publication, whether or not there is a reason. */
export const SWAPS = 2;
/** A real tag never moves, and most decoys do not: so many real ones leave decoys to exchange for years. */
export const MOST_REAL_TAGS = PUBLISHED_TAGS - 28;

/** A whole number from 0 on, below `end`, each as likely. */
export type Chance = (end: number) => number;

/** The first publication: as many decoys as there are places. */
export function firstSlots(chance: Chance): Slots {
  const tags = new Set<number>();
  while (tags.size < PUBLISHED_TAGS) tags.add(chance(2 ** TAG_BITS));
  return sorted(tags);
}

/**
 * The next publication (LAW 4.10): two decoys go, two tags come - the real ones that are not there yet first, else decoys. Who
 * compares two publications sees two tags exchanged, and nothing of whether there was a reason.
 */
export function nextSlots(now: Slots, real: ReadonlySet<number>, chance: Chance): Slots {
  const tags = new Set(now);
  const waiting = [...real].filter((tag) => !tags.has(tag));
  for (let swap = 0; swap < SWAPS; swap++) {
    const decoys = [...tags].filter((tag) => !real.has(tag) && now.includes(tag));
    const goes = decoys[chance(decoys.length)];
    if (goes === undefined) break;
    tags.delete(goes);
    tags.add(waiting.shift() ?? freshDecoy(now, tags, real, chance));
  }
  return sorted(tags);
}

function freshDecoy(before: Slots, tags: ReadonlySet<number>, real: ReadonlySet<number>, chance: Chance): number {
  for (;;) {
    const tag = chance(2 ** TAG_BITS);
    if (!tags.has(tag) && !before.includes(tag) && !real.has(tag)) return tag;
  }
}

const sorted = (tags: ReadonlySet<number>): Slots => [...tags].sort((a, b) => a - b);
