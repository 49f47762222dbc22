/**
 * A small validator kit. A record is checked once, at the door, by a check that is typed against its written interface;
 * the first problem found comes back with the path to the bad field. The same checks run inside design documents, where
 * a library would weigh twenty to a hundred times as much.
 */

export interface Problem {
  /** `read.ocr.confidence` */
  readonly path: string;
  /** A sentence that names what is wrong, never the value: a value may be a plate. */
  readonly message: string;
}

/** Answers null when `value` is a proper T. `of` exists for the compiler alone. */
export interface Check<T> {
  (value: unknown, path?: string): Problem | null;
  readonly of?: T;
}

/** Marks a field of a closed record that may be absent. */
interface OptionalCheck<T> extends Check<T> {
  readonly mayBeAbsent: true;
}

const problem = (path: string | undefined, message: string): Problem => ({
  path: path === undefined ? '' : path,
  message
});

/** Text with a length range and, when given, a pattern that the whole of it must match. */
export function text(rule: { min?: number; max: number; pattern?: RegExp; what?: string }): Check<string> {
  return (value, path) => {
    if (typeof value !== 'string') return problem(path, 'must be text');
    if (value.length < (rule.min === undefined ? 0 : rule.min)) return problem(path, 'is too short');
    if (value.length > rule.max) return problem(path, 'is too long');
    if (rule.pattern !== undefined && !rule.pattern.test(value))
      return problem(path, 'must be ' + (rule.what === undefined ? 'in the expected form' : rule.what));
    return null;
  };
}

/** A finite number within a range. */
export function number(rule: { min: number; max: number; integer?: boolean }): Check<number> {
  return (value, path) => {
    if (typeof value !== 'number' || !isFinite(value)) return problem(path, 'must be a number');
    if (rule.integer === true && Math.floor(value) !== value) return problem(path, 'must be a whole number');
    if (value < rule.min || value > rule.max) return problem(path, 'is out of range');
    return null;
  };
}

export const yesOrNo: Check<boolean> = (value, path) =>
  typeof value === 'boolean' ? null : problem(path, 'must be true or false');

/** One of the listed words. */
export function oneOf<const T extends string | number | boolean>(...words: readonly T[]): Check<T> {
  return (value, path) =>
    words.indexOf(value as T) >= 0 ? null : problem(path, 'must be one of: ' + words.join(', '));
}

export function nullable<T>(check: Check<T>): Check<T | null> {
  return (value, path) => (value === null ? null : check(value, path));
}

/** The field may be absent; when it is there it must pass. */
export function optional<T>(check: Check<T>): OptionalCheck<T> {
  const inner = (value: unknown, path?: string): Problem | null => (value === undefined ? null : check(value, path));
  return Object.assign(inner, { mayBeAbsent: true as const });
}

export function list<T>(check: Check<T>, rule: { min?: number; max: number }): Check<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) return problem(path, 'must be a list');
    if (value.length > rule.max) return problem(path, 'has too many entries');
    if (value.length < (rule.min === undefined ? 0 : rule.min)) return problem(path, 'has too few entries');
    for (let i = 0; i < value.length; i++) {
      const found = check(value[i], `${path === undefined ? '' : path}[${i}]`);
      if (found !== null) return found;
    }
    return null;
  };
}

// An optional field of T asks for optional(...), a required one for a plain check: interface and check cannot disagree.
type Fields<T> = {
  readonly [K in keyof T]-?: object extends Pick<T, K> ? OptionalCheck<Exclude<T[K], undefined>> : Check<T[K]>;
};

/** What is said of a field that a closed record does not have. */
export const NOT_A_FIELD = 'is not a field of this record';

/** A record with exactly these fields: an unknown one is refused by name, a missing one too. */
export function closed<T extends object>(fields: Fields<T>): Check<T> {
  const names = Object.keys(fields) as (keyof T & string)[];
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return problem(path, 'must be a record');
    const given = value as Record<string, unknown>;
    const at = (name: string): string => (path === undefined || path === '' ? name : path + '.' + name);
    for (const name of Object.keys(given)) {
      if (names.indexOf(name as keyof T & string) < 0) return problem(at(name), NOT_A_FIELD);
    }
    for (const name of names) {
      const check = fields[name] as Check<unknown> & { mayBeAbsent?: true };
      const here = Object.prototype.hasOwnProperty.call(given, name);
      if (!here) {
        if (check.mayBeAbsent !== true) return problem(at(name), 'is missing');
        continue;
      }
      const found = check(given[name], at(name));
      if (found !== null) return found;
    }
    return null;
  };
}

/** A union told apart by the word in `tag`. */
export function tagged<T extends object>(
  tag: keyof T & string,
  kinds: Readonly<Record<string, Check<never>>>
): Check<T> {
  return (value, path) => {
    if (typeof value !== 'object' || value === null) return problem(path, 'must be a record');
    const word = (value as Record<string, unknown>)[tag];
    const check =
      typeof word === 'string' && Object.prototype.hasOwnProperty.call(kinds, word)
        ? (kinds[word] as Check<unknown>)
        : undefined;
    if (check === undefined) return problem((path === undefined ? '' : path + '.') + tag, 'is of no known kind');
    return check(value, path);
  };
}

/** Both checks, in order; the second may lean on the first. */
export function both<T>(first: Check<T>, second: (value: T, path?: string) => Problem | null): Check<T> {
  return (value, path) => {
    const found = first(value, path);
    return found === null ? second(value as T, path) : found;
  };
}

export type Parsed<T> =
  { readonly kind: 'proper'; readonly value: T } | { readonly kind: 'improper'; readonly problem: Problem };

/** Checks `value` and hands it back typed. */
export function parse<T>(check: Check<T>, value: unknown): Parsed<T> {
  const found = check(value);
  return found === null ? { kind: 'proper', value: value as T } : { kind: 'improper', problem: found };
}

/** A fault of ours: a record we made ourselves is not proper. */
export class ImproperRecord extends Error {
  override readonly name = 'ImproperRecord';
  constructor(readonly problem: Problem) {
    super(`${problem.path} ${problem.message}`);
  }
}

/** Hands the value back when it is proper, throws ImproperRecord otherwise. For records we make ourselves. */
export function proper<T>(check: Check<T>, value: T): T {
  const found = check(value);
  if (found !== null) throw new ImproperRecord(found);
  return value;
}
