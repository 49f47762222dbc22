import { createContext } from 'svelte';
import { may, type Action } from '#domain/policy/roles.ts';
import type { PasskeyChallenge, ServerStatus, SessionView } from '#domain/wire/answers.ts';
import type { PasskeyAnswer, SignInRequest } from '#domain/wire/requests.ts';
import { askPasskey, askPasskeyHere } from '#lib/access/passkeys.ts';
import type { Entry, PasskeyHere, PasskeySecret, Who } from '#lib/vault/protocol.ts';
import { Api, type Outcome } from '#lib/access/api.ts';
import { AppUpdate } from './app-update.svelte.ts';
import type { Display } from './display.svelte.ts';
import { ProofPrompt } from './proof-prompt.svelte.ts';
import { Tablet } from './tablet.svelte.ts';
import { Ticker } from './ticker.svelte.ts';

/** What came of a sign-in: the server's word, or the tablet's own where it has one. */
export type SignedIn =
  { readonly kind: 'in' } | Exclude<Entry, { kind: 'in' }> | Exclude<Outcome<never>, { kind: 'ok' }>;

/** A shift: an authorization that ends within it is renewed beforehand. */
const RENEWED_BELOW_MS = 12 * 3_600_000;

/** So long a passkey's server may take where the tablet can do without it. */
const LINK_PATIENCE_MS = 1_500;
const patience = (ms: number): Promise<Outcome<never>> =>
  new Promise((resolve) =>
    setTimeout(() => {
      resolve({ kind: 'unreachable' });
    }, ms)
  );

// At the lock the officer on duty is asked, not whoever has a passkey for this server.
const only = (here: readonly PasskeyHere[], options: PasskeyChallenge['options']): PasskeyChallenge['options'] => ({
  ...options,
  allowCredentials: here.map(({ credentialId }) => ({ id: credentialId, type: 'public-key' }))
});

/** The password was right; the server asks for the second factor. */
const NEEDS_FACTOR: readonly string[] = ['codeNeeded', 'passkeyNeeded', 'wrongFactor'];

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
  readonly proof = new ProofPrompt();
  #status = $state.raw<ServerStatus | null>(null);
  #session = $state.raw<SessionState>({ kind: 'unknown' });
  #reachable = $state.raw(true);
  /** accepted by the server, and still to be added to its officer's own key */
  #passkeyToAdd: { readonly passkey: PasskeySecret; readonly memberId: string } | null = null;

  constructor(
    readonly display: Display,
    fetcher: typeof fetch
  ) {
    this.tablet = new Tablet(display, () => void this.#endSession());
    this.api = new Api(
      fetcher,
      () => {
        this.#session = { kind: 'signedOut' };
      },
      () => this.proof.ask()
    );
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
  /** Whether the authorization of this tablet ends within a shift, and only a full sign-in renews it. */
  get renewsSoon(): boolean {
    const { lease } = this.tablet;
    return lease !== null && Date.parse(lease.expiresAt) - this.ticker.now < RENEWED_BELOW_MS;
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
    // The code is asked for by the server alone, after the tablet had its say.
    if (this.tablet.enrollment === null || given.code !== undefined) return this.#enterAfter(given);
    const here = await this.tablet.enterOffline(given);
    if (here.kind === 'in') {
      await this.#addPasskey();
      // An authorization that will not last the shift is renewed while the officer looks: a code may be asked for.
      if (this.renewsSoon) return this.#renewNow(given);
      // The link may be slow or gone; the officer need not wait for it.
      void this.#renew(given);
      return { kind: 'in' };
    }
    if (here.kind === 'lockedOut') return here;
    const there = await this.#signInAtServer(given);
    if (there.kind === 'in') return this.#enter(given.password);
    if (there.kind === 'refused' && NEEDS_FACTOR.includes(there.refusal.code)) return there;
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
    await this.#addPasskey();
    if (here.officer === null) return { kind: 'in' };
    const given = { signInName: here.officer.signInName, password };
    if (this.renewsSoon) return this.#renewNow(given);
    void this.#renew(given);
    return { kind: 'in' };
  }

  /**
   * Signs a member in with a passkey: on a tablet by its secret, with or without a link, at the server by its signature. `who`
   * asks for the passkeys of one officer. The first time on a tablet the password may be asked for once.
   */
  async signInWithPasskey(who: Who | null = null): Promise<SignedIn | { readonly kind: 'left' }> {
    if (this.tablet.phase === 'opening') await this.tablet.open();
    const known = await this.tablet.passkeysHere();
    const here = await this.tablet.passkeysHere(who);
    const asking = this.api.passkeyChallenge();
    // Whom the tablet knows need not wait for a slow link.
    const challenge = here.length === 0 ? await asking : await Promise.race([asking, patience(LINK_PATIENCE_MS)]);
    this.#reachable = challenge.kind !== 'unreachable';
    if (challenge.kind !== 'ok' && here.length === 0)
      return challenge.kind === 'unreachable' && this.tablet.enrollment !== null ? { kind: 'needsLink' } : challenge;
    const signed =
      challenge.kind === 'ok'
        ? await askPasskey(who === null ? challenge.value.options : only(here, challenge.value.options))
        : await askPasskeyHere(here.map(({ credentialId }) => credentialId));
    if (signed === null) return { kind: 'left' };
    const passkey = { credentialId: signed.answer.id, secret: signed.secret };
    if (known.some(({ credentialId }) => credentialId === passkey.credentialId)) {
      const entry = await this.tablet.enterOfflineByPasskey(passkey);
      if (entry.kind === 'in' && challenge.kind === 'ok') void this.#renewByPasskey(signed.answer);
      if (entry.kind === 'in' || entry.kind === 'lockedOut' || entry.kind === 'wrong') {
        passkey.secret?.fill(0);
        return entry.kind === 'in' ? { kind: 'in' } : entry;
      }
    }
    return challenge.kind === 'ok' ? this.#passkeyAtServer(signed.answer, passkey) : { kind: 'needsLink' };
  }

  async #passkeyAtServer(answer: PasskeyAnswer, passkey: PasskeySecret): Promise<SignedIn> {
    const outcome = await this.api.signInWithPasskey(answer);
    if (outcome.kind !== 'ok') return outcome;
    this.#take(outcome);
    if (this.tablet.enrollment === null || !(await this.tablet.renewLease())) return { kind: 'in' };
    const entry = await this.tablet.enterByPasskey(passkey);
    if (entry.kind === 'needsPassword') this.#passkeyToAdd = { passkey, memberId: outcome.value.member._id };
    else passkey.secret?.fill(0);
    return entry.kind === 'in' ? { kind: 'in' } : entry;
  }

  async #renewByPasskey(answer: PasskeyAnswer): Promise<void> {
    const outcome = await this.api.signInWithPasskey(answer);
    if (outcome.kind !== 'ok') return;
    this.#take(outcome);
    await this.tablet.renewLease();
  }

  // The officer has typed the password that opens the own key: the passkey that was used before opens it from now on too.
  async #addPasskey(): Promise<void> {
    const waiting = this.#passkeyToAdd;
    this.#passkeyToAdd = null;
    if (waiting === null) return;
    await this.tablet.addPasskey(waiting.passkey, waiting.memberId);
    waiting.passkey.secret?.fill(0);
  }

  async #enterAfter(given: SignInRequest): Promise<SignedIn> {
    const there = await this.#signInAtServer(given);
    return there.kind === 'in' && this.tablet.enrollment !== null ? this.#enter(given.password) : there;
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

  async #renewNow(given: SignInRequest): Promise<SignedIn> {
    const there = await Promise.race([this.#renew(given), patience(2 * LINK_PATIENCE_MS)]);
    return there.kind === 'refused' && NEEDS_FACTOR.includes(there.refusal.code) ? there : { kind: 'in' };
  }

  // Never in the officer's way: who must add a second factor first does it at a sign-in of their own.
  async #renew(given: SignInRequest): Promise<SignedIn> {
    const outcome = await this.api.signIn(given);
    this.#reachable = outcome.kind !== 'unreachable';
    if (outcome.kind !== 'ok') return outcome;
    if (outcome.value.mustAddFactor) {
      await this.api.signOut();
      return { kind: 'in' };
    }
    this.#take(outcome);
    await this.tablet.renewLease();
    return { kind: 'in' };
  }

  /** The tablet has locked: a session at headquarters must not outlast the officer's presence. */
  async #endSession(): Promise<void> {
    this.#passkeyToAdd?.passkey.secret?.fill(0);
    this.#passkeyToAdd = null;
    this.#session = { kind: 'signedOut' };
    await this.#leaveServer();
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
    await this.#leaveServer();
    if (isOnDuty) await this.tablet.dropLease();
    this.tablet.forgetRefusal();
    this.#session = { kind: 'signedOut' };
  }

  // Also where nobody is signed in as far as this page knows: a sign-in may be on its way.
  async #leaveServer(): Promise<void> {
    this.#reachable = (await this.api.signOut()).kind !== 'unreachable';
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
