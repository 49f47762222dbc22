import { expect, test } from 'vitest';
import type { AlertPriority } from '#domain/policy/alert-sound.ts';
import type { HotlistCategory } from '#domain/records/hotlist.ts';
import { LeadSounds } from './lead-sounds.ts';

const aLead = (plate: string, category: HotlistCategory = 'stolenVehicle', level: 'sound' | 'tray' = 'sound') => ({
  plate,
  level,
  entry: { ref: 'r1', plate, jurisdiction: 'MN', category, expiresAt: null }
});

function listener(muteNormal = () => false) {
  const heard: AlertPriority[] = [];
  const sounds = new LeadSounds({ arm: () => undefined, play: (priority) => heard.push(priority) }, muteNormal);
  return { heard, sounds };
}

test('a car read with O for zero is the same car and does not sound twice', () => {
  const { heard, sounds } = listener();
  sounds.tell(aLead('TST042'), 0);
  sounds.tell(aLead('TSTO42'), 60_000);
  sounds.tell(aLead('TST041'), 61_000);
  expect(heard).toEqual(['high', 'high']);
});

test('a lead that stayed silent does not keep the same car from sounding a moment later', () => {
  const { heard, sounds } = listener();
  expect(sounds.tell(aLead('TST042', 'warrant', 'tray'), 0)).toEqual({ kind: 'silent', because: 'tray' });
  sounds.tell(aLead('TST042', 'warrant'), 1_000);
  expect(heard).toEqual(['normal']);
});

test('the setting counts as it is at that moment', () => {
  let isMuted = true;
  const { heard, sounds } = listener(() => isMuted);
  sounds.tell(aLead('TST042', 'warrant'), 0);
  isMuted = false;
  sounds.tell(aLead('TST042', 'warrant'), 1_000);
  expect(heard).toEqual(['normal']);
});

test('with the period ends the memory of what sounded', () => {
  const { heard, sounds } = listener();
  sounds.tell(aLead('TST042'), 0);
  sounds.forget();
  sounds.tell(aLead('TST042'), 1_000);
  expect(heard).toHaveLength(2);
});
