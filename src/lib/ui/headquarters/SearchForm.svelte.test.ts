import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { SearchAnswer } from '#domain/wire/answers.ts';
import type { SearchRequest } from '#domain/wire/requests.ts';
import type { Outcome } from '#lib/access/api.ts';
import SearchForm from './SearchForm.svelte';

const ANSWER: SearchAnswer = { lookId: 'look', rows: [], capped: false, boxesSearched: 1, readsInBoxes: 5 };

function show(outcome: Outcome<SearchAnswer> = { kind: 'ok', value: ANSWER }) {
  const send = vi.fn<(request: SearchRequest) => Promise<Outcome<SearchAnswer>>>(() => Promise.resolve(outcome));
  const onanswer = vi.fn();
  render(SearchForm, { from: '2026-11-15', to: '2026-11-22', send, onanswer });
  return { send, onanswer };
}
const caseNumber = page.getByLabelText('Case number');
const basis = page.getByLabelText('Factual basis');
const plate = page.getByLabelText(/^License plate/);
const go = page.getByRole('button', { name: 'Look up' });

test('nothing is asked of the server without a case number', async () => {
  const { send } = show();
  await basis.fill('Witness saw this car leave the scene at nine');
  await go.click();
  await expect.element(page.getByText('Give the case number this look belongs to.')).toBeVisible();
  expect(send).not.toHaveBeenCalled();
});

test('nothing is asked of the server on a basis that says nothing', async () => {
  const { send } = show();
  await caseNumber.fill('26-004412');
  await basis.fill('investigation');
  await go.click();
  await expect.element(page.getByText(/Say in a sentence which facts/)).toBeVisible();
  await expect.element(basis).toHaveFocus();
  expect(send).not.toHaveBeenCalled();
});

test('a plate is looked up however it was typed, with its reason and its days', async () => {
  const { send, onanswer } = show();
  await caseNumber.fill('26-004412');
  await basis.fill('Witness saw this car leave the scene at nine');
  await plate.fill('tst 042');
  await go.click();
  await vi.waitFor(() => expect(onanswer).toHaveBeenCalledWith(ANSWER));
  expect(send).toHaveBeenCalledWith({
    reason: {
      purpose: 'criminalInvestigation',
      caseNumber: '26-004412',
      factualBasis: 'Witness saw this car leave the scene at nine'
    },
    plate: 'TST042',
    from: '2026-11-15',
    to: '2026-11-22'
  });
});

test('a refusal of the server is said in its own words', async () => {
  const refusal = { code: 'noRole', sentence: 'Your roles do not include this.' };
  const { onanswer } = show({ kind: 'refused', status: 403, refusal });
  await caseNumber.fill('26-004412');
  await basis.fill('Witness saw this car leave the scene at nine');
  await go.click();
  await expect.element(page.getByRole('alert')).toHaveTextContent('Your roles do not include this.');
  expect(onanswer).not.toHaveBeenCalled();
});

test('the browser keeps neither plates nor case numbers', () => {
  show();
  for (const field of [caseNumber, basis, plate]) expect(field.element().getAttribute('autocomplete')).toBe('off');
});

test('who looks for one plate once too often writes the warrant down, and is answered then', async () => {
  const refusal = { code: 'lookNeedsAuthority', sentence: 'To go on needs a warrant.' };
  const { send, onanswer } = show({ kind: 'refused', status: 403, refusal });
  await caseNumber.fill('26-004412');
  await basis.fill('Witness saw this car leave the scene at nine');
  await plate.fill('TST 042');
  await go.click();
  await expect.element(page.getByText(/Who goes on follows a person/)).toBeVisible();
  expect(onanswer).not.toHaveBeenCalled();
  await go.click();
  await expect.element(page.getByLabelText('Warrant number')).toHaveFocus();
  expect(send).toHaveBeenCalledTimes(1);
  send.mockResolvedValue({ kind: 'ok', value: ANSWER });
  await page.getByLabelText('Warrant number').fill('W 26-77');
  await page.getByLabelText('Judge').fill('J. Invented');
  await page.getByLabelText('Valid until').fill('2026-12-01T12:00');
  await go.click();
  await expect.poll(() => onanswer.mock.calls.length).toBe(1);
  expect(send.mock.calls[1]?.[0]).toMatchObject({
    plate: 'TST042',
    authority: { kind: 'warrant', number: 'W 26-77', judge: 'J. Invented' }
  });
});
