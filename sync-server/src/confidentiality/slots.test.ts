import { createHash, createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { PUBLISHED_TAGS, skeletonOf, TAG_BITS, tagIn } from '#domain/policy/address-confidentiality.ts';
import { firstSlots, nextSlots, SWAPS, type Chance, type Slots } from './slots.ts';

/** A seeded chance, as even as a hash. */
function chanceFrom(seed: string): Chance {
  let drawn = 0;
  return (end) => createHash('sha256').update(`${seed} ${drawn++}`).digest().readUInt32BE() % end;
}

const comes = (before: Slots, after: Slots): number => after.filter((tag) => !before.includes(tag)).length;

function published(seed: string, weeks: number, realAt: (week: number) => ReadonlySet<number>): Slots[] {
  const chance = chanceFrom(seed);
  const all = [firstSlots(chance)];
  for (let week = 1; week <= weeks; week++) all.push(nextSlots(all.at(-1) ?? [], realAt(week), chance));
  return all;
}

test('publications with nobody, one and twenty participants cannot be told apart by length, form or how much changes', () => {
  const some = (count: number): ReadonlySet<number> => new Set(Array.from({ length: count }, (_, at) => 16_000 + at));
  for (const real of [some(0), some(1), some(20)]) {
    const weeks = published('form', 60, () => real);
    for (const [week, slots] of weeks.entries()) {
      expect(slots).toHaveLength(PUBLISHED_TAGS);
      expect(new Set(slots).size).toBe(PUBLISHED_TAGS);
      expect([...slots].sort((a, b) => a - b)).toEqual(slots);
      expect(slots.every((tag) => Number.isInteger(tag) && tag >= 0 && tag < 2 ** TAG_BITS)).toBe(true);
      if (week > 0) expect(comes(weeks[week - 1] ?? [], slots)).toBe(SWAPS);
    }
    expect(
      [...real].every((tag) => weeks.at(-1)?.includes(tag)),
      'every real one is published in the end'
    ).toBe(true);
  }
});

test('who is nobody in particular loses 0.78 % of reads to the tags, whoever is a participant', () => {
  const chance = chanceFrom('plates');
  const tags = new Set(published('universe', 30, () => new Set([4_711, 815]))[30]);
  const letters = 'ABCDEFGHJKLMNPRSTUVWXYZ';
  const letter = (): string => letters.charAt(chance(letters.length));
  const plates = 60_000;
  let left = 0;
  for (let at = 0; at < plates; at++) {
    const plate = letter() + letter() + letter() + String(chance(1_000)).padStart(3, '0');
    if (tags.has(tagIn(createHmac('sha256', 'a key of the test').update(skeletonOf(plate)).digest()))) left++;
  }
  expect(left / plates).toBeGreaterThan(0.0073);
  expect(left / plates).toBeLessThan(0.0083);
});

test('a real tag that is there stays, and one that is over goes some day as any decoy does', () => {
  const weeks = published('stays', 400, (week) => (week < 200 ? new Set([7, 8]) : new Set([8])));
  expect(weeks.slice(2, 200).every((slots) => slots.includes(7))).toBe(true);
  expect(weeks.slice(2).every((slots) => slots.includes(8))).toBe(true);
  expect(weeks.at(-1)?.includes(7)).toBe(false);
});
