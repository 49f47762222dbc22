import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { RecentRead } from '#lib/state/scanner.svelte.ts';
import ReadCorrection from './ReadCorrection.svelte';

const aRecentRead = (given: Partial<RecentRead> = {}): RecentRead => ({
  readId: 'r1',
  plate: 'TST042',
  jurisdiction: 'unknown',
  at: '2026-11-22T16:00:00.000Z',
  certain: true,
  plateImage: '',
  lead: false,
  correction: null,
  ...given
});

const misread = { finding: 'misread', plate: 'TST047' } as const;
const notAPlate = { finding: 'notAPlate' } as const;

test('one press begins the correction of a read', async () => {
  const oncorrect = vi.fn();
  const screen = await render(ReadCorrection, { read: aRecentRead(), oncorrect, onundo: vi.fn() });
  await screen.getByRole('button', { name: 'Correct TST042' }).click();
  expect(oncorrect).toHaveBeenCalledWith('r1');
});

test.each([
  ['Not a plate', notAPlate],
  ['it is TST047', misread]
] as const)('just said, it can be taken back: %s', async (words, found) => {
  const onundo = vi.fn();
  const read = aRecentRead({ correction: { found, isKept: false } });
  const screen = await render(ReadCorrection, { read, oncorrect: vi.fn(), onundo });
  await expect.element(screen.getByRole('status')).toHaveTextContent(words);
  await screen.getByRole('button', { name: 'Undo' }).click();
  expect(onundo).toHaveBeenCalledWith('r1');
});

test('kept, it is said and no longer taken back; a lead is answered on its own card first', async () => {
  const read = aRecentRead({ correction: { found: misread, isKept: true } });
  const kept = await render(ReadCorrection, { read, oncorrect: vi.fn(), onundo: vi.fn() });
  await expect.element(kept.getByText('TST047')).toBeVisible();
  expect(kept.getByRole('button').elements()).toEqual([]);
  const lead = await render(ReadCorrection, { read: aRecentRead({ lead: true }), oncorrect: vi.fn(), onundo: vi.fn() });
  expect(lead.container.textContent.trim()).toBe('');
});
