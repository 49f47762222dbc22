import { expect, test } from 'vitest';
import { sweep } from './sweep.ts';

const BOXES = [
  { boxId: 'a', destroyBy: '2026-11-22T06:00:00.000Z' },
  { boxId: 'b', destroyBy: '2026-11-22T06:00:00.001Z' }
];

test('a box is destroyed at the very instant of its date and not a millisecond before', async () => {
  const destroyed: string[] = [];
  const destroy = (boxId: string): Promise<void> => Promise.resolve(void destroyed.push(boxId));
  expect(await sweep(BOXES, '2026-11-22T05:59:59.999Z', destroy)).toBe(0);
  expect(await sweep(BOXES, '2026-11-22T06:00:00.000Z', destroy)).toBe(1);
  expect(destroyed).toEqual(['a']);
});

test('a sweep that failed half-way is finished by the next one', async () => {
  const left = new Set(['a', 'b']);
  let failures = 1;
  const destroy = (boxId: string): Promise<void> => {
    if (boxId === 'b' && failures-- > 0) return Promise.reject(new Error('killed'));
    left.delete(boxId);
    return Promise.resolve();
  };
  const later = '2027-01-22T06:00:00.000Z';
  await expect(sweep(BOXES, later, destroy)).rejects.toThrow();
  await sweep(
    BOXES.filter((box) => left.has(box.boxId)),
    later,
    destroy
  );
  expect(left.size).toBe(0);
});
