import { nodeHash, rangeHash, subtreesOf, type LeafRange, type Subtree } from '#domain/ledger/merkle.ts';
import { TILE_WIDTH, tileId, type AuditTile } from '#domain/records/audit-tile.ts';
import type { Store } from '#server/store/store.ts';
import { sha256 } from '../keys/bytes.ts';
import { GATEWAY, LEDGER } from '../register/databases.ts';
import { recordIn, saveNew } from '../register/written.ts';

const TILE_HEIGHT = Math.log2(TILE_WIDTH);

/** What is known of one level: how many tiles are complete, and the hashes after them. */
interface Level {
  tiles: number;
  tail: Uint8Array[];
}

/**
 * The Merkle tree over the audit trail. Complete tiles of 256 hashes are in the store, the unfinished end of each level is in
 * memory: a million entries need a few kilobytes here, and any proof reads a few tiles.
 */
export class Tree {
  readonly #levels: Level[] = [];
  /** complete tiles that the store has not taken yet; what they hold can be made again from the entries */
  readonly #unsaved = new Map<string, AuditTile>();

  private constructor(private readonly store: Store) {}

  /** The tree as far as its tiles tell it; the entries after them are for the caller to append. */
  static async open(store: Store): Promise<Tree> {
    const tree = new Tree(store);
    const stored: number[] = [];
    do stored.push(await tree.#countTiles(stored.length));
    while (stored.at(-1) !== 0);
    stored.forEach((tiles, level) => (tree.#level(level).tiles = tiles));
    // From the top down: what a level does not have in a tile of its own is made from the tiles below it, in order.
    for (let level = stored.length - 1; level >= 0; level--)
      for (let index = (stored[level + 1] ?? 0) * TILE_WIDTH; index < (stored[level] ?? 0); index++)
        tree.#push(level + 1, rangeRoot(await tree.#tile(level, index), 0, TILE_WIDTH));
    return tree;
  }

  /** Leaves so far. */
  get size(): number {
    const { tiles, tail } = this.#level(0);
    return tiles * TILE_WIDTH + tail.length;
  }

  append(leaf: Uint8Array): void {
    this.#push(0, leaf);
  }

  /** Writes complete tiles that are not in the store yet. */
  async save(): Promise<void> {
    for (const [id, tile] of this.#unsaved) {
      await saveNew(this.store, LEDGER, tile, GATEWAY);
      this.#unsaved.delete(id);
    }
  }

  /** The root over the first `size` leaves. */
  root(size = this.size): Promise<Uint8Array> {
    return this.range({ from: 0, to: size });
  }

  /** The hash of a range, as a proof asks for it. */
  async range(range: LeafRange): Promise<Uint8Array> {
    const hashes: Uint8Array[] = [];
    for (const subtree of subtreesOf(range)) hashes.push(await this.#subtree(subtree));
    return rangeHash(sha256, hashes);
  }

  async #subtree({ height, index }: Subtree): Promise<Uint8Array> {
    const level = Math.floor(height / TILE_HEIGHT);
    const width = 2 ** (height % TILE_HEIGHT);
    const first = index * width;
    return rangeRoot(await this.#tile(level, Math.floor(first / TILE_WIDTH)), first % TILE_WIDTH, width);
  }

  #push(at: number, hash: Uint8Array): void {
    const level = this.#level(at);
    level.tail.push(hash);
    if (level.tail.length < TILE_WIDTH) return;
    const tile: AuditTile = {
      _id: tileId(at, level.tiles),
      kind: 'auditTile',
      schema: 1,
      level: at,
      index: level.tiles,
      hashes: Buffer.concat(level.tail).toString('base64')
    };
    this.#unsaved.set(tile._id, tile);
    const root = rangeRoot(level.tail, 0, TILE_WIDTH);
    level.tiles += 1;
    level.tail = [];
    this.#push(at + 1, root);
  }

  #level(at: number): Level {
    return (this.#levels[at] ??= { tiles: 0, tail: [] });
  }

  async #countTiles(level: number): Promise<number> {
    const range = { startId: `tile:${level};`, endId: `tile:${level}:`, descending: true, limit: 1 };
    const [last] = await this.store.all(LEDGER, range);
    return last === undefined ? 0 : recordIn<AuditTile>(last).index + 1;
  }

  async #tile(level: number, index: number): Promise<readonly Uint8Array[]> {
    const { tiles, tail } = this.#level(level);
    if (index === tiles) return tail;
    const id = tileId(level, index);
    const tile = this.#unsaved.get(id) ?? (await this.store.get(LEDGER, id));
    if (tile === undefined) throw new TileMissing(`A tile of level ${level} is not in the ledger.`);
    const bytes = Buffer.from(recordIn<AuditTile>(tile as { _id: string }).hashes, 'base64');
    return Array.from({ length: TILE_WIDTH }, (_, at) => bytes.subarray(32 * at, 32 * at + 32));
  }
}

/** A tile that must be there is not: somebody took it away behind the server's back. */
export class TileMissing extends Error {
  override readonly name = 'TileMissing';
}

function rangeRoot(hashes: readonly Uint8Array[], from: number, width: number): Uint8Array {
  const [only] = hashes.slice(from, from + 1);
  if (width === 1) {
    if (only === undefined) throw new TileMissing('A hash of the ledger is missing.');
    return only;
  }
  return nodeHash(sha256, rangeRoot(hashes, from, width / 2), rangeRoot(hashes, from + width / 2, width / 2));
}
