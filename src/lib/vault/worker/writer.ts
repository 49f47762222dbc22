import { isDue, type RetentionSettings } from '#domain/policy/retention.ts';
import type { ActivePeriod } from '#domain/records/period.ts';
import type { SealedContent, SealedRecord } from '#domain/records/sealed.ts';
import { localDateOf, type Instant } from '#domain/time/instant.ts';
import { admissionOf } from '../admission.ts';
import { newBox, RECORDS_A_BOX, type Box } from '../box.ts';
import type { Keeping } from '../protocol.ts';
import type { OfficerWrap, OwnKey } from '../officer-key.ts';
import { sealFor, type Seal } from '../sealing.ts';
import type { Holdings } from './holdings.ts';
import type { Journal } from './journal.ts';
import { isOutOfSpace } from './out-of-space.ts';
import type { KeptEnrollment } from './kept-enrollment.ts';

/**
 * Chromium flushes a private file and not the list in which its name stands: at a power cut in the first half minute the bytes of a new
 * journal are on the disk and nobody finds them (measured, R3). Until the system has written the list by itself, the second copy in the
 * outbox, which is flushed too, is part of "saved".
 */
const NAME_WRITTEN_WITHIN_MS = 60_000;

interface OpenBox {
  readonly box: Box;
  readonly utcOffsetMinutes: number;
  readonly seal: Seal;
  readonly begunAtMs: number;
  records: number;
}

interface WriterParts {
  readonly journal: Journal;
  readonly holdings: Holdings;
  readonly now: () => Instant;
  readonly monotonicMs: () => number;
  /** the time by which data are destroyed */
  readonly retentionNow: () => Instant;
  /** the end of a new box, where the correct time is known */
  readonly endOf: (box: Box, retention: RetentionSettings) => Instant;
  readonly newId: () => string;
  /** whom boxes are wrapped for besides the server; null: for nobody */
  readonly officer: () => Promise<OfficerWrap | null>;
  readonly keepOwnKey: (own: OwnKey) => Promise<void>;
  /** the period under way, as it was last kept */
  readonly period: () => ActivePeriod | null;
}

type Admitted = Extract<ReturnType<typeof admissionOf>, { kind: 'admitted' }>;

/**
 * The way of a content to "saved": ask the rules, seal, append to the journal, flush. One at a time, in order. It holds the
 * key of the box being written; when that is closed, or this worker ends, only the officer on duty can open it here, and
 * only until the period ends.
 */
export class Writer {
  #open: OpenBox | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: WriterParts) {}

  /** Keeps a content for this enrollment. What is refused or does not fit leaves nothing behind. */
  keep(content: SealedContent, enrollment: KeptEnrollment): Promise<Keeping> {
    return this.#inTurn(async () => {
      const admission = admissionOf(content, this.parts.now());
      if (admission.kind === 'refused') return admission;
      try {
        const open = await this.#boxFor(admission, enrollment);
        if (open === null)
          return { kind: 'refused', code: 'pastItsDate', reason: 'the date of destruction of the box has passed' };
        if (open.records === 0 && content.kind !== 'period') await this.#beginWithPeriod(open);
        return await this.#write(open, content);
      } catch (error) {
        if (isOutOfSpace(error)) return { kind: 'storageFull' };
        throw error;
      }
    });
  }

  /** Takes a box with one record in that was sealed beforehand; taken in twice, it is there once. */
  takeIn(box: Box, record: SealedRecord): Promise<void> {
    return this.#inTurn(async () => {
      const { journal, holdings } = this.parts;
      if ((await journal.boxIds()).includes(box.boxId)) return;
      await journal.begin(box.boxId);
      journal.append(box.boxId, bytesOf(box));
      journal.append(box.boxId, bytesOf(record));
      journal.end(box.boxId);
      await holdings.begin(box);
      await holdings.saved(record);
      await holdings.close(box.boxId);
    });
  }

  /** Ends the box being written: at the end of a period, at sign-out. */
  close(): Promise<void> {
    return this.#inTurn(() => this.#close());
  }

  /** Ends the box when the local date it belongs to is over. */
  closeIfDateIsOver(): Promise<void> {
    return this.#inTurn(async () => {
      const open = this.#open;
      if (open !== null && localDateOf(this.parts.now(), open.utcOffsetMinutes) > open.box.localDate)
        await this.#close();
    });
  }

  // Boxes may arrive in any order, days apart: each one tells the server the period that its reads belong to.
  async #beginWithPeriod(open: OpenBox): Promise<void> {
    const period = this.parts.period();
    if (period !== null) await this.#write(open, { kind: 'period', period });
  }

  async #write(open: OpenBox, content: SealedContent): Promise<Keeping> {
    const seq = open.records + 1;
    const record = await open.seal(seq, content);
    this.parts.journal.append(open.box.boxId, bytesOf(record));
    open.records = seq;
    const posted = this.parts.holdings.saved(record);
    if (this.parts.monotonicMs() - open.begunAtMs < NAME_WRITTEN_WITHIN_MS) await posted;
    return { kind: 'saved', boxId: open.box.boxId, seq };
  }

  async #boxFor(place: Admitted, enrollment: KeptEnrollment): Promise<OpenBox | null> {
    const open = this.#open;
    const fits =
      open !== null &&
      open.records < RECORDS_A_BOX &&
      open.box.localDate === place.localDate &&
      open.box.deviceId === enrollment.deviceId;
    if (fits) return open;
    await this.#close();
    const { deviceId } = enrollment;
    const asStated = newBox({ ...place, boxId: this.parts.newId(), deviceId }, this.parts.now(), enrollment.agency);
    const box = { ...asStated, destroyBy: this.parts.endOf(asStated, enrollment.agency) };
    if (isDue(box.destroyBy, this.parts.retentionNow())) return null;
    const { seal, ownKey } = await sealFor(enrollment.sealingKey, deviceId, box.boxId, await this.parts.officer());
    await this.parts.journal.begin(box.boxId);
    try {
      this.parts.journal.append(box.boxId, bytesOf(box));
      await this.parts.holdings.begin(box);
      if (ownKey !== null) await this.parts.keepOwnKey(ownKey);
    } catch (error) {
      await this.parts.journal.destroy(box.boxId);
      throw error;
    }
    const begunAtMs = this.parts.monotonicMs();
    this.#open = { box, utcOffsetMinutes: place.utcOffsetMinutes, seal, begunAtMs, records: 0 };
    return this.#open;
  }

  async #close(): Promise<void> {
    const open = this.#open;
    if (open === null) return;
    this.#open = null;
    this.parts.journal.end(open.box.boxId);
    if (open.records === 0) await this.parts.holdings.destroy(open.box.boxId, 'empty');
    else await this.parts.holdings.close(open.box.boxId);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
