import type { Correction } from '#domain/records/correction.ts';
import type { AboutRead, DayRecord } from '#domain/records/day-record.ts';
import { destroyByOf } from '#domain/policy/retention.ts';
import { mayKeepRead } from '#domain/policy/address-confidentiality.ts';
import { mayMatchAgainst } from '#domain/policy/match-sources.ts';
import { hitAdmission } from '#domain/policy/verification.ts';
import type { HotlistCategory } from '#domain/records/hotlist.ts';
import type { ActivePeriod } from '#domain/records/period.ts';
import type { Hit } from '#domain/records/hit.ts';
import type { Read } from '#domain/records/read.ts';
import { recordOf, sealedId, unpackContent, type SealedContent, type SealedRecord } from '#domain/records/sealed.ts';
import { DAY_MS, msOf, type Instant, type LocalDate } from '#domain/time/instant.ts';
import type { Agency } from '#domain/records/agency.ts';
import type { Store, StoredDocument } from '#server/store/store.ts';
import type { Confidential } from '../confidentiality/confidential.ts';
import type { SealingKey } from '../keys/sealing-key.ts';
import type { BoxParts } from '../parts.ts';
import type { HitFeed } from '../hits/hit-feed.ts';
import type { PublicLog } from '../public-log/public-log.ts';
import { dayBoxOf, INGEST, inboxOf } from '../register/databases.ts';
import { localDateIn } from '../register/local-date.ts';
import { rowOf } from '../register/rows.ts';
import { destroyUnlessCriminal } from '../confidentiality/already-here.ts';
import type { Destroyer } from '../destroyer/destroyer.ts';
import type { Holds } from '../holds/holds.ts';
import { recordIn } from '../register/written.ts';
import { suspendedSince } from '../setup/suspension.ts';
import { enterCorrection, enterHit, enterReads, type Entered } from './day-writer.ts';
import { isPastItsDate, judge, startOf, type Judgment } from './judge.ts';
import { keepPeriod, whyNotPeriod } from './periods.ts';
import { readProgress, writeProgress, type Place, type Progress } from './placed.ts';
import { setAside } from './quarantine.ts';
import { whyImproper, type Improper, type IngestReason } from './refusal-reasons.ts';

const PAGE = 50;
// A hit may reach us before its read, when the box of one came through and the link broke before the other; each box brings
// its own period. After a day it is set aside, where headquarters sees it.
const LONGEST_WAIT_MS = DAY_MS;

export interface IngestParts extends BoxParts {
  readonly sealing: SealingKey;
  readonly publicLog: PublicLog;
  readonly confidential: Confidential;
  readonly hitFeed: HitFeed;
  readonly holds: Holds;
  readonly destroyer: Destroyer;
}

type Opened<K extends SealedContent['kind']> = {
  readonly sealed: SealedRecord;
  readonly content: Extract<SealedContent, { kind: K }>;
};

/** One page of an inbox, opened and sorted. */
interface Page {
  readonly agency: Agency;
  readonly deviceId: string;
  readonly progress: Progress;
  readonly touched: Set<string>;
}

/**
 * The way from an inbox into the day boxes: open the seal, check with the domain's rules, keep or set aside with a reason,
 * remember where each record came to lie. Every step may be repeated: run again over a half-done inbox, it ends the same.
 */
export class Ingest {
  constructor(private readonly parts: IngestParts) {}

  /** Takes in everything new of a box. True when some of it still waits for another record. */
  async run(boxId: string): Promise<boolean> {
    const { store, register } = this.parts;
    const agency = register.agency();
    if (agency === undefined || !(await store.exists(inboxOf(boxId)))) return false;
    const progress = await readProgress(store, boxId);
    const touched = new Set<string>();
    let from = firstUnplaced(progress);
    for (;;) {
      const documents = await store.all(inboxOf(boxId), { startId: sealedId(boxId, from), limit: PAGE });
      const sealed = documents.map((document) => recordIn<SealedRecord>(document));
      const last = sealed.at(-1);
      if (last === undefined) break;
      const fresh = sealed.filter((record) => progress.placed[record.seq] === undefined);
      if (fresh.length > 0) await this.#takeIn(fresh, { agency, deviceId: last.deviceId, progress, touched });
      from = last.seq + 1;
    }
    for (const periodId of touched) {
      const period = await rowOf(store, 'period', periodId);
      if (period !== undefined) await this.parts.publicLog.show(period, agency);
    }
    return Object.keys(progress.waiting).length > 0;
  }

  async #takeIn(records: readonly SealedRecord[], page: Page): Promise<void> {
    const { store, trail } = this.parts;
    const boxId = records[0]?.boxId ?? '';
    const untold = records.filter((record) => page.progress.waiting[record.seq] === undefined);
    if (untold.length > 0)
      await trail.record(
        { action: 'ingest', object: { type: 'box', id: boxId }, response: { count: untold.length } },
        INGEST
      );
    const opened: { sealed: SealedRecord; content: SealedContent }[] = [];
    for (const sealed of records) {
      const content = await this.#open(sealed);
      if ('reason' in content)
        await this.#refuse(page, sealed, content.reason, this.#lastOf(page, content.collectedAt));
      else if (!(await this.#leftOut(page, sealed, content))) opened.push({ sealed, content });
    }
    // Periods first, then their reads, then hits of those, then corrections: what speaks of another comes after it, and what a correction
    // may do to a read depends on its hits.
    for (const one of opened) if (isOf(one, 'period')) await this.#period(page, one);
    await this.#reads(
      page,
      opened.filter((one) => isOf(one, 'read'))
    );
    for (const one of opened) if (isOf(one, 'hit')) await this.#hit(page, one);
    for (const one of opened) if (isOf(one, 'correction')) await this.#correction(page, one);
    await writeProgress(store, boxId, page.progress);
  }

  async #open(sealed: SealedRecord): Promise<SealedContent | Improper> {
    const opened = await this.parts.sealing.open(sealed);
    if (opened.kind !== 'opened')
      return { reason: opened.kind === 'notOurKey' ? 'notOurKey' : 'brokenSeal', collectedAt: null };
    const unpacked = unpackContent(opened.bytes);
    return unpacked.kind === 'proper' ? unpacked.content : whyImproper(opened.bytes);
  }

  /**
   * Of a read of an Address Confidentiality participant, and of what speaks of it, nothing is kept (13.824 subd. 3(c)): no record, no count,
   * no row of what was refused. To the tablet it is received; where it came to lie is said as of any record about a period.
   */
  async #leftOut(page: Page, sealed: SealedRecord, content: SealedContent): Promise<boolean> {
    if (content.kind === 'period') return false;
    const { confidential, store } = this.parts;
    const record = recordOf(content);
    if (content.kind === 'read') {
      const { _id: readId, plate, destroyBy } = content.read;
      const isTheirs = confidential.isProtected(plate) || confidential.wasLeftOut(readId);
      if (mayKeepRead(isTheirs, this.#categoryOf(content))) return false;
      await confidential.leaveOut(readId, destroyBy);
    } else if (!confidential.wasLeftOut(content.kind === 'hit' ? content.hit.readId : content.correction.readId))
      return false;
    const period = await rowOf(store, 'period', record.periodId);
    place(page, sealed, { kind: 'register', id: period?._id ?? page.deviceId });
    return true;
  }

  // The tablet's word for it counts only with a list that was in force here and may be matched.
  #categoryOf({ matched }: Extract<SealedContent, { kind: 'read' }>): HotlistCategory | null {
    if (matched === undefined) return null;
    const version = this.parts.register.hotlistVersions().find(({ _id }) => _id === matched.listVersionId);
    return version !== undefined && mayMatchAgainst(version.source).kind !== 'refused' ? matched.category : null;
  }

  async #period(page: Page, { sealed, content }: Opened<'period'>): Promise<void> {
    const { period } = content;
    const reason = whyNotPeriod(period, page.deviceId, page.agency, this.parts.given.now());
    if (reason !== null) {
      page.progress.refusedPeriods[period._id] = reason;
      await this.#refuse(page, sealed, reason, null);
      return;
    }
    await keepPeriod(this.parts.store, period);
    page.touched.add(period._id);
    place(page, sealed, { kind: 'register', id: period._id });
  }

  async #reads(page: Page, reads: readonly Opened<'read'>[]): Promise<void> {
    const byDate = new Map<LocalDate, { sealed: SealedRecord; read: Read; content: Opened<'read'>['content'] }[]>();
    for (const { sealed, content } of reads) {
      const judged = await this.#judge(page, sealed, content.read);
      if (judged?.kind === 'refuse') await this.#refuse(page, sealed, judged.reason, judged.destroyBy);
      if (judged?.kind !== 'admit') continue;
      const ofDate = byDate.get(judged.date) ?? [];
      byDate.set(judged.date, [...ofDate, { sealed, read: judged.record, content }]);
    }
    for (const [date, admitted] of byDate) {
      const toEnter = admitted.map(({ read, content }) => ({ read, pictures: content.pictures }));
      const outcomes = await this.parts.dayBoxes.inTurn(date, async () => {
        await this.parts.dayBoxes.ensure(date);
        return enterReads(this.parts.store, date, toEnter);
      });
      for (const [at, { sealed, read }] of admitted.entries())
        await this.#entered(page, sealed, read, date, outcomes[at]);
    }
  }

  async #hit(page: Page, { sealed, content }: Opened<'hit'>): Promise<void> {
    const { hit } = content;
    const version = this.parts.register.hotlistVersions().find((known) => known._id === hit.listVersionId);
    const isLawful = version !== undefined && mayMatchAgainst(version.source).kind !== 'refused';
    const unlawful = !isLawful ? 'unknownSource' : hitAdmission(hit).kind === 'refused' ? 'notVerified' : null;
    await this.#aboutRead(page, sealed, hit, unlawful, async (store, date, kept) => {
      const entered = await enterHit(store, date, kept);
      const there = entered.kind === 'kept' ? await store.get(dayBoxOf(date), kept._id) : undefined;
      // What stands there: an answer may have come before the hit itself.
      if (there !== undefined) await this.parts.hitFeed.tell({ boxDate: date, hit: recordIn<Hit>(there) });
      return entered;
    });
  }

  async #correction(page: Page, { sealed, content }: Opened<'correction'>): Promise<void> {
    await this.#aboutRead(page, sealed, content.correction, null, enterCorrection, (correction, date) =>
      this.#isLetGo(page.agency, correction, date)
    );
  }

  /**
   * A read that turns out to be of an Address Confidentiality participant goes with all that speaks of it, as if it had been read right at
   * once (13.824 subd. 3(c)); what comes of it later is left out. What is active criminal investigative data stays, and is corrected.
   */
  async #isLetGo(agency: Agency, correction: Correction, date: LocalDate): Promise<boolean> {
    const { confidential, store, dayBoxes } = this.parts;
    const { readId, destroyBy } = correction;
    if (correction.finding !== 'misread' || !confidential.isProtected(correction.plate)) return false;
    // A read that is not here yet is waited for: a word about it must not let go of what somebody else captured.
    const isHere = (await dayBoxes.exists(date)) && isReadOf(await store.get(dayBoxOf(date), readId), correction);
    if (!isHere) return false;
    const { spared } = await destroyUnlessCriminal(this.parts, agency, date, [readId], [correction.plate]);
    if (spared > 0) return false;
    await confidential.leaveOut(readId, destroyBy);
    return true;
  }

  // What speaks of a read waits for its period and for that read; `unlawful` says why it must not be kept whatever comes.
  async #aboutRead<T extends AboutRead>(
    page: Page,
    sealed: SealedRecord,
    record: T,
    unlawful: IngestReason | null,
    enter: (store: Store, date: LocalDate, record: T) => Promise<Entered>,
    isLetGo: (record: T, date: LocalDate) => Promise<boolean> = () => Promise.resolve(false)
  ): Promise<void> {
    const { store, dayBoxes } = this.parts;
    const judged = await this.#judge(page, sealed, record);
    if (judged === undefined) return;
    if (judged.kind === 'refuse') return this.#refuse(page, sealed, judged.reason, judged.destroyBy);
    const { record: kept, date } = judged;
    if (unlawful !== null) return this.#refuse(page, sealed, unlawful, kept.destroyBy);
    // A destruction takes its turn at the box by itself.
    if (await isLetGo(kept, date)) {
      page.touched.add(kept.periodId);
      place(page, sealed, { kind: 'register', id: kept.periodId });
      return;
    }
    const entered = await dayBoxes.inTurn(date, async () => {
      await dayBoxes.ensure(date);
      if (!isReadOf(await store.get(dayBoxOf(date), kept.readId), kept)) return undefined;
      return enter(store, date, kept);
    });
    if (entered === undefined) return this.#waitOrRefuse(page, sealed, 'readUnknown', kept.destroyBy);
    await this.#entered(page, sealed, kept, date, entered);
  }

  // undefined: it waits for its period, or was refused for having none.
  async #judge<T extends DayRecord>(page: Page, sealed: SealedRecord, record: T): Promise<Judgment<T> | undefined> {
    const { store, register, given } = this.parts;
    const now = given.now();
    if (isPastItsDate(record, page.agency, now)) return { kind: 'refuse', reason: 'pastItsDate', destroyBy: now };
    const period = await rowOf(store, 'period', record.periodId);
    if (period === undefined) {
      const reason = page.progress.refusedPeriods[record.periodId] as IngestReason | undefined;
      const last = this.#lastOf(page, record.collectedAt);
      if (reason === undefined) await this.#waitOrRefuse(page, sealed, 'periodUnknown', last);
      else await this.#refuse(page, sealed, reason, last);
      return undefined;
    }
    const operator = register.member(period.operatorId);
    return judge(record, {
      now,
      agency: page.agency,
      deviceId: page.deviceId,
      period,
      operator:
        operator === undefined
          ? undefined
          : register.standing(operator, page.agency, policyDateOf(period, page.agency)),
      suspendedSince: await suspendedSince(store)
    });
  }

  async #entered(
    page: Page,
    sealed: SealedRecord,
    record: DayRecord,
    date: LocalDate,
    entered: Entered | undefined
  ): Promise<void> {
    if (entered?.kind !== 'kept')
      return this.#refuse(page, sealed, entered?.reason ?? 'refusedByDesign', record.destroyBy);
    page.touched.add(record.periodId);
    place(page, sealed, { kind: 'day', date, id: record._id });
  }

  async #waitOrRefuse(page: Page, sealed: SealedRecord, reason: IngestReason, last: Instant | null): Promise<void> {
    const now = this.parts.given.now();
    const since = page.progress.waiting[sealed.seq];
    if (since === undefined) page.progress.waiting[sealed.seq] = now;
    else if (msOf(now) - msOf(since) >= LONGEST_WAIT_MS) await this.#refuse(page, sealed, reason, last);
  }

  // The last instant of what was collected then; null where nobody can tell.
  #lastOf(page: Page, collectedAt: Instant | null): Instant | null {
    return collectedAt === null ? null : destroyByOf(collectedAt, this.parts.given.now(), page.agency);
  }

  async #refuse(page: Page, sealed: SealedRecord, reason: IngestReason, destroyBy: Instant | null): Promise<void> {
    await setAside(this.parts.store, page.agency, this.parts.given.now(), { sealed, reason, destroyBy });
    place(page, sealed, { kind: 'quarantine', reason });
  }
}

function place(page: Page, sealed: SealedRecord, where: Place): void {
  page.progress.placed[sealed.seq] = where;
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a plain record, as it is stored
  delete page.progress.waiting[sealed.seq];
}

// A tablet speaks of reads of its own periods alone, which the judge looked at.
function isReadOf(document: StoredDocument | undefined, { periodId }: AboutRead): boolean {
  return document?.['kind'] === 'read' && document['periodId'] === periodId;
}

function firstUnplaced(progress: Progress): number {
  let seq = 1;
  while (progress.placed[seq] !== undefined) seq++;
  return seq;
}

// The tablet's calendar may be a day behind ours where the zones differ.
function policyDateOf(period: ActivePeriod, agency: Agency): LocalDate {
  const ours = localDateIn(agency, startOf(period));
  return ours > period.localDate ? ours : period.localDate;
}

function isOf<K extends SealedContent['kind']>(
  one: { readonly sealed: SealedRecord; readonly content: SealedContent },
  kind: K
): one is Opened<K> {
  return one.content.kind === kind;
}
