/** The demonstration as a person meets it: what the server printed, and the way to each screen. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { signIn } from './officer.ts';
import { startServer, type RunningServer } from './server.ts';

export type DemoRole = 'operator' | 'supervisor' | 'investigator' | 'sergeant' | 'chief' | 'auditor';

export interface Demo {
  readonly server: RunningServer;
  readonly url: string;
  account(role: DemoRole): { readonly signInName: string; readonly password: string };
  readonly enrollmentCode: string;
  /** a server beside it that nobody has set up yet */
  readonly fresh: RunningServer;
  stop(): Promise<void>;
}

/** Starts the real server with --demo and reads the accounts and the code that it prints. */
export async function startDemo(): Promise<Demo> {
  const data = mkdtempSync(join(tmpdir(), 'platekeeper-fresh-'));
  const [server, fresh] = await Promise.all([startServer({ demo: true }), startServer({ data })]);
  const printed = server.printed();
  const code = /([A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4})\s*$/m.exec(printed)?.[1];
  if (code === undefined) throw new Error('The demo printed no enrollment code.');
  return {
    server,
    url: server.url,
    enrollmentCode: code,
    fresh,
    stop: async () => {
      await Promise.all([server.stop(), fresh.stop()]);
      rmSync(data, { recursive: true, force: true });
    },
    account: (role) => {
      const password = new RegExp(`^ +${role} +(\\S+)`, 'm').exec(printed)?.[1];
      if (password === undefined) throw new Error(`The demo printed no account for the ${role}.`);
      return { signInName: role, password };
    }
  };
}

/** Signs a member in at the desk. */
export async function atTheDesk(page: Page, demo: Demo, role: DemoRole): Promise<void> {
  await signIn(page, demo.url, demo.account(role));
  await expect(page.getByText('look-ups are logged')).toBeVisible();
}

/** Makes this browser a tablet with an operator on it. */
export async function asTablet(page: Page, demo: Demo): Promise<void> {
  await page.goto(`${demo.url}/enroll`);
  await page.getByLabel('One-time code').fill(demo.enrollmentCode);
  await page.getByLabel('Name of this tablet').fill('Tablet 7');
  await page.getByRole('button', { name: 'Enroll' }).click();
  await expect(page.getByText('This is Tablet 7 now.')).toBeVisible();
  await signIn(page, demo.url, demo.account('operator'));
  await expect(page).toHaveURL(/\/start/);
}

/** Starts a canvass before the drawn street of the demonstration. */
export async function startCanvass(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'Canvass' }).click();
  await page.getByLabel('Case or ICR number').fill('26-004412');
  await page.getByLabel(/demonstration street/).check();
  await page.getByRole('button', { name: /Attest and start/ }).click();
  await expect(page).toHaveURL(/\/scan/);
}

/** Looks reads of the last week up, with a reason. */
export async function lookUp(page: Page): Promise<void> {
  await page.getByLabel('Case number').fill('26-004412');
  await page.getByLabel('Factual basis').fill('Witness saw the vehicle leave Example Street that evening');
  await page.getByRole('button', { name: 'Look up' }).click();
  await expect(page.getByText(/of the audit trail/)).toBeVisible();
}
