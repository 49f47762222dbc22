/**
 * One seed: some tablets and a server live through some days in which everything goes wrong that may; then it clears up, everything drains, and
 * the time of destruction comes. What must hold is checked on the way and at the end; what does not is a fault, in words.
 */
import { covers } from '#domain/policy/holds.ts';
import { boxDateOf, isDue } from '#domain/policy/retention.ts';
import type { Agency } from '#domain/records/agency.ts';
import type { Hold } from '#domain/records/hold.ts';
import type { HoldScope } from '#domain/records/hold-scope.ts';
import type { QuarantineRecord } from '#domain/records/quarantine.ts';
import type { Read } from '#domain/records/read.ts';
import type { SealedRecord } from '#domain/records/sealed.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, type LocalDate } from '#domain/time/instant.ts';
import type { SearchAnswer } from '#domain/wire/answers.ts';
import { entriesFrom, lastSeq } from '#server/audit/entries.ts';
import { certificateIn } from '#server/destroyer/certificates.ts';
import { readProgress } from '#server/ingest/placed.ts';
import { destroyAtOfDate } from '#server/register/local-date.ts';
import { CASEWORK, dayBoxOf, holdBoxOf, REGISTER } from '#server/register/databases.ts';
import type { Store, StoredDocument } from '#server/store/store.ts';
import { INVESTIGATION } from '#tests/builders/holds.ts';
import { Chance } from '../chance.ts';
import { CoreTablet, type Saved, type TabletPlants } from './core-tablet.ts';
import { Headquarters, Time, type Founded } from './headquarters.ts';

/** Bugs put in on purpose, so that a run in which nothing is found means something. */
export interface Plants {
  readonly tablet?: TabletPlants;
  readonly store?: (store: Store, chance: Chance) => Store;
}

export interface Lived {
  readonly faults: readonly string[];
  readonly reads: number;
  readonly setAside: Readonly<Record<string, number>>;
  readonly looks: number;
  readonly held: number;
  readonly destroyed: number;
}

const BEGINNINGS = ['2026-03-06', '2026-06-20', '2026-10-30', '2026-12-29', '2028-02-27'] as const;
const STEPS = 45;
/** A tablet whose clock is off by no more is believed. */
const HONEST_MS = 2 * MINUTE_MS;
const DRAINS_WITHIN_ROUNDS = 80;

interface HoldInForce {
  readonly id: string;
  readonly scope: HoldScope;
}

export async function live(seed: number, founded: Founded, plants: Plants = {}): Promise<Lived> {
  const life = new Life(seed, founded, plants);
  try {
    return await life.run();
  } finally {
    await life.headquarters.close();
  }
}

class Life {
  readonly headquarters: Headquarters;
  readonly #chance: Chance;
  readonly #time: Time;
  readonly #tablets: CoreTablet[] = [];
  readonly #faults: string[] = [];
  readonly #holds: HoldInForce[] = [];
  readonly #lookIds: string[] = [];
  /** reads of day boxes that were dropped, by their ids */
  readonly #destroyed: string[] = [];
  #held = 0;

  constructor(
    seed: number,
    private readonly founded: Founded,
    private readonly plants: Plants
  ) {
    const chance = (this.#chance = new Chance(seed));
    this.#time = new Time(Date.parse(`${chance.oneOf(BEGINNINGS)}T00:00:00.000Z`) + chance.below(2 * DAY_MS));
    const given = { ...founded, store: founded.store.copy() };
    this.headquarters = new Headquarters(given, this.#time, chance, (store) =>
      this.#watched(plants.store?.(store, chance) ?? store)
    );
  }

  async run(): Promise<Lived> {
    const { headquarters } = this;
    const chance = this.#chance;
    await headquarters.open();
    for (let i = 0; i <= chance.below(4); i++) {
      const parts = {
        time: this.#time,
        chance,
        operatorId: this.founded.operator._id,
        plants: this.plants.tablet ?? {}
      };
      const tablet = await CoreTablet.enroll(headquarters, parts);
      await tablet.boot();
      this.#tablets.push(tablet);
    }
    for (let step = 0; step < STEPS; step++) await this.#step();
    await this.#clearsUp();
    const setAside = await this.#nothingLost();
    await this.#timeIsOver();
    await this.#trailIsWhole();
    if (headquarters.failures.length > 0) this.#faults.push(`behind the scenes: ${String(headquarters.failures[0])}`);
    return {
      faults: this.#faults,
      reads: this.#saved.length,
      setAside,
      looks: this.#lookIds.length,
      held: this.#held,
      destroyed: this.#destroyed.length
    };
  }

  get #saved(): readonly Saved[] {
    return this.#tablets.flatMap(({ saved }) => saved);
  }

  async #step(): Promise<void> {
    const { headquarters } = this;
    const chance = this.#chance;
    const tablet = chance.oneOf(this.#tablets);
    this.#time.ms += chance.happens(0.06) ? chance.below(9) * DAY_MS : chance.below(25 * MINUTE_MS);
    if (!headquarters.isUp && chance.happens(0.5))
      await headquarters.open(chance.happens(0.2) ? chance.below(40) : undefined);
    if (!tablet.isOn) {
      if (chance.happens(0.2)) tablet.loseIndexedDb();
      await tablet.boot(chance.happens(0.2) ? chance.below(30) : undefined);
    } else if (chance.happens(0.1)) tablet.dieAfter(chance.below(25));
    if (headquarters.isUp && chance.happens(0.08)) headquarters.dieAfter(chance.below(120));
    await this.#happens(tablet);
    for (const other of this.#tablets) if (other.isOn && other.isAlarmDue && chance.happens(0.7)) await other.carry();
    if (chance.happens(0.6)) await headquarters.settle();
    if (chance.happens(0.5)) await this.#minute();
  }

  async #happens(tablet: CoreTablet): Promise<void> {
    const { headquarters } = this;
    const chance = this.#chance;
    const what = chance.below(100);
    if (what < 45) for (let i = 0; i <= chance.below(4); i++) await tablet.capture();
    else if (what < 52) await tablet.endPeriod();
    else if (what < 57) tablet.die();
    else if (what < 66) tablet.line.weather = chance.oneOf(['good', 'bad', 'bad', 'none', 'portal', 'portal']);
    else if (what < 72) await tablet.line.lateOnesArrive();
    else if (what < 76)
      tablet.aheadMs = chance.oneOf([0, 0, MINUTE_MS, -MINUTE_MS, 3 * HOUR_MS, -3 * HOUR_MS, -2 * DAY_MS]);
    else if (what < 82) await tablet.minute();
    else if (what < 86) headquarters.kill();
    else if (what < 92) await this.#somebodyLooks();
    else if (what < 97) await this.#somebodyHolds();
    else if (what < 98 && !tablet.isRevoked) await this.#revoked(tablet);
  }

  async #minute(): Promise<void> {
    await this.headquarters.minute().catch((error: unknown) => this.headquarters.failures.push(error));
    if (!this.headquarters.isUp) return;
    await this.#nothingPastItsDate();
  }

  async #nothingPastItsDate(): Promise<void> {
    const { store } = this.headquarters;
    for (const box of await store.list('reads-')) {
      const date = box.slice('reads-'.length);
      if (isDue(destroyAtOfDate(this.#agency, date), this.#time.now))
        this.#fault(`the box of ${date} is past its date`);
    }
    for (const box of await store.list('quarantine-'))
      if (isDue(`${box.slice('quarantine-'.length)}T00:00:00.000Z`, this.#time.now))
        this.#fault(`${box} is past its date`);
  }

  /** A look at stored reads; one that is answered must be in the trail, whatever becomes of the server then. */
  async #somebodyLooks(): Promise<void> {
    const { headquarters } = this;
    const session = await headquarters.signIn('investigator');
    if (session === undefined) return;
    const day = (offsetMs: number): LocalDate => new Date(this.#time.ms + offsetMs).toISOString().slice(0, 10);
    const reason = {
      purpose: 'criminalInvestigation',
      caseNumber: '26-004412',
      factualBasis: 'Witness saw the vehicle leave Example Street that evening'
    };
    const body = { reason, from: day(-40 * DAY_MS), to: day(DAY_MS) };
    const reply = await headquarters.ask({ method: 'POST', path: '/api/reads/search', session, body });
    if (reply?.status !== 200) return;
    const { lookId, rows } = reply.body as SearchAnswer;
    this.#lookIds.push(lookId);
    if (rows.some(({ read }) => isDue(read.destroyBy, this.#time.now))) this.#fault('a read past its date was shown');
  }

  /** A hold is asked for by one and approved by another, sooner or later. */
  async #somebodyHolds(): Promise<void> {
    const { headquarters } = this;
    const saved = this.#saved;
    if (saved.length === 0) return;
    const { record } = this.#chance.oneOf(saved);
    const scope: HoldScope =
      record.kind === 'read' && this.#chance.happens(0.6)
        ? { kind: 'plate', plate: record.plate, from: boxDateOf(record), to: boxDateOf(record) }
        : { kind: 'period', periodId: record.periodId };
    const session = await headquarters.signIn('investigator');
    const body = { ground: INVESTIGATION, scope };
    const asked = await headquarters.ask({ method: 'POST', path: '/api/holds', session, body });
    if (asked?.status !== 201) return;
    const { _id: id } = asked.body as Hold;
    this.#time.ms += this.#chance.below(3) * HOUR_MS;
    const approver = await headquarters.signIn('designee');
    const approved = await headquarters.ask({ method: 'POST', path: `/api/holds/${id}/approval`, session: approver });
    if (approved?.status === 200) this.#holds.push({ id, scope });
  }

  async #revoked(tablet: CoreTablet): Promise<void> {
    const session = await this.headquarters.signIn('sergeant');
    const path = `/api/devices/${tablet.enrollment.deviceId}`;
    const reply = await this.headquarters.ask({ method: 'DELETE', path, session });
    if (reply?.status === 200) tablet.isRevoked = true;
  }

  /** The storm is over: every clock is right, every line good, everything on. Every queue must drain. */
  async #clearsUp(): Promise<void> {
    const { headquarters } = this;
    for (const tablet of this.#tablets) {
      tablet.aheadMs = 0;
      tablet.line.weather = 'good';
      tablet.dieAfter(Infinity);
    }
    headquarters.dieAfter(Infinity);
    if (!headquarters.isUp) await headquarters.open();
    for (const tablet of this.#tablets) await tablet.line.lateOnesArrive();
    for (let round = 0; round < DRAINS_WITHIN_ROUNDS; round++) {
      // What waits for a record that never comes is set aside after a day.
      this.#time.ms += round < 20 ? MINUTE_MS : HOUR_MS;
      for (const tablet of this.#tablets) {
        if (!tablet.isOn) await tablet.boot();
        if (round === 0) await tablet.endPeriod();
        await tablet.minute();
        await tablet.carry();
      }
      await this.#minute();
      if (this.#tablets.every((tablet) => tablet.isEmpty || tablet.isRevoked)) break;
    }
    for (const [at, tablet] of this.#tablets.entries())
      if (!tablet.isEmpty && !tablet.isRevoked) this.#fault(`tablet ${at} does not drain`);
    for (const inbox of await headquarters.store.list('inbox-'))
      if (await this.#shouldBeFinished(inbox.slice('inbox-'.length))) this.#fault('an inbox is left');
  }

  /** Not so of a tablet that was revoked, lost its list of what to say, or destroyed boxes on their date: it has nothing more to say. */
  async #shouldBeFinished(boxId: string): Promise<boolean> {
    const box = await this.headquarters.store.get(REGISTER, boxId);
    const tablet = this.#tablets.find(({ enrollment }) => enrollment.deviceId === box?.['deviceId']);
    return tablet !== undefined && !tablet.isRevoked && !tablet.hasLostIndexedDb && !tablet.hasDestroyedDue;
  }

  /** Every saved record is in the box of its date, once, or set aside with a reason, or its time was over. */
  async #nothingLost(): Promise<Record<string, number>> {
    const { store } = this.headquarters;
    const there = new Map<string, string>();
    for (const box of await store.list('reads-'))
      for (const { _id, kind } of await store.all(box)) {
        if (kind !== 'read' && kind !== 'correction') continue;
        if (there.has(_id)) this.#fault(`${kind} ${_id} is there twice`);
        there.set(_id, box);
      }
    const rows = (await store.all(CASEWORK)).filter(({ kind }) => kind === 'quarantine');
    const aside = new Map(rows.map((row) => [row._id, (row as unknown as QuarantineRecord).reason]));
    const reasons: Record<string, number> = {};
    for (const tablet of this.#tablets)
      for (const saved of tablet.saved) {
        const { record, sealedId, aheadMs } = saved;
        const box = there.get(record._id);
        const reason = aside.get(sealedId);
        if (box !== undefined) {
          if (box !== dayBoxOf(boxDateOf(record))) this.#fault(`${record.kind} ${record._id} is in the wrong box`);
        } else if (reason !== undefined) {
          reasons[reason] = (reasons[reason] ?? 0) + 1;
          if (!this.#isRightlyAside(saved, reason, there))
            this.#fault(`a ${record.kind} is set aside: ${reason}, clock ${aheadMs} ms ahead`);
        } else if (!tablet.isRevoked && !this.#isTimeOver(record)) this.#fault(`${record.kind} ${record._id} is lost`);
      }
    // A record whose "saved" was cut off may have come through all the same.
    const made = this.#tablets.map((tablet) => tablet.made);
    for (const id of there.keys())
      if (!made.some((ids) => ids.has(id))) this.#fault('a record is there that no tablet made');
    return reasons;
  }

  /** A box goes by its date, and with it what was collected late on that day. */
  #isTimeOver(record: Saved['record']): boolean {
    return isDue(destroyAtOfDate(this.#agency, boxDateOf(record)), this.#time.now);
  }

  get #agency(): Agency {
    const agency = this.headquarters.house.register.agency();
    if (agency === undefined) throw new Error('The agency is gone.');
    return agency;
  }

  #isRightlyAside({ record, aheadMs }: Saved, reason: string, there: ReadonlyMap<string, string>): boolean {
    if (reason === 'pastItsDate') return this.#isTimeOver(record);
    if (reason === 'readUnknown' && record.kind === 'correction') return !there.has(record.readId);
    return Math.abs(aheadMs) > HONEST_MS;
  }

  /** More days than the law allows: nothing is left anywhere, but what holds keep, and then not that either. */
  async #timeIsOver(): Promise<void> {
    const { headquarters } = this;
    this.#time.ms += 61 * DAY_MS;
    // What an ended server had not opened yet is opened now, found past its date, and gone a minute later.
    for (let minutes = 0; minutes < 2; minutes++) await this.#minute();
    for (const [at, tablet] of this.#tablets.entries()) {
      await tablet.minute();
      if (!tablet.isEmpty) this.#fault(`tablet ${at} keeps what is past its date`);
    }
    for (const prefix of ['reads-', 'quarantine-'])
      if ((await headquarters.store.list(prefix)).length > 0) this.#fault(`${prefix} boxes are left`);
    for (const inbox of await headquarters.store.list('inbox-'))
      if (await this.#holdsData(inbox)) this.#fault('an inbox keeps what is past its date');
    const counted = (await headquarters.house.certificates.all())
      .map(({ jws }) => certificateIn(jws))
      .filter(({ subject }) => subject.kind === 'dayBox')
      .reduce((sum, { counts }) => sum + counts.reads, 0);
    if (counted !== this.#destroyed.length)
      this.#fault(`certificates tell of ${counted} reads, ${this.#destroyed.length} were destroyed`);
    const session = await headquarters.signIn('designee');
    for (const { id } of this.#holds) {
      const body = { reason: 'resolved', afterwards: { kind: 'destroy' } };
      const ended = await headquarters.ask({ method: 'POST', path: `/api/holds/${id}/end`, session, body });
      if (ended?.status !== 200)
        this.#fault(`a hold could not be ended: ${ended?.status} ${JSON.stringify(ended?.body)}`);
    }
    this.#time.ms += 23 * HOUR_MS;
    await this.#minute();
    for (const { id } of this.#holds)
      if (await headquarters.store.exists(holdBoxOf(id))) this.#fault('the box of a hold that ended is left');
  }

  /** Whether anything but snapshots of periods, which tell of no vehicle, lies in an inbox that no tablet finished. */
  async #holdsData(inbox: string): Promise<boolean> {
    const { store } = this.headquarters;
    const { placed } = await readProgress(store, inbox.slice('inbox-'.length));
    const records = (await store.all(inbox)) as unknown as readonly SealedRecord[];
    return records.some(({ seq }) => placed[seq]?.kind !== 'register');
  }

  /** No gap, nothing twice, and every look that was answered is in it. */
  async #trailIsWhole(): Promise<void> {
    const { store } = this.headquarters;
    const last = await lastSeq(store);
    const ids = new Set<string>();
    let seq = 0;
    for await (const entry of entriesFrom(store, 1, last)) {
      seq++;
      ids.add(entry._id);
      if (entry.seq !== seq) this.#fault(`entry ${seq} of the trail is missing or there twice`);
    }
    if (this.#lookIds.some((id) => !ids.has(id))) this.#fault('a look was answered without its entry');
  }

  /** Looks over the server's shoulder when a box of reads goes: every hold in force has its copies, with pictures. */
  #watched(store: Store): Store {
    return {
      ...store,
      drop: async (database) => {
        const before = database.startsWith('reads-') ? await this.#readsOf(database) : [];
        const answer = await store.drop(database);
        if (answer !== 'dropped') return answer;
        this.#destroyed.push(...before.map(({ _id }) => _id));
        for (const { id, scope } of this.#holds)
          for (const read of before) if (covers(scope, read as unknown as Read)) await this.#demandHeld(id, read._id);
        return answer;
      }
    };
  }

  async #readsOf(box: string): Promise<readonly StoredDocument[]> {
    const { store } = this.headquarters;
    return (await store.exists(box)) ? (await store.all(box)).filter(({ kind }) => kind === 'read') : [];
  }

  async #demandHeld(holdId: string, readId: string): Promise<void> {
    const { store } = this.headquarters;
    const box = holdBoxOf(holdId);
    const copy = (await store.exists(box)) ? await store.get(box, readId) : undefined;
    this.#held++;
    if (Object.keys(copy?._attachments ?? {}).length !== 2)
      this.#fault('a read on hold was destroyed without a whole copy');
  }

  #fault(what: string): void {
    if (!this.#faults.includes(what)) this.#faults.push(what);
  }
}
