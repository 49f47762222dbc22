import { runInNewContext } from 'node:vm';
import { expect } from 'vitest';
import { buildDesigns } from '#designs/build.ts';
import type { DatabaseKind } from '#designs/kinds.ts';

interface Writer {
  readonly db?: string;
  readonly name: string | null;
  readonly roles: readonly string[];
}

type Validate = (after: unknown, before: unknown, person: unknown, security: unknown) => void;

/** A validator as the engines run it: the compiled string, in a context that has nothing but the language. */
export class CompiledValidator {
  private readonly validate: Validate;

  private constructor(
    source: string,
    private readonly writer: Writer,
    now: string
  ) {
    // `Date.now` alone is set: the language's own Date stays, as in the engines.
    const context = { now: Date.parse(now) };
    this.validate = runInNewContext(`Date.now = function () { return now; }; (${source})`, context) as Validate;
  }

  /** The validator of the only design document of this kind of database. */
  static async of(kind: DatabaseKind, writer: Writer, now = '2026-11-22T17:00:00.000Z'): Promise<CompiledValidator> {
    const source = (await buildDesigns())[kind][0]?.validate_doc_update;
    if (source === undefined) throw new Error(`${kind} has no validator`);
    return new CompiledValidator(source, writer, now);
  }

  allowed(document: object, before: object | null = null, writer: Partial<Writer> = {}): void {
    expect(this.verdict(document, before, writer)).toBe('allowed');
  }

  forbidden(code: string, document: object, before: object | null = null, writer: Partial<Writer> = {}): void {
    expect(this.verdict(document, before, writer)).toMatch(new RegExp(`^${code}: `));
  }

  private verdict(document: object, before: object | null, writer: Partial<Writer>): string {
    try {
      this.validate(document, before, { db: 'box', ...this.writer, ...writer }, {});
      return 'allowed';
    } catch (thrown) {
      const { forbidden } = thrown as { forbidden?: string };
      if (forbidden === undefined) throw thrown;
      return forbidden;
    }
  }
}

/** Runs a compiled map function and gives the rows it emits. */
export async function rowsOf(kind: DatabaseKind, view: string, document: object): Promise<unknown[][]> {
  const source = (await buildDesigns())[kind][0]?.views?.[view]?.map;
  if (source === undefined) throw new Error(`${kind} has no view ${view}`);
  const rows: unknown[][] = [];
  const emit = (key: unknown, value: unknown): number => rows.push([key, value]);
  (runInNewContext(`(${source})`, { emit }) as (given: object) => void)(document);
  return JSON.parse(JSON.stringify(rows)) as unknown[][];
}
