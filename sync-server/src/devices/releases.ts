import type { Instant } from '#domain/time/instant.ts';
import type { Store } from '#server/store/store.ts';
import type { Given } from '../given.ts';
import { sha256Hex } from '../keys/bytes.ts';
import { ACCOUNTS, GATEWAY } from '../register/databases.ts';
import { recordIn, save } from '../register/written.ts';
import { typeableCode } from './codes.ts';

/**
 * What server and tablet agree on with each lease: the code that releases this officer on this tablet after five wrong tries
 * (CJIS AC-7). The tablet knows its hash alone. It opens no key, so it may be kept here in clear, to be read to the officer.
 */
interface StoredRelease {
  readonly _id: string;
  readonly kind: 'release';
  readonly deviceId: string;
  readonly memberId: string;
  readonly code: string;
  /** when headquarters released the officer with it; null: not yet */
  readonly releasedAt: Instant | null;
}

/** A fresh code for an officer on a tablet, and the hash that goes into the lease. */
export function newRelease(
  given: Given,
  deviceId: string,
  memberId: string
): { readonly stored: StoredRelease; readonly hash: string } {
  const code = typeableCode(given);
  const stored: StoredRelease = {
    _id: idOf(deviceId, memberId),
    kind: 'release',
    deviceId,
    memberId,
    code,
    releasedAt: null
  };
  return { stored, hash: sha256Hex(code) };
}

/** The release codes of officers who hold, or held, a lease on a tablet. */
export class Releases {
  constructor(
    private readonly store: Store,
    private readonly given: Given
  ) {}

  /** A new lease: its code takes the place of the one before. */
  async agree({ stored }: ReturnType<typeof newRelease>): Promise<void> {
    await save(this.store, ACCOUNTS, stored, GATEWAY);
  }

  async find(deviceId: string, memberId: string): Promise<StoredRelease | undefined> {
    const document = await this.store.get(ACCOUNTS, idOf(deviceId, memberId));
    return document === undefined ? undefined : recordIn<StoredRelease>(document);
  }

  async on(deviceId: string): Promise<StoredRelease[]> {
    const documents = await this.store.all(ACCOUNTS, { startId: idOf(deviceId, ''), endId: `release:${deviceId};` });
    return documents.map((document) => recordIn<StoredRelease>(document));
  }

  /** Releases the officer: the tablet hears of it at its next contact, or by the code that is given here. */
  async release(release: StoredRelease): Promise<string> {
    await save(this.store, ACCOUNTS, { ...release, releasedAt: this.given.now() } as StoredRelease, GATEWAY);
    return release.code;
  }
}

const idOf = (deviceId: string, memberId: string): string => `release:${deviceId}:${memberId}`;
