import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { networkOf, prepareRuntime } from '../onnx.ts';
import {
  CODES,
  JurisdictionReader,
  NAMED_FROM,
  OUTSIDE_FORMATS,
  WHOLE_PLATE,
  named,
  together
} from './jurisdiction.ts';
import { ELSEWHERE } from './plate-print.ts';

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

test('a name that is read decides where the look is undecided', () => {
  const answer = named(together(new Float32Array(CODES.length + 1), new Map([['MN', 12]])));
  expect(answer.jurisdiction).toBe('MN');
});

test('a plate of which nothing is written is nobody’s, unless its look says otherwise', () => {
  const look = new Float32Array(CODES.length + 1);
  expect(named(together(look, new Map())).jurisdiction).toBe('unknown');
  look[1 + CODES.indexOf('NM')] = 30;
  expect(named(together(look, new Map())).jurisdiction).toBe('NM');
});

test('a plate that says it is from elsewhere is unknown, however much it looks like ours', () => {
  const look = logits(1 + CODES.indexOf('MN'), 20);
  expect(named(together(look, new Map([[ELSEWHERE, 12]]))).jurisdiction).toBe('unknown');
});

test('a text in the format of one jurisdiction speaks for it where two look alike', () => {
  const alike = logits(1 + CODES.indexOf('CA'), 20);
  alike[1 + CODES.indexOf('AZ')] = 19.5;
  expect(named(alike).jurisdiction).toBe('unknown');
  const californian = named(alike, '1ABC234');
  expect(californian.jurisdiction).toBe('CA');
  expect(californian.confidence).toBeCloseTo(1 / (1 + OUTSIDE_FORMATS * Math.exp(-0.5)), 5);
});

test('a text never overrules a clear look', () => {
  expect(named(logits(1 + CODES.indexOf('MN'), 40), '1ABC234').jurisdiction).toBe('MN');
});

test('a vanity text, which fits no format, leaves the look as it is', () => {
  const look = logits(1 + CODES.indexOf('VT'), 5);
  expect(named(look, 'GREENMTN')).toEqual(named(look));
});

test('the shipped network calls an empty picture unknown', async () => {
  prepareRuntime();
  const model = readFileSync(new URL('../../../static/models/plate-jurisdiction.onnx', import.meta.url));
  const reader = new JurisdictionReader(await networkOf(Uint8Array.from(model)));
  const { width, height } = WHOLE_PLATE;
  const gray = { width, height, data: new Uint8Array(width * height).fill(140) };
  expect((await reader.name(gray)).jurisdiction).toBe('unknown');
});
