import { expect, test } from 'vitest';
import { hex, LEAVES, ROOTS, sha256 } from '#tests/builders/rfc9162.ts';
import { TreeRoot } from './tree-root.ts';

test('the root of nothing to eight leaves is that of RFC 9162', () => {
  const tree = new TreeRoot(sha256);
  expect(hex(tree.root())).toBe(ROOTS[0]);
  LEAVES.forEach((leaf, n) => {
    tree.add(new Uint8Array(Buffer.from(leaf, 'hex')));
    expect(hex(tree.root())).toBe(ROOTS[n + 1]);
  });
});

test('another leaf, another order or one leaf less gives another root', () => {
  const rootOf = (leaves: readonly string[]): string => {
    const tree = new TreeRoot(sha256);
    for (const leaf of leaves) tree.add(new Uint8Array(Buffer.from(leaf)));
    return hex(tree.root());
  };
  const roots = [
    ['a', 'b', 'c'],
    ['b', 'a', 'c'],
    ['a', 'b'],
    ['a', 'b', 'd'],
    ['a', 'b', 'c', 'c']
  ].map(rootOf);
  expect(new Set(roots).size).toBe(roots.length);
});
