import { foldPlate } from '../plate/fold.ts';
import type { EntryFlag, HotlistEntry } from '../records/hotlist.ts';
import { fitsFormat, hasFormats } from '../voting/serial-formats.ts';

/** A row that has stood so long is more often forgotten than true. */
const OLD_AFTER_YEARS = 5;
/** A plate so short is like too many others: half a page of ordinary ones lies a look-alike away. */
const SHORTEST = 3;

/** What is wrong in a list, by kind, and a few examples of each for whoever decides. */
export type Findings = Readonly<
  Record<EntryFlag | 'duplicate', { readonly count: number; readonly examples: readonly Example[] }>
>;
export interface Example {
  readonly ref: string;
  readonly plate: string;
  readonly jurisdiction: string;
}

const KINDS = ['twin', 'impossibleFormat', 'old', 'matchesTooMuch', 'duplicate'] as const;
const MOST_EXAMPLES = 10;

/**
 * Looks a list over before it reaches an officer: both spellings of a plate (O and zero, I and one), a spelling that its state cannot have issued
 * where the other one fits, rows that have stood for years, plates that match far too much, and duplicates. Recent wrongful stops came from
 * lists that held both spellings of a plate (LAW section 7). First `see` every entry, then ask `flagsOf` each.
 */
export class HotlistDoctor {
  /** by jurisdiction and plate with O and zero, I and one as one: the first spelling seen, or null when there were two */
  readonly #spellings = new Map<string, string | null>();
  readonly #lines = new Set<string>();
  readonly #counts = new Map<(typeof KINDS)[number], number>();
  readonly #examples = new Map<(typeof KINDS)[number], Example[]>();

  /** `asOf`: when the list was true, against which the age of a row is told */
  constructor(private readonly asOf: string) {}

  /** False for a duplicate: the same plate, state and category, of which one entry is enough. */
  see(entry: HotlistEntry): boolean {
    const line = `${entry.jurisdiction} ${entry.plate} ${entry.category} ${entry.covert === true ? 'c' : ''}`;
    if (this.#lines.has(line)) {
      this.#found('duplicate', entry);
      return false;
    }
    this.#lines.add(line);
    const key = this.#keyOf(entry);
    const spelling = this.#spellings.get(key);
    if (spelling === undefined) this.#spellings.set(key, entry.plate);
    else if (spelling !== null && spelling !== entry.plate) this.#spellings.set(key, null);
    return true;
  }

  /** The entry with its flags, which travel with it to the officer. */
  flagged(entry: HotlistEntry): HotlistEntry {
    const flags = this.#flagsOf(entry);
    for (const flag of flags) this.#found(flag, entry);
    return flags.length === 0 ? entry : { ...entry, flags };
  }

  get findings(): Findings {
    return Object.fromEntries(
      KINDS.map((kind) => [kind, { count: this.#counts.get(kind) ?? 0, examples: this.#examples.get(kind) ?? [] }])
    ) as unknown as Findings;
  }

  #flagsOf(entry: HotlistEntry): EntryFlag[] {
    const flags: EntryFlag[] = [];
    if (this.#spellings.get(this.#keyOf(entry)) === null) flags.push('twin');
    if (this.#isImpossible(entry)) flags.push('impossibleFormat');
    if (isOld(entry.enteredOn, this.asOf)) flags.push('old');
    if (entry.plate.length < SHORTEST) flags.push('matchesTooMuch');
    return flags;
  }

  #keyOf({ jurisdiction, plate }: HotlistEntry): string {
    return `${jurisdiction} ${foldPlate(plate).replaceAll('I', '1')}`;
  }

  // Only where another spelling of the same plate fits: what fits no format at all may be a vanity plate.
  #isImpossible({ jurisdiction, plate }: HotlistEntry): boolean {
    if (!hasFormats(jurisdiction) || fitsFormat(plate, jurisdiction)) return false;
    return respelled(plate).some((other) => fitsFormat(other, jurisdiction));
  }

  #found(kind: (typeof KINDS)[number], { ref, plate, jurisdiction }: HotlistEntry): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
    const examples = this.#examples.get(kind) ?? [];
    if (examples.length < MOST_EXAMPLES) this.#examples.set(kind, [...examples, { ref, plate, jurisdiction }]);
  }
}

/** The plate with one I for 1, or the other way around. O and zero are one to every format. */
function respelled(plate: string): string[] {
  return [...plate].flatMap((character, at) => {
    const other = character === 'I' ? '1' : character === '1' ? 'I' : undefined;
    return other === undefined ? [] : [plate.slice(0, at) + other + plate.slice(at + 1)];
  });
}

function isOld(enteredOn: string | undefined, asOf: string): boolean {
  if (enteredOn === undefined || !/^\d{4}-\d{2}-\d{2}/.test(enteredOn)) return false;
  const limit = `${Number(asOf.slice(0, 4)) - OLD_AFTER_YEARS}${asOf.slice(4, 10)}`;
  return enteredOn.slice(0, 10) < limit;
}
