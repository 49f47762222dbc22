import { expect, test } from 'vitest';
import { DeviceStrain, NO_STRAIN, type Heat } from './device-strain.ts';

function aBattery(level: number, charging: boolean) {
  return Object.assign(new EventTarget(), { level, charging });
}

test('a browser that tells nothing is taken to be cool and on power', async () => {
  const strain = new DeviceStrain({});
  await Promise.resolve();
  expect(strain.now).toEqual(NO_STRAIN);
});

test('the battery is told as it is now, not as it was at the start', async () => {
  const battery = aBattery(0.5, false);
  const strain = new DeviceStrain({ getBattery: () => Promise.resolve(battery) });
  await Promise.resolve();
  expect(strain.now.battery).toEqual({ level: 0.5, isCharging: false });
  Object.assign(battery, { level: 0.1, charging: true });
  expect(strain.now.battery).toEqual({ level: 0.1, isCharging: true });
});

test('the newest word on heat counts, and stopping ends the watch', () => {
  let tell: (state: Heat) => void = () => undefined;
  let watching = false;
  class PressureObserver {
    constructor(told: (records: readonly { state: Heat }[]) => void) {
      tell = (state) => {
        told([{ state: 'nominal' }, { state }]);
      };
    }
    observe() {
      watching = true;
      return Promise.resolve();
    }
    disconnect() {
      watching = false;
    }
  }
  const strain = new DeviceStrain({ PressureObserver });
  expect([strain.now.heat, watching]).toEqual([null, true]);
  tell('serious');
  expect(strain.now.heat).toBe('serious');
  strain.stop();
  expect(watching).toBe(false);
});

test('a browser that refuses to tell is no fault', async () => {
  class PressureObserver {
    observe() {
      return Promise.reject(new Error('NotAllowedError'));
    }
    disconnect() {
      return undefined;
    }
  }
  const refuse = () => Promise.reject(new Error('NotAllowedError'));
  const strain = new DeviceStrain({ getBattery: refuse, PressureObserver });
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(strain.now).toEqual(NO_STRAIN);
});
