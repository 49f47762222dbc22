import { HOUR_MS, instantOf, MINUTE_MS, msOf, type Instant } from '#domain/time/instant.ts';
import type { Store } from '#server/store/store.ts';
import type { Given } from '../given.ts';
import { sha256Hex, toBase64Url } from '../keys/bytes.ts';
import { ACCOUNTS, GATEWAY } from '../register/databases.ts';
import { recordIn, remove, save, saveNew } from '../register/written.ts';

/** `__Host-`: only this origin may set it, over a secure connection, for every path. */
export const SESSION_COOKIE = '__Host-platekeeper';
export const COOKIE_OPTIONS = { path: '/', httpOnly: true, secure: true, sameSite: 'strict' } as const;

const IDLE_MS = 30 * MINUTE_MS;
const ABSOLUTE_MS = 12 * HOUR_MS;
// The store is told at most once a minute that somebody is still there.
const TOUCH_MS = MINUTE_MS;

export interface Session {
  readonly id: string;
  readonly memberId: string;
  readonly expiresAt: Instant;
  /** when who is signed in proved it last */
  readonly provedAt: Instant;
  /** opens nothing but the enrollment of a second factor */
  readonly mustAddFactor: boolean;
}

interface StoredSession {
  readonly _id: string;
  readonly kind: 'session';
  readonly memberId: string;
  readonly beganAt: Instant;
  readonly usedAt: Instant;
  readonly provedAt: Instant;
  readonly mustAddFactor: boolean;
}

const idOf = (token: string): string => `session:${sha256Hex(token)}`;
const expiryOf = (session: StoredSession): Instant =>
  instantOf(Math.min(msOf(session.usedAt) + IDLE_MS, msOf(session.beganAt) + ABSOLUTE_MS));

const sessionOf = (stored: StoredSession): Session => ({
  id: stored._id,
  memberId: stored.memberId,
  expiresAt: expiryOf(stored),
  provedAt: stored.provedAt,
  mustAddFactor: stored.mustAddFactor
});

/** Sign-ins that last: 30 minutes without use, 12 hours at most (CJIS IA-11). Only a hash of the token is kept. */
export class Sessions {
  constructor(
    private readonly store: Store,
    private readonly given: Given
  ) {}

  /** Begins a session and gives its token, which is nowhere else. */
  async begin(memberId: string, mustAddFactor = false): Promise<{ readonly token: string; readonly session: Session }> {
    const token = toBase64Url(this.given.randomBytes(32));
    const now = this.given.now();
    const stored: StoredSession = {
      _id: idOf(token),
      kind: 'session',
      memberId,
      beganAt: now,
      usedAt: now,
      provedAt: now,
      mustAddFactor
    };
    await saveNew(this.store, ACCOUNTS, stored, GATEWAY);
    return { token, session: sessionOf(stored) };
  }

  /** Who is signed in has proved it anew (CJIS IA-11). */
  async prove(session: Session): Promise<void> {
    const document = await this.store.get(ACCOUNTS, session.id);
    if (document === undefined) return;
    const proved = { ...recordIn<StoredSession>(document), provedAt: this.given.now() };
    await save(this.store, ACCOUNTS, proved, GATEWAY);
  }

  /** The session of a token, kept alive by this look; undefined when it is unknown or over. */
  async find(token: string | undefined): Promise<Session | undefined> {
    if (token === undefined || !/^[A-Za-z0-9_-]{43}$/.test(token)) return undefined;
    const document = await this.store.get(ACCOUNTS, idOf(token));
    if (document === undefined) return undefined;
    const stored = recordIn<StoredSession>(document);
    const now = this.given.now();
    if (msOf(now) >= msOf(expiryOf(stored))) {
      await remove(this.store, ACCOUNTS, stored._id, GATEWAY);
      return undefined;
    }
    const used = { ...stored, usedAt: now };
    if (msOf(now) - msOf(stored.usedAt) > TOUCH_MS) await save(this.store, ACCOUNTS, used, GATEWAY);
    return sessionOf(used);
  }

  async end(session: Session): Promise<void> {
    await remove(this.store, ACCOUNTS, session.id, GATEWAY);
  }

  /** How many sessions of a member are under way. */
  async countOf(memberId: string): Promise<number> {
    const now = msOf(this.given.now());
    const sessions = await this.store.all(ACCOUNTS, { startId: 'session:', endId: 'session;' });
    const stored = sessions.map((session) => recordIn<StoredSession>(session));
    return stored.filter((session) => session.memberId === memberId && now < msOf(expiryOf(session))).length;
  }

  /** Ends every session of a member: a disabled account is out at once. */
  async endAllOf(memberId: string): Promise<void> {
    const sessions = await this.store.all(ACCOUNTS, { startId: 'session:', endId: 'session;' });
    for (const session of sessions) {
      if (session['memberId'] === memberId) await remove(this.store, ACCOUNTS, session._id, GATEWAY);
    }
  }

  /** Removes sessions that are over; they would pile up otherwise. */
  async sweep(): Promise<void> {
    const now = msOf(this.given.now());
    const sessions = await this.store.all(ACCOUNTS, { startId: 'session:', endId: 'session;' });
    for (const session of sessions) {
      if (now >= msOf(expiryOf(recordIn<StoredSession>(session))))
        await remove(this.store, ACCOUNTS, session._id, GATEWAY);
    }
  }
}
