/**
 * How serials are built, a jurisdiction a line: A is a letter, 9 a digit; separators and small stacked characters are left
 * out. Passenger plates of the last thirty years and the commonest others, from general knowledge; no list of plates was
 * used. It is not complete and need not be: what fits no format is a vanity plate or a format left out, and is read all
 * the same (rule rankedByFormat).
 */
const FORMATS: Readonly<Record<string, string>> = {
  AK: 'AAA999 AAA99',
  AL: '99A999A 9A9999A 99999AA 9AA9999',
  AR: '999AAA AAA999 AAA99A',
  AZ: 'AAA9999 AAA999 999AAA 9999AA A99999 AAA99AA AAA9AAA 9AA999A',
  CA: '9AAA999 9A99999 99999A9 AAA9999',
  CO: '999AAA AAA999 AAAA99 AA9999 AAA9999',
  CT: '999AAA AAA999 AA99999 A99AAA',
  DC: 'AA9999 999999',
  DE: '999999 99999 A999999',
  FL: 'A999AA AAA99A AAAA99 999AAA',
  GA: 'AAA9999 9999AAA',
  HI: 'AAA999',
  IA: 'AAA999 999AAA 9999AA A9999',
  ID: '9A99999 A999999 9AA9999 A99999A 9999A A9999A',
  IL: 'AA99999 A999999 9999999',
  IN: '999AAA 999AA AAA999',
  KS: '999AAA AAA999 9999AAA 9999A',
  KY: '999AAA AAA999',
  LA: 'AAA999 999AAA',
  MA: '999AA9 9AAA99 9999AA AAA999 99AA99',
  MD: '9AA9999 AAA99A 9AAA99',
  ME: '9999AA 99999',
  MI: 'AAA9999 9AAA99 999AAA AAA999',
  MN: 'AAA999 999AAA 9AA999',
  MO: 'AA9A9A 999AA9',
  MS: 'AAA999 999AAA 999AA9 AAA9999',
  MT: '999999A 99999A AAA999',
  NC: 'AAA9999 9999AA',
  ND: 'AAA999 999AAA',
  NE: 'AAA999 99A999 999999',
  NH: '999999 9999999',
  NJ: 'AAA99A A99AAA AA999A',
  NM: 'AAA999 999AAA AA999',
  NV: '999AAA AAA999 99A999',
  NY: 'AAA9999 99999AA',
  OH: 'AAA9999 AA99AA 99AAA 999AAA',
  OK: 'AAA999 999AAA AA9999 AAA9999',
  OR: 'AAA999 999AAA 99999',
  PA: 'AAA9999 AAA999',
  RI: 'AA999 999999 99999',
  SC: 'AAA999 999AAA',
  SD: '9AA999 99AA99 99A999 A9A999',
  TN: '999AAA A9999A AAA999 AAA9999',
  TX: 'AA9A999 AAA9999 AAA99A',
  UT: 'A999AA 999AAA 9999AA',
  VA: 'AAA999 AAA9999 9999AA AA9999',
  VT: 'AAA999 99999 A99999',
  WA: '999AAA AAA9999 AAA999 99999A A99999A',
  WI: 'AAA9999 999AAA AAA999',
  WV: '9AA999 9A9999 AAA999',
  WY: '99999A 999999 9999A 999999A'
};

const OF_EACH: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(FORMATS).map(([code, formats]) => [code, new Set(formats.split(' '))])
);
const OF_ANY: ReadonlySet<string> = new Set([...OF_EACH.values()].flatMap((formats) => [...formats]));

/** True for a jurisdiction whose serials are known. */
export const hasFormats = (jurisdiction: string): boolean => OF_EACH.has(jurisdiction);

/**
 * True when a text is built as serials of the jurisdiction are, or as those of any when it is not known. Zero counts as a
 * digit and as a letter, since O and 0 are one (foldPlate). False for a jurisdiction without a line.
 */
export function fitsFormat(text: string, jurisdiction?: string): boolean {
  const formats = jurisdiction === undefined ? OF_ANY : OF_EACH.get(jurisdiction);
  if (formats === undefined) return false;
  return shapesOf(text).some((shape) => formats.has(shape));
}

function shapesOf(text: string): readonly string[] {
  let shapes = [''];
  for (const character of text) {
    const kinds = character === '0' || character === 'O' ? ['9', 'A'] : [/\d/.test(character) ? '9' : 'A'];
    shapes = shapes.flatMap((shape) => kinds.map((kind) => shape + kind));
  }
  return shapes;
}
