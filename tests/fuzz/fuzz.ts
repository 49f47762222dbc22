/** S5: wrong inputs by the thousand, seeded. A parser may refuse; it may not fall over, hang, or let through what it must not. */
import { Chance } from '#tests/simulation/chance.ts';

/** Something that takes bytes from outside. */
export interface Parser {
  readonly name: string;
  /** Hands one hostile input over. Answers what was wrong about the answer; null: nothing. Throwing is falling over. */
  attack(chance: Chance): string | null | Promise<string | null>;
}

export interface Fuzzed {
  readonly cases: number;
  readonly crashes: readonly string[];
  readonly hangs: readonly string[];
  readonly accepted: readonly string[];
}

/** Processor time from which on one case counts as hanging; time on the clock would blame a busy machine's neighbors. */
const HANGS_AFTER_MS = 3_000;

/** Attacks a parser; each finding names the seed that repeats it alone. */
export async function fuzz(
  parser: Parser,
  cases: number,
  seed: number,
  hangsAfterMs = HANGS_AFTER_MS
): Promise<Fuzzed> {
  const [crashes, hangs, accepted]: [string[], string[], string[]] = [[], [], []];
  for (let n = 0; n < cases; n++) {
    const own = (Math.imul(seed, 1_000_003) + n) >>> 0;
    const which = `${parser.name}, seed ${own}`;
    const startedAt = process.cpuUsage();
    try {
      const wrong = await parser.attack(new Chance(own));
      if (wrong !== null) accepted.push(`${which}: ${wrong}`);
    } catch (error) {
      crashes.push(`${which}: ${error instanceof Error ? error.name : 'not an error'}`);
    }
    if (process.cpuUsage(startedAt).user / 1000 > hangsAfterMs) hangs.push(which);
  }
  return { cases, crashes, hangs, accepted };
}

export const faultsOf = ({ crashes, hangs, accepted }: Fuzzed): readonly string[] => [
  ...crashes.map((what) => `fell over: ${what}`),
  ...hangs.map((what) => `hung: ${what}`),
  ...accepted.map((what) => `let through: ${what}`)
];
