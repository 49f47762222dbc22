import type { ActivePeriod } from '#domain/records/period.ts';
import { instantOf } from '#domain/time/instant.ts';
import type { Lease, Refusal, Withdrawal } from '#domain/wire/answers.ts';
import type { EnrollmentRequest, SignInRequest } from '#domain/wire/requests.ts';
import type { Outcome } from '#lib/access/api.ts';
import type { VaultClient } from '#lib/vault/client.ts';
import { steadyClock } from '#lib/access/steady-clock.ts';
import type { OfficerState } from '#lib/vault/officer-row.ts';
import type {
  Duty,
  EnrollmentView,
  Entry,
  PasskeyHere,
  PasskeySecret,
  Release,
  VaultStatus
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
  #interrupted = $state.raw<ActivePeriod | null>(null);
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

  async enroll(given: EnrollmentRequest): Promise<Outcome<true>> {
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
      this.#refusal = null;
      this.#withdrawn = [];
    } else if (outcome.kind === 'refused') this.#refusal = outcome.refusal;
    return outcome.kind === 'answered';
  }

  /** What the tablet remembers of this officer's sign-ins; without an enrollment it remembers nobody. */
  async officerState(signInName: string): Promise<OfficerState> {
    return (await this.#vault?.officerState(signInName)) ?? { kind: 'needsLink' };
  }

  /** Signs in by the lease and the password that are known here; works without a link. */
  async enterOffline({ signInName, password }: SignInRequest): Promise<Entry> {
    return this.#come((await this.#vault?.enterOffline(signInName, password)) ?? { kind: 'needsLink' });
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
  async passkeysHere(): Promise<readonly PasskeyHere[]> {
    return (await this.#vault?.passkeysHere()) ?? [];
  }

  /** The server called a password wrong: it counts on this tablet too. */
  async countWrong(signInName: string): Promise<Entry> {
    return (await this.#vault?.countWrong(signInName)) ?? { kind: 'needsLink' };
  }

  async release(signInName: string, code: string): Promise<Release> {
    return (await this.#vault?.release(signInName, code)) ?? { kind: 'wrongCode', erased: false };
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
    const opened = await vault.open();
    if (opened.kind !== 'open') {
      vault.close();
      this.#phase = opened.kind;
      return;
    }
    this.#vault = vault;
    this.#enrollment = opened.enrollment;
    this.#lease = opened.lease;
    this.#interrupted = opened.period;
    await vault.onStatus((status) => {
      this.#status = status;
      this.#follow(status.duty);
    });
    this.#scanner = new Scanner(
      vault,
      () => this.#leaseNow(),
      () => this.#enrollment?.deviceId ?? null,
      () => this.#status?.clockOffsetMs ?? null,
      new LeadSounds(new AlertSound(), () => this.display.normalLeads === 'silent'),
      new HotlistLibrary()
    );
    await this.refreshStatus();
    this.#phase = 'open';
  }

  // Another officer sees nothing of the one before: a period under way ends, its summary is not shown.
  async #come(entry: Entry): Promise<Entry> {
    if (entry.kind !== 'in') return entry;
    const { _id: memberId } = entry.lease.member;
    const running = this.#scanner?.period ?? null;
    if (running !== null && running.operatorId !== memberId) await this.#scanner?.stop('lock');
    if (this.#interrupted !== null && this.#interrupted.operatorId !== memberId) await this.endInterrupted();
    if (this.#lease?.member._id !== memberId) this.#forgetEnded();
    this.#lease = entry.lease;
    this.#withdrawn = [];
    this.#refusal = null;
    await this.#scanner?.comeIntoSight();
    this.#presence.enter(this.display.lockMinutes);
    return entry;
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

  /** A lease that has run out is none. */
  #leaseNow(): Lease | null {
    if (this.#lease !== null && Date.parse(this.#lease.expiresAt) <= Date.now()) this.#lease = null;
    return this.#lease;
  }
}
