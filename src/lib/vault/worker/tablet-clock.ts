import { closed, list, nullable, number, oneOf, type Check } from '#domain/check/check.ts';
import { instant } from '#domain/check/common.ts';
import {
  CLOCK_TOLERANCE_MS,
  clockWord,
  correctTime,
  NO_TIME_MARKS,
  retentionTime,
  timeAtStart,
  timeLived,
  timeTold,
  type Clocks,
  type ClockWord,
  type TimeKnown,
  type TimeMarks
} from '#domain/policy/clock.ts';
import { msOf, type Instant } from '#domain/time/instant.ts';
import type { ClockNote } from '../protocol.ts';
import type { Toolbox } from './toolbox.ts';

/** Notes about the clock that are remembered. */
const NOTES_KEPT = 20;

interface ClockParts {
  readonly toolbox: Pick<Toolbox, 'kept' | 'keep'>;
  readonly clocks: () => Clocks;
  /** the time has been told, and this is it */
  readonly told: (correctNow: Instant) => Promise<void>;
}

/** The tablet's sense of time across its starts: what the rules of the policy say of it, with the marks they need kept. */
export class TabletClock {
  #known: TimeKnown;
  #notes: readonly ClockNote[];
  #lastWord: ClockWord['kind'] = 'notCompared';

  private constructor(
    marks: TimeMarks,
    notes: readonly ClockNote[],
    private readonly parts: ClockParts
  ) {
    this.#known = timeAtStart(marks, parts.clocks());
    this.#notes = notes;
  }

  static async load(parts: ClockParts): Promise<TabletClock> {
    const marks = await parts.toolbox.kept('timeMarks');
    const notes = await parts.toolbox.kept('clockNotes');
    return new TabletClock(
      checkMarks(marks) === null ? (marks as TimeMarks) : NO_TIME_MARKS,
      checkNotes(notes) === null ? (notes as ClockNote[]) : [],
      parts
    );
  }

  /** The time by which data are destroyed; never earlier because the clock was set back. */
  get retentionNow(): Instant {
    return retentionTime(this.#known, this.parts.clocks());
  }

  /** The correct time; null while nobody told it. */
  get correctNow(): Instant | null {
    return correctTime(this.#known, this.parts.clocks());
  }

  get word(): ClockWord {
    return clockWord(this.#known, this.parts.clocks());
  }

  /** When the clock was found wrong or set back, newest first. */
  get notes(): readonly ClockNote[] {
    return this.#notes;
  }

  async tell(at: Instant, by: 'headquarters' | 'satellites'): Promise<void> {
    const { wall } = this.parts.clocks();
    // A position comes every second: only one that tells something new is worth a write.
    const known = by === 'satellites' ? (this.correctNow ?? wall) : null;
    if (known !== null && Math.abs(msOf(at) - msOf(known)) <= CLOCK_TOLERANCE_MS) return;
    this.#known = timeTold(this.#known, at, by, this.parts.clocks());
    const correctNow = this.correctNow;
    if (correctNow !== null) await this.parts.told(correctNow);
    await this.live();
  }

  /** Brings the marks forward and keeps them; what is wrong with the clock is written down once. */
  async live(): Promise<void> {
    const { word } = this;
    this.#known = timeLived(this.#known, this.parts.clocks());
    await this.parts.toolbox.keep('timeMarks', this.#known.marks);
    const isNews = word.kind !== this.#lastWord;
    this.#lastWord = word.kind;
    if (!isNews || (word.kind !== 'wrong' && word.kind !== 'setBack')) return;
    const byMs = word.kind === 'wrong' ? word.offsetMs : word.byMs;
    // Found again at the next start, it is the same trouble.
    const [last] = this.#notes;
    if (last?.kind === word.kind && Math.abs(last.byMs - byMs) <= CLOCK_TOLERANCE_MS) return;
    this.#notes = [{ kind: word.kind, noticedAt: this.retentionNow, byMs }, ...this.#notes].slice(0, NOTES_KEPT);
    await this.parts.toolbox.keep('clockNotes', this.#notes);
  }
}

const someMs = number({ min: -1e13, max: 1e13 });

const checkMarks: Check<TimeMarks> = closed<TimeMarks>({
  schema: oneOf(1),
  proven: nullable(instant),
  seen: nullable(instant),
  offsetMs: nullable(someMs)
});

const checkNotes: Check<readonly ClockNote[]> = list(
  closed<ClockNote>({ kind: oneOf('wrong', 'setBack'), noticedAt: instant, byMs: someMs }),
  { max: NOTES_KEPT }
);
