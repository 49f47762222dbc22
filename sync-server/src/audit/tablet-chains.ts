import { webcrypto } from 'node:crypto';
import {
  checkTabletEntry,
  continuityOf,
  NO_ENTRIES,
  wordsOf,
  type ChainHead,
  type TabletEntry
} from '#domain/ledger/tablet-chain.ts';
import type { Device } from '#domain/records/agency.ts';
import { ENTRY_INFO, entryContext, type SealedEntry, type SignedEntry } from '#domain/wire/tablet-entries.ts';
import type { Store } from '#server/store/store.ts';
import { fromBase64, sha256Hex } from '../keys/bytes.ts';
import type { SealingKey } from '../keys/sealing-key.ts';
import { ACCOUNTS, GATEWAY, INGEST } from '../register/databases.ts';
import type { Register } from '../register/register.ts';
import { recordIn, save } from '../register/written.ts';
import type { Trail } from './trail.ts';

/** Hashes that are remembered of a chain: a tablet that lost an answer sends its last entries again. */
const REMEMBERED = 1_000;

interface StoredChain {
  readonly _id: string;
  readonly kind: 'tabletChain';
  readonly deviceId: string;
  readonly head: ChainHead;
  /** hashes of the last entries, the newest last */
  readonly hashes: readonly string[];
}

interface ChainsParts {
  readonly store: Store;
  readonly register: Register;
  readonly trail: Trail;
  readonly auditKey: SealingKey;
}

/**
 * The tablets' own trails as headquarters takes them in: opened, checked for signature and continuity, and written into the
 * audit trail. What does not continue is an entry of its own there - a gap, a fork, a false signature - and the chain goes on
 * from what came, so that one break hides no later one (CJIS AU-9).
 */
export class TabletChains {
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: ChainsParts) {}

  /** Takes entries of a tablet in, in their order, and gives the number up to which it has them. */
  take(device: Device, entries: readonly SealedEntry[]): Promise<number> {
    const turn = this.#last.then(async () => {
      let chain = await this.#chainOf(device._id);
      for (const sealed of [...entries].sort((a, b) => a.seq - b.seq)) {
        const next = await this.#takeOne(device, chain, sealed);
        if (next === chain) continue;
        chain = next;
        await save(this.parts.store, ACCOUNTS, chain, GATEWAY);
      }
      return Math.max(chain.head.seq, ...entries.map(({ seq }) => seq));
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #takeOne(device: Device, chain: StoredChain, sealed: SealedEntry): Promise<StoredChain> {
    const entry = await this.#open(device, sealed);
    if (entry === null) {
      await this.#broken(device, `entry ${sealed.seq}: no proper entry under the tablet's signature`);
      return chain;
    }
    const hash = sha256Hex(wordsOf(entry));
    const continuity = continuityOf(chain.head, entry, hash, hashUnder(chain, entry.seq));
    if (continuity.kind === 'known') return chain;
    if (continuity.kind === 'gap')
      await this.#broken(device, `gap: ${continuity.missing} entries are missing before entry ${entry.seq}`);
    if (continuity.kind === 'fork')
      await this.#broken(device, `fork: entry ${entry.seq} does not continue what was sent before`);
    await this.#record(device, entry, hash);
    const follows = continuity.kind !== 'fork' || entry.seq > chain.head.seq;
    if (!follows) return chain;
    const hashes = continuity.kind === 'gap' ? [hash] : [...chain.hashes, hash].slice(-REMEMBERED);
    return { ...chain, head: { seq: entry.seq, hash }, hashes };
  }

  async #open(device: Device, sealed: SealedEntry): Promise<TabletEntry | null> {
    const keys = [device.signingKey ?? [], device.formerKeys ?? []].flat();
    const opened = await this.parts.auditKey.openShort(sealed, ENTRY_INFO, entryContext(device._id, sealed.seq));
    if (opened === null) return null;
    try {
      const { entry, signature } = JSON.parse(new TextDecoder().decode(opened)) as SignedEntry;
      if (checkTabletEntry(entry) !== null || entry.deviceId !== device._id || entry.seq !== sealed.seq) return null;
      for (const key of keys) if (await isSignedBy(key, wordsOf(entry), signature)) return entry;
      return null;
    } catch {
      return null;
    }
  }

  async #record(device: Device, entry: TabletEntry, hash: string): Promise<void> {
    const member = entry.memberId === null ? undefined : this.parts.register.member(entry.memberId);
    const said = [
      `${entry.action} at ${entry.at}`,
      `entry ${entry.seq}`,
      ...(entry.object === null ? [] : [`about ${entry.object}`]),
      `hash ${hash.slice(0, 16)}`
    ];
    await this.parts.trail.record(
      {
        action: 'tabletEntry',
        object: { type: 'device', id: device._id },
        ...(member === undefined ? {} : { actorName: member.name }),
        ...(entry.count === null ? {} : { response: { count: entry.count } }),
        note: said.join(' · ')
      },
      INGEST
    );
  }

  async #broken(device: Device, note: string): Promise<void> {
    await this.parts.trail.record(
      { action: 'tabletChainBroken', object: { type: 'device', id: device._id }, outcome: 'error', note },
      INGEST
    );
  }

  async #chainOf(deviceId: string): Promise<StoredChain> {
    const _id = `chain:${deviceId}`;
    const document = await this.parts.store.get(ACCOUNTS, _id);
    return document === undefined
      ? { _id, kind: 'tabletChain', deviceId, head: NO_ENTRIES, hashes: [] }
      : recordIn<StoredChain>(document);
  }
}

function hashUnder({ head, hashes }: StoredChain, seq: number): string | undefined {
  return hashes[hashes.length - 1 - (head.seq - seq)];
}

async function isSignedBy(
  publicKey: NonNullable<Device['signingKey']>,
  words: string,
  signature: string
): Promise<boolean> {
  const key = await webcrypto.subtle.importKey(
    'jwk',
    { kty: 'EC', crv: 'P-256', ...publicKey },
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['verify']
  );
  const how = { name: 'ECDSA', hash: 'SHA-256' };
  return webcrypto.subtle.verify(how, key, fromBase64(signature), new TextEncoder().encode(words));
}
