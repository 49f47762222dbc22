import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { RecentRead } from '#lib/state/scanner.svelte.ts';
import NotAPlate from './NotAPlate.svelte';

const aRecentRead = (given: Partial<RecentRead> = {}): RecentRead => ({
  readId: 'r1',
  plate: 'TST042',
  jurisdiction: 'unknown',
  at: '2026-11-22T16:00:00.000Z',
  certain: true,
  plateImage: '',
  lead: false,
  correction: 'none',
  ...given
});

test('one press says that a read is no plate', async () => {
  const oncorrect = vi.fn();
  const screen = await render(NotAPlate, { read: aRecentRead(), oncorrect, onundo: vi.fn() });
  await screen.getByRole('button', { name: 'Not a plate: TST042' }).click();
  expect(oncorrect).toHaveBeenCalledWith('r1');
});

test('just said, it can be taken back', async () => {
  const onundo = vi.fn();
  const screen = await render(NotAPlate, { read: aRecentRead({ correction: 'given' }), oncorrect: vi.fn(), onundo });
  await expect.element(screen.getByRole('status')).toHaveTextContent('Not a plate');
  await screen.getByRole('button', { name: 'Undo' }).click();
  expect(onundo).toHaveBeenCalledWith('r1');
});

test('kept, it is said and no longer taken back; a lead is answered on its own card', async () => {
  const kept = await render(NotAPlate, {
    read: aRecentRead({ correction: 'kept' }),
    oncorrect: vi.fn(),
    onundo: vi.fn()
  });
  await expect.element(kept.getByText('Not a plate')).toBeVisible();
  expect(kept.getByRole('button').elements()).toEqual([]);
  const lead = await render(NotAPlate, { read: aRecentRead({ lead: true }), oncorrect: vi.fn(), onundo: vi.fn() });
  expect(lead.container.textContent.trim()).toBe('');
});
