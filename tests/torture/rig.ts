/** What a rig is: it tortures the built app in a real browser, counts, and proves by a control that it would notice. */
export interface Rig {
  /** as in the goals: R1, S1 */
  readonly id: string;
  readonly claim: string;
  /** rounds when nothing else is asked for */
  readonly rounds: number;
  /** why it cannot run on this machine; null: it can */
  readonly cannotRun?: () => string | null;
  run(asked: Asked): Promise<Outcome>;
}

export interface Asked {
  readonly rounds: number;
  readonly seed: number;
  /** one line to the person who waits */
  readonly say: (line: string) => void;
}

/** The figures, in the words of the goals, and what was found wrong; nothing wrong: it passed. */
export interface Outcome {
  readonly figures: readonly (readonly [what: string, figure: string])[];
  readonly faults: readonly string[];
  /** what took too long: a finding when the rig is run for its figures, and none in a test, which may run on any machine */
  readonly late?: readonly string[];
}

/** The value below which the share `part` of them lies; 0 of none. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

export const ms = (value: number): string => `${Math.round(value)} ms`;
