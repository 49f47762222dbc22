import { expect, test } from 'vitest';
import { HOTLIST_CATEGORIES } from '../records/hotlist.ts';
import {
  alertPriority,
  beyondBacklog,
  isSameCarAgain,
  leadSound,
  MOST_WAITING,
  SOUNDS_AGAIN_AFTER_MS
} from './alert-sound.ts';

const stolen = { level: 'sound', category: 'stolenVehicle' } as const;
const suspended = { level: 'sound', category: 'licenseSuspended' } as const;
const atFirst = { nowMs: 1_000, lastSoundedMs: undefined, muteNormal: false };

test('leads where somebody may be in danger have a sound of their own, everything else the normal one', () => {
  const high = HOTLIST_CATEGORIES.filter((category) => alertPriority(category) === 'high');
  expect(high).toEqual([
    'stolenVehicle',
    'stolenPlate',
    'felonyVehicle',
    'wantedPerson',
    'missingPerson',
    'keepingOurPoliceSafe'
  ]);
  expect(leadSound(stolen, atFirst)).toEqual({ kind: 'sound', priority: 'high' });
  expect(leadSound(suspended, atFirst)).toEqual({ kind: 'sound', priority: 'normal' });
});

test('a lead of the tray is silent, whatever the car is wanted for', () => {
  for (const category of HOTLIST_CATEGORIES)
    expect(leadSound({ level: 'tray', category }, atFirst)).toEqual({ kind: 'silent', because: 'tray' });
});

test('the same car sounds again only after five minutes', () => {
  const again = (afterMs: number) => leadSound(stolen, { ...atFirst, nowMs: afterMs, lastSoundedMs: 0 });
  expect(again(SOUNDS_AGAIN_AFTER_MS - 1)).toEqual({ kind: 'silent', because: 'sameCar' });
  expect(again(SOUNDS_AGAIN_AFTER_MS)).toEqual({ kind: 'sound', priority: 'high' });
});

test('mute silences normal leads, never those of high priority', () => {
  expect(leadSound(suspended, { ...atFirst, muteNormal: true })).toEqual({ kind: 'silent', because: 'muted' });
  expect(leadSound(stolen, { ...atFirst, muteNormal: true })).toEqual({ kind: 'sound', priority: 'high' });
});

test('of too many waiting leads the oldest of normal priority leave the tray, and never one of high priority', () => {
  const waiting = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ n, category: 'licenseSuspended' as const }));
  expect(beyondBacklog(waiting(MOST_WAITING))).toEqual([]);
  expect(beyondBacklog(waiting(MOST_WAITING + 2)).map(({ n }) => n)).toEqual([MOST_WAITING, MOST_WAITING + 1]);
  expect(beyondBacklog(waiting(MOST_WAITING + 2).map(({ n }) => ({ n, category: 'stolenVehicle' as const })))).toEqual(
    []
  );
});

test('a lead repeats one of the same entry within five minutes, unless it would sound and the earlier one was silent', () => {
  const at = (ms: number) => new Date(Date.parse('2026-11-22T16:00:00.000Z') + ms).toISOString();
  const seen = (level: 'sound' | 'tray', ms = 0, ref = 'V-1') => ({ level, readAt: at(ms), entry: { ref } });
  expect(isSameCarAgain(seen('sound'), seen('sound', SOUNDS_AGAIN_AFTER_MS - 1))).toBe(true);
  expect(isSameCarAgain(seen('tray'), seen('tray', 1_000))).toBe(true);
  expect(isSameCarAgain(seen('sound'), seen('tray', 1_000))).toBe(true);
  expect(isSameCarAgain(seen('tray'), seen('sound', 1_000))).toBe(false);
  expect(isSameCarAgain(seen('sound'), seen('sound', SOUNDS_AGAIN_AFTER_MS))).toBe(false);
  expect(isSameCarAgain(seen('sound', 1_000), seen('sound'))).toBe(false);
  expect(isSameCarAgain(seen('sound'), seen('sound', 1_000, 'V-2'))).toBe(false);
});
