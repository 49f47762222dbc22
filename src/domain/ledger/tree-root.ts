import { leafHash, nodeHash, type Sha256 } from './merkle.ts';

interface Complete {
  readonly height: number;
  readonly hash: Uint8Array;
}

/**
 * The root of an RFC 9162 Merkle tree over leaves that come one after the other. It holds one hash a level, so a hundred thousand
 * leaves need no more memory than seventeen.
 */
export class TreeRoot {
  readonly #complete: Complete[] = [];

  constructor(private readonly sha256: Sha256) {}

  add(leaf: Uint8Array): void {
    let subtree: Complete = { height: 0, hash: leafHash(this.sha256, leaf) };
    for (;;) {
      const left = this.#complete[this.#complete.length - 1];
      if (left?.height !== subtree.height) break;
      this.#complete.pop();
      subtree = { height: subtree.height + 1, hash: nodeHash(this.sha256, left.hash, subtree.hash) };
    }
    this.#complete.push(subtree);
  }

  /** The root over what was added so far; of no leaves the hash of nothing. */
  root(): Uint8Array {
    const [last, ...left] = [...this.#complete].reverse();
    if (last === undefined) return this.sha256(new Uint8Array(0));
    return left.reduce((hash, subtree) => nodeHash(this.sha256, subtree.hash, hash), last.hash);
  }
}
