/**
 * The disk of one tablet in memory, behind the faces of its three stores: files that hold what was flushed, and that nobody finds again
 * when the power goes in their first minute; an outbox and a toolbox that flush. `dieAfter` ends the tablet in the middle of whatever it does.
 */
import type { SealedRecord } from '#domain/records/sealed.ts';
import type { Box, BoxRow } from '#lib/vault/box.ts';
import type { KeptEnrollment } from '#lib/vault/worker/kept-enrollment.ts';
import type { Finishing, Toolbox } from '#lib/vault/worker/toolbox.ts';
import type { Outbox } from '#lib/vault/worker/outbox.ts';
import type { Chance } from '../chance.ts';
import { Mortal } from './mortal.ts';

interface File {
  flushed: Uint8Array;
  content: Uint8Array;
  lastModified: number;
  /** by the tablet's own clock that counts */
  readonly madeAtMs: number;
}

interface OutboxDatabase {
  box: Box | null;
  readonly records: Map<string, SealedRecord>;
  /** ids put while the store was not flushed */
  readonly unwritten: string[];
}

/** What survives the tablet. */
interface Held {
  readonly files: Map<string, File>;
  readonly outboxes: Map<string, OutboxDatabase>;
  readonly boxes: Map<string, BoxRow>;
  readonly finishing: Map<string, Finishing>;
  readonly kept: Map<string, unknown>;
}

const NAME_WRITTEN_WITHIN_MS = 60_000;

const nothingHeld = (): Held => ({
  files: new Map(),
  outboxes: new Map(),
  boxes: new Map(),
  finishing: new Map(),
  kept: new Map()
});

export interface DiskSetting {
  readonly wallMs: () => number;
  readonly enrollment: KeptEnrollment;
  readonly timeMs: () => number;
  /** false: what is said to be flushed is not, for a control */
  readonly flushes: boolean;
  /** false: the outbox forgets what was put last, as IndexedDB does unless it is told to flush, for a control */
  readonly remembers: boolean;
}

export class TabletDisk {
  readonly life = new Mortal();
  /** what a journal without a name held is in the outbox alone */
  hasForgottenNames = false;

  constructor(
    private readonly setting: DiskSetting,
    private readonly held: Held = nothingHeld()
  ) {}

  /** The disk as the next start finds it: what was not flushed is gone; of the outbox a part of what was put last. */
  afterDeath(chance: Chance): TabletDisk {
    this.life.end();
    // Chromium flushes a private file and not the list in which its name stands (measured, R3).
    const isNamed = ({ madeAtMs }: File): boolean =>
      this.setting.timeMs() - madeAtMs >= NAME_WRITTEN_WITHIN_MS || chance.happens(0.5);
    const named = [...this.held.files].filter(([, file]) => isNamed(file));
    const files = named.map(([name, file]) => {
      const content = file.flushed.slice();
      return [name, { ...file, flushed: content, content }] as const;
    });
    const outboxes = [...this.held.outboxes].map(([name, { box, records, unwritten }]) => {
      const left = new Map(records);
      if (!this.setting.remembers)
        for (const id of unwritten.slice(chance.below(unwritten.length + 1))) left.delete(id);
      const database: OutboxDatabase = { box, records: left, unwritten: [] };
      return [name, database] as const;
    });
    const next = new TabletDisk(this.setting, {
      files: new Map(files),
      outboxes: new Map(outboxes),
      boxes: new Map(this.held.boxes),
      finishing: new Map(this.held.finishing),
      kept: new Map(this.held.kept)
    });
    next.hasForgottenNames = this.hasForgottenNames || named.length < this.held.files.size;
    return next;
  }

  /** All of IndexedDB is gone: outboxes and toolbox. The enrollment has a second copy (decision 15). */
  wipeIndexedDb(): void {
    const { outboxes, boxes, finishing, kept } = this.held;
    for (const store of [outboxes, boxes, finishing, kept]) store.clear();
  }

  /** The private file system, as far as the journal uses it. */
  get root(): FileSystemDirectoryHandle {
    const { held, life } = this;
    const { wallMs, timeMs, flushes } = this.setting;
    const handleOf = (name: string) => ({
      createSyncAccessHandle: () =>
        life.step(() => {
          const file = fileNamed(held, name);
          return {
            getSize: () => file.content.length,
            write: (bytes: Uint8Array, { at }: { at: number }) =>
              life.stepNow(() => {
                const content = new Uint8Array(Math.max(file.content.length, at + bytes.length));
                content.set(file.content);
                content.set(bytes, at);
                file.content = content;
                file.lastModified = wallMs();
                return bytes.length;
              }),
            flush: () =>
              life.stepNow(() => {
                if (flushes) file.flushed = file.content;
              }),
            truncate: (length: number) =>
              life.stepNow(() => {
                file.content = file.content.slice(0, length);
              }),
            read: (into: Uint8Array, { at }: { at: number }) => {
              into.set(file.content.subarray(at, at + into.length));
              return into.length;
            },
            close: () => undefined
          };
        }),
      getFile: () =>
        life.step(() => {
          const { content, lastModified } = fileNamed(held, name);
          return { lastModified, arrayBuffer: () => Promise.resolve(content.slice().buffer) };
        })
    });
    const folder = {
      getDirectoryHandle: () => Promise.resolve(folder),
      getFileHandle: (name: string, { create = false } = {}) =>
        life.step(() => {
          if (create && !held.files.has(name)) {
            const content = new Uint8Array();
            held.files.set(name, { flushed: content, content, lastModified: wallMs(), madeAtMs: timeMs() });
          }
          fileNamed(held, name);
          return handleOf(name);
        }),
      removeEntry: (name: string) =>
        life.step(() => {
          if (!held.files.delete(name)) throw notFound();
        }),
      keys: async function* () {
        yield* await life.step(() => [...held.files.keys()]);
      }
    };
    return folder as unknown as FileSystemDirectoryHandle;
  }

  get outbox(): Outbox {
    const { held, life } = this;
    const database = (boxId: string): OutboxDatabase => {
      let found = held.outboxes.get(boxId);
      if (found === undefined) held.outboxes.set(boxId, (found = { box: null, records: new Map(), unwritten: [] }));
      return found;
    };
    const outbox: Pick<Outbox, 'boxIds' | 'put' | 'describe' | 'description' | 'sequences' | 'forget' | 'destroy'> = {
      boxIds: () => life.step(() => [...held.outboxes.keys()]),
      put: (boxId, records) =>
        life.step(() => {
          const { records: there, unwritten } = database(boxId);
          for (const record of records) {
            if (there.has(record._id)) continue;
            there.set(record._id, record);
            unwritten.push(record._id);
          }
        }),
      describe: (box) =>
        life.step(() => {
          database(box.boxId).box = box;
        }),
      description: (boxId) => life.step(() => database(boxId).box),
      sequences: (boxId) => life.step(() => [...database(boxId).records.values()].map(({ seq }) => seq)),
      forget: () => Promise.resolve(),
      destroy: (boxId) =>
        life.step(() => {
          held.outboxes.delete(boxId);
        })
    };
    // What replication is handed: the records as they are here.
    return { ...outbox, database, usable: (boxId: string) => Promise.resolve(database(boxId)) } as unknown as Outbox;
  }

  get toolbox(): Toolbox {
    const { held, life } = this;
    const { enrollment } = this.setting;
    const toolbox: Pick<
      Toolbox,
      | 'boxes'
      | 'putBox'
      | 'enrollmentOf'
      | 'finishing'
      | 'dropFinishing'
      | 'recordDestruction'
      | 'keep'
      | 'drop'
      | 'kept'
    > = {
      boxes: () => life.step(() => [...held.boxes.values()]),
      putBox: (row) =>
        life.step(() => {
          held.boxes.set(row.boxId, row);
        }),
      enrollmentOf: (deviceId) => life.step(() => (deviceId === enrollment.deviceId ? enrollment : null)),
      finishing: () => life.step(() => [...held.finishing.values()]),
      dropFinishing: (boxId) =>
        life.step(() => {
          held.finishing.delete(boxId);
        }),
      recordDestruction: ({ boxId }, finishing) =>
        life.step(() => {
          held.boxes.delete(boxId);
          if (finishing !== null) held.finishing.set(boxId, finishing);
        }),
      keep: (key, value) =>
        life.step(() => {
          held.kept.set(key, value);
        }),
      drop: (key) =>
        life.step(() => {
          held.kept.delete(key);
        }),
      kept: (key) => life.step(() => held.kept.get(key))
    };
    return toolbox as Toolbox;
  }
}

/** The records of an outbox, as a simulated line is handed them. */
export const recordsIn = (database: unknown): readonly SealedRecord[] => [
  ...(database as OutboxDatabase).records.values()
];

const notFound = (): DOMException => new DOMException('no such file', 'NotFoundError');

function fileNamed(held: Held, name: string): File {
  const file = held.files.get(name);
  if (file === undefined) throw notFound();
  return file;
}
