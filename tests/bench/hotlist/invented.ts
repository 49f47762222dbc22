/** Invented lists of any length, the same for the same seed. */
import { packLine } from '#domain/matching/packed-line.ts';
import { HOTLIST_CATEGORIES, type HotlistEntry } from '#domain/records/hotlist.ts';
import { Chance } from '#tests/simulation/chance.ts';

const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ';
const SHAPES = ['AAA999', '999AAA', 'AAA9999', '9AAA999', 'AA99999', '999999', 'AAAA99'];
const STATES = ['MN', 'MN', 'MN', 'WI', 'ND', 'SD', 'IA', 'IL', 'TX', 'CA'];
const MAKES = ['FORD', 'CHEV', 'TOYT', 'HOND', 'JEEP', 'GMC'];
const COLORS = ['BLK', 'WHI', 'SIL', 'RED', 'BLU', 'GRY'];

/** An invented plate of a common build. */
export function inventedPlate(chance: Chance): string {
  return chance
    .oneOf(SHAPES)
    .replace(/A/g, () => LETTERS.charAt(chance.below(LETTERS.length)))
    .replace(/9/g, () => String(chance.below(10)));
}

/** One row of the public Minnesota NCIC layout. */
export function inventedRow(chance: Chance, at: number): string {
  const letter = chance.oneOf(['V', 'V', 'P', 'W', 'M']);
  const record = `${letter}${String(100_000_000 + at)}`;
  const state = chance.oneOf(STATES).replace('O', '0');
  return `${record},MN0210100,2025${String(1 + chance.below(12)).padStart(2, '0')}11,${inventedPlate(chance)},${state},2026,PC,${String(2000 + chance.below(26))},${chance.oneOf(MAKES)},XXX,4D,${chance.oneOf(COLORS)}`;
}

/** The lines of an invented list, sorted as a list is. */
export function inventedLines(count: number, seed: number, also: readonly HotlistEntry[] = []): string[] {
  const chance = new Chance(seed);
  const lines = also.map(packLine);
  for (let at = 0; at < count; at++) {
    lines.push(
      packLine({
        ref: `V${String(100_000_000 + at)}`,
        plate: inventedPlate(chance),
        jurisdiction: chance.oneOf(STATES),
        category: HOTLIST_CATEGORIES[at % HOTLIST_CATEGORIES.length] ?? 'other',
        expiresAt: null,
        enteredOn: '2025-11-22',
        enteringAgency: 'MN0210100',
        vehicle: { year: '2013', make: chance.oneOf(MAKES), color: chance.oneOf(COLORS) }
      })
    );
  }
  return lines.sort();
}
