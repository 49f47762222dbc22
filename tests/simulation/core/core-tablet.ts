/**
 * One tablet: the vault's own parts (writer, holdings, healing, clock, sweep, courier) on a disk in memory. They are put together in the
 * order in which src/lib/vault/worker/vault.ts does it, without the page, the officers' keys and the lease.
 */
import { destroyByOf } from '#domain/policy/retention.ts';
import { endNoLaterThan } from '#domain/policy/clock.ts';
import { correctionOf, type Correction } from '#domain/records/correction.ts';
import { NO_COUNTS, type ActivePeriod } from '#domain/records/period.ts';
import type { Read } from '#domain/records/read.ts';
import { recordOf, sealedId, type SealedContent } from '#domain/records/sealed.ts';
import { instantOf, msOf, utcOffsetMinutesOf, type Instant } from '#domain/time/instant.ts';
import type { DeviceHello, Enrollment } from '#domain/wire/answers.ts';
import type { DeviceCredentials } from '#lib/replication/depot.ts';
import { Courier, type Alarm } from '#lib/replication/courier.ts';
import type { Line } from '#lib/replication/line.ts';
import { sweep } from '#lib/retention/sweep.ts';
import { beginPeriod, closePeriod, nextMidnight } from '#lib/scanning/period-life.ts';
import { findBoxes, healBox } from '#lib/vault/worker/heal.ts';
import { Holdings } from '#lib/vault/worker/holdings.ts';
import { Journal } from '#lib/vault/worker/journal.ts';
import { TabletClock } from '#lib/vault/worker/tablet-clock.ts';
import { Writer } from '#lib/vault/worker/writer.ts';
import type { KeptEnrollment } from '#lib/vault/worker/kept-enrollment.ts';
import { TabletKey } from '#tests/server/support/tablet-key.ts';
import type { Chance } from '../chance.ts';
import { BadLine } from './bad-line.ts';
import type { Headquarters, Time } from './headquarters.ts';
import { Ended } from './mortal.ts';
import { TabletDisk } from './tablet-disk.ts';

const PICTURE = Uint8Array.from([0xff, 0xd8, 0xff, 0xd9]);

/** A record of which the tablet said "saved". */
export interface Saved {
  readonly record: Read | Correction;
  /** as it is named at headquarters when it is set aside */
  readonly sealedId: string;
  /** how far the tablet's clock was ahead of the time then */
  readonly aheadMs: number;
}

export interface TabletPlants {
  /** changes what the tablet believes of the line, for a control */
  readonly line?: (line: Line) => Line;
  /** false: what is said to be flushed is not */
  readonly flushes?: boolean;
  /** false: the outbox forgets what was put last */
  readonly remembers?: boolean;
}

interface Running {
  readonly disk: TabletDisk;
  readonly holdings: Holdings;
  readonly clock: TabletClock;
  readonly writer: Writer;
  readonly courier: Courier;
  readonly line: Line;
  /** the period under way; on the disk in clear, since officers' keys are not simulated */
  readonly under: { period: ActivePeriod | null };
}

export class CoreTablet {
  readonly saved: Saved[] = [];
  /** ids of every record it ever made, called saved or not */
  readonly made = new Set<string>();
  readonly line: BadLine;
  /** what this tablet's clock is ahead of the time */
  aheadMs = 0;
  isRevoked = false;
  hasLostIndexedDb = false;
  hasDestroyedDue = false;
  #disk: TabletDisk;
  #running: Running | undefined;
  #bootedAtMs = 0;
  #alarmAtMs = Infinity;

  private constructor(
    private readonly time: Time,
    private readonly chance: Chance,
    headquarters: Headquarters,
    readonly enrollment: KeptEnrollment & DeviceCredentials,
    key: TabletKey,
    private readonly operatorId: string,
    private readonly plants: TabletPlants
  ) {
    this.line = new BadLine(headquarters, chance, key);
    this.#disk = new TabletDisk({
      wallMs: () => msOf(this.#wall),
      enrollment,
      timeMs: () => time.ms,
      flushes: plants.flushes ?? true,
      remembers: plants.remembers ?? true
    });
  }

  static async enroll(
    headquarters: Headquarters,
    {
      time,
      chance,
      operatorId,
      plants
    }: {
      readonly time: Time;
      readonly chance: Chance;
      readonly operatorId: string;
      readonly plants: TabletPlants;
    }
  ): Promise<CoreTablet> {
    const session = await headquarters.signIn('sergeant');
    const { code } = await headquarters.must<{ code: string }>({
      method: 'POST',
      path: '/api/devices/codes',
      session,
      body: {}
    });
    const key = await TabletKey.make();
    const body = { code, label: `Tablet ${chance.below(1000)}`, deviceKey: key.publicHalf };
    const enrollment = await headquarters.must<Enrollment>({ method: 'POST', path: '/api/enrollment', body });
    key.deviceId = enrollment.deviceId;
    const deviceKey = key.privateKey;
    const kept = { ...enrollment, deviceKey, schema: 2, enrolledAt: time.now } as const;
    return new CoreTablet(time, chance, headquarters, kept, key, operatorId, plants);
  }

  get isOn(): boolean {
    return this.#running !== undefined && !this.#running.disk.life.isOver;
  }

  /** Whether nothing of what it saved waits here any more. */
  get isEmpty(): boolean {
    return this.#running?.holdings.rows.length === 0;
  }

  get destroyDates(): readonly Instant[] {
    return this.#running?.holdings.rows.map(({ destroyBy }) => destroyBy) ?? [];
  }

  get isAlarmDue(): boolean {
    return this.#alarmAtMs <= this.time.ms;
  }

  get isTimeKnown(): boolean {
    return this.#running?.clock.correctNow !== null;
  }

  get #wall(): Instant {
    return instantOf(this.time.ms + this.aheadMs);
  }

  get #monotonicMs(): number {
    return this.time.ms - this.#bootedAtMs;
  }

  /** Switches it on, on what its disk holds; it may end while it starts. */
  async boot(dieAfter = Infinity): Promise<void> {
    const disk = this.#disk;
    this.#bootedAtMs = this.time.ms;
    this.#alarmAtMs = Infinity;
    disk.life.dieAfter(dieAfter);
    this.#running = await this.#orEnd(this.#open(disk));
  }

  /** kill -9, or the battery. */
  die(): void {
    this.#disk = this.#disk.afterDeath(this.chance);
    this.#running = undefined;
  }

  /** In the middle of whatever comes next. */
  dieAfter(steps: number): void {
    this.#disk.life.dieAfter(steps);
  }

  /** While it is off. One copy may go, never both: that no tablet survives. */
  loseIndexedDb(): void {
    if (this.#disk.hasForgottenNames) return;
    this.hasLostIndexedDb = true;
    this.#disk.wipeIndexedDb();
  }

  async #open(disk: TabletDisk): Promise<Running> {
    const { enrollment, chance } = this;
    const { deviceId, agency: retention } = enrollment;
    const now = (): Instant => this.#wall;
    const stores = { journal: await Journal.at(disk.root), outbox: disk.outbox, toolbox: disk.toolbox };
    const holdings = new Holdings(stores, { now, changed: () => undefined, damaged: () => undefined });
    const clock = await TabletClock.load({
      toolbox: stores.toolbox,
      clocks: () => ({ wall: this.#wall, monotonicMs: this.#monotonicMs }),
      told: (correctNow) => holdings.endEarlier(({ destroyBy }) => endNoLaterThan(destroyBy, correctNow, retention))
    });
    const found = await findBoxes(stores, { deviceId, retention, now: now() });
    for (const { row } of found) holdings.add(row, [], 0);
    for (const { row } of found) if (row.destroying !== null) await holdings.destroy(row.boxId, row.destroying);
    await clock.live();
    await this.#sweep(holdings, clock);
    for (const row of holdings.rows) {
      const healed = await healBox(stores, row, now());
      holdings.add(healed.row, healed.held, healed.bytes);
      if (healed.held.size === 0) await holdings.destroy(row.boxId, 'empty');
    }
    const under = { period: ((await stores.toolbox.kept('period')) as ActivePeriod | undefined) ?? null };
    const writer = new Writer({
      journal: stores.journal,
      holdings,
      now,
      monotonicMs: () => this.#monotonicMs,
      retentionNow: () => clock.retentionNow,
      endOf: ({ destroyBy }, settings) => endNoLaterThan(destroyBy, clock.correctNow, settings),
      newId: () => chance.uuid(),
      officer: () => Promise.resolve(null),
      keepOwnKey: () => Promise.resolve(),
      period: () => under.period
    });
    const line = this.plants.line?.(this.line.for(disk.life)) ?? this.line.for(disk.life);
    const courier = new Courier({
      depot: holdings,
      line,
      alarm: this.#alarm,
      chance: () => chance.next(),
      reach: () => Promise.resolve('idle'),
      onLink: () => undefined
    });
    return { disk, holdings, clock, writer, courier, line, under };
  }

  get #alarm(): Alarm {
    return {
      monotonicMs: () => this.#monotonicMs,
      after: (waitMs) => {
        const atMs = this.time.ms + waitMs;
        this.#alarmAtMs = atMs;
        return () => {
          if (this.#alarmAtMs === atMs) this.#alarmAtMs = Infinity;
        };
      }
    };
  }

  /** Carries boxes to headquarters, as its alarm or a save would have it. */
  async carry(): Promise<void> {
    this.#alarmAtMs = Infinity;
    const running = this.#running;
    if (running !== undefined) await this.#orEnd(running.courier.goNow());
  }

  /** Its own round of the minute: the time is asked for, what is due goes. */
  async minute(): Promise<void> {
    const running = this.#running;
    if (running === undefined) return;
    const { clock, writer, holdings, line } = running;
    await this.#orEnd(
      (async () => {
        await clock.live();
        await writer.closeIfDateIsOver();
        const answer = await line.ask('GET', '/api/device/hello', this.enrollment);
        const told = answer.kind === 'ok' ? (answer.body as Partial<DeviceHello>).serverTime : undefined;
        if (told !== undefined) await clock.tell(told, 'headquarters');
        await this.#sweep(holdings, clock);
      })()
    );
  }

  /** Saves a read, and now and then the officer's word about it; begins a period first where none is under way. */
  async capture(): Promise<void> {
    const running = this.#running;
    if (running === undefined) return;
    await this.#orEnd(this.#capture(running));
  }

  async endPeriod(): Promise<void> {
    const running = this.#running;
    if (running === undefined) return;
    await this.#orEnd(this.#endPeriod(running, this.#wall));
  }

  async #capture(running: Running): Promise<void> {
    const { timeZone } = this.enrollment.agency;
    const { under } = running;
    const now = this.#wall;
    let { period } = under;
    if (period !== null && (now >= nextMidnight(period, timeZone) || now < period.attestedAt)) {
      await this.#endPeriod(running, instantOf(msOf(now) - 1));
      period = null;
    }
    if (period === null) {
      period = this.#newPeriod(now);
      if (!(await this.#keep(running, { kind: 'period', period }))) return;
      await running.disk.toolbox.keep('period', period);
      under.period = period;
    }
    const read = this.#readIn(period, now);
    const pictures = { plateImage: PICTURE, contextImage: PICTURE };
    if (!(await this.#keep(running, { kind: 'read', read, pictures })) || !this.chance.happens(0.15)) return;
    await this.#keep(running, { kind: 'correction', correction: this.#correctionOf(read) });
  }

  async #endPeriod(running: Running, at: Instant): Promise<void> {
    const { period } = running.under;
    if (period === null) return;
    const end = at < period.attestedAt ? period.attestedAt : at;
    const closed = closePeriod(period, end, 'operator', NO_COUNTS);
    if (!(await this.#keep(running, { kind: 'period', period: closed }))) return;
    await running.disk.toolbox.drop('period');
    running.under.period = null;
    await running.writer.close();
  }

  /** True: it was called saved. */
  async #keep({ disk, writer, courier }: Running, content: SealedContent): Promise<boolean> {
    if (content.kind !== 'period') this.made.add(recordOf(content)._id);
    const kept = await writer.keep(content, this.enrollment).catch((error: unknown) => {
      if (error instanceof Ended) return null;
      throw error;
    });
    if (kept?.kind !== 'saved' || disk.life.isOver) return false;
    courier.recordSaved();
    if (content.kind === 'read' || content.kind === 'correction')
      this.saved.push({
        record: recordOf(content) as Read | Correction,
        sealedId: sealedId(kept.boxId, kept.seq),
        aheadMs: this.aheadMs
      });
    return true;
  }

  #newPeriod(now: Instant): ActivePeriod {
    const { agency, deviceId } = this.enrollment;
    return beginPeriod(
      { purpose: 'routinePatrol', deployment: 'handheld' },
      {
        id: this.chance.uuid(),
        agencyId: agency._id,
        timeZone: agency.timeZone,
        deviceId,
        operatorId: this.operatorId,
        now,
        databases: []
      }
    );
  }

  #readIn(period: ActivePeriod, collectedAt: Instant): Read {
    const { agency } = this.enrollment;
    return {
      _id: this.chance.uuid(),
      kind: 'read',
      schema: 1,
      plate: `TST${100 + this.chance.below(20)}`,
      jurisdiction: 'unknown',
      jurisdictionSource: 'unknown',
      collectedAt,
      utcOffsetMinutes: utcOffsetMinutesOf(collectedAt, agency.timeZone),
      lat: null,
      lon: null,
      accuracyM: null,
      fix: 'none',
      agencyId: agency._id,
      periodId: period._id,
      classification: 'privateNonpublic',
      destroyBy: destroyByOf(collectedAt, collectedAt, agency),
      holdIds: [],
      origin: { kind: 'own' },
      ocr: { engine: 'simulated', version: '1', confidence: 0.9 },
      clockOffsetMs: null
    };
  }

  #correctionOf({ _id, periodId, collectedAt, utcOffsetMinutes, destroyBy }: Read): Correction {
    const facts = { _id, periodId, collectedAt, utcOffsetMinutes, destroyBy };
    const given = { id: this.chance.uuid(), now: this.#wall };
    // Another plate, as the officer types it, every other time.
    const finding = this.chance.happens(0.5)
      ? ({ finding: 'notAPlate' } as const)
      : ({ finding: 'misread', plate: 'TST042' } as const);
    return correctionOf(facts, finding, given);
  }

  async #sweep(holdings: Holdings, clock: TabletClock): Promise<void> {
    await sweep(holdings.rows, clock.retentionNow, (boxId) => {
      this.hasDestroyedDue = true;
      return holdings.destroy(boxId, 'due');
    });
  }

  async #orEnd<T>(work: Promise<T>): Promise<T | undefined> {
    const { life } = this.#disk;
    const answer = await Promise.race([work, life.ended.then(() => undefined)]);
    if (!life.isOver) return answer;
    // What it still does goes nowhere.
    work.catch(() => undefined);
    this.die();
    return undefined;
  }
}
