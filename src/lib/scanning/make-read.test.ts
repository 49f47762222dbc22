import { expect, test } from 'vitest';
import { collectionOf } from '#domain/policy/collection-fields.ts';
import type { SettledRead } from '#recognition/protocol.ts';
import { anAgency, anId } from '#tests/builders/records.ts';
import { collectedAtOf, makeRead, type ReadSetting } from './make-read.ts';

const settled: SettledRead = {
  passId: 1,
  plate: 'TST042',
  jurisdiction: 'unknown',
  confidence: 0.97,
  characterConfidences: [1, 1, 1, 1, 1, 0.97],
  looks: 4,
  agreeingLooks: 4,
  secondReader: 'notAsked',
  firstSeenMs: 9_000,
  lastSeenMs: 9_800,
  plateImage: new ArrayBuffer(4),
  contextImage: new ArrayBuffer(4),
  engine: { name: 'plate-reader', version: '1' }
};

const setting: ReadSetting = {
  id: anId(1),
  agency: anAgency(),
  periodId: anId(4),
  now: '2026-11-22T16:00:10.000Z',
  collectedAt: '2026-11-22T16:00:09.000Z',
  fix: null,
  clockOffsetMs: null
};

test('a read made on the tablet holds only what the law lets an ALPR collect', () => {
  expect(collectionOf(makeRead(settled, setting))).toEqual({ kind: 'lawful' });
});

test('a read is collected at the moment its plate was first seen', () => {
  expect(collectedAtOf(settled, setting.now, 10_000)).toBe('2026-11-22T16:00:09.000Z');
});

test('a read without a fix says so instead of giving an old place', () => {
  expect(makeRead(settled, setting)).toMatchObject({ fix: 'none', lat: null, lon: null, accuracyM: null });
});

test('the jurisdiction is unknown, never Minnesota by default', () => {
  expect(makeRead(settled, setting)).toMatchObject({ jurisdiction: 'unknown', jurisdictionSource: 'unknown' });
});

test('a jurisdiction that the plate shows is kept, and said to be read by the machine', () => {
  const fromWisconsin = makeRead({ ...settled, jurisdiction: 'WI' }, setting);
  expect(fromWisconsin).toMatchObject({ jurisdiction: 'WI', jurisdictionSource: 'ocr' });
  expect(collectionOf(fromWisconsin)).toEqual({ kind: 'lawful' });
});

test('a read carries the date on which it must be destroyed from its first moment', () => {
  expect(makeRead(settled, setting).destroyBy).toBe('2026-12-22T16:00:09.000Z');
});
