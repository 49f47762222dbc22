import type { LinkState } from '../vault/protocol.ts';
import { backOffMs } from './back-off.ts';
import type { Depot } from './depot.ts';
import type { Line } from './line.ts';
import { sayFinished, sendBox } from './send-box.ts';

/** A save is followed by sending after this long, so that reads of one moment travel together. */
const AFTER_A_SAVE_MS = 1_000;

/** The clock that counts and the alarm of the courier: the machine's own, or a simulation's. */
export interface Alarm {
  monotonicMs(): number;
  /** Rings once after so long; the answer stops it. */
  after(waitMs: number, ring: () => void): () => void;
}

export interface CourierParts {
  readonly depot: Depot;
  readonly line: Line;
  readonly alarm: Alarm;
  readonly chance: () => number;
  /** asks whether headquarters answers, when there is nothing to carry that would show it */
  readonly reach: () => Promise<LinkState>;
  readonly onLink: (link: LinkState) => void;
}

/** The machine's own alarm. */
export const machineAlarm: Alarm = {
  monotonicMs: () => performance.now(),
  after: (waitMs, ring) => {
    const timer = setTimeout(ring, waitMs);
    return () => {
      clearTimeout(timer);
    };
  }
};

/**
 * Carries boxes to headquarters one after the other, for as long as anything waits: soon after a save, when the browser says
 * it is online, on request, and otherwise with growing pauses. Without a server everything waits and nothing is lost.
 */
export class Courier {
  #stopAlarm: (() => void) | null = null;
  #dueAtMs = Infinity;
  #failures = 0;
  #unfinishedRounds = 0;
  #round: Promise<void> | null = null;

  constructor(private readonly parts: CourierParts) {}

  /** Something was saved. While the server does not answer, the back-off decides. */
  recordSaved(): void {
    if (this.#failures === 0) this.#in(AFTER_A_SAVE_MS);
  }

  /** Goes now, or after the round that is under way; answers when that is done. Never rejects. */
  async goNow(): Promise<void> {
    if (this.#round !== null) await this.#round;
    await (this.#round ?? this.#begin());
  }

  #in(waitMs: number): void {
    const { alarm } = this.parts;
    const dueAtMs = alarm.monotonicMs() + waitMs;
    if (this.#stopAlarm !== null && this.#dueAtMs <= dueAtMs) return;
    this.#stopAlarm?.();
    this.#dueAtMs = dueAtMs;
    this.#stopAlarm = alarm.after(waitMs, () => void this.goNow());
  }

  #begin(): Promise<void> {
    this.#stopAlarm?.();
    this.#stopAlarm = null;
    this.#dueAtMs = Infinity;
    this.#round = this.#carry().finally(() => {
      this.#round = null;
    });
    return this.#round;
  }

  async #carry(): Promise<void> {
    const { link, unfinished } = await this.#carryAll().catch(() => ({
      link: 'serverUnreachable' as const,
      unfinished: true
    }));
    this.#failures = link === 'idle' ? 0 : this.#failures + 1;
    this.#unfinishedRounds = unfinished ? this.#unfinishedRounds + 1 : 0;
    this.parts.onLink(link);
    const attempt = Math.max(this.#failures, this.#unfinishedRounds);
    if (attempt > 0) this.#in(backOffMs(attempt, this.parts.chance()));
  }

  async #carryAll(): Promise<{ readonly link: LinkState; readonly unfinished: boolean }> {
    const { depot, line } = this.parts;
    let unfinished = false;
    const waiting = depot.waiting();
    let link: LinkState = waiting.length === 0 ? await this.parts.reach() : 'idle';
    for (const box of waiting) {
      this.parts.onLink('sending');
      const sent = await sendBox(box, depot, line);
      if (sent.kind === 'serverUnreachable') return { link: sent.kind, unfinished: true };
      if (sent.kind === 'receiptPending') unfinished = true;
      // One box that is refused must not keep the others here.
      else if (sent.kind !== 'receipted') link = sent.kind;
    }
    for (const box of await depot.finishing()) {
      if (await sayFinished(box, depot, line)) await depot.finished(box.boxId);
      else unfinished = true;
    }
    return { link, unfinished };
  }
}
