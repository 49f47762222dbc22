import { expect, test } from 'vitest';
import { switchesOf } from './switches.ts';

const offOf = (source: string): string[] => switchesOf(source).map(({ condition, off }) => `${condition} -> ${off}`);

test('each condition of a rule is switched off by itself', () => {
  expect(offOf('export function a(x) {\n  if (x.isDue) return 1;\n  return 2;\n}')).toEqual(['x.isDue -> false']);
  expect(offOf('export const a = (x) => x.b && x.c;')).toEqual(['x.b -> true', 'x.c -> true']);
  expect(offOf('export const a = (x) => x.b || x.c;')).toEqual(['x.b -> false', 'x.c -> false']);
  expect(offOf('export const a = (x) => (x ? 1 : 2);')).toEqual(['x -> false']);
  expect(offOf('export const a = (x) => x.at < 5;')).toEqual(['x.at < 5 -> false']);
  expect(offOf('export function a(x) {\n  return x >= 5;\n}')).toEqual(['x >= 5 -> true', 'x >= 5 -> false']);
});

test('only that one condition is changed, and its line is told', () => {
  const [first] = switchesOf('// 426.4\nexport function a(x) {\n  if (x.isDue) return 1;\n  return 2;\n}');
  expect(first?.line).toBe(3);
  expect(first?.source).toBe('// 426.4\nexport function a(x) {\n  if ((false as boolean)) return 1;\n  return 2;\n}');
});

test('a source without a condition has no switch', () => {
  expect(offOf('/** 426.4 */\nexport const DAYS = 30;')).toEqual([]);
});
