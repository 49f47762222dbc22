import { gunzipSync, gzipSync } from 'node:zlib';
import type { Store } from '#server/store/store.ts';
import { GATEWAY, hotlistBoxOf } from '../register/databases.ts';
import { NotWritten } from '../register/written.ts';

/** Lines in one document; compressed some 100 KB, which every engine takes. */
const LINES_A_PART = 10_000;

interface Part {
  readonly _id: string;
  /** the lines, each ended by a line break, compressed */
  readonly gzip: string;
}

/** The lines of one version in a box of its own, sorted, in compressed parts. A box is dropped whole when its version is replaced. */
export class LineBox {
  readonly #box: string;

  constructor(
    private readonly store: Store,
    versionId: string
  ) {
    this.#box = hotlistBoxOf(versionId);
  }

  /** Writes sorted lines; run again after a crash it begins anew. Each part gives way to other work. */
  async write(lines: Iterable<string>): Promise<void> {
    if (await this.store.exists(this.#box)) await this.store.drop(this.#box);
    await this.store.create(this.#box, []);
    let part: string[] = [];
    let at = 0;
    const flush = async (): Promise<void> => {
      const document: Part = { _id: idOf(at), gzip: gzipSync(part.join('\n') + '\n', { level: 4 }).toString('base64') };
      const outcome = await this.store.put(this.#box, { ...document }, GATEWAY);
      if (outcome.kind !== 'written') throw new NotWritten('A list could not be kept.');
      at++;
      part = [];
      await new Promise(setImmediate);
    };
    for (const line of lines) {
      part.push(line);
      if (part.length === LINES_A_PART) await flush();
    }
    if (part.length > 0) await flush();
  }

  /** How many parts there are; undefined: the box is gone. */
  async parts(): Promise<number | undefined> {
    if (!(await this.store.exists(this.#box))) return undefined;
    return (await this.store.info(this.#box)).documents;
  }

  /** One part as it is sent: its lines, compressed. */
  async part(at: number): Promise<Buffer | undefined> {
    const document = (await this.store.get(this.#box, idOf(at))) as Part | undefined;
    return document === undefined ? undefined : Buffer.from(document.gzip, 'base64');
  }

  /** Every line in its order, a part at a time. */
  async *lines(): AsyncGenerator<string> {
    for (let at = 0; ; at++) {
      const part = await this.part(at);
      if (part === undefined) return;
      yield* gunzipSync(part).toString('utf8').split('\n').slice(0, -1);
    }
  }

  async drop(): Promise<void> {
    await this.store.drop(this.#box);
  }
}

const idOf = (at: number): string => `lines:${String(at).padStart(6, '0')}`;
