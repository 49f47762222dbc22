import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import StatusStrip from './StatusStrip.svelte';

const PERIOD = {
  purpose: 'canvass',
  caseNumber: '26-004412',
  intervals: [{ startedAt: '2026-11-22T03:00:00.000Z', endedAt: null, endReason: null }]
} as const;

test('the use, its case and how long it runs stand in the strip', async () => {
  const nowMs = Date.parse('2026-11-22T03:41:07.000Z');
  render(StatusStrip, { period: PERIOD, items: [], officer: 'A. Example', nowMs });
  await expect.element(page.getByText(/Canvass/)).toHaveTextContent('Canvass · 26-004412');
  await expect.element(page.getByRole('link')).toHaveTextContent('A. Example · 00:41:07');
});

test('a state is a shape with a name and a word, not a color alone', async () => {
  const items = [
    { state: 'good', words: 'Camera 18 fps' },
    { state: 'lost', words: 'No position' }
  ] as const;
  render(StatusStrip, { period: null, items, officer: '', nowMs: 0 });
  await expect.element(page.getByRole('img', { name: 'working' })).toBeVisible();
  await expect.element(page.getByRole('img', { name: 'lost' })).toBeVisible();
});

test('what is lost is read out, what works is not', async () => {
  const items = [
    { state: 'good', words: 'Camera 18 fps' },
    { state: 'warn', words: 'No link · 41 waiting' }
  ] as const;
  render(StatusStrip, { period: null, items, officer: '', nowMs: 0 });
  await expect.element(page.getByRole('status')).toHaveTextContent('No link');
  expect(page.getByRole('status').element().textContent).not.toContain('Camera');
});
