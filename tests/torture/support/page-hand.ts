/**
 * Runs in the page before the app does: keeps a second hand on the app's own vault worker, so that a rig can save reads
 * through it as fast as it likes. The worker is the built one, with its real stores; nothing of it is replaced.
 */
import { wrap, type Remote } from 'comlink';
import type { ActivePeriod } from '#domain/records/period.ts';
import type { Read } from '#domain/records/read.ts';
import type { Lease } from '#domain/wire/answers.ts';
import type { Keeping, Opening, VaultApi, VaultStatus } from '#lib/vault/protocol.ts';

export interface Told {
  readonly readId: string;
  readonly plate: string;
  readonly boxId: string;
  readonly seq: number;
}

interface Asking {
  readonly template: Read;
  /** reads to save; absent: until the page ends */
  readonly count?: number;
  readonly pictureBytes: number;
  /** how many saves are under way at once */
  readonly abreast: number;
  /** between one save and the next of the same line */
  readonly pauseMs?: number;
  /** the control: says "saved" before the vault has */
  readonly saysItEarly?: boolean;
}

export interface Saved {
  readonly saved: number;
  readonly refused: readonly Exclude<Keeping, { kind: 'saved' }>[];
  /** milliseconds from asking to "saved", of each */
  readonly tookMs: readonly number[];
  /** milliseconds for which each save kept the page from anything else */
  readonly heldPageMs: readonly number[];
}

declare global {
  interface Window {
    hand: Hand;
    /** tells the rig, which outlives this page */
    tellSaved(told: readonly Told[]): Promise<void>;
  }
}

/** Characters that no reader takes for another, so that each has a tag of its own. */
const OTHER_ENDS = ['A', 'C', 'D', 'E', 'F', 'H', 'J', 'K', 'M', 'N'];

class Hand {
  /** the databases that were here when the page began, before the app did */
  readonly databasesAtStart = indexedDB.databases();
  #worker: Worker | undefined;
  #vault: Remote<VaultApi> | undefined;
  #waiting: ((vault: Remote<VaultApi>) => void)[] = [];
  #isSaving = false;

  hold(worker: Worker): void {
    const vault = wrap<VaultApi>(worker);
    this.#worker = worker;
    this.#vault = vault;
    for (const go of this.#waiting.splice(0)) go(vault);
  }

  /** How the vault opened, and how long after the page began to load. */
  async opened(): Promise<{ readonly opening: Opening; readonly afterMs: number }> {
    const vault = await this.#held();
    // The app ends the worker of a vault that does not open: then no answer comes.
    const never = new Promise<Opening>((resolve) =>
      setTimeout(resolve, 120_000, { kind: 'unavailable', reason: 'workerFailed' } satisfies Opening)
    );
    const opening = await Promise.race([vault.open(), never]);
    return { opening, afterMs: performance.now() };
  }

  /** Ends the vault's worker, so that its stores are nobody's. */
  endVault(): void {
    this.#worker?.terminate();
  }

  /** The lease of the officer who is on the tablet now. */
  async lease(): Promise<Lease | null> {
    return (await this.#held()).lease();
  }

  /** The officer on duty signs in at the vault; what may not be collected is sealed for them. */
  async enter(password: string): Promise<void> {
    await (await this.#held()).enterOffline('onDuty', password);
  }

  async status(): Promise<VaultStatus> {
    return (await this.#held()).status();
  }

  async syncNow(): Promise<void> {
    return (await this.#held()).syncNow();
  }

  async beginPeriod(period: ActivePeriod): Promise<Keeping> {
    return (await this.#held()).beginPeriod(period);
  }

  async closePeriod(period: ActivePeriod): Promise<Keeping> {
    return (await this.#held()).closePeriod(period);
  }

  /** Saves reads one after the other, each with an id and pictures of its own, and tells the rig of each "saved". */
  async save({
    template,
    count = Infinity,
    pictureBytes,
    abreast,
    pauseMs = 0,
    saysItEarly = false
  }: Asking): Promise<Saved> {
    const vault = await this.#held();
    const refused: Exclude<Keeping, { kind: 'saved' }>[] = [];
    const tookMs: number[] = [];
    const heldPageMs: number[] = [];
    let asked = 0;
    let saved = 0;
    let { plate } = template;
    this.#isSaving = true;
    const line = async (): Promise<void> => {
      while (this.#isSaving && asked++ < count) {
        if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
        const now = new Date();
        const destroyBy = new Date(now.getTime() + 30 * 86_400_000).toISOString();
        const read = { ...template, plate, _id: crypto.randomUUID(), collectedAt: now.toISOString(), destroyBy };
        const pictures = { plateImage: somePicture(pictureBytes), contextImage: somePicture(pictureBytes) };
        const askedAt = performance.now();
        if (saysItEarly) void window.tellSaved([{ readId: read._id, plate: read.plate, boxId: '', seq: 0 }]);
        const answer = vault.keep({ kind: 'read', read, pictures });
        heldPageMs.push(performance.now() - askedAt);
        const kept = await answer;
        if (kept.kind === 'leftOut') {
          // One plate in 128 is taken for that of a participant (decision 27): another one is captured in its place.
          if (plate === read.plate) plate = anotherFor(plate);
          asked--;
          continue;
        }
        if (kept.kind !== 'saved') {
          refused.push(kept);
          continue;
        }
        saved++;
        tookMs.push(performance.now() - askedAt);
        if (!saysItEarly)
          void window.tellSaved([{ readId: read._id, plate: read.plate, boxId: kept.boxId, seq: kept.seq }]);
      }
    };
    await Promise.all(Array.from({ length: abreast }, line));
    return { saved, refused, tookMs, heldPageMs };
  }

  /** Every save under way is the last of its line. */
  stopSaving(): void {
    this.#isSaving = false;
  }

  #held(): Promise<Remote<VaultApi>> {
    if (this.#vault !== undefined) return Promise.resolve(this.#vault);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

/** Of the plates of the rigs none ends in a letter: what takes one's place is no other's. */
function anotherFor(plate: string): string {
  const next = OTHER_ENDS[OTHER_ENDS.indexOf(plate.slice(-1)) + 1];
  if (next === undefined) throw new Error('every plate that was tried is left out');
  return plate.slice(0, -1) + next;
}

/** Noise, which no store can make smaller, as a JPEG cannot be. */
function somePicture(bytes: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(bytes));
}

// What a rig gives the page to run was compiled with this helper, which keeps the names of functions.
Object.assign(globalThis, { __name: (named: unknown) => named });
window.hand = new Hand();
const BrowsersWorker = window.Worker;
window.Worker = class extends BrowsersWorker {
  constructor(url: string | URL, options?: WorkerOptions) {
    super(url, options);
    if (options?.name === 'vault') window.hand.hold(this);
  }
};
