import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Lead } from '#lib/alerts/lead.ts';
import '../../../app.css';
import AlertCard from './AlertCard.svelte';

const PIXEL = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=';

/** in pixels of a 10-inch tablet with 1280 x 800 of them, 254 mm across the corners */
const TWENTY_MM = (20 / 254) * Math.hypot(1280, 800);

const ALIKE = { characters: 'yes', state: 'yes', vehicle: 'yes', driver: 'cannotTell' } as const;

function aLead(change: Partial<Lead> = {}): Lead {
  return {
    hitId: 'h1',
    readId: 'r1',
    plate: 'TST8042',
    entry: { ref: 'E-1', plate: 'TSTB042', jurisdiction: 'WI', category: 'stolenVehicle', expiresAt: null },
    listName: 'Minnesota license plate data file',
    match: 'confusable',
    differences: [3],
    jurisdictionCheck: 'mismatch',
    looks: 5,
    secondReader: 'agrees',
    listAgeHours: 14,
    listAge: 'aging',
    readAt: '2026-11-22T03:14:09.120Z',
    level: 'tray',
    odds: 0.4,
    failed: ['exactMatch', 'stateDoesNotDiffer', 'oddsAreHigh'],
    plateImageUrl: PIXEL,
    contextImageUrl: PIXEL,
    answer: null,
    answeredAt: null,
    checks: null,
    verification: null,
    enforcement: null,
    dupOf: null,
    ...change
  };
}

function show(lead: Lead) {
  const events = { onanswer: vi.fn(), onundo: vi.fn(), onchecks: vi.fn(), onverify: vi.fn(), onoutcome: vi.fn() };
  return { events, screen: render(AlertCard, { lead, ...events }) };
}

test('it says that it is unverified and no grounds for a stop before it says what it may be', () => {
  show(aLead());
  const words = page.getByRole('alertdialog').element().textContent;
  expect(words.indexOf('not grounds for a stop')).toBeGreaterThan(-1);
  expect(words.indexOf('not grounds for a stop')).toBeLessThan(words.indexOf('Stolen vehicle'));
});

test('the doubtful character is boxed in both plates, and no other', () => {
  show(aLead());
  const boxed = [...document.querySelectorAll('mark')].map((mark) => mark.textContent);
  expect(boxed).toEqual(['B', '8']);
});

test('four answers, each a button as large as a gloved thumb', async () => {
  const { events } = show(aLead());
  for (const name of ['Correct read', 'Wrong state', 'Misread', 'Not now']) {
    const button = page.getByRole('button', { name });
    expect(button.element().getBoundingClientRect().height).toBeGreaterThanOrEqual(TWENTY_MM);
    await button.click();
  }
  expect(events.onanswer.mock.calls.flat()).toEqual(['correctRead', 'wrongJurisdiction', 'misread', 'notNow']);
});

test('keys 1 to 4 press the answers', async () => {
  const { events } = show(aLead());
  await userEvent.keyboard('3');
  expect(events.onanswer).toHaveBeenCalledWith('misread');
});

test('a correct read leads to four questions, each answered yes, no or cannot tell, none by default', async () => {
  const { events } = show(aLead({ answer: 'correctRead' }));
  expect(page.getByRole('button', { name: 'Stop made' }).query()).toBeNull();
  for (const [question, answer] of [
    [/all characters/, 'Yes'],
    [/state on the list/, 'Yes'],
    [/vehicle on the list/, 'No'],
    [/driver/, 'Cannot tell']
  ] as const) {
    await expect.element(page.getByRole('heading', { name: question })).toBeVisible();
    expect(events.onchecks).not.toHaveBeenCalled();
    const button = page.getByRole('button', { name: answer, exact: true });
    expect(button.element().getBoundingClientRect().height).toBeGreaterThanOrEqual(TWENTY_MM);
    await button.click();
  }
  const checks = { characters: 'yes', state: 'yes', vehicle: 'no', driver: 'cannotTell' };
  expect(events.onchecks).toHaveBeenCalledWith(checks);
});

test('what differs ends the lead: no check is asked for, no stop is open, and it says why', async () => {
  const { events } = show(aLead({ answer: 'correctRead', checks: { ...ALIKE, vehicle: 'no' } }));
  await expect.element(page.getByText(/The vehicle differs from the list/)).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Stop made' })).toBeDisabled();
  await page.getByRole('button', { name: 'No action' }).click();
  expect(events.onoutcome).toHaveBeenCalledWith({ kind: 'none' });
});

test('why a lead is silent, and how likely it is this plate, stands on the card', async () => {
  show(aLead());
  await expect.element(page.getByText(/only a look-alike of the plate on the list/)).toBeVisible();
  await expect.element(page.getByText('40 in 100 that it is this plate')).toBeVisible();
});

test('what compares well leads to the check and offers no stop', async () => {
  const { events } = show(aLead({ answer: 'correctRead', checks: ALIKE }));
  await expect.element(page.getByRole('heading', { name: /Verify with MNJIS or NLETS/ })).toBeVisible();
  expect(page.getByRole('button', { name: 'Stop made' }).query()).toBeNull();
  await page.getByRole('button', { name: /^NLETS/ }).click();
  await page.getByRole('button', { name: /^Not on file/ }).click();
  expect(events.onverify).toHaveBeenCalledWith({ method: 'nlets', result: 'notOnFile' });
});

test('a stop stays closed after a check that did not confirm, and says why', async () => {
  const verification = { method: 'mnjis', at: '2026-11-22T03:15:00.000Z', result: 'different' } as const;
  const { events } = show(aLead({ answer: 'correctRead', checks: ALIKE, verification }));
  await expect.element(page.getByRole('button', { name: 'Stop made' })).toBeDisabled();
  await expect.element(page.getByText('The check did not confirm the alert.')).toBeVisible();
  await page.getByRole('button', { name: 'No action' }).click();
  expect(events.onoutcome).toHaveBeenCalledWith({ kind: 'none' });
});

test('a confirmed check opens the outcomes and reminds of the report', async () => {
  const verification = { method: 'mnjis', at: '2026-11-22T03:15:00.000Z', result: 'confirmed' } as const;
  const { events } = show(aLead({ answer: 'correctRead', checks: ALIKE, verification }));
  await expect.element(page.getByText(/say so in the report/)).toBeVisible();
  await page.getByRole('button', { name: 'Citation' }).click();
  await page.getByLabelText(/ICR or report number/).fill('26-004412');
  await page.getByRole('button', { name: /Record and close/ }).click();
  expect(events.onoutcome).toHaveBeenCalledWith({ kind: 'citation', icr: '26-004412' });
});

test('checking that was not practicable needs a reason in words', async () => {
  const { events } = show(aLead({ answer: 'correctRead', checks: ALIKE }));
  await page.getByRole('button', { name: /^Not practicable/ }).click();
  await expect.element(page.getByRole('button', { name: 'Record the check' })).toBeDisabled();
  await page.getByRole('button', { name: 'Moving traffic' }).click();
  await page.getByRole('button', { name: 'Record the check' }).click();
  expect(events.onverify).toHaveBeenCalledWith({
    method: 'notPracticable',
    result: 'unable',
    reason: 'Moving traffic'
  });
});

test('a list about the owner says that it does not speak of the driver', async () => {
  show(aLead({ entry: { ...aLead().entry, category: 'licenseSuspended' } }));
  await expect.element(page.getByText(/speaks of the owner, not of the driver/)).toBeVisible();
});
