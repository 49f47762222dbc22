/** Wrong inputs out of right ones: each says whether a parser must refuse it. */
import type { Chance } from '#tests/simulation/chance.ts';

export interface Case<T> {
  readonly input: T;
  /** nothing that is let through may have come from this */
  readonly mustRefuse: boolean;
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [field: string]: Json };
type Path = readonly (string | number)[];

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every place in a value, from the root on. */
function placesIn(value: unknown, path: Path = []): Path[] {
  const inner = Array.isArray(value)
    ? value.flatMap((item, at) => placesIn(item, [...path, at]))
    : isRecord(value)
      ? Object.entries(value).flatMap(([field, item]) => placesIn(item, [...path, field]))
      : [];
  return [path, ...inner];
}

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown>)[step], value);

/** The value with another one at a place; nothing of the given one is changed. */
function withAt(value: unknown, [step, ...rest]: Path, put: (before: unknown) => unknown): unknown {
  if (step === undefined) return put(value);
  if (Array.isArray(value)) return value.map((item, i) => (i === step ? withAt(item, rest, put) : (item as unknown)));
  const record = value as Record<string, unknown>;
  return { ...record, [step]: withAt(record[step], rest, put) };
}

const STRANGE_NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  '',
  'extra',
  'a\u0000b',
  '\ud800',
  'ℌ',
  '_id2'
];
const STRANGE_VALUES: readonly unknown[] = [{ strange: 1 }, ['strange', {}], [[[]]], [null, {}], { length: 3 }];

/** A value of no kind at all. */
export function anything(chance: Chance, depth = 0): Json {
  const kind = chance.below(depth > 3 ? 5 : 7);
  if (kind === 0) return null;
  if (kind === 1) return chance.happens(0.5);
  if (kind === 2) return chance.oneOf([0, -1, 1.5, 1e308, -1e21, 9007199254740993, chance.next()]);
  if (kind <= 4) return someText(chance);
  const size = chance.below(5);
  if (kind === 5) return Array.from({ length: size }, () => anything(chance, depth + 1));
  return Object.fromEntries(
    Array.from({ length: size }, () => [
      chance.happens(0.3) ? chance.oneOf(STRANGE_NAMES) : someText(chance),
      anything(chance, depth + 1)
    ])
  );
}

function someText(chance: Chance): string {
  const letters = Array.from({ length: chance.below(24) }, () =>
    chance.oneOf([chance.below(128), chance.below(65_536)])
  );
  return String.fromCharCode(...letters);
}

/** A proper record, made wrong at one place. `openAt` names a part that may have further fields. */
export function wrongRecord(chance: Chance, proper: unknown, openAt?: string): Case<unknown> {
  const places = placesIn(proper);
  const records = places.filter((path) => isRecord(at(proper, path)));
  const leaf = chance.oneOf(places.filter((path) => typeof at(proper, path) !== 'object' || at(proper, path) === null));
  switch (chance.below(6)) {
    case 0: {
      const put = (before: unknown): unknown => {
        const record = { ...(before as object) };
        // A field of this very name, as JSON.parse makes it, and no change of the object's kind.
        Object.defineProperty(record, chance.oneOf(STRANGE_NAMES), { value: anything(chance, 3), enumerable: true });
        return record;
      };
      const path = chance.oneOf(records);
      return { input: withAt(proper, path, put), mustRefuse: path.at(-1) !== openAt || openAt === undefined };
    }
    case 1:
      return { input: withAt(proper, leaf, () => chance.oneOf(STRANGE_VALUES)), mustRefuse: true };
    case 2: {
      const before = at(proper, leaf);
      const huge = typeof before === 'number' ? chance.oneOf([1e300, -1e300, NaN, Infinity]) : 'x'.repeat(600_000);
      return { input: withAt(proper, leaf, () => huge), mustRefuse: before !== null && typeof before !== 'boolean' };
    }
    case 3: {
      // Without one field: some may be left out.
      const path = chance.oneOf(places.filter((place) => typeof place.at(-1) === 'string' || place.length === 0));
      const field = path.at(-1);
      const without = (before: unknown): unknown =>
        Object.fromEntries(Object.entries(before as object).filter(([name]) => name !== field));
      return { input: path.length === 0 ? null : withAt(proper, path.slice(0, -1), without), mustRefuse: false };
    }
    case 4:
      return {
        input: withAt(proper, leaf, (before) =>
          typeof before === 'string' ? wrongText(chance, before) : anything(chance)
        ),
        mustRefuse: false
      };
    default: {
      const input = anything(chance);
      // Where every field may be left out, nothing at all is proper.
      return { input, mustRefuse: !isRecord(input) || Object.keys(input).length > 0 };
    }
  }
}

/** A text with something cut out, put in, doubled or turned around. */
export function wrongText(chance: Chance, proper: string): string {
  const [from, to] = [chance.below(proper.length + 1), chance.below(proper.length + 1)].sort((a, b) => a - b);
  const [head, middle, tail] = [proper.slice(0, from), proper.slice(from, to), proper.slice(to)];
  const put = chance.oneOf([
    '"',
    ',',
    '\n',
    '\r',
    '\u0000',
    '\ufeff',
    '\\',
    '{',
    '[',
    '\ud800',
    '"'.repeat(99),
    someText(chance)
  ]);
  return chance.oneOf([
    head + tail,
    head + put + tail,
    head + put + middle + tail,
    head + middle + middle + tail,
    middle
  ]);
}

/** Bytes with some flipped, cut out, doubled or put in. */
export function wrongBytes(chance: Chance, proper: Uint8Array): Uint8Array {
  const [from, to] = [chance.below(proper.length + 1), chance.below(proper.length + 1)].sort((a, b) => a - b);
  switch (chance.below(5)) {
    case 0: {
      const flipped = proper.slice();
      for (let n = 0; n <= chance.below(4); n++) flipped[chance.below(flipped.length)] = chance.below(256);
      return flipped;
    }
    case 1:
      return proper.slice(from, to);
    case 2:
      return new Uint8Array([...proper.slice(0, from), ...proper.slice(to)]);
    case 3:
      return new Uint8Array([...proper.slice(0, to), ...chance.bytes(chance.below(40)), ...proper.slice(to)]);
    default:
      return new Uint8Array([...proper.slice(0, to), ...proper.slice(from)]);
  }
}
