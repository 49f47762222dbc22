import { expect, test } from 'vitest';
import { SAME_CAR_UNSEEN_MS } from '#domain/voting/same-car.ts';
import { Chance } from '#tests/simulation/chance.ts';
import { Lookout } from './lookout.ts';
import type { MeasuredLook } from './measured-look.ts';

const look = (x: number, text: string, probability = 0.97, changes: Partial<MeasuredLook> = {}): MeasuredLook => ({
  quad: [
    { x, y: 300 },
    { x: x + 120, y: 300 },
    { x: x + 120, y: 360 },
    { x, y: 360 }
  ],
  score: 0.85,
  sharpness: 0.4,
  candidates: [{ text, probability }],
  ...changes
});

/** Shows the lookout one frame after the other and gives the plates of the reads it makes. */
function readsOf(frames: readonly { readonly atMs: number; readonly looks: readonly MeasuredLook[] }[]): string[] {
  const lookout = new Lookout();
  const plates: string[] = [];
  for (const { atMs, looks } of frames) {
    lookout.see(looks, atMs);
    plates.push(...lookout.due(atMs).map((pass) => pass.vote.plate));
  }
  return [...plates, ...lookout.finish().map((pass) => pass.vote.plate)];
}

test('a car that drives by is one read', () => {
  const frames = Array.from({ length: 12 }, (_, i) => ({ atMs: i * 100, looks: [look(100 + 60 * i, 'TST042')] }));
  expect(readsOf(frames)).toEqual(['TST042']);
});

test('a car that stands before the camera for two minutes is one read, however its looks flicker', () => {
  const chance = new Chance(11);
  const frames = Array.from({ length: 1200 }, (_, i) => {
    const x = 400 + 4 * chance.next();
    // One look in five is blurred and says something else, one in ten finds no plate, a passer-by hides it for three seconds.
    const hidden = i > 500 && i < 530;
    const blurred = chance.happens(0.2);
    const looks = hidden || chance.happens(0.1) ? [] : [blurred ? look(x, 'T5T04Z', 0.3) : look(x, 'TST042')];
    return { atMs: i * 100, looks };
  });
  expect(readsOf(frames)).toEqual(['TST042']);
});

test('the same plate is read again only after it was out of view', () => {
  const passAt = (fromMs: number) =>
    Array.from({ length: 5 }, (_, i) => ({ atMs: fromMs + i * 100, looks: [look(300, 'TST042')] }));
  const gone = (fromMs: number, forMs: number) =>
    Array.from({ length: Math.floor(forMs / 500) }, (_, i) => ({ atMs: fromMs + i * 500, looks: [] }));
  const back = 400 + SAME_CAR_UNSEEN_MS;
  expect(readsOf([...passAt(0), ...gone(500, 30_000), ...passAt(30_500)])).toEqual(['TST042']);
  expect(readsOf([...passAt(0), ...gone(500, back - 500), ...passAt(back)])).toEqual(['TST042', 'TST042']);
});

test('two cars side by side are two reads', () => {
  const frames = Array.from({ length: 6 }, (_, i) => ({
    atMs: i * 100,
    looks: [look(100 + 20 * i, 'TST042'), look(700 + 20 * i, '0XY17Z')]
  }));
  expect(readsOf(frames).sort()).toEqual(['0XY17Z', 'TST042']);
});

test('what was seen is forgotten when asked', () => {
  const lookout = new Lookout(7);
  const see = (atMs: number) => {
    lookout.see([look(300, 'TST042')], atMs);
    return lookout.due(atMs).length;
  };
  expect([see(0), see(100), see(200), see(300)].reduce((sum, count) => sum + count, 0)).toBe(1);
  lookout.forget();
  expect(lookout.finish()).toEqual([]);
  expect([see(400), see(500), see(600), see(700)].reduce((sum, count) => sum + count, 0)).toBe(1);
});
