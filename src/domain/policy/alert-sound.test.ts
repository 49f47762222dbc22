import { expect, test } from 'vitest';
import { HOTLIST_CATEGORIES } from '../records/hotlist.ts';
import { alertPriority, leadSound, SOUNDS_AGAIN_AFTER_MS } from './alert-sound.ts';

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
