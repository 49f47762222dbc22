import type { ActivePeriod } from '#domain/records/period.ts';
import { instantOf } from '#domain/time/instant.ts';
import type { Lease, OfficerName, Refusal, Withdrawal } from '#domain/wire/answers.ts';
import type { EnrollmentForm, SignInRequest } from '#domain/wire/requests.ts';
import type { Outcome } from '#lib/access/api.ts';
import type { VaultClient } from '#lib/vault/client.ts';
import { steadyClock } from '#lib/access/steady-clock.ts';
import type { OfficerState } from '#lib/vault/officer-row.ts';
import type { PeriodMark } from '#lib/vault/period-row.ts';
import type {
  Duty,
  EnrollmentView,
  Entry,
  PasskeyHere,
  PasskeySecret,
  Release,
  VaultStatus,
  Who
} from '#lib/vault/protocol.ts';
import { AlertSound } from '../alerts/sound.ts';
import { LeadSounds } from '../alerts/lead-sounds.ts';
import { HotlistLibrary } from '../hotlist/library.ts';
import type { Display } from './display.svelte.ts';
import { Presence, type WhyLocked } from './presence.svelte.ts';
import type { Scanner } from './scanner.svelte.ts';

export type TabletPhase = 'closed' | 'opening' | 'open' | 'openElsewhere' | 'unavailable';

/**
 * This browser as a tablet: what it keeps, whether it is enrolled, the authorization of the officer on it. The vault and
 * the scanner are loaded when a screen of the tablet opens; a desk at headquarters never carries them.
 */
export class Tablet {
  #phase = $state.raw<TabletPhase>('closed');
  #enrollment = $state.raw<EnrollmentView | null>(null);
  #lease = $state.raw<Lease | null>(null);
  #refusal = $state.raw<Refusal | null>(null);
  #withdrawn = $state.raw<readonly Withdrawal[]>([]);
  #hasLapsed = $state.raw(false);
  #status = $state.raw<VaultStatus | null>(null);
  #officer = $state.raw<OfficerName | null>(null);
  #interrupted = $state.raw<ActivePeriod | null>(null);
  // That a period was under way at the last start; what it says opens for its officer.
  #left: PeriodMark | null = null;
  #ended = $state.raw<Scanner['ended']>(null);
  #scanner = $state.raw<Scanner | null>(null);
  readonly #presence: Presence;
  #vault: VaultClient | undefined;
  #opening: Promise<void> | undefined;

  /** `locked` is called when the tablet locks: what else shows anything on this page must end too. */
  constructor(
    private readonly display: Pick<Display, 'normalLeads' | 'lockMinutes'>,
    locked: () => void = () => {}
  ) {
    this.#presence = new Presence({
      steadyMs: steadyClock(),
      touched: globalThis,
      locked: () => {
        this.#ended = null;
        this.#scanner?.goOutOfSight();
        void this.#vault?.lock();
        locked();
      }
    });
  }

  get phase(): TabletPhase {
    return this.#phase;
  }
  get enrollment(): EnrollmentView | null {
    return this.#enrollment;
  }
  /** The officer's authorization, while it runs. */
  get lease(): Lease | null {
    return this.#lease;
  }
  /** The name of the officer on duty; null after a restart, until they sign in: it lies sealed on the disk. */
  get officer(): OfficerName | null {
    return this.#officer;
  }
  /** Whether the officer on duty is signed in at the screen; a locked tablet shows nothing and may go on capturing. */
  get isUnlocked(): boolean {
    return this.#presence.isIn;
  }
  get whyLocked(): WhyLocked | null {
    return this.#presence.whyLocked;
  }
  /** The authorization of the officer on duty has run out or was withdrawn. */
  get hasLapsed(): boolean {
    return this.#hasLapsed;
  }
  /** Why headquarters has withdrawn the authorization. */
  get withdrawn(): readonly Withdrawal[] {
    return this.#withdrawn;
  }
  /** Why the server did not renew the authorization of this tablet. */
  get refusal(): Refusal | null {
    return this.#refusal;
  }
  get status(): VaultStatus | null {
    return this.#status;
  }
  /** A period that was under way when the app closed, until it is resumed or stopped. */
  get interrupted(): ActivePeriod | null {
    return this.#scanner === null || this.#scanner.phase === 'idle' ? this.#interrupted : null;
  }
  /** The period that ended last, for its summary. */
  get ended(): Scanner['ended'] {
    return this.#scanner?.ended ?? this.#ended;
  }
  get scanner(): Scanner | null {
    return this.#scanner;
  }

  /** Opens the vault, once. What is past its date is destroyed before this ends (policy 426.4). */
  open(): Promise<void> {
    this.#opening ??= this.#open().finally(() => {
      if (this.#phase !== 'open') this.#opening = undefined;
    });
    return this.#opening;
  }

  async enroll(given: EnrollmentForm): Promise<Outcome<true>> {
    if (this.#vault === undefined) return { kind: 'unreachable' };
    const outcome = await this.#vault.enroll(given.code, given.label);
    if (outcome.kind === 'refused') return { kind: 'refused', status: 0, refusal: outcome.refusal };
    if (outcome.kind !== 'answered') return { kind: 'unreachable' };
    this.#enrollment = outcome.enrollment;
    return { kind: 'ok', value: true };
  }

  /** Asks the server for a fresh authorization of the signed-in member on this tablet. True: it is here. */
  async renewLease(): Promise<boolean> {
    if (this.#vault === undefined) return false;
    const outcome = await this.#vault.renewLease();
    if (outcome.kind === 'answered') {
      // Shown to nobody before the officer has signed in here; capture may rest on it at once.
      this.#lease = outcome.lease;
      this.#officer = outcome.officer;
      this.#refusal = null;
      this.#withdrawn = [];
    } else if (outcome.kind === 'refused') this.#refusal = outcome.refusal;
    return outcome.kind === 'answered';
  }

  /** What the tablet remembers of this officer's sign-ins; without an enrollment it remembers nobody. */
  async officerState(who: Who): Promise<OfficerState> {
    return (await this.#vault?.officerState(who)) ?? { kind: 'needsLink' };
  }

  /** Signs in by the lease and the password that are known here; works without a link. */
  async enterOffline({ signInName, password }: SignInRequest): Promise<Entry> {
    return this.#enterOffline({ signInName }, password);
  }

  /** Signs the officer on duty in, whose name the tablet cannot know before. */
  enterOnDuty(password: string): Promise<Entry> {
    return this.#enterOffline('onDuty', password);
  }

  /** Signs in the officer to whom the server has just given a lease. */
  async enter(password: string): Promise<Entry> {
    return this.#come((await this.#vault?.enter(password)) ?? { kind: 'needsLink' });
  }

  /** Signs in the officer to whom the server has just given a lease, by a passkey that the server has accepted. */
  async enterByPasskey(passkey: PasskeySecret): Promise<Entry> {
    return this.#come((await this.#vault?.enterByPasskey(passkey)) ?? { kind: 'needsLink' });
  }

  async enterOfflineByPasskey(passkey: PasskeySecret): Promise<Entry> {
    return this.#come((await this.#vault?.enterOfflineByPasskey(passkey)) ?? { kind: 'needsLink' });
  }

  /** From now on this passkey unlocks the tablet for its officer, who is present. */
  async addPasskey(passkey: PasskeySecret, memberId: string): Promise<boolean> {
    return (await this.#vault?.addPasskey(passkey, memberId)) ?? false;
  }

  /** Passkeys that unlock this tablet without a link. */
  async passkeysHere(who: Who | null = null): Promise<readonly PasskeyHere[]> {
    return (await this.#vault?.passkeysHere(who)) ?? [];
  }

  /** The server called a password wrong: it counts on this tablet too. */
  async countWrong(signInName: string): Promise<Entry> {
    return (await this.#vault?.countWrong(signInName)) ?? { kind: 'needsLink' };
  }

  async release(who: Who, code: string): Promise<Release> {
    return (await this.#vault?.release(who, code)) ?? { kind: 'wrongCode', erased: false };
  }

  /** Asks headquarters now whether anything has changed for this tablet or its officers. */
  async askHeadquarters(): Promise<void> {
    await this.#vault?.hello();
  }

  lock(why: WhyLocked = 'asked'): void {
    this.#presence.lock(why);
  }

  lockAfter(minutes: number): void {
    this.#presence.useMinutes(minutes);
  }

  /** Whom the server refused has left; the tablet is its officer's again. */
  forgetRefusal(): void {
    this.#refusal = null;
  }

  async dropLease(): Promise<void> {
    this.lock();
    await this.#vault?.dropLease();
    this.#scanner?.forgetLists();
    this.#lease = null;
    this.#officer = null;
  }

  async resume(): Promise<void> {
    const period = this.#interrupted;
    if (period === null || this.#scanner === null) return;
    await this.#scanner.resume(period);
    if (this.#scanner.phase === 'scanning') this.#interrupted = null;
  }

  /** Closes the interrupted period with what was known of it when the app ended. */
  async endInterrupted(): Promise<void> {
    const period = this.#interrupted;
    if (period === null || this.#scanner === null) return;
    // The snapshot on the device says until when data was really collected: that stays, only the closing is added.
    const closed = { ...period, closedAt: instantOf(Date.now()) };
    await this.#vault?.closePeriod(closed);
    this.#ended = { period: closed, counts: closed.counts };
    this.#interrupted = null;
  }

  async syncNow(): Promise<void> {
    await this.#vault?.syncNow();
  }

  /** The officer has read what was found damaged. */
  async seeDamage(): Promise<void> {
    await this.#vault?.seeDamage();
  }

  /** Asks the browser to promise that it will not clear this storage. */
  async askToPersist(): Promise<void> {
    await navigator.storage.persist();
    await this.refreshStatus();
  }

  /** Asks the vault now; a screen that promises that all is sent must not lean on old news. */
  async refreshStatus(): Promise<void> {
    if (this.#vault !== undefined) this.#status = await this.#vault.status();
  }

  async #open(): Promise<void> {
    this.#phase = 'opening';
    const [{ VaultClient }, { Scanner }] = await Promise.all([
      import('#lib/vault/client.ts'),
      import('./scanner.svelte.ts')
    ]);
    const vault = new VaultClient();
    // Damage that is found while it opens: the browser empties what is damaged, and the next start finds its way.
    const opened = await vault.open().catch(() => null);
    if (opened === null) return beginAnew();
    if (opened.kind !== 'open') {
      vault.close();
      this.#phase = opened.kind;
      return;
    }
    this.#vault = vault;
    this.#enrollment = opened.enrollment;
    this.#lease = opened.lease;
    this.#left = opened.period;
    await vault.onStatus((status) => {
      if (status.isLost) return beginAnew();
      this.#status = status;
      this.#follow(status.duty);
    });
    this.#scanner = new Scanner(
      vault,
      // The vault knows the right time, and says when a lease has run out.
      () => this.#lease,
      () => this.#enrollment?.deviceId ?? null,
      () => this.#status?.clockOffsetMs ?? null,
      new LeadSounds(new AlertSound(), () => this.display.normalLeads === 'silent'),
      new HotlistLibrary()
    );
    await this.refreshStatus();
    this.#phase = 'open';
  }

  async #enterOffline(who: Who, password: string): Promise<Entry> {
    return this.#come((await this.#vault?.enterOffline(who, password)) ?? { kind: 'needsLink' });
  }

  // Another officer sees nothing of the one before: a period under way ends, its summary is not shown.
  async #come(entry: Entry): Promise<Entry> {
    if (entry.kind !== 'in') return entry;
    const { memberId } = entry.lease;
    const running = this.#scanner?.period ?? null;
    if (running !== null && running.operatorId !== memberId) await this.#scanner?.stop('lock');
    await this.#takeUp();
    if (this.#lease?.memberId !== memberId) this.#forgetEnded();
    this.#lease = entry.lease;
    this.#officer = entry.officer;
    this.#withdrawn = [];
    this.#refusal = null;
    await this.#scanner?.comeIntoSight();
    this.#presence.enter(this.display.lockMinutes);
    return entry;
  }

  // Only its officer may know what the period was about; for anybody else it ends as it was last kept.
  async #takeUp(): Promise<void> {
    if (this.#left === null && this.#interrupted === null) return;
    this.#left = null;
    this.#interrupted = (await this.#vault?.periodUnderWay()) ?? null;
    if (this.#interrupted === null) await this.#vault?.endLeftPeriod();
  }

  #forgetEnded(): void {
    this.#ended = null;
    this.#scanner?.forgetEnded();
  }

  // Headquarters may withdraw an authorization at any contact: capture and view stop with it.
  #follow(duty: Duty): void {
    this.#hasLapsed = duty.kind === 'lapsed';
    if (duty.kind !== 'lapsed') return;
    this.#withdrawn = duty.withdrawn;
    if (this.#lease === null) return;
    this.#lease = null;
    void this.#scanner?.authorizationEnded();
    this.lock();
  }
}

/** So long a page lives at least: on a disk that fails for good it must not begin anew for ever without a pause. */
const LIVES_MS = 10_000;

function beginAnew(): void {
  setTimeout(() => location.reload(), Math.max(0, LIVES_MS - performance.now()));
}
