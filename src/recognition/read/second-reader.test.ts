import { expect, test } from 'vitest';
import type { GrayImage } from '../luma.ts';
import { secondWord, type SecondReader, type SecondReading } from './second-reader.ts';

const strip: GrayImage = { width: 1, height: 1, data: Uint8Array.of(0) };
const saying = (reading: SecondReading | undefined): SecondReader => ({
  read: () => Promise.resolve(reading),
  close: () => undefined
});

test('the same text is agreement, and the letter O is zero', async () => {
  expect(await secondWord(saying({ plate: 'ABC120', confidence: 0.9 }), strip, 'ABC12O')).toBe('agrees');
});

test('any other text differs, nothing read too', async () => {
  expect(await secondWord(saying({ plate: 'A8C120', confidence: 0.9 }), strip, 'ABC120')).toBe('differs');
  expect(await secondWord(saying({ plate: '', confidence: 0 }), strip, 'ABC120')).toBe('differs');
});

test('without an engine, a strip or an answer in time there is no word', async () => {
  expect(await secondWord(undefined, strip, 'ABC120')).toBe('unavailable');
  expect(await secondWord(saying({ plate: 'ABC120', confidence: 1 }), undefined, 'ABC120')).toBe('unavailable');
  expect(await secondWord(saying(undefined), strip, 'ABC120')).toBe('unavailable');
});
