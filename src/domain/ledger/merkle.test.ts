import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hex, LEAVES, ROOTS, sha256 } from '#tests/builders/rfc9162.ts';
import {
  consistencyRanges,
  inclusionRanges,
  isConsistent,
  isIncluded,
  leafHash,
  rangeHash,
  subtreesOf,
  nodeHash,
  type LeafRange,
  type Subtree
} from './merkle.ts';

/** A tree that keeps every leaf, the plainest way to answer what the functions ask for. */
class PlainTree {
  readonly #known = new Map<string, Uint8Array>();

  constructor(private readonly leaves: readonly Uint8Array[]) {}

  static of(leaves: readonly string[]): PlainTree {
    return new PlainTree(leaves.map((leaf) => leafHash(sha256, Buffer.from(leaf, 'hex'))));
  }

  leaf = (index: number): Uint8Array => this.leaves[index] ?? new Uint8Array();

  subtree({ height, index }: Subtree): Uint8Array {
    if (height === 0) return this.leaf(index);
    const known = this.#known.get(`${height}:${index}`);
    if (known !== undefined) return known;
    const [left, right] = [2 * index, 2 * index + 1].map((i) => this.subtree({ height: height - 1, index: i }));
    const hash = nodeHash(sha256, left ?? new Uint8Array(), right ?? new Uint8Array());
    this.#known.set(`${height}:${index}`, hash);
    return hash;
  }

  range = (range: LeafRange): Uint8Array =>
    rangeHash(
      sha256,
      subtreesOf(range).map((subtree) => this.subtree(subtree))
    );
  at = (size: number): { size: number; root: Uint8Array } => ({ size, root: this.range({ from: 0, to: size }) });
  consistency = (from: number, to: number): Uint8Array[] => consistencyRanges(from, to).map(this.range);
  inclusion = (index: number, size: number): Uint8Array[] => inclusionRanges(index, size).map(this.range);
}

const reference = PlainTree.of(LEAVES);

test('roots are those of the reference tree, from no leaf to eight', () => {
  expect(ROOTS.map((_, size) => hex(reference.at(size).root))).toEqual(ROOTS);
});

test('proofs are those of the reference tree', () => {
  expect(reference.inclusion(0, 8).map(hex)).toEqual([
    '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
    '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
    '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4'
  ]);
  expect(reference.consistency(6, 8).map(hex)).toEqual([
    '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
    'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'
  ]);
  expect(reference.consistency(1, 1)).toEqual([]);
});

const many = new PlainTree(Array.from({ length: 70 }, (_, at) => leafHash(sha256, Uint8Array.of(at))));

test('every earlier tree is continued by every later one, and every entry is in it', () => {
  for (let to = 0; to <= 70; to++)
    for (let from = 0; from <= to; from++) {
      expect([from, to, isConsistent(sha256, many.at(from), many.at(to), many.consistency(from, to))]).toEqual([
        from,
        to,
        true
      ]);
      if (from === to) continue;
      const leaf = { index: from, hash: many.leaf(from) };
      expect([from, to, isIncluded(sha256, leaf, many.at(to), many.inclusion(from, to))]).toEqual([from, to, true]);
    }
});

test('a tree that was shortened, or whose past was changed, passes with no proof', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 69 }), fc.nat(69), fc.nat(69), (from, changedAt, more) => {
      const to = Math.min(70, from + 1 + more);
      const changed = changedAt % from;
      const leaves = Array.from({ length: 70 }, (_, at) => many.leaf(at === changed ? (at + 1) % 70 : at));
      const forged = new PlainTree(leaves);
      const proof = forged.consistency(from, to);
      return (
        !isConsistent(sha256, many.at(from), forged.at(to), proof) &&
        !isConsistent(sha256, many.at(from), forged.at(to), many.consistency(from, to)) &&
        !isConsistent(sha256, many.at(to), many.at(from), proof)
      );
    }),
    { numRuns: 500 }
  );
});

test('a proof of which anything is changed, missing or added is refused', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 69 }), fc.nat(69), fc.nat(20), fc.nat(2), (from, more, where, how) => {
      const to = Math.min(70, from + 1 + more);
      const proof = many.consistency(from, to);
      const at = where % proof.length;
      const broken =
        how === 0
          ? proof.filter((_, i) => i !== at)
          : how === 1
            ? [...proof.slice(0, at), many.leaf(3), ...proof.slice(at)]
            : proof.map((node, i) => (i === at ? sha256(node) : node));
      return !isConsistent(sha256, many.at(from), many.at(to), broken);
    }),
    { numRuns: 500 }
  );
});
