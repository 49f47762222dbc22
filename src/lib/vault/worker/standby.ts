import { closed, list, oneOf, type Check } from '#domain/check/check.ts';
import { instant } from '#domain/check/common.ts';
import { checkEnrollment } from '../answers.ts';
import { frameOf, framesIn } from '../frames.ts';
import { STANDBY_ENDING, STANDBY_FOLDER } from '../locations.ts';
import { enrollmentOfNow } from './old-toolbox.ts';
import type { KeptEnrollment } from './toolbox.ts';

/**
 * A second copy of the enrollments, outside IndexedDB: a browser that finds its IndexedDB damaged empties it whole
 * (FIELD-NOTES 3), and a tablet that forgot its enrollment could no longer send the records in its journals. One file, in the
 * frames of a journal; a new one is written and flushed before the old one goes.
 */
export class Standby {
  private constructor(private readonly folder: FileSystemDirectoryHandle) {}

  static async at(root: FileSystemDirectoryHandle): Promise<Standby> {
    return new Standby(await root.getDirectoryHandle(STANDBY_FOLDER, { create: true }));
  }

  /** The enrollments that were last kept; none where there is no whole copy. */
  async enrollments(): Promise<readonly KeptEnrollment[]> {
    for (const number of await this.#numbers()) {
      const value = asOfNow(jsonIn(await this.#written(number)));
      if (checkCopy(value) === null) return (value as Copy).enrollments;
    }
    return [];
  }

  /** Keeps these enrollments; where they are kept already nothing is written. */
  async keep(enrollments: readonly KeptEnrollment[]): Promise<void> {
    // The tablet's own key cannot leave the browser's key store: its second copy has a place of its own.
    const copies = enrollments.map(({ deviceKey: _, ...copy }) => copy);
    const written = JSON.stringify({ kind: 'standby', schema: 2, enrollments: copies });
    if ((await this.#newest()) === written) return;
    const old = await this.#numbers();
    const file = await this.folder.getFileHandle(nameOf((old[0] ?? 0) + 1), { create: true });
    const handle = await file.createSyncAccessHandle();
    try {
      handle.write(frameOf(new TextEncoder().encode(written)), { at: 0 });
      handle.flush();
    } finally {
      handle.close();
    }
    for (const number of old) await this.folder.removeEntry(nameOf(number));
  }

  async #newest(): Promise<string> {
    const [number] = await this.#numbers();
    return number === undefined ? '' : this.#written(number);
  }

  async #written(number: number): Promise<string> {
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

interface Copy {
  readonly kind: 'standby';
  readonly schema: 2;
  readonly enrollments: readonly KeptEnrollment[];
}

const checkCopy: Check<Copy> = closed<Copy>({
  kind: oneOf('standby'),
  schema: oneOf(2),
  enrollments: list(checkKept, { max: 1_000 })
});

/** Schema 1 had a token beside each enrollment; it opens nothing any more. */
function asOfNow(value: unknown): unknown {
  const copy = value as { readonly schema?: unknown; readonly enrollments?: readonly object[] } | null;
  if (copy?.schema !== 1 || !Array.isArray(copy.enrollments)) return value;
  return { ...copy, schema: 2, enrollments: copy.enrollments.map(enrollmentOfNow) };
}

function jsonIn(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return null;
  }
}
