import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Lead } from '#lib/alerts/lead.ts';
import type { RecentRead, Scanner } from '#lib/state/scanner.svelte.ts';
import { UndoOffer } from '#lib/state/undo-offer.svelte.ts';
import '../../../app.css';
import ScanScreen from './ScanScreen.svelte';

const PIXEL = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=';
const READ: RecentRead = {
  readId: 'r1',
  plate: 'TST042',
  jurisdiction: 'unknown',
  at: '2026-11-22T16:00:00.000Z',
  certain: true,
  plateImage: PIXEL,
  lead: false,
  correction: null
};
const LEAD: Lead = {
  hitId: 'h1',
  readId: 'r2',
  plate: 'TST777',
  entry: { ref: 'E-1', plate: 'TST777', jurisdiction: 'MN', category: 'stolenVehicle', expiresAt: null },
  listName: 'Minnesota license plate data file',
  match: 'exact',
  differences: [],
  jurisdictionCheck: 'match',
  looks: 5,
  secondReader: 'agrees',
  listAgeHours: 1,
  listAge: 'fresh',
  readAt: '2026-11-22T16:00:05.000Z',
  level: 'sound',
  odds: 0.9,
  failed: [],
  plateImageUrl: PIXEL,
  contextImageUrl: PIXEL,
  answer: null,
  answeredAt: null,
  checks: null,
  verification: null,
  enforcement: null,
  dupOf: null
};

/** What the screen asks of the scanner; one line makes it another moment. */
function aScanner(given: Partial<Scanner>) {
  return {
    phase: 'scanning',
    failure: null,
    stream: null,
    frame: { width: 1280, height: 720 },
    plates: [],
    framesPerSecond: 10,
    position: { kind: 'searching' },
    list: { kind: 'none' },
    notKept: 0,
    period: null,
    recent: [READ],
    counts: { reads: 1, plates: 1, leads: 0, answered: 0 },
    tray: [],
    alert: null,
    readOfLead: () => undefined,
    correct: vi.fn(),
    undoCorrection: vi.fn(),
    answer: vi.fn(),
    undoAnswer: vi.fn(),
    ...given
  } as unknown as Scanner;
}

function show(scanner: Scanner, undo = new UndoOffer()) {
  const nothing = { status: null, officer: 'Ofc. Example', nowMs: 0, onstopped: vi.fn() };
  return render(ScanScreen, { scanner, undo, ...nothing });
}

test('a lead takes the screen while a plate is typed, its digits answer no lead, and what was typed is there again', async () => {
  await page.viewport(1280, 800);
  const screen = await show(aScanner({}));
  await screen.getByRole('button', { name: 'Correct TST042' }).click();
  await screen.getByRole('textbox', { name: 'The plate on the car' }).fill('TST0');

  const answer = vi.fn();
  const withLead = aScanner({ alert: LEAD, answer });
  await screen.rerender({ scanner: withLead });
  await expect.element(screen.getByRole('alertdialog')).toBeVisible();
  expect(screen.getByRole('textbox').elements()).toEqual([]);
  await userEvent.keyboard('43');
  expect(answer).not.toHaveBeenCalled();

  const correct = vi.fn();
  const typing = aScanner({ correct });
  await screen.rerender({ scanner: typing });
  await expect.element(screen.getByRole('textbox', { name: 'The plate on the car' })).toHaveValue('TST0');
  await userEvent.keyboard('43');
  await screen.getByRole('button', { name: 'Save the plate' }).click();
  expect(correct).toHaveBeenCalledExactlyOnceWith('r1', { finding: 'misread', plate: 'TST043' });

  // The control: with nothing being typed a digit answers.
  const free = aScanner({ alert: LEAD, answer });
  await screen.rerender({ scanner: free });
  await expect.element(screen.getByRole('alertdialog')).toBeVisible();
  await userEvent.keyboard('4');
  expect(answer).toHaveBeenCalledOnce();
});

test('an answer is taken back by one press of the bar that says it', async () => {
  const undo = new UndoOffer();
  const undoAnswer = vi.fn();
  const screen = await show(aScanner({ undoAnswer }), undo);
  undo.offer('h1', 'notNow', Date.now());
  await screen.getByRole('button', { name: 'Undo' }).click();
  expect(undoAnswer).toHaveBeenCalledExactlyOnceWith('h1');
  expect(undo.offered).toBeNull();
});

test('after the answer that a lead was misread the officer is offered to type the right plate', async () => {
  const undo = new UndoOffer();
  const scanner = aScanner({ readOfLead: (hitId) => (hitId === 'h1' ? READ : undefined) });
  const screen = await show(scanner, undo);
  undo.offer('h1', 'misread', Date.now());
  await screen.getByRole('button', { name: 'Type the right plate' }).click();
  await expect.element(screen.getByRole('heading', { name: 'Which plate is it?' })).toBeVisible();
  expect(undo.offered, 'who types the right plate means the answer').toBeNull();

  undo.offer('h2', 'notNow', Date.now());
  await expect.element(screen.getByRole('button', { name: 'Undo' })).toBeVisible();
  expect(screen.getByRole('button', { name: 'Type the right plate' }).elements()).toEqual([]);
});
