import { expect, test } from 'vitest';
import { CODES, NAMED_FROM, named } from './jurisdiction.ts';

/** Outputs with this much for one class and nothing for the others; class 0 is "unknown". */
function logits(at: number, strength: number): Float32Array {
  const values = new Float32Array(CODES.length + 1);
  values[at] = strength;
  return values;
}

test('the fifty states and the District have a class each, in alphabetical order', () => {
  expect(CODES).toHaveLength(51);
  expect(new Set(CODES).size).toBe(51);
  expect([...CODES].sort()).toEqual(CODES);
  expect(CODES).toContain('DC');
});

test('a clear answer names the jurisdiction', () => {
  const { jurisdiction, confidence } = named(logits(1 + CODES.indexOf('MN'), 40));
  expect(jurisdiction).toBe('MN');
  expect(confidence).toBeGreaterThan(0.99);
});

test('an undecided answer is unknown, and is not filled in with Minnesota', () => {
  expect(named(logits(0, 0))).toEqual({ jurisdiction: 'unknown', confidence: expect.closeTo(1 / 52, 6) as number });
});

test('an answer that leans one way but not enough is unknown', () => {
  const { jurisdiction, confidence } = named(logits(1 + CODES.indexOf('WI'), 4));
  expect(confidence).toBeGreaterThan(0.3);
  expect(confidence).toBeLessThan(NAMED_FROM);
  expect(jurisdiction).toBe('unknown');
});

test('what the network takes for nobody’s plate stays unknown', () => {
  expect(named(logits(0, 40)).jurisdiction).toBe('unknown');
});
