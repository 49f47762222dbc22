import { afterRelease, afterWrongTry, LOCKED_OUT_AFTER, NO_TRIES, type Tries } from '#domain/policy/wrong-tries.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Lease, Withdrawal } from '#domain/wire/answers.ts';
import { makeOfficerKey, openOfficerKey, withOpener, type Opener, type OfficerWrap } from '../officer-key.ts';
import type { OfficerRow, OfficerState } from '../officer-row.ts';
import type { Duty, Entry, PasskeyHere, PasskeySecret, Release } from '../protocol.ts';
import type { Toolbox } from './toolbox.ts';
import type { WrapFiles } from './wrap-files.ts';

interface OfficersParts {
  readonly toolbox: Toolbox;
  readonly wraps: WrapFiles;
  /** the lease inside a signed one that counts now; null: none does */
  readonly leaseIn: (jws: string) => Promise<Lease | null>;
}

/**
 * Who may open what is their own on this tablet. A try is counted on the disk before it is judged, so that neither a reload nor
 * a kill gives one back; five wrong ones lock the officer out, ten erase the own keys (rule afterWrongTry). At most one
 * officer's key is in memory, and none while the tablet is locked.
 */
export class Officers {
  #present: { readonly memberId: string; readonly key: CryptoKey } | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: OfficersParts) {}

  /** The officer whose key is in memory; null: locked, or nobody is there. */
  get present(): { readonly memberId: string; readonly key: CryptoKey } | null {
    return this.#present;
  }

  /** The officer on duty, whose lease capture rests on, present or not. */
  async onDuty(): Promise<OfficerRow | null> {
    const memberId = await this.parts.toolbox.onDuty();
    return memberId === null ? null : this.parts.toolbox.officer(memberId);
  }

  /** The public half of the key that boxes of the officer on duty are wrapped for; null: there is none. */
  async wrapOnDuty(): Promise<OfficerWrap | null> {
    const row = await this.onDuty();
    return row === null ? null : this.parts.wraps.read(row.memberId);
  }

  /** Whether capture may go on, and why not. */
  async duty(): Promise<Duty> {
    const row = await this.onDuty();
    if (row === null) return { kind: 'nobody' };
    const lease = row.lease === null ? null : await this.parts.leaseIn(row.lease);
    return lease === null ? { kind: 'lapsed', withdrawn: row.withdrawn } : { kind: 'inForce', memberId: row.memberId };
  }

  /** The member of a sign-in name who is known here; null: nobody is. */
  async memberNamed(signInName: string): Promise<string | null> {
    return (await this.parts.toolbox.officerNamed(signInName))?.memberId ?? null;
  }

  async state(signInName: string): Promise<OfficerState> {
    const row = await this.parts.toolbox.officerNamed(signInName);
    if (row === null) return { kind: 'needsLink' };
    if (row.lockedOut) return { kind: 'lockedOut', erased: row.erased };
    const lease = row.lease === null ? null : await this.parts.leaseIn(row.lease);
    if (lease === null || row.erased) return { kind: 'needsLink' };
    return { kind: 'mayTry', triesLeft: LOCKED_OUT_AFTER - row.wrong };
  }

  /** The server has just signed a lease for this member: from now on the tablet is theirs. */
  take(lease: Lease, jws: string): Promise<void> {
    return this.#inTurn(async () => {
      const { _id: memberId, signInName } = lease.member;
      const known = await this.parts.toolbox.officer(memberId);
      const row: OfficerRow = {
        usedRelease: null,
        releasedAt: null,
        ...NO_TRIES,
        ...known,
        memberId,
        schema: 1,
        signInName,
        lease: jws,
        withdrawn: [],
        releaseHash: lease.releaseHash
      };
      await this.parts.toolbox.putOfficer(row);
      await this.parts.toolbox.keep('onDuty', memberId);
      if (this.#present?.memberId !== memberId) this.#present = null;
    });
  }

  /** Lets the officer in whom the server has let in with this password: opens the own key, or makes one. */
  enter(password: string): Promise<Entry> {
    return this.#enter({ kind: 'password', password });
  }

  #enter(opener: Opener): Promise<Entry> {
    return this.#inTurn(async () => {
      const row = await this.onDuty();
      const lease = row?.lease == null ? null : await this.parts.leaseIn(row.lease);
      if (row === null || lease === null) return { kind: 'needsLink' };
      if (row.lockedOut) return { kind: 'lockedOut', erased: row.erased };
      const wrap = row.erased ? null : await this.parts.wraps.read(row.memberId);
      const own = wrap?.deviceId === lease.deviceId ? wrap : null;
      const known = own === null ? null : await openOfficerKey(own, opener);
      if (known === null && opener.kind === 'passkey' && own !== null) return { kind: 'needsPassword' };
      // A password that was changed at headquarters: the old key is lost to this tablet, the server still opens everything.
      this.#present = { memberId: row.memberId, key: known ?? (await this.#newKey(row, lease.deviceId, opener)) };
      await this.parts.toolbox.putOfficer({ ...row, ...NO_TRIES });
      return { kind: 'in', lease };
    });
  }

  /** The same with a passkey that the server has accepted. One without a secret opens nothing here. */
  async enterByPasskey({ credentialId, secret }: PasskeySecret): Promise<Entry> {
    return secret === null ? { kind: 'needsPassword' } : this.#enter({ kind: 'passkey', credentialId, secret });
  }

  /** From now on a passkey opens its officer's key; it is wrapped once more, for the passkey's secret. Nobody adds one to another's. */
  addPasskey({ credentialId, secret }: PasskeySecret, memberId: string): Promise<boolean> {
    return this.#inTurn(async () => {
      const present = this.#present;
      const wrap = present === null ? null : await this.parts.wraps.read(present.memberId);
      if (present?.memberId !== memberId || wrap === null || secret === null) return false;
      await this.parts.wraps.write(await withOpener(wrap, present.key, { kind: 'passkey', credentialId, secret }));
      return true;
    });
  }

  /** The passkeys that open an officer's key here. */
  async passkeysHere(): Promise<readonly PasskeyHere[]> {
    const found: PasskeyHere[] = [];
    for (const { memberId, signInName } of await this.parts.toolbox.officers()) {
      const wrap = await this.parts.wraps.read(memberId);
      for (const { credentialId } of wrap?.passkeys ?? []) found.push({ credentialId, signInName });
    }
    return found;
  }

  /** Signs in without a server: a lease in force and the password that opens the own key. */
  enterOffline(signInName: string, password: string): Promise<Entry> {
    return this.#enterOffline(signInName, { kind: 'password', password });
  }

  /** The same by a passkey that opens the own key here. A foreign one is nobody's; a wrong secret is a wrong try. */
  async enterOfflineByPasskey({ credentialId, secret }: PasskeySecret): Promise<Entry> {
    const here = (await this.passkeysHere()).find((passkey) => passkey.credentialId === credentialId);
    if (here === undefined) return { kind: 'needsLink' };
    if (secret === null) return { kind: 'needsPassword' };
    return this.#enterOffline(here.signInName, { kind: 'passkey', credentialId, secret });
  }

  #enterOffline(signInName: string, opener: Opener): Promise<Entry> {
    return this.#inTurn(async () => {
      const row = await this.parts.toolbox.officerNamed(signInName);
      if (row === null) return { kind: 'needsLink' };
      if (row.lockedOut) return entryAfter(await this.#wrong(row));
      const lease = row.lease === null ? null : await this.parts.leaseIn(row.lease);
      const wrap = await this.parts.wraps.read(row.memberId);
      if (lease === null || wrap?.deviceId !== lease.deviceId) return { kind: 'needsLink' };
      // Signed in here with passkeys alone: a password opens nothing, and is no wrong try either.
      if (opener.kind === 'password' && wrap.password === null) return { kind: 'needsLink' };
      const counted = await this.#wrong(row);
      const key = await openOfficerKey(wrap, opener);
      if (key === null) return entryAfter(counted);
      await this.parts.toolbox.putOfficer({ ...row, ...NO_TRIES });
      await this.parts.toolbox.keep('onDuty', row.memberId);
      this.#present = { memberId: row.memberId, key };
      return { kind: 'in', lease };
    });
  }

  /** The server says that the password was wrong; for a member who is known here it counts here too. */
  countWrong(signInName: string): Promise<Entry> {
    return this.#inTurn(async () => {
      const row = await this.parts.toolbox.officerNamed(signInName);
      return row === null ? { kind: 'needsLink' } : entryAfter(await this.#wrong(row));
    });
  }

  /** A code that headquarters read to the officer. A wrong one counts as a wrong try. */
  release(signInName: string, code: string): Promise<Release> {
    return this.#inTurn(async () => {
      const row = await this.parts.toolbox.officerNamed(signInName);
      if (row === null) return { kind: 'wrongCode', erased: false };
      const hash = await sha256Hex(code.trim().toUpperCase());
      if (row.releaseHash !== hash || row.usedRelease === hash) {
        const { erased } = await this.#wrong(row);
        return { kind: 'wrongCode', erased };
      }
      await this.parts.toolbox.putOfficer({ ...row, ...afterRelease(row), usedRelease: hash });
      return { kind: 'released' };
    });
  }

  /** Headquarters released the officer over the link; a release that was heard of already changes nothing. */
  releaseBy(memberId: string, releasedAt: Instant): Promise<void> {
    return this.#inTurn(async () => {
      const row = await this.parts.toolbox.officer(memberId);
      if (row === null || row.releasedAt === releasedAt) return;
      await this.parts.toolbox.putOfficer({ ...row, ...(row.lockedOut && afterRelease(row)), releasedAt });
    });
  }

  /** The tablet locks: the key leaves the memory. Capture goes on, because boxes are wrapped for the public half. */
  lock(): void {
    this.#present = null;
  }

  /** Sign-out: nobody is on duty. The officer may come back without a link while the lease runs. */
  signOut(): Promise<void> {
    return this.#inTurn(async () => {
      this.#present = null;
      await this.parts.toolbox.drop('onDuty');
    });
  }

  /** Takes lapsed leases and the keys that rest on them: nobody can look any more, what waits is still sent. */
  sweep(): Promise<number> {
    return this.#inTurn(async () => {
      let taken = 0;
      for (const row of await this.parts.toolbox.officers()) {
        if (row.lease === null || (await this.parts.leaseIn(row.lease)) !== null) continue;
        await this.#eraseKeys(row.memberId);
        await this.parts.toolbox.putOfficer({ ...row, lease: null });
        taken++;
      }
      return taken;
    });
  }

  /** Headquarters withdrew an officer's authorization: lease and keys go, and the row says why. */
  withdraw(memberId: string, withdrawn: readonly Withdrawal[]): Promise<void> {
    return this.#inTurn(async () => {
      const row = await this.parts.toolbox.officer(memberId);
      if (row?.lease == null) return;
      await this.#eraseKeys(memberId);
      await this.parts.toolbox.putOfficer({ ...row, lease: null, withdrawn });
    });
  }

  /** The tablet itself is no longer accepted. */
  async withdrawAll(withdrawn: readonly Withdrawal[]): Promise<void> {
    for (const { memberId } of await this.parts.toolbox.officers()) await this.withdraw(memberId, withdrawn);
  }

  /** The tablet is enrolled anew: every officer's lease and keys go. */
  forgetAll(): Promise<void> {
    return this.#inTurn(async () => {
      for (const memberId of await this.parts.wraps.memberIds()) await this.#eraseKeys(memberId);
      await this.parts.toolbox.dropOfficers();
      this.#present = null;
    });
  }

  // Written down before it is judged: neither a reload nor a kill gives a try back.
  async #wrong(row: OfficerRow): Promise<Tries> {
    const tries = afterWrongTry(row);
    await this.parts.toolbox.putOfficer({ ...row, ...tries });
    if (tries.erased && !row.erased) await this.#eraseKeys(row.memberId);
    if (tries.lockedOut && this.#present?.memberId === row.memberId) this.#present = null;
    return tries;
  }

  async #newKey(row: OfficerRow, deviceId: string, opener: Opener): Promise<CryptoKey> {
    await this.#eraseKeys(row.memberId);
    const { wrap, key } = await makeOfficerKey(row.memberId, deviceId, opener);
    await this.parts.wraps.write(wrap);
    return key;
  }

  async #eraseKeys(memberId: string): Promise<void> {
    await this.parts.wraps.erase(memberId);
    await this.parts.toolbox.dropOwnKeysOf(memberId);
    if (this.#present?.memberId === memberId) this.#present = null;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

const entryAfter = (tries: Tries): Entry =>
  tries.lockedOut
    ? { kind: 'lockedOut', erased: tries.erased }
    : { kind: 'wrong', triesLeft: LOCKED_OUT_AFTER - tries.wrong };

async function sha256Hex(written: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(written));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
