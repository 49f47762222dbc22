import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { HotlistDoctor } from '#domain/hotlist-file/doctor.ts';
import { FORMATS, type FormatName } from '#domain/hotlist-file/formats.ts';
import { columnsOf, rowReader, type RowReader } from '#domain/hotlist-file/read-row.ts';
import { entryOfLine, packLine } from '#domain/matching/packed-line.ts';
import { isLargeSwing } from '#domain/policy/list-import.ts';
import type { HotlistSource, HotlistVersion } from '#domain/records/hotlist.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { ImportReport, RejectedRow } from '#domain/wire/answers.ts';
import type { Given } from '../given.ts';
import { versionOf, type Hotlists } from './hotlists.ts';

/** What an import is of, told before the file comes. */
export interface ImportOrder {
  readonly source: HotlistSource;
  readonly asOf: Instant;
  readonly format: FormatName;
  readonly fileName: string;
  /** the checksum that came with the file, if one did */
  readonly sha256?: string;
  /** restricted NCIC files are taken too: the department is entitled to them in writing (CJIS 4.2.2) */
  readonly isEntitled: boolean;
}

export type Imported =
  | { readonly kind: 'read'; readonly report: ImportReport }
  | {
      readonly kind: 'refused';
      readonly code: 'fileBroken' | 'wrongChecksum' | 'columnMissing' | 'nothingInFile' | 'notFound';
    };

export type Released =
  | { readonly kind: 'released'; readonly version: HotlistVersion }
  | { readonly kind: 'refused'; readonly code: 'notFound' | 'swingNotConfirmed' };

interface Waiting {
  readonly order: ImportOrder;
  /** null until the file has been read */
  staged: { readonly version: HotlistVersion; readonly report: ImportReport } | null;
}

const SHOWN_REJECTS = 20;
/** Rows after which other work gets its turn. */
const ROWS_A_TURN = 5_000;
/** A list is decided on the day its file came. */
const MOST_WAITING = 5;

/**
 * Imports of list files: the order, then the file as a stream, then a look at what it would do, then the release. Until the release nothing that
 * officers match with has changed; a file that breaks off or is not what it says changes nothing at all.
 */
export class Imports {
  readonly #waiting = new Map<string, Waiting>();

  constructor(
    private readonly hotlists: Hotlists,
    private readonly given: Given
  ) {}

  /** Opens an import and answers its id, which is that of the version it becomes. */
  async open(order: ImportOrder): Promise<string> {
    const id = this.given.newId();
    this.#waiting.set(id, { order, staged: null });
    for (const old of [...this.#waiting.keys()].slice(0, -MOST_WAITING)) await this.discard(old);
    return id;
  }

  /** Reads the file. Nothing but this import is touched. */
  async read(id: string, file: Readable): Promise<Imported> {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return { kind: 'refused', code: 'notFound' };
    const { order } = waiting;
    const rows = await readRows(file, order, this.given).catch(() => null);
    if (rows === null) return { kind: 'refused', code: 'fileBroken' };
    if (rows.kind === 'refused') return rows;
    const { lines, counts, rejects, doctor } = rows;
    if (order.sha256 !== undefined && order.sha256.toLowerCase() !== counts.sha256)
      return { kind: 'refused', code: 'wrongChecksum' };
    if (lines.length === 0) return { kind: 'refused', code: 'nothingInFile' };
    const version = versionOf(
      {
        versionId: id,
        source: order.source,
        asOf: order.asOf,
        lines,
        file: { ...counts, name: order.fileName }
      },
      this.given.now()
    );
    await this.hotlists.stage(id, lines);
    const before = this.hotlists.currentOf(order.source.sourceId);
    const report: ImportReport = {
      id,
      version,
      rowsBefore: before?.rows ?? null,
      isLargeSwing: isLargeSwing(before?.rows ?? null, version.rows),
      rejects,
      findings: doctor.findings
    };
    waiting.staged = { version, report };
    return { kind: 'read', report };
  }

  /** Switches to the list. A change of more than a fifth must be confirmed by somebody (LAW section 7). */
  async release(id: string, confirmsSwing: boolean): Promise<Released> {
    const staged = this.#waiting.get(id)?.staged;
    if (staged === undefined || staged === null) return { kind: 'refused', code: 'notFound' };
    // Against what is in force now: another list may have come meanwhile.
    const before = this.hotlists.currentOf(staged.version.source.sourceId);
    if (isLargeSwing(before?.rows ?? null, staged.version.rows) && !confirmsSwing)
      return { kind: 'refused', code: 'swingNotConfirmed' };
    const version = { ...staged.version, loadedAt: this.given.now() };
    await this.hotlists.switchTo(version);
    this.#waiting.delete(id);
    return { kind: 'released', version };
  }

  /** Forgets an import and what was read of it. */
  async discard(id: string): Promise<void> {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (waiting?.staged != null) await this.hotlists.discard(id);
  }

  /** Whether somebody may still read or release it. */
  isOpen(id: string): boolean {
    return this.#waiting.has(id);
  }
}

interface RowsRead {
  readonly kind: 'read';
  readonly lines: readonly string[];
  readonly counts: {
    readonly sha256: string;
    readonly rows: number;
    readonly rejected: number;
    readonly restricted: number;
    readonly duplicates: number;
    readonly flagged: number;
  };
  readonly rejects: readonly RejectedRow[];
  readonly doctor: HotlistDoctor;
}

async function readRows(
  file: Readable,
  { format: name, asOf, isEntitled }: ImportOrder,
  given: Given
): Promise<RowsRead | { readonly kind: 'refused'; readonly code: 'columnMissing' }> {
  const format = FORMATS[name];
  const doctor = new HotlistDoctor(asOf);
  const hash = createHash('sha256');
  const rejects: RejectedRow[] = [];
  const counts = { rows: 0, rejected: 0, restricted: 0, duplicates: 0, flagged: 0 };
  // By reference, so that the doctor has seen all before a line is packed, and a reference is given once.
  const packed = new Map<string, string>();
  let reader: RowReader | null = format.columns === 'named' ? null : rowReader(format, format.columns, isEntitled);
  let lineNumber = 0;
  const reject = (why: string): void => {
    counts.rejected++;
    if (rejects.length < SHOWN_REJECTS) rejects.push({ line: lineNumber, why });
  };
  for await (const text of textLines(file, hash)) {
    lineNumber++;
    if (text.trim() === '') continue;
    if (reader === null) {
      const columns = columnsOf(text);
      if (columns.kind === 'missing') return { kind: 'refused', code: 'columnMissing' };
      reader = rowReader(format, columns.columns, isEntitled);
      continue;
    }
    counts.rows++;
    if (counts.rows % ROWS_A_TURN === 0) await turn();
    const row = reader.read(text, given.newId());
    if (row.kind === 'restricted') counts.restricted++;
    else if (row.kind === 'rejected') reject(row.why);
    else if (packed.has(row.entry.ref)) reject('reference is there twice');
    else if (doctor.see(row.entry)) packed.set(row.entry.ref, packLine(row.entry));
    else counts.duplicates++;
  }
  const lines: string[] = [];
  for (const ref of await sortedInTurns([...packed.keys()])) {
    const line = packed.get(ref) ?? '';
    packed.delete(ref);
    const entry = entryOfLine(line);
    const flagged = doctor.flagged(entry);
    if (flagged !== entry) counts.flagged++;
    lines.push(flagged === entry ? line : packLine(flagged));
    if (lines.length % ROWS_A_TURN === 0) await turn();
  }
  return { kind: 'read', lines, counts: { ...counts, sha256: hash.digest('hex') }, rejects, doctor };
}

/** The lines of a UTF-8 stream; throws when it is no text or breaks off. */
async function* textLines(file: Readable, hash: ReturnType<typeof createHash>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  for await (const chunk of file) {
    hash.update(chunk as Buffer);
    const lines = (rest + decoder.decode(chunk as Buffer, { stream: true })).split(/\r?\n/);
    rest = lines.pop() ?? '';
    yield* lines;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

/**
 * Sorted as lines are compared, without one long sort that would hold up every other request: by their first characters, then within.
 */
async function sortedInTurns(refs: readonly string[]): Promise<string[]> {
  const byStart = new Map<string, string[]>();
  for (const ref of refs) {
    const start = ref.slice(0, 4);
    const there = byStart.get(start);
    if (there === undefined) byStart.set(start, [ref]);
    else there.push(ref);
  }
  const sorted: string[] = [];
  // A reference that ends where another goes on comes first: its line goes on with a tab, which is less than any character of a reference.
  const byLine = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  for (const start of [...byStart.keys()].sort(byLine)) {
    for (const ref of byStart.get(start)?.sort(byLine) ?? []) sorted.push(ref);
    await turn();
  }
  return sorted;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
