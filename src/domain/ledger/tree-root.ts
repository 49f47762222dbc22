/** SHA-256 as the caller's platform has it: the domain brings no cipher of its own. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

interface Subtree {
  readonly height: number;
  readonly hash: Uint8Array;
}

/**
 * The root of an RFC 9162 Merkle tree over leaves that come one after the other. It holds one hash a level, so a hundred thousand
 * leaves need no more memory than seventeen.
 */
export class TreeRoot {
  readonly #complete: Subtree[] = [];

  constructor(private readonly sha256: Sha256) {}

  add(leaf: Uint8Array): void {
    let subtree: Subtree = { height: 0, hash: this.sha256(joined(LEAF, leaf)) };
    for (;;) {
      const left = this.#complete[this.#complete.length - 1];
      if (left?.height !== subtree.height) break;
      this.#complete.pop();
      subtree = { height: subtree.height + 1, hash: this.#parent(left.hash, subtree.hash) };
    }
    this.#complete.push(subtree);
  }

  /** The root over what was added so far; of no leaves the hash of nothing. */
  root(): Uint8Array {
    const [last, ...left] = [...this.#complete].reverse();
    if (last === undefined) return this.sha256(new Uint8Array(0));
    return left.reduce((hash, subtree) => this.#parent(subtree.hash, hash), last.hash);
  }

  #parent(left: Uint8Array, right: Uint8Array): Uint8Array {
    return this.sha256(joined(NODE, left, right));
  }
}

// Leaves and nodes are told apart, so that a node can never be shown as a leaf (RFC 9162, 2.1.1).
const LEAF = new Uint8Array([0]);
const NODE = new Uint8Array([1]);

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
