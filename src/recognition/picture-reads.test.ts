import { expect, test } from 'vitest';
import type { PlateLook } from './seen.ts';
import { readsOfPicture } from './picture-reads.ts';

const look = (text: string, probability: number, score: number): PlateLook => ({
  quad: [
    { x: 0, y: 0 },
    { x: 100, y: 0 },
    { x: 100, y: 50 },
    { x: 0, y: 50 }
  ],
  score,
  candidates: text === '' ? [] : [{ text, probability }]
});

test('the best read is the one whose place and text are surest together', () => {
  const reads = readsOfPicture([look('STOP', 0.9, 0.2), look('TST042', 0.7, 0.9)]);
  expect(reads.map(({ plate }) => plate)).toEqual(['TST042', 'STOP']);
});

test('what cannot be read, or only by guessing, is no read', () => {
  expect(readsOfPicture([look('', 0, 0.9), look('X4', 0.01, 0.9)])).toEqual([]);
});

test('at a single look a short text, or a word on what hardly looks like a plate, must be as likely right as wrong', () => {
  expect(readsOfPicture([look('77', 0.4, 0.9), look('DEERXING', 0.4, 0.4)])).toEqual([]);
  expect(readsOfPicture([look('77', 0.9, 0.9), look('DEERXING', 0.4, 0.9)])).toHaveLength(2);
  expect(readsOfPicture([{ ...look('GR8DAYS', 0.4, 0.4), isWholePicture: true }])).toHaveLength(1);
});

test('a lone character is a plate only when it is sure', () => {
  expect(readsOfPicture([look('I', 0.6, 0.9)])).toEqual([]);
  expect(readsOfPicture([look('7', 0.99, 0.9)])).toMatchObject([{ plate: '7' }]);
});
