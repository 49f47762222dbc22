/**
 * A lead never becomes an act unchecked, and only what the law names is matched at all (426.3(f), 426.3.1(b)(c); 13.824 subd. 2(c)(d)):
 * by a person at the screens, and against the running server for whoever goes past them.
 */
import { expect, test, type Page } from '@playwright/test';
import type { AgencyEntry } from '#domain/records/agency-entry.ts';
import type { HotlistSource, HotlistVersion } from '#domain/records/hotlist.ts';
import type { HitRow } from '#domain/wire/answers.ts';
import { HOUR_MS, instantOf } from '#domain/time/instant.ts';
import { DEMO_PLATES } from '#lib/capture/demo-scene.ts';
import { loadList, Person } from './support/agency.ts';
import { asTablet, atTheDesk, startDemo, type Demo, type DemoRole } from './support/demo.ts';
import { stopPatrol, waitForReads } from './support/officer.ts';

let demo: Demo;
test.beforeAll(async () => {
  demo = await startDemo();
});
test.afterAll(() => demo.stop());

const as = (role: DemoRole): Promise<Person> => new Person(demo.url).signIn(demo.account(role));
const inHours = (hours: number): string => instantOf(Date.now() + hours * HOUR_MS);

async function patrolTheStreet(page: Page): Promise<void> {
  await page.getByLabel(/demonstration street/).check();
  await page.getByRole('radio', { name: 'Routine patrol' }).click();
  await page.getByRole('button', { name: /Attest and start/ }).click();
  await expect(page).toHaveURL(/\/scan/);
}

/** The next lead, whether it takes the screen by itself or waits in the tray; the officer says that it was read correctly. */
async function aCorrectRead(page: Page): Promise<void> {
  const alert = page.getByRole('alertdialog');
  const tray = page.getByRole('link', { name: /unanswered/ });
  await expect(tray.or(alert).first()).toBeVisible({ timeout: 90_000 });
  if (!(await alert.isVisible())) {
    await tray.click();
    const waiting = page.getByRole('button').filter({ has: page.locator('.plate') });
    await waiting.first().click();
  }
  await page.getByRole('button', { name: /^Correct read/ }).click();
}

/** Compares characters, state, vehicle and driver by eye. */
async function compares(page: Page, ...words: readonly ('Yes' | 'No')[]): Promise<void> {
  for (const [at, word] of words.entries()) {
    await expect(page.getByText(new RegExp(`^${at + 1} of 4`))).toBeVisible();
    await page.getByRole('button', { name: word, exact: true }).click();
  }
}

async function minnesotaFileOf(sergeant: Person): Promise<HotlistSource> {
  const { hotlists } = await sergeant.ask<{ hotlists: readonly HotlistVersion[] }>('GET', '/api/register');
  const source = hotlists.find((version) => version.source.kind === 'mnPlateFile')?.source;
  if (source === undefined) throw new Error('the demo has no Minnesota file');
  return source;
}

/** An own entry as an officer writes it: a search of a day for an invented vehicle. */
const anEntry = (given: Partial<AgencyEntry> = {}) => ({
  plate: 'TST042',
  jurisdiction: 'MN',
  caseNumber: '26-004412',
  offense: 'Theft of a boat trailer',
  factualBasis: 'Witness saw the vehicle leave Example Street that evening',
  attested: true,
  looksFor: 'vehicle',
  tracking: null,
  days: 7,
  covert: false,
  ...given
});

test('no stop can be recorded before the live check, nor without a reason where it was not practicable, nor of what differs', async ({
  page
}) => {
  test.setTimeout(240_000);
  await asTablet(page, demo);
  await patrolTheStreet(page);
  const stop = page.getByRole('button', { name: 'Stop made' });

  await aCorrectRead(page);
  await expect(stop).toHaveCount(0);
  await compares(page, 'Yes', 'Yes', 'Yes', 'Yes');
  await expect(stop, 'compared is not checked').toHaveCount(0);
  await page.getByRole('button', { name: /^Not practicable/ }).click();
  const record = page.getByRole('button', { name: 'Record the check' });
  await expect(record).toBeDisabled();
  await page.getByLabel('Why was checking not practicable?').fill('no');
  await expect(record, 'no reason').toBeDisabled();
  await expect(stop).toHaveCount(0);
  await page.getByRole('button', { name: 'Moving traffic' }).click();
  await record.click();
  await expect(page.getByRole('alertdialog')).toContainText('Not checked: Not practicable');
  await stop.click();
  await page.getByRole('button', { name: /^Record and close/ }).click();
  await expect(page.getByLabel('ICR or report number')).toBeHidden();

  await aCorrectRead(page);
  await compares(page, 'Yes', 'Yes', 'No', 'Yes');
  await expect(page.getByText('The vehicle differs from the list: do not stop it for this lead.')).toBeVisible();
  await expect(stop).toBeDisabled();
  await page.getByRole('button', { name: /^No action/ }).click();
  while (await page.getByRole('alertdialog').isVisible()) await page.getByRole('button', { name: /^Not now/ }).click();
  await stopPatrol(page);
  await expect(page.getByText('Headquarters has everything')).toBeVisible({ timeout: 60_000 });

  const sergeant = await as('sergeant');
  const rows = await sergeant.ask<readonly HitRow[]>('GET', '/api/hits');
  const stops = rows.filter(
    ({ hit }) => hit.enforcement?.kind === 'stop' && hit.verification?.method === 'notPracticable'
  );
  expect(stops.map(({ hit }) => hit.verification?.reason)).toContain('Moving traffic');

  // A list of three days ago is matched by no tablet: cars may have been cleared since.
  const source = await minnesotaFileOf(sergeant);
  const file = [
    'record,plate,state,category',
    ...DEMO_PLATES.map((plate, i) => `R-${i},${plate},MN,stolenVehicle`),
    ''
  ];
  await loadList(sergeant, { source, asOf: inHours(-73), file: file.join('\n') });
  await page.getByRole('link', { name: 'Start another period' }).click();
  await patrolTheStreet(page);
  await expect(page.getByText(/List 73 h old: matching off/).first()).toBeVisible();
  await waitForReads(page, 3);
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await expect(page.getByRole('link', { name: /unanswered/ })).toHaveCount(0);
});

test('neither another source, nor an own entry that its author approves or that has expired, is ever matched', async ({
  page
}) => {
  const sergeant = await as('sergeant');
  const source = { ...(await minnesotaFileOf(sergeant)), kind: 'vendorNetwork' } as unknown as HotlistSource;
  await expect(loadList(sergeant, { source, asOf: inHours(0), file: '' })).rejects.toThrow(
    /answered 400.*unknownSource/
  );
  const asFile = { ...(await minnesotaFileOf(sergeant)), kind: 'agencyInvestigative' } as unknown as HotlistSource;
  await expect(loadList(sergeant, { source: asFile, asOf: inHours(0), file: '' })).rejects.toThrow(
    /answered 400.*entryByApproval/
  );

  const investigator = await as('investigator');
  const propose = (by: Person, entry: object): Promise<AgencyEntry> => by.ask('POST', '/api/agency-entries', entry);
  const approve = (by: Person, { _id }: AgencyEntry): Promise<AgencyEntry> =>
    by.ask('POST', `/api/agency-entries/${_id}/approval`, {});
  const facts = 'A child was taken an hour ago; the vehicle is all that is known';
  const soon = instantOf(Date.now() + 3_000);
  const brief = await propose(
    investigator,
    anEntry({ looksFor: 'person', tracking: { kind: 'exigency', facts, until: soon } })
  );
  await expect(propose(investigator, anEntry({ looksFor: 'person' }))).rejects.toThrow(/answered 400/);
  const own = await propose(sergeant, {
    ...anEntry({ looksFor: 'person', tracking: { kind: 'exigency', facts, until: instantOf(Date.now() + HOUR_MS) } })
  });
  await expect(approve(sergeant, own)).rejects.toThrow(/answered 403.*entrySelfApproval/);
  await expect.poll(() => instantOf(Date.now()) > soon).toBe(true);
  await expect(approve(sergeant, brief)).rejects.toThrow(/answered 409.*expired/);

  // Its author at the screen is offered no approval either.
  await atTheDesk(page, demo, 'sergeant');
  await page.getByRole('link', { name: 'Own entries' }).click();
  const mine = page.getByRole('article').filter({ has: page.getByRole('button', { name: 'Take back' }) });
  await expect(mine).toHaveCount(1);
  await expect(mine.getByRole('button', { name: 'Approve' })).toHaveCount(0);
});
