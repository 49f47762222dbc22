import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_STRAIN, type Strain } from '../capture/device-strain.ts';
import { FASTEST_MS, FramePace, LOW_BATTERY, paceMs, SLOWEST_MS } from './frame-pace.ts';

const onBattery = (level: number): Strain => ({ heat: null, battery: { level, isCharging: false } });

test('on power and cool every look follows the last, but no more than fifteen a second', () => {
  expect(paceMs(40, NO_STRAIN)).toBe(FASTEST_MS);
  expect(paceMs(200, NO_STRAIN)).toBe(200);
  expect(paceMs(200, { heat: 'fair', battery: { level: 0.05, isCharging: true } })).toBe(200);
});

test('a battery, a low battery and heat each slow it down, exactly from their limits', () => {
  expect(paceMs(100, onBattery(0.9))).toBe(125);
  expect(paceMs(100, onBattery(LOW_BATTERY))).toBe(125);
  expect(paceMs(100, onBattery(LOW_BATTERY - 0.01))).toBe(200);
  expect(paceMs(100, { ...NO_STRAIN, heat: 'serious' })).toBe(200);
  expect(paceMs(100, { ...NO_STRAIN, heat: 'critical' })).toBe(400);
});

test('however hot and slow, a car that passes is looked at', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 20_000, noNaN: true }),
      fc.constantFrom(null, 'nominal', 'fair', 'serious', 'critical' as const),
      fc.option(fc.record({ level: fc.double({ min: 0, max: 1, noNaN: true }), isCharging: fc.boolean() })),
      (lookMs, heat, battery) => {
        const pace = paceMs(lookMs, { heat, battery });
        expect(pace).toBeGreaterThanOrEqual(FASTEST_MS);
        expect(pace).toBeLessThanOrEqual(SLOWEST_MS);
      }
    )
  );
});

test('of a camera with thirty frames a second a tablet that needs 100 ms on battery takes one in four', () => {
  const pace = new FramePace(() => onBattery(0.8));
  pace.looked(100);
  const taken = Array.from({ length: 90 }, (_, i) => pace.takes((i * 1000) / 30)).filter(Boolean);
  expect(taken).toHaveLength(23);
});

test('looks that take longer and longer are made less often', () => {
  const pace = new FramePace(() => NO_STRAIN);
  for (let i = 0; i < 30; i++) pace.looked(300);
  expect([pace.takes(0), pace.takes(200), pace.takes(296)]).toEqual([true, false, true]);
});
