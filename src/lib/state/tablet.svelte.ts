import type { ActivePeriod } from '#domain/records/period.ts';
import { instantOf } from '#domain/time/instant.ts';
import type { Lease, Refusal } from '#domain/wire/answers.ts';
import type { EnrollmentRequest } from '#domain/wire/requests.ts';
import type { Outcome } from '#lib/access/api.ts';
import type { VaultClient } from '#lib/vault/client.ts';
import type { EnrollmentView, VaultStatus } from '#lib/vault/protocol.ts';
import { AlertSound } from '../alerts/sound.ts';
import { LeadSounds } from '../alerts/lead-sounds.ts';
import type { Display } from './display.svelte.ts';
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
  #status = $state.raw<VaultStatus | null>(null);
  #interrupted = $state.raw<ActivePeriod | null>(null);
  #ended = $state.raw<Scanner['ended']>(null);
  #scanner = $state.raw<Scanner | null>(null);
  #vault: VaultClient | undefined;
  #opening: Promise<void> | undefined;

  constructor(private readonly display: Pick<Display, 'normalLeads'>) {}

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

  /** Asks the server for a fresh authorization of the signed-in member on this tablet. */
  async renewLease(): Promise<void> {
    if (this.#vault === undefined) return;
    const outcome = await this.#vault.renewLease();
    if (outcome.kind === 'answered') {
      this.#lease = outcome.lease;
      this.#refusal = null;
    } else if (outcome.kind === 'refused') this.#refusal = outcome.refusal;
  }

  async dropLease(): Promise<void> {
    await this.#vault?.dropLease();
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
    });
    this.#scanner = new Scanner(
      vault,
      () => this.#leaseNow(),
      () => this.#enrollment?.deviceId ?? null,
      () => this.#status?.clockOffsetMs ?? null,
      new LeadSounds(new AlertSound(), () => this.display.normalLeads === 'silent')
    );
    await this.refreshStatus();
    this.#phase = 'open';
  }

  /** A lease that has run out is none. */
  #leaseNow(): Lease | null {
    if (this.#lease !== null && Date.parse(this.#lease.expiresAt) <= Date.now()) this.#lease = null;
    return this.#lease;
  }
}
