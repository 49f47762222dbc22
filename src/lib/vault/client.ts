import { proxy, wrap, type Remote } from 'comlink';
import type { HotlistVersion } from '#domain/records/hotlist.ts';
import type { ActivePeriod } from '#domain/records/period.ts';
import type { SealedContent } from '#domain/records/sealed.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { DeviceHello, Lease } from '#domain/wire/answers.ts';
import type { OfficerState } from './officer-row.ts';
import type {
  Contact,
  EnrollmentView,
  Entry,
  Keeping,
  Opening,
  PasskeyHere,
  PasskeySecret,
  PulledHotlist,
  Release,
  VaultApi,
  VaultStatus
} from './protocol.ts';

export function makeVaultWorker(): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'vault' });
}

/** The page's handle on the vault. The worker behind it owns every store; the page can give, and cannot read back. */
export class VaultClient {
  readonly #worker: Worker;
  readonly #vault: Remote<VaultApi>;

  constructor(makeWorker: () => Worker = makeVaultWorker) {
    this.#worker = makeWorker();
    this.#vault = wrap<VaultApi>(this.#worker);
  }

  /**
   * Opens the vault: what is past its date is destroyed and what a crash left is healed before this answers. Another tab
   * that has it open is told after five seconds.
   */
  async open(): Promise<Opening> {
    const failed = new Promise<Opening>((resolve) => {
      this.#worker.addEventListener('error', () => {
        resolve({ kind: 'unavailable', reason: 'workerFailed' });
      });
    });
    // Only a page may ask for it; the true answer is in the status.
    void navigator.storage.persist().catch(() => false);
    return Promise.race([failed, this.#vault.open()]);
  }

  enroll(code: string, label: string): Promise<Contact<{ readonly enrollment: EnrollmentView }>> {
    return this.#vault.enroll(code, label);
  }

  renewLease(): Promise<Contact<{ readonly lease: Lease }>> {
    return this.#vault.renewLease();
  }

  lease(): Promise<Lease | null> {
    return this.#vault.lease();
  }

  dropLease(): Promise<void> {
    return this.#vault.dropLease();
  }

  /** What the tablet remembers of an officer's sign-ins here. */
  officerState(signInName: string): Promise<OfficerState> {
    return this.#vault.officerState(signInName);
  }

  /** Lets in the officer to whom the server has just given a lease. */
  enter(password: string): Promise<Entry> {
    return this.#vault.enter(password);
  }

  enterOffline(signInName: string, password: string): Promise<Entry> {
    return this.#vault.enterOffline(signInName, password);
  }

  enterByPasskey(passkey: PasskeySecret): Promise<Entry> {
    return this.#vault.enterByPasskey(passkey);
  }

  enterOfflineByPasskey(passkey: PasskeySecret): Promise<Entry> {
    return this.#vault.enterOfflineByPasskey(passkey);
  }

  /** From now on this passkey opens the key of its officer. False: it keeps no secret, or its officer is not the one who is there. */
  addPasskey(passkey: PasskeySecret, memberId: string): Promise<boolean> {
    return this.#vault.addPasskey(passkey, memberId);
  }

  /** The passkeys that open an officer's key here, so that one of them can be asked without a server. */
  passkeysHere(): Promise<readonly PasskeyHere[]> {
    return this.#vault.passkeysHere();
  }

  countWrong(signInName: string): Promise<Entry> {
    return this.#vault.countWrong(signInName);
  }

  release(signInName: string, code: string): Promise<Release> {
    return this.#vault.release(signInName, code);
  }

  /** The officer's key leaves the worker's memory; capture and sending go on. */
  lock(): Promise<void> {
    return this.#vault.lock();
  }

  /** What the officer who is present has captured in the period under way, as far as it is still here; else nothing. */
  ownRecords(): Promise<readonly SealedContent[]> {
    return this.#vault.ownRecords();
  }

  hello(): Promise<Contact<{ readonly hello: DeviceHello; readonly clockOffsetMs: number }>> {
    return this.#vault.hello();
  }

  /** The lines of a list and the version that the server signed. */
  hotlist(versionId: string): Promise<Contact<PulledHotlist>> {
    return this.#vault.hotlist(versionId);
  }

  /** The lists on this tablet that the officer who is present can open. */
  storedHotlists(): Promise<readonly HotlistVersion[]> {
    return this.#vault.storedHotlists();
  }

  beginPeriod(period: ActivePeriod): Promise<Keeping> {
    return this.#vault.beginPeriod(period);
  }

  updatePeriod(period: ActivePeriod): Promise<void> {
    return this.#vault.updatePeriod(period);
  }

  closePeriod(period: ActivePeriod): Promise<Keeping> {
    return this.#vault.closePeriod(period);
  }

  /** Answers "saved" once the sealed record is flushed. The content is copied, not transferred: the page may still show it. */
  keep(content: SealedContent): Promise<Keeping> {
    return this.#vault.keep(content);
  }

  tellTime(satelliteTime: Instant): Promise<void> {
    return this.#vault.tellTime(satelliteTime);
  }

  syncNow(): Promise<void> {
    return this.#vault.syncNow();
  }

  status(): Promise<VaultStatus> {
    return this.#vault.status();
  }

  onStatus(listener: (status: VaultStatus) => void): Promise<void> {
    return this.#vault.onStatus(proxy(listener));
  }

  /** Ends the worker, and with it every key in its memory. What was saved stays saved. */
  close(): void {
    this.#worker.terminate();
  }
}
