import { parse } from '#domain/check/check.ts';
import { isDue } from '#domain/policy/retention.ts';
import { checkPeriod, statementOf, type ActivePeriod, type Statement } from '#domain/records/period.ts';
import type { Instant } from '#domain/time/instant.ts';
import { newBox } from '../box.ts';
import type { OfficerWrap } from '../officer-key.ts';
import { openNote, sealNote } from '../own-note.ts';
import { checkPeriodRow, markOf, type PeriodMark, type PeriodRow } from '../period-row.ts';
import { sealFor } from '../sealing.ts';
import type { KeptEnrollment } from './kept-enrollment.ts';
import type { Toolbox } from './toolbox.ts';

interface PeriodParts {
  readonly toolbox: Pick<Toolbox, 'kept' | 'keep' | 'drop' | 'enrollment'>;
  readonly now: () => Instant;
  /** the time by which data are destroyed */
  readonly retentionNow: () => Instant;
  readonly newId: () => string;
  /** the own key of an officer, its public half; null: there is none */
  readonly wrapOf: (memberId: string) => Promise<Pick<OfficerWrap, 'memberId' | 'publicKey'> | null>;
}

const ABOUT = 'period';

/**
 * The period of active use that is under way. What was stated of it - case number, incident, place - is in memory while this worker lives,
 * and on the disk only sealed: for its officer, who goes on after a restart, and for headquarters, in a record that ends it when
 * the officer never does (decision 26).
 */
export class PeriodUnderWay {
  #content: ActivePeriod | null = null;
  /** the last period whose statement this worker knew, also after it was closed behind the lock */
  #stated: (Pick<ActivePeriod, '_id' | 'operatorId' | 'purpose'> & Statement) | null = null;

  private constructor(
    private row: PeriodRow | null,
    private readonly parts: PeriodParts
  ) {}

  static async load(parts: PeriodParts): Promise<PeriodUnderWay> {
    const found = parse(checkPeriodRow, await parts.toolbox.kept('period'));
    return new PeriodUnderWay(found.kind === 'proper' ? found.value : null, parts);
  }

  /** What a locked tablet knows of it; null: none is under way. */
  get mark(): PeriodMark | null {
    return this.#content === null ? this.row : markOf(this.#content);
  }

  /** What was stated of it; null: none is under way, or nobody has opened it since the last start. */
  get content(): ActivePeriod | null {
    return this.#content;
  }

  async keep(period: ActivePeriod): Promise<void> {
    const enrollment = await this.parts.toolbox.enrollment();
    if (enrollment === null) return;
    const wrap = await this.parts.wrapOf(period.operatorId);
    const endingId = this.row?.periodId === period._id ? this.row.ending.box.boxId : this.parts.newId();
    const row: PeriodRow = {
      kind: 'periodUnderWay',
      schema: 2,
      ...markOf(period),
      note: wrap === null ? null : await sealNote(wrap, ABOUT, period),
      ending: await this.#endingOf(period, endingId, enrollment)
    };
    await this.parts.toolbox.keep('period', row);
    this.row = row;
    this.#content = period;
    this.#stated = period;
  }

  /**
   * The period with what was stated of it, which the page of a locked tablet does not hold. A statement never changes while a period
   * lasts; the period that follows it at midnight, behind the lock, has the same.
   */
  restated(period: ActivePeriod, isLocked: boolean): ActivePeriod {
    const stated = this.#stated;
    const isSame = stated?._id === period._id;
    const follows = isLocked && stated?.operatorId === period.operatorId && stated.purpose === period.purpose;
    return stated !== null && (isSame || follows)
      ? { ...period, ...statementOf(stated), ...statementOf(period) }
      : period;
  }

  /** Opens it for its officer, who is present; null: it is somebody else's, or their key of then is gone. */
  async open(officer: { readonly memberId: string; readonly key: CryptoKey }): Promise<ActivePeriod | null> {
    if (this.#content !== null) return this.#content.operatorId === officer.memberId ? this.#content : null;
    if (this.row?.note == null || this.row.operatorId !== officer.memberId) return null;
    const opened = parse(checkPeriod, await openNote(this.row.note, officer, ABOUT));
    if (opened.kind === 'proper') this.#content = this.#stated = opened.value;
    return this.#content;
  }

  /** The record that ends it as it was last kept; null: none is under way, or its time is over. */
  get ending(): PeriodRow['ending'] | null {
    const { row } = this;
    return row === null || isDue(row.ending.box.destroyBy, this.parts.retentionNow()) ? null : row.ending;
  }

  /** It is over. Behind the lock what was stated is remembered for the period that may follow it at midnight. */
  async forget(isLocked = false): Promise<void> {
    await this.parts.toolbox.drop('period');
    if (!isLocked) this.#stated = null;
    this.row = null;
    this.#content = null;
  }

  async #endingOf(
    period: ActivePeriod,
    boxId: string,
    { deviceId, sealingKey, agency }: KeptEnrollment
  ): Promise<PeriodRow['ending']> {
    const now = this.parts.now();
    const { localDate, utcOffsetMinutes } = period;
    const box = newBox({ boxId, deviceId, localDate, utcOffsetMinutes }, now, agency);
    const { seal } = await sealFor(sealingKey, deviceId, boxId, null);
    return { box, record: await seal(1, { kind: 'period', period: ended(period, now) }) };
  }
}

/** As it stands when nobody ever says more of it. */
function ended(period: ActivePeriod, now: Instant): ActivePeriod {
  const intervals = period.intervals.map((interval) =>
    interval.endedAt === null ? ({ ...interval, endedAt: now, endReason: 'restart' } as const) : interval
  );
  return { ...period, intervals, closedAt: intervals.at(-1)?.endedAt ?? now };
}
