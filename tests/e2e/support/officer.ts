/** What an officer does on the tablet's screens, in the order of the day. */
import { expect as impatient, type Page } from '@playwright/test';
import { foldPlate } from '#domain/plate/fold.ts';
import type { SealedRecord } from '#domain/records/sealed.ts';
import { framesIn } from '#lib/vault/frames.ts';
import type { Account, Agency } from './agency.ts';

// As in the settings of the end-to-end tests, for rigs that run without those: on a busy machine a sign-in takes ten seconds.
const expect = impatient.configure({ timeout: 30_000 });

export async function enroll(page: Page, agency: Agency, label = 'Tablet 1'): Promise<void> {
  await page.goto(`${agency.url}/enroll`);
  await page.getByLabel('One-time code').fill(await agency.newEnrollmentCode());
  await page.getByLabel('Name of this tablet').fill(label);
  await page.getByRole('button', { name: 'Enroll' }).click();
  await expect(page.getByText(`This is ${label} now.`)).toBeVisible();
}

export async function signIn(page: Page, url: string, account: Account): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByRole('button', { name: 'I understand' }).click();
  await page.getByLabel('Sign-in name').fill(account.signInName);
  await page.getByLabel('Password').fill(account.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  // The entrance sends each on to where their work begins; a page that is opened before that asks anew who is there.
  await expect(page).not.toHaveURL(/\/(sign-in)?$/);
}

/** The password at a locked tablet; after a fresh start the notice of use comes first. */
export async function unlock(page: Page, account: Account): Promise<void> {
  const agree = page.getByRole('button', { name: 'I understand' });
  const password = page.getByRole('region', { name: 'Locked' }).getByLabel('Password');
  await expect(agree.or(password)).toBeVisible();
  if (await agree.isVisible()) await agree.click();
  await password.fill(account.password);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByRole('region', { name: 'Locked' })).toBeHidden();
}

/** Routine patrol on foot: no case number (426.3(b)). `account` unlocks the tablet where the page is opened afresh. */
export async function startPatrol(page: Page, url: string, account?: Account): Promise<void> {
  if (!page.url().endsWith('/start')) await page.goto(`${url}/start`);
  if (account !== undefined) await unlock(page, account);
  await page.getByRole('radio', { name: /Routine patrol/ }).check();
  await page.getByRole('button', { name: /Attest and start/ }).click();
  await expect(page).toHaveURL(/\/scan/);
}

/** Reads the tablet counts in this period. */
export async function readsSoFar(page: Page): Promise<number> {
  const counts = await page
    .getByText(/\d+ reads · \d+ plates/)
    .first()
    .textContent();
  return Number(/(\d+) reads/.exec(counts ?? '')?.[1] ?? 0);
}

export async function waitForReads(page: Page, count: number, timeout = 90_000): Promise<void> {
  await expect.poll(() => readsSoFar(page), { timeout, intervals: [500] }).toBeGreaterThanOrEqual(count);
}

/**
 * Waits until `count` different ones of the folded `plates` were read. The screen shows its newest reads only, so what it
 * shows is gathered as it goes by. How many frames a second a machine looks at decides how long this takes.
 */
export async function waitForPlates(page: Page, plates: ReadonlySet<string>, count: number): Promise<void> {
  const read = new Set<string>();
  const gather = async (): Promise<number> => {
    for (const shown of await page
      .getByRole('region', { name: 'Reads of this period' })
      .locator('.plate')
      .allTextContents()) {
      const plate = foldPlate(shown.trim());
      if (plates.has(plate)) read.add(plate);
    }
    return read.size;
  };
  await expect.poll(gather, { timeout: 180_000, intervals: [500] }).toBeGreaterThanOrEqual(count);
}

/** Types which plate it is, in a correction that was begun. A lead may take the screen in between; nothing is lost by that. */
export async function typePlate(page: Page, plate: string): Promise<void> {
  await expect(async () => {
    if (await page.getByRole('alertdialog').isVisible())
      await page.getByRole('button', { name: /^Not now/ }).click({ timeout: 1_000 });
    await page.getByLabel('The plate on the car').fill(plate, { timeout: 1_000 });
    await page.getByRole('button', { name: 'Save the plate' }).click({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
}

export async function stopPatrol(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Stop/ }).click();
  await expect(page).toHaveURL(/\/period/);
}

/** Everything a tablet holds: files of OPFS with their sizes, databases, caches, web storage. */
export async function kept(page: Page): Promise<{ files: readonly string[]; databases: readonly string[] }> {
  return page.evaluate(async () => {
    const files: string[] = [];
    const walk = async (folder: FileSystemDirectoryHandle, path: string): Promise<void> => {
      for await (const [name, handle] of folder as unknown as AsyncIterable<[string, FileSystemHandle]>) {
        if (handle.kind === 'directory') await walk(handle as FileSystemDirectoryHandle, `${path}${name}/`);
        else files.push(path + name);
      }
    };
    await walk(await navigator.storage.getDirectory(), '');
    const databases = (await indexedDB.databases()).map((database) => database.name ?? '');
    return { files, databases };
  });
}

/** Sealed text longer than this holds pictures: a read. A snapshot of a period is far shorter. */
const LONGEST_SNAPSHOT = 6_000;

/** Ids of the sealed reads in the tablet's journals: all that was called saved and is not yet receipted. */
export async function readsInJournals(page: Page): Promise<readonly string[]> {
  const journals = await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('journal').catch(() => undefined);
    const found: string[] = [];
    if (folder === undefined) return found;
    // A snapshot of a file that is appended to meanwhile can no longer be read: take a new one.
    const bytesOf = async (file: FileSystemFileHandle, triesLeft = 20): Promise<Uint8Array> => {
      try {
        return new Uint8Array(await (await file.getFile()).arrayBuffer());
      } catch (error) {
        const changed = error instanceof DOMException && error.name === 'NotReadableError';
        if (!changed || triesLeft === 0) throw error;
        return bytesOf(file, triesLeft - 1);
      }
    };
    for await (const handle of (folder as unknown as { values(): AsyncIterable<FileSystemFileHandle> }).values()) {
      const bytes = await bytesOf(handle);
      let written = '';
      for (let at = 0; at < bytes.length; at += 8_192)
        written += String.fromCharCode(...bytes.subarray(at, at + 8_192));
      found.push(btoa(written));
    }
    return found;
  });
  return journals
    .flatMap((journal) => framesIn(Buffer.from(journal, 'base64')).payloads)
    .map((payload) => JSON.parse(Buffer.from(payload).toString()) as Partial<SealedRecord>)
    .filter((record) => record.kind === 'sealed' && (record.body?.length ?? 0) > LONGEST_SNAPSHOT)
    .map((record) => record._id ?? '');
}
