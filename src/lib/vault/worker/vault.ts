import { transfer } from 'comlink';
import type { HotlistVersion } from '#domain/records/hotlist.ts';
import type { ActivePeriod } from '#domain/records/period.ts';
import type { SealedContent } from '#domain/records/sealed.ts';
import { endNoLaterThan } from '#domain/policy/clock.ts';
import { isDue, SHIPPED_RETENTION_DAYS, type RetentionSettings } from '#domain/policy/retention.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { DeviceHello, Lease } from '#domain/wire/answers.ts';
import { admissionOf } from '../admission.ts';
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
  VaultStatus
} from '../protocol.ts';
import { STORAGE_STOPS_AT } from '../protocol.ts';
import { findBoxes, healBox, OutboxUnreadable } from './heal.ts';
import { Headquarters, viewOf } from './headquarters.ts';
import { Holdings, type Stores } from './holdings.ts';
import { workingIndexedDb } from './indexed-db.ts';
import { Journal } from './journal.ts';
import { isOutOfSpace } from './out-of-space.ts';
import { Outbox } from './outbox.ts';
import { Officers } from './officers.ts';
import { ownRecordsOf } from './own-records.ts';
import { AuditChain, mustBeNoted, type TabletAct } from './audit-chain.ts';
import { becomeSingleOwner } from './single-owner.ts';
import { Standby } from './standby.ts';
import { Storage } from './storage.ts';
import { TabletClock } from './tablet-clock.ts';
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
  readonly standby: Standby;
  readonly clock: TabletClock;
  readonly holdings: Holdings;
  readonly writer: Writer;
  readonly headquarters: Headquarters;
  readonly officers: Officers;
  readonly chain: AuditChain;
  readonly lists: SealedLists;
  readonly courier: Courier;
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
  readonly #damage = new Set<Damage>();
  readonly #storage: Storage;
  readonly #listeners: StatusListener[] = [];
  #lastTold: VaultStatus | null = null;
  #telling: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly parts: VaultParts) {
    this.#storage = new Storage(parts.monotonicMs);
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
    const standby = await Standby.at(root);
    await this.#recallEnrollments(toolbox, standby);
    const chain = await AuditChain.at(root, { toolbox, now: this.parts.now });
    const stores = { journal: await Journal.at(root), outbox: new Outbox(), toolbox };
    const lists = SealedLists.at(root, async () => (await toolbox.enrollment())?.signingKey ?? null);
    return this.#openWith(stores, { standby, wraps: new WrapFiles(root), chain, lists });
  }

  /** A toolbox that knows no enrollment, where the tablet had one, was lost: said, and never taken for a new tablet. */
  async #recallEnrollments(toolbox: Toolbox, standby: Standby): Promise<void> {
    const known = await toolbox.enrollments();
    if (known.length > 0) return standby.keep(known);
    const recalled = await standby.enrollments();
    if (recalled.length === 0) return;
    await toolbox.restoreEnrollments(recalled);
    this.#note('toolboxLost');
  }

  async #openWith(
    stores: Stores,
    { standby, wraps, chain, lists }: Pick<OpenVault, 'standby' | 'chain' | 'lists'> & { readonly wraps: WrapFiles }
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
      monotonicMs: this.parts.monotonicMs,
      timeTold: (at) => clock.tell(at, 'headquarters'),
      devicesWithBoxes: () => holdings.rows.map(({ deviceId }) => deviceId)
    });
    headquarters.clockOffsetMs = await stores.toolbox.clockOffsetMs();
    const found = await findBoxes(stores, { ...settings, now: now() });
    if (enrollment === null && found.some(({ rediscovered }) => rediscovered)) this.#note('toolboxLost');
    for (const { row } of found) holdings.add(row, [], 0);
    // Destroyed before anything is read, sent or shown; a destruction that was cut short is finished first.
    for (const { row } of found) if (row.destroying !== null) await holdings.destroy(row.boxId, row.destroying);
    if (holdings.rows.some(({ destroyBy }) => isDue(destroyBy, clock.retentionNow)))
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
        const [wrap, period] = [await officers.wrapOnDuty(), await stores.toolbox.period()];
        return period === null || period.operatorId === wrap?.memberId ? wrap : null;
      },
      keepOwnKey: (own) => stores.toolbox.putOwnKey(own),
      period: () => stores.toolbox.period()
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
    this.#open = { stores, standby, clock, holdings, writer, headquarters, officers, chain, lists, courier };
    await lists.sweep(clock.retentionNow);
    if (swept > 0) await this.#say({ action: 'sweep', memberId: null, count: swept });
    if (this.#damage.size > 0) await this.#say({ action: 'failure', memberId: null, count: this.#damage.size });
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
      period: await stores.toolbox.period(),
      swept
    };
  }

  async enroll(code: string, label: string): Promise<Contact<{ readonly enrollment: EnrollmentView }>> {
    const { headquarters, standby, stores } = this.#opened;
    const answer = await headquarters.enroll(code, label);
    if (answer.kind === 'answered') await standby.keep(await stores.toolbox.enrollments());
    return answer;
  }

  async renewLease(): Promise<Contact<{ readonly lease: Lease }>> {
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

  officerState(signInName: string): Promise<OfficerState> {
    return this.#opened.officers.state(signInName);
  }

  async enter(password: string): Promise<Entry> {
    const { officers } = this.#opened;
    return this.#sayEntry(await officers.enter(password), (await officers.onDuty())?.memberId ?? null);
  }

  async enterOffline(signInName: string, password: string): Promise<Entry> {
    const { officers } = this.#opened;
    const entry = await this.#asOfficer(() => officers.enterOffline(signInName, password));
    this.#tell();
    return this.#sayEntry(entry, await officers.memberNamed(signInName));
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
    return this.#sayEntry(entry, known === undefined ? null : await officers.memberNamed(known.signInName));
  }

  addPasskey(passkey: PasskeySecret, memberId: string): Promise<boolean> {
    return this.#opened.officers.addPasskey(passkey, memberId);
  }

  passkeysHere(): Promise<readonly PasskeyHere[]> {
    return this.#opened.officers.passkeysHere();
  }

  async countWrong(signInName: string): Promise<Entry> {
    const { officers } = this.#opened;
    return this.#sayEntry(await officers.countWrong(signInName), await officers.memberNamed(signInName));
  }

  async release(signInName: string, code: string): Promise<Release> {
    const { officers } = this.#opened;
    const answer = await officers.release(signInName, code);
    const action = answer.kind === 'released' ? 'release' : 'wrongPassword';
    await this.#say({ action, memberId: await officers.memberNamed(signInName) });
    return answer;
  }

  async lock(): Promise<void> {
    const { officers } = this.#opened;
    const memberId = officers.present?.memberId ?? null;
    officers.lock();
    if (memberId !== null) await this.#say({ action: 'lock', memberId });
  }

  /** Nothing while the tablet is locked, without a period under way, or for anybody but its officer (426.5(a)). */
  async ownRecords(): Promise<readonly SealedContent[]> {
    const { stores, officers } = this.#opened;
    const period = await stores.toolbox.period();
    const present = officers.present;
    if (present === null || period?.operatorId !== present.memberId) return [];
    const records = await ownRecordsOf(stores, present, period._id);
    const look: TabletAct = {
      action: 'look',
      memberId: present.memberId,
      object: period._id,
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

  async #beginPeriod(period: ActivePeriod): Promise<Keeping> {
    const { stores, headquarters } = this.#opened;
    if ((await headquarters.lease()) === null) return NO_LEASE;
    if (await this.#isFull()) return { kind: 'storageFull' };
    const start: TabletAct = { action: 'captureStart', memberId: period.operatorId, object: period._id };
    if (!(await this.#say(start))) return { kind: 'storageFull' };
    const kept = await this.#keep({ kind: 'period', period });
    if (kept.kind === 'saved') await stores.toolbox.keep('period', period);
    return kept;
  }

  async updatePeriod(period: ActivePeriod): Promise<void> {
    await this.#opened.stores.toolbox.keep('period', period);
  }

  closePeriod(period: ActivePeriod): Promise<Keeping> {
    return this.#unlessFull(() => this.#closePeriod(period));
  }

  async #closePeriod(period: ActivePeriod): Promise<Keeping> {
    const { stores, writer, courier } = this.#opened;
    await this.#say({ action: 'captureStop', memberId: period.operatorId, object: period._id });
    const kept = await this.#keep({ kind: 'period', period });
    if (kept.kind !== 'saved') return kept;
    await stores.toolbox.drop('period');
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
    const { stores, headquarters } = this.#opened;
    if (content.kind === 'hit' && content.hit.answer !== null) {
      const memberId = (await this.#opened.officers.onDuty())?.memberId ?? null;
      await this.#say({ action: 'correction', memberId, object: content.hit._id });
    }
    if (content.kind !== 'read') return this.#keep(content);
    // Asked first: on a full disk each question to IndexedDB is one more that may break it.
    if (await this.#isFull()) return { kind: 'storageFull' };
    if ((await headquarters.lease()) === null) return NO_LEASE;
    const period = await stores.toolbox.period();
    if (period?._id !== content.read.periodId) return NO_PERIOD;
    const admission = admissionOf(content, this.parts.now());
    if (admission.kind === 'refused') return admission;
    // A period has the box of its own date; the server asks the same (426.4, 426.4.1).
    if (admission.localDate !== period.localDate) return WRONG_BOX;
    return this.#keep(content);
  }

  async tellTime(satelliteTime: Instant): Promise<void> {
    await this.#opened.clock.tell(satelliteTime, 'satellites');
  }

  async syncNow(): Promise<void> {
    await this.#opened.courier.goNow();
    await this.#opened.headquarters.sendEntries();
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
      damage: [...this.#damage],
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
    await this.#opened.headquarters.sendEntries();
    // With nothing to send it still asks, so that a lost link is said before the next read depends on it.
    courier.recordSaved();
  }

  /** Whether headquarters answers this tablet; one that is not enrolled has no link to lose. */
  async #reach(headquarters: Headquarters): Promise<LinkState> {
    const answer = await headquarters.hello();
    if (answer.kind === 'unreachable') return 'serverUnreachable';
    if (answer.kind !== 'refused') return 'idle';
    return answer.refusal.code === 'tabletNotAccepted' ? 'notAccepted' : 'serverUnreachable';
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
    const status = { ...asked, link: this.#link, waitingRecords: this.#open?.holdings.waitingRecords ?? 0 };
    this.#lastTold = status;
    for (const listener of this.#listeners) await listener(status);
  }
}

const NO_LEASE: Keeping = { kind: 'refused', code: 'noLease', reason: 'nobody with a lease in force is signed in' };
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
