import { transfer } from 'comlink';
import type { HotlistVersion } from '#domain/records/hotlist.ts';
import { parse } from '#domain/check/check.ts';
import { checkPeriod, type ActivePeriod } from '#domain/records/period.ts';
import type { SealedContent } from '#domain/records/sealed.ts';
import { mayKeepRead } from '#domain/policy/address-confidentiality.ts';
import { endNoLaterThan } from '#domain/policy/clock.ts';
import { isDue, SHIPPED_RETENTION_DAYS, type RetentionSettings } from '#domain/policy/retention.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { DeviceHello, Lease, OfficerName } from '#domain/wire/answers.ts';
import { admissionOf } from '../admission.ts';
import { mayBeProtected } from '../confidential.ts';
import { Courier, machineAlarm } from '../../replication/courier.ts';
import { httpLine } from '../../replication/http-line.ts';
import { sweep, SWEEP_EVERY_MS } from '../../retention/sweep.ts';
import type { OfficerState } from '../officer-row.ts';
import type {
  Contact,
  Damage,
  EnrollmentView,
  Entry,
  HealReport,
  Keeping,
  LinkState,
  Opening,
  PasskeyHere,
  PasskeySecret,
  PulledHotlist,
  Release,
  StatusListener,
  VaultApi,
  VaultStatus,
  Who
} from '../protocol.ts';
import { STORAGE_STOPS_AT } from '../protocol.ts';
import { DamageNotices } from './damage-notices.ts';
import { findBoxes, healBox, OutboxUnreadable } from './heal.ts';
import { Headquarters, viewOf } from './headquarters.ts';
import { Holdings, type Stores } from './holdings.ts';
import { workingIndexedDb } from './indexed-db.ts';
import { Journal } from './journal.ts';
import { KeySafe } from './key-safe.ts';
import { isOutOfSpace } from './out-of-space.ts';
import { moveOldToolbox } from './old-toolbox.ts';
import { Outbox } from './outbox.ts';
import { Officers } from './officers.ts';
import { PeriodUnderWay } from './period-under-way.ts';
import { ownRecordsOf } from './own-records.ts';
import { AuditChain, mustBeNoted, type TabletAct } from './audit-chain.ts';
import { becomeSingleOwner } from './single-owner.ts';
import { Standby } from './standby.ts';
import { Storage } from './storage.ts';
import { TabletClock } from './tablet-clock.ts';
import type { KeptEnrollment } from './kept-enrollment.ts';
import { Toolbox } from './toolbox.ts';
import { SealedLists } from './sealed-lists.ts';
import { WrapFiles } from './wrap-files.ts';
import { Writer } from './writer.ts';

/** Time, chance and identity are given, not taken. */
export interface VaultParts {
  readonly now: () => Instant;
  readonly monotonicMs: () => number;
  readonly chance: () => number;
  readonly newId: () => string;
}

/** Everything that exists only once the vault is open. */
interface OpenVault {
  readonly stores: Stores;
  readonly keySafe: KeySafe;
  readonly clock: TabletClock;
  readonly period: PeriodUnderWay;
  readonly holdings: Holdings;
  readonly writer: Writer;
  readonly headquarters: Headquarters;
  readonly officers: Officers;
  readonly chain: AuditChain;
  readonly lists: SealedLists;
  readonly courier: Courier;
}

/** Where what a tablet must not forget lies a second time. */
interface SecondCopies {
  readonly standby: Standby;
  readonly keySafe: KeySafe;
}

const NO_AGENCY_YET: RetentionSettings = { retentionDays: SHIPPED_RETENTION_DAYS, backupDays: 0 };
/** So long headquarters may take to tell the time before something is destroyed by the own clock alone. */
const TIME_TOLD_WITHIN_MS = 3_000;
/** Status is told at most this often: a burst of saves is one word to the page. */
const STATUS_EVERY_MS = 250;

/**
 * The vault: sole owner of journal, outbox and toolbox. Saved means flushed; what is sealed cannot be read back here; what
 * headquarters has receipted, or whose date has passed, is destroyed whole. DESIGN 1 and 3.
 */
export class Vault implements VaultApi {
  #open: OpenVault | null = null;
  #opening: Promise<Opening> | null = null;
  #isOwner = false;
  #link: LinkState = 'idle';
  readonly #damage: DamageNotices;
  readonly #storage: Storage;
  readonly #listeners: StatusListener[] = [];
  #lastTold: VaultStatus | null = null;
  #isLost = false;
  #telling: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly parts: VaultParts) {
    this.#storage = new Storage(parts.monotonicMs);
    this.#damage = new DamageNotices(parts.now);
  }

  /** Answers how the vault was opened; asked again after `openElsewhere` or `unavailable`, it tries again. */
  open(): Promise<Opening> {
    this.#opening ??= this.#tryToOpen().finally(() => {
      if (this.#open === null) this.#opening = null;
    });
    return this.#opening;
  }

  async #tryToOpen(): Promise<Opening> {
    if (!isSecureContext) return { kind: 'unavailable', reason: 'noSecureContext' };
    if (!('locks' in navigator)) return { kind: 'unavailable', reason: 'noLocks' };
    this.#isOwner ||= await becomeSingleOwner();
    if (!this.#isOwner) return { kind: 'openElsewhere' };
    const root = await navigator.storage.getDirectory().catch(() => null);
    if (root === null) return { kind: 'unavailable', reason: 'noPrivateFiles' };
    const database = await workingIndexedDb();
    if (database === null) return { kind: 'unavailable', reason: 'toolboxUnreadable' };
    if (database.isSecond) this.#note('indexedDbBroken');
    const toolbox = new Toolbox(database.factory);
    try {
      await toolbox.open();
    } catch {
      return { kind: 'unavailable', reason: 'toolboxUnreadable' };
    }
    await this.#damage.keepIn(toolbox);
    const wraps = new WrapFiles(root);
    await moveOldToolbox(database.factory, toolbox, async (period) => {
      const found = parse(checkPeriod, period);
      if (found.kind === 'proper') await (await this.#periodIn(toolbox, wraps, this.parts.now)).keep(found.value);
    });
    const standby = await Standby.at(root);
    const keySafe = await KeySafe.open();
    await this.#recall(toolbox, { standby, keySafe });
    const chain = await AuditChain.at(root, { toolbox, now: this.parts.now });
    const stores = { journal: await Journal.at(root), outbox: new Outbox(), toolbox };
    const lists = SealedLists.at(root, async () => (await toolbox.enrollment())?.signingKey ?? null);
    return this.#openWith(stores, { keySafe, wraps, chain, lists });
  }

  #periodIn(toolbox: Toolbox, wraps: WrapFiles, retentionNow: () => Instant): Promise<PeriodUnderWay> {
    const { now, newId } = this.parts;
    return PeriodUnderWay.load({ toolbox, now, newId, retentionNow, wrapOf: (memberId) => wraps.read(memberId) });
  }

  /** A toolbox that knows no enrollment, where the tablet had one, was lost: said, and never taken for a new tablet. */
  async #recall(toolbox: Toolbox, { standby, keySafe }: SecondCopies): Promise<void> {
    const copy = (await toolbox.enrollments()).length > 0 ? null : await standby.copy();
    if (copy !== null && copy.enrollments.length > 0) {
      const enrollments = await Promise.all(
        copy.enrollments.map(async (enrollment) => {
          const deviceKey = await keySafe.keyOf(enrollment.deviceId);
          return deviceKey === undefined ? enrollment : { ...enrollment, deviceKey };
        })
      );
      await toolbox.restore({ ...copy, enrollments });
      this.#note('toolboxLost');
    } else await keepKeysTwice(await toolbox.enrollments(), keySafe);
    await toolbox.keepTwiceIn(standby);
    toolbox.onClosed(() => void this.#lookForLoss(toolbox, standby));
  }

  /** IndexedDB was closed from outside. Where it comes back empty all else here is wrong: whoever listens is told to begin anew. */
  async #lookForLoss(toolbox: Toolbox, standby: Standby): Promise<void> {
    this.#isLost ||= await standby.knowsMoreThan(toolbox).catch(() => true);
    if (this.#isLost) await this.#tellNow();
  }

  async #openWith(
    stores: Stores,
    { keySafe, wraps, chain, lists }: Pick<OpenVault, 'keySafe' | 'chain' | 'lists'> & { readonly wraps: WrapFiles }
  ): Promise<Opening> {
    const { now } = this.parts;
    const enrollment = await stores.toolbox.enrollment();
    const holdings = new Holdings(stores, {
      now,
      changed: () => {
        this.#tell();
      },
      damaged: (damage) => {
        this.#note(damage);
      }
    });
    const retention = enrollment?.agency ?? NO_AGENCY_YET;
    const settings = { deviceId: enrollment?.deviceId ?? this.parts.newId(), retention };
    const clock = await TabletClock.load({
      toolbox: stores.toolbox,
      clocks: () => ({ wall: now(), monotonicMs: this.parts.monotonicMs() }),
      told: async (correctNow) => {
        await holdings.endEarlier(({ destroyBy }) => endNoLaterThan(destroyBy, correctNow, retention));
        this.#tell();
      }
    });
    const period = await this.#periodIn(stores.toolbox, wraps, () => clock.retentionNow);
    const officers: Officers = new Officers({
      toolbox: stores.toolbox,
      wraps,
      leaseIn: (jws) => headquarters.leaseIn(jws)
    });
    const headquarters: Headquarters = new Headquarters({
      toolbox: stores.toolbox,
      officers: () => officers,
      chain,
      lists,
      now,
      leaseNow: () => clock.retentionNow,
      monotonicMs: this.parts.monotonicMs,
      timeTold: (at) => clock.tell(at, 'headquarters'),
      devicesWithBoxes: () => holdings.rows.map(({ deviceId }) => deviceId)
    });
    if (enrollment !== null && enrollment.deviceKey === undefined) this.#note('deviceKeyLost');
    headquarters.clockOffsetMs = await stores.toolbox.clockOffsetMs();
    const found = await findBoxes(stores, { ...settings, now: now() });
    if (enrollment === null && found.some(({ rediscovered }) => rediscovered)) this.#note('toolboxLost');
    for (const { row } of found) holdings.add(row, [], 0);
    // Destroyed before anything is read, sent or shown; a destruction that was cut short is finished first.
    for (const { row } of found) if (row.destroying !== null) await holdings.destroy(row.boxId, row.destroying);
    // A clock that ran ahead destroys nothing, and ends no lease, while headquarters can tell the time.
    if (holdings.rows.some(({ destroyBy }) => isDue(destroyBy, clock.retentionNow)) || (await officers.haveLapsed()))
      await Promise.race([headquarters.hello(), new Promise((resolve) => setTimeout(resolve, TIME_TOLD_WITHIN_MS))]);
    await clock.live();
    const swept = await this.#sweep(holdings, clock);
    const healed = await this.#heal(stores, holdings, found.filter(({ rediscovered }) => rediscovered).length);

    const writer = new Writer({
      journal: stores.journal,
      holdings,
      now,
      monotonicMs: this.parts.monotonicMs,
      retentionNow: () => clock.retentionNow,
      endOf: ({ destroyBy }, settings) => endNoLaterThan(destroyBy, clock.correctNow, settings),
      newId: this.parts.newId,
      // A box holds the records of one officer's period; another who has taken over must not be able to open it.
      officer: async () => {
        const wrap = await officers.wrapOnDuty();
        return period.mark === null || period.mark.operatorId === wrap?.memberId ? wrap : null;
      },
      keepOwnKey: (own) => stores.toolbox.putOwnKey(own),
      period: () => period.content
    });
    const courier = new Courier({
      depot: holdings,
      line: httpLine,
      alarm: machineAlarm,
      chance: this.parts.chance,
      reach: () => this.#reach(headquarters),
      onLink: (link) => {
        this.#link = link;
        this.#tell();
      }
    });
    // Before anything is shown: who has no lease in force any more has no key here either.
    await officers.sweep();
    this.#open = {
      stores,
      keySafe,
      clock,
      period,
      holdings,
      writer,
      headquarters,
      officers,
      chain,
      lists,
      courier
    };
    await lists.sweep(clock.retentionNow);
    if (swept > 0) await this.#say({ action: 'sweep', memberId: null, count: swept });
    await this.#noteDamage(this.#open);
    setInterval(() => void this.#everyMinute(this.#opened), SWEEP_EVERY_MS);
    // A link that comes back brings what headquarters has decided meanwhile, before anything is sent.
    for (const change of ['online', 'offline'])
      addEventListener(change, () => void this.hello().then(() => courier.goNow()));
    void courier.goNow();
    return {
      kind: 'open',
      healed,
      enrollment: enrollment === null ? null : viewOf(enrollment),
      lease: await headquarters.lease(),
      period: period.mark,
      swept
    };
  }

  async enroll(code: string, label: string): Promise<Contact<{ readonly enrollment: EnrollmentView }>> {
    const { headquarters, keySafe, stores, courier } = this.#opened;
    const answer = await headquarters.enroll(code, label);
    if (answer.kind !== 'answered') return answer;
    await keepKeysTwice(await stores.toolbox.enrollments(), keySafe);
    await this.#damage.remove('deviceKeyLost');
    // What waited for a key that headquarters knows can go now.
    courier.recordSaved();
    return answer;
  }

  async renewLease(): Promise<Contact<{ readonly lease: Lease; readonly officer: OfficerName }>> {
    // A lease is judged by the right time: a tablet that was never told it asks first.
    if (this.#opened.clock.correctNow === null) await this.#opened.headquarters.hello();
    const answer = await this.#asOfficer(() => this.#opened.headquarters.renewLease());
    this.#tell();
    return answer;
  }

  lease(): Promise<Lease | null> {
    return this.#opened.headquarters.lease();
  }

  /** Sign-out: nobody may capture, lists are forgotten, and the key of the open box dies. */
  async dropLease(): Promise<void> {
    const { officers, writer, courier } = this.#opened;
    const memberId = (await officers.onDuty())?.memberId ?? null;
    await officers.signOut();
    if (memberId !== null) await this.#say({ action: 'signOut', memberId });
    await writer.close();
    courier.recordSaved();
  }

  officerState(who: Who): Promise<OfficerState> {
    return this.#opened.officers.state(who);
  }

  async enter(password: string): Promise<Entry> {
    const { officers } = this.#opened;
    return this.#sayEntry(await officers.enter(password), (await officers.onDuty())?.memberId ?? null);
  }

  async enterOffline(who: Who, password: string): Promise<Entry> {
    const { officers } = this.#opened;
    const entry = await this.#asOfficer(() => officers.enterOffline(who, password));
    this.#tell();
    return this.#sayEntry(entry, await officers.memberOf(who));
  }

  async enterByPasskey(passkey: PasskeySecret): Promise<Entry> {
    const { officers } = this.#opened;
    return this.#sayEntry(await officers.enterByPasskey(passkey), (await officers.onDuty())?.memberId ?? null);
  }

  async enterOfflineByPasskey(passkey: PasskeySecret): Promise<Entry> {
    const { officers } = this.#opened;
    const known = (await officers.passkeysHere()).find(({ credentialId }) => credentialId === passkey.credentialId);
    const entry = await this.#asOfficer(() => officers.enterOfflineByPasskey(passkey));
    this.#tell();
    return this.#sayEntry(entry, known?.memberId ?? null);
  }

  addPasskey(passkey: PasskeySecret, memberId: string): Promise<boolean> {
    return this.#opened.officers.addPasskey(passkey, memberId);
  }

  passkeysHere(who: Who | null): Promise<readonly PasskeyHere[]> {
    return this.#opened.officers.passkeysHere(who);
  }

  async countWrong(signInName: string): Promise<Entry> {
    const { officers } = this.#opened;
    return this.#sayEntry(await officers.countWrong(signInName), await officers.memberOf({ signInName }));
  }

  async release(who: Who, code: string): Promise<Release> {
    const { officers } = this.#opened;
    const answer = await officers.release(who, code);
    const action = answer.kind === 'released' ? 'release' : 'wrongPassword';
    await this.#say({ action, memberId: await officers.memberOf(who) });
    return answer;
  }

  async lock(): Promise<void> {
    const { officers } = this.#opened;
    const memberId = officers.present?.memberId ?? null;
    officers.lock();
    if (memberId !== null) await this.#say({ action: 'lock', memberId });
  }

  async periodUnderWay(): Promise<ActivePeriod | null> {
    const { officers, period } = this.#opened;
    return officers.present === null ? null : period.open(officers.present);
  }

  async endLeftPeriod(): Promise<void> {
    const { stores, writer, period, courier } = this.#opened;
    const { ending, mark } = period;
    if (mark === null) return;
    await this.#say({ action: 'captureStop', memberId: mark.operatorId, object: mark.periodId });
    if (ending !== null) await writer.takeIn(ending.box, ending.record);
    await period.forget();
    await stores.toolbox.dropOwnKeys();
    await writer.close();
    courier.recordSaved();
  }

  /** Nothing while the tablet is locked, without a period under way, or for anybody but its officer (426.5(a)). */
  async ownRecords(): Promise<readonly SealedContent[]> {
    const {
      stores,
      officers: { present },
      period: { mark }
    } = this.#opened;
    if (present === null || mark?.operatorId !== present.memberId) return [];
    const records = await ownRecordsOf(stores, present, mark.periodId);
    const look: TabletAct = {
      action: 'look',
      memberId: present.memberId,
      object: mark.periodId,
      count: records.length
    };
    // No look without its line, written first; a period of which nothing is here any more shows nothing.
    return records.length > 0 && (await this.#say(look)) ? records : [];
  }

  async hello(): Promise<Contact<{ readonly hello: DeviceHello; readonly clockOffsetMs: number }>> {
    const answer = await this.#opened.headquarters.hello();
    this.#tell();
    return answer;
  }

  async hotlist(versionId: string): Promise<Contact<PulledHotlist>> {
    const pulled = await this.#opened.headquarters.hotlist(versionId);
    return pulled.kind === 'answered' ? transfer(pulled, [pulled.lines.buffer]) : pulled;
  }

  storedHotlists(): Promise<readonly HotlistVersion[]> {
    return this.#opened.headquarters.storedHotlists();
  }

  /** The opening snapshot is sealed first; only then is the period under way. */
  beginPeriod(period: ActivePeriod): Promise<Keeping> {
    return this.#unlessFull(() => this.#beginPeriod(period));
  }

  async #beginPeriod(given: ActivePeriod): Promise<Keeping> {
    const { headquarters, period: underWay } = this.#opened;
    const period = this.#restated(given);
    if ((await headquarters.lease()) === null) return NO_LEASE;
    if (await this.#isFull()) return { kind: 'storageFull' };
    const start: TabletAct = { action: 'captureStart', memberId: period.operatorId, object: period._id };
    if (!(await this.#say(start))) return { kind: 'storageFull' };
    const kept = await this.#keep({ kind: 'period', period });
    if (kept.kind === 'saved') await underWay.keep(period);
    return kept;
  }

  async updatePeriod(period: ActivePeriod): Promise<void> {
    await this.#opened.period.keep(this.#restated(period));
  }

  #restated(period: ActivePeriod): ActivePeriod {
    return this.#opened.period.restated(period, this.#opened.officers.present === null);
  }

  closePeriod(period: ActivePeriod): Promise<Keeping> {
    return this.#unlessFull(() => this.#closePeriod(period));
  }

  async #closePeriod(given: ActivePeriod): Promise<Keeping> {
    const { stores, writer, courier, officers, period: underWay } = this.#opened;
    const period = this.#restated(given);
    await this.#say({ action: 'captureStop', memberId: period.operatorId, object: period._id });
    const kept = await this.#keep({ kind: 'period', period });
    if (kept.kind !== 'saved') return kept;
    await underWay.forget(officers.present === null);
    // An earlier period is no longer the officer's to look at here.
    await stores.toolbox.dropOwnKeys();
    await writer.close();
    courier.recordSaved();
    return kept;
  }

  /** A read needs a lease and the period under way; a hit may be answered after both. */
  keep(content: SealedContent): Promise<Keeping> {
    return this.#unlessFull(() => this.#keepLawfully(content));
  }

  async #keepLawfully(content: SealedContent): Promise<Keeping> {
    const { headquarters, period } = this.#opened;
    if (content.kind === 'hit' && content.hit.answer !== null) {
      const memberId = (await this.#opened.officers.onDuty())?.memberId ?? null;
      await this.#say({ action: 'correction', memberId, object: content.hit._id });
    }
    if (content.kind !== 'read') return this.#keep(content);
    // Asked first: on a full disk each question to IndexedDB is one more that may break it.
    if (await this.#isFull()) return { kind: 'storageFull' };
    if ((await headquarters.lease()) === null) return NO_LEASE;
    if (period.mark?.periodId !== content.read.periodId) return NO_PERIOD;
    // Before anything is written or counted; where it cannot be known, nothing is captured.
    const { tags } = this.#opened.officers;
    if (tags === null) return LOCKED_SINCE_START;
    const isProtected = await mayBeProtected(content.read.plate, tags);
    if (!mayKeepRead(isProtected, content.matched?.category ?? null)) return { kind: 'leftOut' };
    const admission = admissionOf(content, this.parts.now());
    if (admission.kind === 'refused') return admission;
    // A period has the box of its own date; the server asks the same (426.4, 426.4.1).
    if (admission.localDate !== period.mark.localDate) return WRONG_BOX;
    return this.#keep(content);
  }

  async tellTime(satelliteTime: Instant): Promise<void> {
    await this.#opened.clock.tell(satelliteTime, 'satellites');
  }

  async seeDamage(): Promise<void> {
    await this.#damage.see();
    await this.#damage.letGo(this.#opened.chain.firstWaiting);
    await this.#tellNow();
  }

  async syncNow(): Promise<void> {
    await this.#opened.courier.goNow();
    await this.#tellDamage(this.#opened);
  }

  async status(): Promise<VaultStatus> {
    const open = this.#open;
    return {
      link: this.#link,
      waitingRecords: open?.holdings.waitingRecords ?? 0,
      boxes: open?.holdings.rows.length ?? 0,
      lastSentAt: (await open?.stores.toolbox.lastSentAt()) ?? null,
      storage: await this.#storage.use(),
      clockOffsetMs: open?.headquarters.clockOffsetMs ?? null,
      clock: open?.clock.word ?? { kind: 'notCompared' },
      clockNotes: open?.clock.notes ?? [],
      damage: this.#damage.all,
      damageIsSeen: this.#damage.areSeen,
      isLost: this.#isLost,
      duty: open === null ? { kind: 'nobody' } : await open.officers.duty()
    };
  }

  async onStatus(listener: StatusListener): Promise<void> {
    this.#listeners.push(listener);
    await this.#tellNow();
  }

  async #sayEntry(entry: Entry, memberId: string | null): Promise<Entry> {
    const action = {
      in: 'signIn',
      wrong: 'wrongPassword',
      lockedOut: 'lockOut',
      needsLink: null,
      needsPassword: null
    } as const;
    const said = action[entry.kind];
    if (said !== null) await this.#say({ action: said, memberId });
    return entry;
  }

  /** Writes a line into the tablet's own trail. False: the disk is full, and what must not happen without it may not. */
  async #say(act: TabletAct): Promise<boolean> {
    try {
      await this.#opened.chain.note(act);
    } catch (error) {
      if (!isOutOfSpace(error)) throw error;
      return !mustBeNoted(act.action);
    }
    return true;
  }

  // A box belongs to one officer: where another takes over, the next record begins a new one.
  async #asOfficer<T>(change: () => Promise<T>): Promise<T> {
    const { stores, writer } = this.#opened;
    const before = await stores.toolbox.onDuty();
    const answer = await change();
    if (before !== (await stores.toolbox.onDuty())) await writer.close();
    return answer;
  }

  get #opened(): OpenVault {
    if (this.#open === null) throw new VaultNotOpen();
    return this.#open;
  }

  /** A disk that fills breaks IndexedDB in the middle of anything, and under another name than a full quota: full it is all the same. */
  async #unlessFull(work: () => Promise<Keeping>): Promise<Keeping> {
    try {
      return await work();
    } catch (error) {
      if (isOutOfSpace(error) || !(await this.#storage.takesMore())) return { kind: 'storageFull' };
      // There is room again: what the full disk broke is opened afresh, and asked once more.
      await this.#opened.stores.toolbox.reopen();
      return work();
    }
  }

  async #keep(content: SealedContent): Promise<Keeping> {
    const { stores, writer, courier } = this.#opened;
    const enrollment = await stores.toolbox.enrollment();
    if (enrollment === null) return NOT_ENROLLED;
    const kept = await writer.keep(content, enrollment);
    if (kept.kind === 'saved') {
      courier.recordSaved();
      // No page may go on saying that headquarters has everything once it knows of a record that waits.
      if (this.#lastTold?.waitingRecords === 0) await this.#tellNow();
    }
    if (kept.kind === 'storageFull') this.#storage.forget();
    return kept;
  }

  async #heal(stores: Stores, holdings: Holdings, rediscoveredBoxes: number): Promise<HealReport> {
    const report = { healedRecords: 0, damagedPlaces: 0, boxesWithoutJournal: 0 };
    if (rediscoveredBoxes > 0) this.#note('boxRediscovered');
    for (const row of holdings.rows) {
      try {
        const healed = await healBox(stores, row, this.parts.now());
        holdings.add(healed.row, healed.held, healed.bytes);
        for (const damage of healed.damage) this.#note(damage);
        report.healedRecords += healed.healedRecords;
        report.damagedPlaces += healed.damagedPlaces;
        if (healed.damage.includes('journalMissing')) report.boxesWithoutJournal++;
        if (healed.held.size === 0) await holdings.destroy(row.boxId, 'empty');
      } catch (error) {
        if (!(error instanceof OutboxUnreadable)) throw error;
        this.#note('outboxFailed');
      }
    }
    return { ...report, boxes: holdings.rows.length, records: holdings.waitingRecords, rediscoveredBoxes };
  }

  async #everyMinute({ writer, holdings, officers, courier, clock, lists }: OpenVault): Promise<void> {
    await clock.live();
    await writer.closeIfDateIsOver();
    if ((await officers.sweep()) > 0) this.#tell();
    await lists.sweep(clock.retentionNow);
    // Said at each contact, whatever else waits: revocation must not stand behind a queue.
    await this.hello();
    const swept = await this.#sweep(holdings, clock);
    if (swept > 0) this.#storage.forget();
    if (swept > 0) await this.#say({ action: 'sweep', memberId: null, count: swept });
    await this.#tellDamage(this.#opened);
    // With nothing to send it still asks, so that a lost link is said before the next read depends on it.
    courier.recordSaved();
  }

  /** Each damage has an entry in the trail; one that was seen here and is known at headquarters is over. */
  async #tellDamage(open: OpenVault): Promise<void> {
    if ((await open.headquarters.witness())?.kind === 'broken') this.#note('trailBroken');
    await this.#noteDamage(open);
    await open.headquarters.sendEntries();
    await this.#damage.letGo(open.chain.firstWaiting);
  }

  async #noteDamage({ chain }: OpenVault): Promise<void> {
    for (const damage of this.#damage.untold) {
      const entry = await chain.note({ action: 'failure', memberId: null, object: damage }).catch((error: unknown) => {
        if (isOutOfSpace(error)) return null;
        throw error;
      });
      if (entry !== null) await this.#damage.told(damage, entry);
    }
  }

  /** Whether headquarters answers this tablet; one that is not enrolled has no link to lose. */
  async #reach(headquarters: Headquarters): Promise<LinkState> {
    const answer = await headquarters.hello();
    if (answer.kind === 'unreachable') return 'serverUnreachable';
    if (answer.kind !== 'refused') return 'idle';
    return ['tabletNotAccepted', 'keyLost'].includes(answer.refusal.code) ? 'notAccepted' : 'serverUnreachable';
  }

  async #isFull(): Promise<boolean> {
    return (await this.#storage.use()).share >= STORAGE_STOPS_AT;
  }

  #sweep(holdings: Holdings, clock: TabletClock): Promise<number> {
    return sweep(holdings.rows, clock.retentionNow, (boxId) => holdings.destroy(boxId, 'due'));
  }

  #note(damage: Damage): void {
    this.#damage.add(damage);
    this.#tell();
  }

  #tell(): void {
    if (this.#listeners.length === 0) return;
    this.#telling ??= setTimeout(() => {
      this.#telling = null;
      void this.#tellNow();
    }, STATUS_EVERY_MS);
  }

  /** Ends when every listener has heard it. */
  async #tellNow(): Promise<void> {
    const asked = await this.status();
    // Counted again: records may have been saved while the rest was looked up.
    const status = {
      ...asked,
      isLost: this.#isLost,
      link: this.#link,
      waitingRecords: this.#open?.holdings.waitingRecords ?? 0
    };
    this.#lastTold = status;
    for (const listener of this.#listeners) await listener(status);
  }
}

/** Keeps the keys of those enrollments that have one in their second place. */
async function keepKeysTwice(enrollments: readonly KeptEnrollment[], keySafe: KeySafe): Promise<void> {
  const keys = enrollments.flatMap(({ deviceId, deviceKey }) =>
    deviceKey === undefined ? [] : [[deviceId, deviceKey] as const]
  );
  await keySafe.keep(new Map(keys));
}

const NO_LEASE: Keeping = { kind: 'refused', code: 'noLease', reason: 'nobody with a lease in force is signed in' };
const LOCKED_SINCE_START: Keeping = {
  kind: 'refused',
  code: 'lockedSinceStart',
  reason: 'nobody has unlocked the tablet since it started'
};
const NO_PERIOD: Keeping = { kind: 'refused', code: 'noPeriod', reason: 'no period of active use is under way for it' };
const WRONG_BOX: Keeping = {
  kind: 'refused',
  code: 'wrongBox',
  reason: 'its local date is not the date of its period'
};
const NOT_ENROLLED: Keeping = { kind: 'refused', code: 'notEnrolled', reason: 'this tablet is not enrolled' };

/** A fault of the page: it asked before the vault was open. */
export class VaultNotOpen extends Error {
  override readonly name = 'VaultNotOpen';
  constructor() {
    super('the vault is not open');
  }
}
