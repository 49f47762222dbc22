/**
 * The Merkle tree of RFC 9162, section 2.1, over the audit trail (policy 426.5(e)): leaf hashes, roots, and proofs that a later
 * tree continues an earlier one or holds an entry. Pure; SHA-256 is passed in, and where hashes are kept is the caller's affair:
 * the functions say which complete subtrees they need.
 */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** The complete subtree over the leaves `index * 2^height` up to `(index + 1) * 2^height`, exclusive. */
export interface Subtree {
  readonly height: number;
  readonly index: number;
}

/** Leaves `from` up to `to`, exclusive. */
export interface LeafRange {
  readonly from: number;
  readonly to: number;
}

// Leaves and nodes are told apart, so that a node can never be shown as a leaf (RFC 9162, 2.1.1).
const LEAF = new Uint8Array([0]);
const NODE = new Uint8Array([1]);

export function leafHash(sha256: Sha256, leaf: Uint8Array): Uint8Array {
  return sha256(joined(LEAF, leaf));
}

export function nodeHash(sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(joined(NODE, left, right));
}

/** The complete subtrees that make up a range of a tree, from left to right. Every range of a proof begins where they fit. */
export function subtreesOf({ from, to }: LeafRange): Subtree[] {
  const subtrees: Subtree[] = [];
  let at = from;
  while (at < to) {
    let height = 0;
    while (at % 2 ** (height + 1) === 0 && at + 2 ** (height + 1) <= to) height++;
    subtrees.push({ height, index: at / 2 ** height });
    at += 2 ** height;
  }
  return subtrees;
}

/** The hash of a range from the hashes of its complete subtrees, left to right; of no leaves the hash of nothing. */
export function rangeHash(sha256: Sha256, hashes: readonly Uint8Array[]): Uint8Array {
  const last = hashes[hashes.length - 1];
  if (last === undefined) return sha256(new Uint8Array(0));
  return hashes.slice(0, -1).reduceRight((hash, left) => nodeHash(sha256, left, hash), last);
}

/** The largest power of two that is smaller than `count`; `count` is at least 2. */
function splitOf(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

/**
 * The ranges whose hashes, in this order, prove that the tree of `to` leaves continues the tree of `from` leaves
 * (RFC 9162, 2.1.4.1). Nothing is to prove from an empty tree or between equal sizes.
 */
export function consistencyRanges(from: number, to: number): LeafRange[] {
  if (from < 1 || from >= to) return [];
  const within = (known: number, start: number, end: number, isWhole: boolean): LeafRange[] => {
    if (start + known === end) return isWhole ? [] : [{ from: start, to: end }];
    const split = splitOf(end - start);
    return known <= split
      ? [...within(known, start, start + split, isWhole), { from: start + split, to: end }]
      : [...within(known - split, start + split, end, false), { from: start, to: start + split }];
  };
  return within(from, 0, to, true);
}

/** The ranges whose hashes, in this order, prove that leaf `index` is in the tree of `size` leaves (RFC 9162, 2.1.3.1). */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  const within = (at: number, start: number, end: number): LeafRange[] => {
    if (end - start < 2) return [];
    const split = splitOf(end - start);
    return at < split
      ? [...within(at, start, start + split), { from: start + split, to: end }]
      : [...within(at - split, start + split, end), { from: start, to: start + split }];
  };
  return index < 0 || index >= size ? [] : within(index, 0, size);
}

/** Whether `proof` shows that the tree `second` of `secondSize` leaves continues `first` of `firstSize` (RFC 9162, 2.1.4.2). */
export function isConsistent(
  sha256: Sha256,
  first: { readonly size: number; readonly root: Uint8Array },
  second: { readonly size: number; readonly root: Uint8Array },
  proof: readonly Uint8Array[]
): boolean {
  if (first.size > second.size) return false;
  if (first.size === second.size) return proof.length === 0 && isSame(first.root, second.root);
  if (first.size === 0) return proof.length === 0;
  // A complete first tree is itself the first node of the proof.
  const path = isPowerOfTwo(first.size) ? [first.root, ...proof] : [...proof];
  let [at, last] = [first.size - 1, second.size - 1];
  while (at % 2 === 1) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  const start = path.shift();
  if (start === undefined) return false;
  let [left, whole] = [start, start];
  for (const node of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      [left, whole] = [nodeHash(sha256, node, left), nodeHash(sha256, node, whole)];
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else whole = nodeHash(sha256, whole, node);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && isSame(left, first.root) && isSame(whole, second.root);
}

/** Whether `proof` shows that `leaf` is leaf `index` of the tree of `size` leaves with this root (RFC 9162, 2.1.3.2). */
export function isIncluded(
  sha256: Sha256,
  leaf: { readonly index: number; readonly hash: Uint8Array },
  tree: { readonly size: number; readonly root: Uint8Array },
  proof: readonly Uint8Array[]
): boolean {
  if (leaf.index < 0 || leaf.index >= tree.size) return false;
  let [at, last] = [leaf.index, tree.size - 1];
  let hash = leaf.hash;
  for (const node of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(sha256, node, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else hash = nodeHash(sha256, hash, node);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && isSame(hash, tree.root);
}

function isPowerOfTwo(size: number): boolean {
  return Number.isInteger(Math.log2(size));
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
