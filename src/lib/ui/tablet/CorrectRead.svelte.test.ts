import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../app.css';
import CorrectRead from './CorrectRead.svelte';

const read = {
  readId: 'r1',
  plate: 'TST042',
  jurisdiction: 'unknown',
  at: '2026-11-22T16:00:00.000Z',
  certain: true,
  plateImage: '',
  lead: false,
  correction: null
} as const;

async function opened() {
  const [onfound, onback] = [vi.fn(), vi.fn()];
  const screen = await render(CorrectRead, { read, typed: '', onfound, onback });
  return { screen, onfound, onback, field: screen.getByLabelText('The plate on the car') };
}

test('the plate on the car is typed as it stands there, and saved by the keyboard alone', async () => {
  const { screen, onfound, field } = await opened();
  await expect.element(field).toHaveFocus();
  // What was read stays before the eyes.
  await expect.element(screen.getByText('TST042')).toBeVisible();
  await userEvent.keyboard('tst-047{Enter}');
  expect(onfound).toHaveBeenCalledExactlyOnceWith({ finding: 'misread', plate: 'TST047' });
});

test.each([
  ['', 'Type the plate as it stands on the car'],
  ['TST 0421 99', 'one to eight letters and digits'],
  ['TSTO42', 'That is what was read']
])('what cannot be the correction is refused beside the field, and what was typed stays: %j', async (typed, words) => {
  const { screen, onfound, field } = await opened();
  await field.fill(typed);
  await screen.getByRole('button', { name: 'Save the plate' }).click();
  await expect.element(screen.getByText(words, { exact: false })).toBeVisible();
  await expect.element(field).toHaveValue(typed);
  await expect.element(field).toHaveFocus();
  expect(onfound).not.toHaveBeenCalled();
});

test('one press says that it is no plate; Escape goes back and says nothing', async () => {
  const { screen, onfound, onback } = await opened();
  await screen.getByRole('button', { name: 'Not a plate' }).click();
  expect(onfound).toHaveBeenCalledExactlyOnceWith({ finding: 'notAPlate' });
  await userEvent.keyboard('{Escape}');
  expect(onback).toHaveBeenCalledOnce();
});

test('its buttons are 20 mm high on a 10-inch tablet of 1280x800', async () => {
  const { screen } = await opened();
  const least = (20 / 254) * Math.hypot(1280, 800);
  for (const button of screen.getByRole('button').elements())
    expect(button.getBoundingClientRect().height, button.textContent).toBeGreaterThanOrEqual(least);
});
