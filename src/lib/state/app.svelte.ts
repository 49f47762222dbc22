import { createContext } from 'svelte';
import { may, type Action } from '#domain/policy/roles.ts';
import type { ServerStatus, SessionView } from '#domain/wire/answers.ts';
import type { SignInRequest } from '#domain/wire/requests.ts';
import { Api, type Outcome } from '#lib/access/api.ts';
import { AppUpdate } from './app-update.svelte.ts';
import type { Display } from './display.svelte.ts';
import { Tablet } from './tablet.svelte.ts';
import { Ticker } from './ticker.svelte.ts';

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
    this.tablet = new Tablet(display);
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

  async signIn(given: SignInRequest): Promise<Outcome<SessionView>> {
    const outcome = await this.api.signIn(given);
    if (outcome.kind === 'ok') this.#take(outcome);
    if (outcome.kind === 'ok' && this.tablet.enrollment !== null) await this.tablet.renewLease();
    return outcome;
  }

  /** Opens the tablet, and renews its authorization when the member is still signed in. Works without a server. */
  async openTablet(): Promise<void> {
    await this.tablet.open();
    if (this.tablet.enrollment === null || this.tablet.lease !== null) return;
    await this.refreshSession();
    if (this.member !== null) await this.tablet.renewLease();
  }

  /** Ends the session, and with it the authorization of this tablet when it is one. */
  async signOut(): Promise<void> {
    await this.api.signOut();
    await this.tablet.dropLease();
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
