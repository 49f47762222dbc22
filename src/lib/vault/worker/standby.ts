import { closed, list, nullable, oneOf, type Check } from '#domain/check/check.ts';
import { base64, instant, uuid } from '#domain/check/common.ts';
import { checkEnrollment } from '../answers.ts';
import { frameOf, framesIn } from '../frames.ts';
import { STANDBY_ENDING, STANDBY_FOLDER } from '../locations.ts';
import { checkOfficerRow, type OfficerRow } from '../officer-row.ts';
import { checkPeriodRow, type PeriodRow } from '../period-row.ts';
import { enrollmentOfNow, type KeptEnrollment } from './kept-enrollment.ts';
import { onceFree, openedAlone } from './once-free.ts';

/** What a tablet must not forget, as the toolbox has it. */
export interface Unforgettable {
  readonly enrollments: readonly KeptEnrollment[];
  readonly officers: readonly OfficerRow[];
  /** the member whose lease capture rests on */
  readonly onDuty: string | null;
  /** what sign-in names are hashed with, in base64 */
  readonly nameKey: string | null;
  readonly period: PeriodRow | null;
}

/**
 * A second copy of what a tablet must not forget, outside IndexedDB: a browser that finds its IndexedDB damaged empties it whole
 * (FIELD-NOTES 3). Without its enrollment a tablet could no longer send the records in its journals; without the lease its officer
 * could not go on far from a network. One file, in the frames of a journal; a new one is written and flushed before the old one goes.
 */
export class Standby {
  #last: Promise<void> = Promise.resolve();
  #written: string | undefined;

  private constructor(private readonly folder: FileSystemDirectoryHandle) {}

  static async at(root: FileSystemDirectoryHandle): Promise<Standby> {
    return new Standby(await root.getDirectoryHandle(STANDBY_FOLDER, { create: true }));
  }

  /** What was last kept; null where there is no whole copy. */
  async copy(): Promise<Unforgettable | null> {
    for (const number of await this.#numbers()) {
      const value = asOfNow(jsonIn(await this.#textOf(number)));
      if (checkCopy(value) === null) return value as Copy;
    }
    return null;
  }

  /** Whether there is a copy of what this toolbox no longer knows: it was lost. */
  async knowsMoreThan(toolbox: { enrollments(): Promise<readonly KeptEnrollment[]> }): Promise<boolean> {
    return (await toolbox.enrollments()).length === 0 && ((await this.copy())?.enrollments.length ?? 0) > 0;
  }

  /** Keeps what `now` finds when its turn has come; where that is kept already nothing is written. */
  keep(now: () => Promise<Unforgettable>): Promise<void> {
    const turn = this.#last.then(async () => this.#keep(await now()));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #keep({ enrollments, officers, onDuty, nameKey, period }: Unforgettable): Promise<void> {
    // A tablet never loses its enrollment by itself: whoever has none has an IndexedDB that was just emptied.
    if (enrollments.length === 0) return;
    // The tablet's own key cannot leave the browser's key store: its second copy has a place of its own.
    const keyless = enrollments.map(({ deviceKey: _, ...copy }) => copy);
    const copy: Copy = { kind: 'standby', schema: 3, enrollments: keyless, officers, onDuty, nameKey, period };
    const written = JSON.stringify(copy);
    if ((this.#written ??= await this.#newest()) === written) return;
    const old = await this.#numbers();
    const file = await this.folder.getFileHandle(nameOf((old[0] ?? 0) + 1), { create: true });
    const handle = await openedAlone(file);
    try {
      handle.write(frameOf(new TextEncoder().encode(written)), { at: 0 });
      handle.flush();
    } finally {
      handle.close();
    }
    for (const number of old) await onceFree(() => this.folder.removeEntry(nameOf(number)));
    this.#written = written;
  }

  async #newest(): Promise<string> {
    const [number] = await this.#numbers();
    return number === undefined ? '' : this.#textOf(number);
  }

  async #textOf(number: number): Promise<string> {
    const file = await (await this.folder.getFileHandle(nameOf(number))).getFile();
    const [payload] = framesIn(new Uint8Array(await file.arrayBuffer())).payloads;
    return payload === undefined ? '' : new TextDecoder().decode(payload);
  }

  /** Newest first. */
  async #numbers(): Promise<number[]> {
    const numbers: number[] = [];
    for await (const name of this.folder.keys()) numbers.push(Number(name.slice(0, -STANDBY_ENDING.length)));
    return numbers.filter(Number.isInteger).sort((a, b) => b - a);
  }
}

const nameOf = (number: number): string => `${number}${STANDBY_ENDING}`;

const checkKept: Check<KeptEnrollment> = (value, path) => {
  const { schema, enrolledAt, ...enrollment } = (value ?? {}) as Partial<KeptEnrollment>;
  return (
    checkEnrollment(enrollment, path) ??
    closed<Pick<KeptEnrollment, 'schema' | 'enrolledAt'>>({ schema: oneOf(2), enrolledAt: instant })(
      { schema, enrolledAt },
      path
    )
  );
};

interface Copy extends Unforgettable {
  readonly kind: 'standby';
  readonly schema: 3;
}

const checkCopy: Check<Copy> = closed<Copy>({
  kind: oneOf('standby'),
  schema: oneOf(3),
  enrollments: list(checkKept, { max: 1_000 }),
  officers: list(checkOfficerRow, { max: 10_000 }),
  onDuty: nullable(uuid),
  nameKey: nullable(base64(100)),
  period: nullable(checkPeriodRow)
});

/** Schema 1 had a token beside each enrollment, which opens nothing any more; schema 2 had enrollments alone. */
function asOfNow(value: unknown): unknown {
  const copy = value as { readonly schema?: unknown; readonly enrollments?: readonly object[] } | null;
  if ((copy?.schema !== 1 && copy?.schema !== 2) || !Array.isArray(copy.enrollments)) return value;
  const enrollments = copy.schema === 1 ? copy.enrollments.map(enrollmentOfNow) : copy.enrollments;
  return { ...copy, schema: 3, enrollments, officers: [], onDuty: null, nameKey: null, period: null };
}

function jsonIn(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return null;
  }
}
