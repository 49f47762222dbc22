import { expect, test } from 'vitest';
import { cameraItem, linkItem, listItem, positionItem, troubles } from './strip.ts';

test('without a link the strip says what waits, and is no alarm', () => {
  expect(linkItem({ link: 'serverUnreachable', waitingRecords: 41 })).toEqual({
    state: 'warn',
    words: 'No link · 41 waiting'
  });
  expect(linkItem({ link: 'idle', waitingRecords: 0 })).toEqual({ state: 'good', words: 'Linked · all sent' });
});

test('a tablet that headquarters no longer accepts is lost, not offline', () => {
  expect(linkItem({ link: 'notAccepted', waitingRecords: 3 }).state).toBe('lost');
  expect(linkItem({ link: 'refusedByServer', waitingRecords: 3 }).state).toBe('lost');
});

test('the age of the list is said in hours, and that matching is off when it is', () => {
  expect(listItem({ kind: 'list', name: 'x', ageHours: 3.9, age: 'fresh', waitsForWords: false })).toEqual({
    state: 'good',
    words: 'List 3 h old'
  });
  expect(listItem({ kind: 'list', name: 'x', ageHours: 14, age: 'aging', waitsForWords: false }).state).toBe('warn');
  expect(listItem({ kind: 'list', name: 'x', ageHours: 80, age: 'off', waitsForWords: false }).words).toContain(
    'matching off'
  );
  const old = { kind: 'list', name: 'x', ageHours: 30, age: 'stale' } as const;
  expect(listItem({ ...old, waitsForWords: true })).toMatchObject({
    state: 'lost',
    words: 'List 30 h old: matching waits for you'
  });
  expect(listItem({ ...old, waitsForWords: false })).toMatchObject({
    state: 'lost',
    words: 'List 30 h old: lead only'
  });
  expect(listItem({ kind: 'none' }).state).toBe('lost');
});

test('a camera that hardly gives frames is not called working', () => {
  expect(cameraItem({ phase: 'scanning', framesPerSecond: 18 }).state).toBe('good');
  expect(cameraItem({ phase: 'scanning', framesPerSecond: 1 }).state).toBe('warn');
  expect(cameraItem({ phase: 'failed', framesPerSecond: 0 }).state).toBe('lost');
});

test('a lost or forbidden position is said', () => {
  expect(positionItem({ kind: 'denied' }).state).toBe('lost');
  expect(
    positionItem({ kind: 'fix', lat: 0, lon: 0, accuracyM: 4.2, atMs: 0, told: '2026-11-22T18:00:00.000Z' })
  ).toEqual({
    state: 'good',
    words: 'Position ±4 m'
  });
});

test('storage, clock and damage are shown only when something is wrong', () => {
  const storage = { usedBytes: 1, quotaBytes: 100, persisted: true, share: 0.01 };
  expect(troubles({ storage, clock: { kind: 'agrees' }, damage: [] })).toEqual([]);
  expect(
    troubles({
      storage: { ...storage, share: 0.83 },
      clock: { kind: 'wrong', offsetMs: -180_000 },
      damage: ['journalDamaged']
    }).map(({ words }) => words)
  ).toEqual(['Storage 83 % full', 'Clock off by 3 min', 'Storage damage: tell headquarters']);
  expect(troubles({ storage, clock: { kind: 'setBack', byMs: 5 * 86_400_000 }, damage: [] })).toEqual([
    { state: 'warn', words: 'Clock set back by 5 days' }
  ]);
});
