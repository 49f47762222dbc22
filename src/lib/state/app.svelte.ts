import { createContext } from 'svelte';
import { may, type Action } from '#domain/policy/roles.ts';
import type { ServerStatus, SessionView } from '#domain/wire/answers.ts';
import type { SignInRequest } from '#domain/wire/requests.ts';
import type { Entry } from '#lib/vault/protocol.ts';
import { Api, type Outcome } from '#lib/access/api.ts';
import { AppUpdate } from './app-update.svelte.ts';
import type { Display } from './display.svelte.ts';
import { Tablet } from './tablet.svelte.ts';
import { Ticker } from './ticker.svelte.ts';

/** What came of a sign-in: the server's word, or the tablet's own where it has one. */
export type SignedIn =
  { readonly kind: 'in' } | Exclude<Entry, { kind: 'in' }> | Exclude<Outcome<never>, { kind: 'ok' }>;

/** Who is signed in, as far as this page knows: not asked yet, nobody, or a member. */
export type SessionState =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'signedOut' }
  | { readonly kind: 'signedIn'; readonly session: SessionView };

/** What all screens share: the server's status, the session, this tablet, the display. Made once, in the root layout. */
export class App {
  readonly api: Api;
  readonly ticker = new Ticker();
  readonly tablet: Tablet;
  readonly update = new AppUpdate();
  #status = $state.raw<ServerStatus | null>(null);
  #session = $state.raw<SessionState>({ kind: 'unknown' });
  #reachable = $state.raw(true);

  constructor(
    readonly display: Display,
    fetcher: typeof fetch
  ) {
    this.tablet = new Tablet(display, () => void this.#endSession());
    this.api = new Api(fetcher, () => {
      this.#session = { kind: 'signedOut' };
    });
  }

  /** The last status heard; null while the server has not answered. */
  get status(): ServerStatus | null {
    return this.#status;
  }
  get session(): SessionState {
    return this.#session;
  }
  get member(): SessionView | null {
    return this.#session.kind === 'signedIn' ? this.#session.session : null;
  }
  /** Whether the last question to the server was answered at all. */
  get reachable(): boolean {
    return this.#reachable;
  }
  /** An invented agency: said on every screen, with or without a link. */
  get isDemo(): boolean {
    return (this.#status?.demo ?? false) || (this.tablet.lease?.agency.demo ?? false);
  }

  /** Whether to offer something. The server judges again. */
  may(action: Action): boolean {
    return this.member !== null && may(this.member.roles, action);
  }

  async refreshStatus(): Promise<void> {
    const outcome = await this.api.status();
    this.#reachable = outcome.kind !== 'unreachable';
    if (outcome.kind === 'ok') this.#status = outcome.value;
  }

  /** Asks who is signed in. Without a link the answer stays what it was. */
  async refreshSession(): Promise<void> {
    this.#take(await this.api.session());
  }

  /**
   * Signs a member in. A tablet asks itself first, because it must open without a link, and counts wrong tries on the disk;
   * the server is asked where the tablet does not know the officer, or knows another password.
   */
  async signIn(given: SignInRequest): Promise<SignedIn> {
    if (this.tablet.phase === 'opening') await this.tablet.open();
    if (this.tablet.enrollment === null) return this.#signInAtServer(given);
    const here = await this.tablet.enterOffline(given);
    if (here.kind === 'in') {
      // The link may be slow or gone; the officer need not wait for it.
      void this.#renew(given);
      return { kind: 'in' };
    }
    if (here.kind === 'lockedOut') return here;
    const there = await this.#signInAtServer(given);
    if (there.kind === 'in') return this.#enter(given.password);
    if (here.kind === 'wrong') return here;
    if (there.kind !== 'refused') return there.kind === 'unreachable' ? here : there;
    const counted = there.refusal.code === 'wrongSignIn' ? await this.tablet.countWrong(given.signInName) : here;
    return counted.kind === 'needsLink' ? there : counted.kind === 'in' ? { kind: 'in' } : counted;
  }

  /** Unlocks for the officer on duty. After a restart the tablet does not know who that is, until the password opens the name. */
  async unlock(password: string): Promise<SignedIn> {
    const known = this.tablet.officer;
    if (known !== null) return this.signIn({ signInName: known.signInName, password });
    const here = await this.tablet.enterOnDuty(password);
    if (here.kind !== 'in') return here;
    if (here.officer !== null) void this.#renew({ signInName: here.officer.signInName, password });
    return { kind: 'in' };
  }

  async #signInAtServer(given: SignInRequest): Promise<SignedIn> {
    const outcome = await this.api.signIn(given);
    this.#reachable = outcome.kind !== 'unreachable';
    if (outcome.kind !== 'ok') return outcome;
    this.#take(outcome);
    return { kind: 'in' };
  }

  // Signed in at the server; without an authorization for this tablet its screens say why.
  async #enter(password: string): Promise<SignedIn> {
    if (!(await this.tablet.renewLease())) return { kind: 'in' };
    const entry = await this.tablet.enter(password);
    return entry.kind === 'in' ? { kind: 'in' } : entry;
  }

  async #renew(given: SignInRequest): Promise<void> {
    const there = await this.#signInAtServer(given);
    if (there.kind === 'in') await this.tablet.renewLease();
  }

  /** The tablet has locked: a session at headquarters must not outlast the officer's presence. */
  async #endSession(): Promise<void> {
    const wasSignedIn = this.member !== null;
    this.#session = { kind: 'signedOut' };
    if (wasSignedIn) await this.api.signOut();
  }

  /** Opens the tablet. Works without a server; what it holds is shown only to an officer who signs in. */
  async openTablet(): Promise<void> {
    await this.tablet.open();
  }

  /** Asks again for the authorization that was refused: headquarters may have changed what was missing. */
  async askAgain(): Promise<void> {
    await this.refreshSession();
    await this.tablet.renewLease();
  }

  /** Ends the session, and with it the authorization of this tablet when it is one. */
  async signOut(): Promise<void> {
    const { lease } = this.tablet;
    // Who signs in on a tablet that another officer has on duty does not end that duty by leaving.
    const isOnDuty = this.member === null || lease === null || lease.memberId === this.member.member._id;
    await this.api.signOut();
    if (isOnDuty) await this.tablet.dropLease();
    this.tablet.forgetRefusal();
    this.#session = { kind: 'signedOut' };
  }

  #take(outcome: Outcome<SessionView>): void {
    this.#reachable = outcome.kind !== 'unreachable';
    if (outcome.kind === 'ok') this.#session = { kind: 'signedIn', session: outcome.value };
    else if (outcome.kind === 'refused') this.#session = { kind: 'signedOut' };
    else if (this.#session.kind === 'unknown') this.#session = { kind: 'signedOut' };
  }
}

/** Components take the app from their layout. */
export const [useApp, provideApp] = createContext<App>();
