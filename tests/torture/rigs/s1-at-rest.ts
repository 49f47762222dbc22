/**
 * S1: a tablet is used through its screens with plates, names, a case number, a password and tokens that the rig knows; at six
 * moments every byte of the browser's profile folder is searched for them in five encodings. The control leaks on purpose and must be found. What lies in
 * the browser's stores must be in the list of locations.
 */
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { framesIn } from '#lib/vault/frames.ts';
import { locationOf } from '#lib/vault/locations.ts';
import { checkSealedRecord, type SealedRecord } from '#domain/records/sealed.ts';
import { makeClip } from '#tests/clips/make-clip.ts';
import { streetScene } from '#tests/clips/scenes.ts';
import { stopPatrol, unlock, waitForReads } from '#tests/e2e/support/officer.ts';
import { readFileSync } from 'node:fs';
import type { Rig } from '../rig.ts';
import { rawBoxKeys } from '../support/box-keys.ts';
import { ENCODINGS, needlesOf, type Hit, type Needle } from '../support/needles.ts';
import { privateFiles } from '../support/profile.ts';
import { searchProfile } from '../support/search.ts';
import { startSite, type Site } from '../support/site.ts';
import { TabletUnderTorture } from '../support/tablet.ts';
import { storedThings } from '../support/stored-things.ts';

/** No two begin alike: a compressing store writes what it has seen before as a reference. */
const PLATES = ['TSQ417', 'XWK802', 'HNV365', 'ZDB971', 'KCM546', 'RYF230'];
const CASE_NUMBER = '26-779315';
const MOMENTS = ['capture', 'idle', 'crash', 'kill', 'sign-out', 'destruction'] as const;
type Moment = (typeof MOMENTS)[number];

export const S1: Rig = {
  id: 'S1',
  claim: 'plates, names, case numbers, passwords, tokens and keys in the browser’s profile at six moments: 0 hits',
  rounds: 1,
  async run({ say }) {
    const site = await startSite();
    try {
      const clip = join(site.folder, 'canaries.mjpeg');
      await makeClip({ scenes: [streetScene(PLATES)], out: clip });
      const tablet = new TabletUnderTorture(site, 'profile', { clip });
      const { hits, unlisted, keys } = await aDayOf(tablet, site, say);
      const leaked = await leakOnPurpose(tablet, site);
      const missed = ENCODINGS.filter((encoding) => !leaked.some((hit) => hit.encoding === encoding));
      return {
        figures: [
          ...MOMENTS.map((moment) => [moment, wordsOf(hits.get(moment) ?? [])] as const),
          ['box keys known to the rig and searched for', String(keys)],
          ['kept but not in the list of locations', unlisted.length === 0 ? 'nothing' : unlisted.join(', ')],
          ['control that leaks: encodings found', `${ENCODINGS.length - missed.length} of ${ENCODINGS.length}`]
        ],
        faults: [
          ...[...hits].flatMap(([moment, found]) =>
            found.map((hit) => `${moment}: ${hit.what} in ${hit.encoding} in ${hit.file}`)
          ),
          ...unlisted.map((thing) => `${thing} is kept and is not in locations.ts`),
          ...(keys === 0 ? ['no box key could be searched for'] : []),
          ...missed.map((encoding) => `the control leaked in ${encoding} and was not found: this rig sees nothing`)
        ]
      };
    } finally {
      await site.stop();
    }
  }
};

interface Day {
  readonly hits: ReadonlyMap<Moment, readonly Hit[]>;
  readonly unlisted: readonly string[];
  readonly keys: number;
}

async function aDayOf(tablet: TabletUnderTorture, site: Site, say: (line: string) => void): Promise<Day> {
  const { operator } = site.agency;
  const needles: Needle[] = [
    ...PLATES.flatMap((plate) => needlesOf('a plate', plate)),
    ...needlesOf('the case number', CASE_NUMBER),
    ...needlesOf('the password', operator.password),
    ...needlesOf('the officer’s name', 'Ofc. A. Example'),
    ...needlesOf('the sign-in name', operator.signInName)
  ];
  const keys = new Set<string>();
  const unlisted = new Set<string>();
  const hits = new Map<Moment, readonly Hit[]>();
  tablet.onSecret = (what, secret) => needles.push(...needlesOf(what, secret));

  const look = async (moment: Moment, page?: Page): Promise<void> => {
    for (const key of await rawBoxKeys(site.data, sealedOn(tablet.profile))) {
      if (!keys.has(key.toString('hex'))) needles.push(...needlesOf('the key of a box', key));
      keys.add(key.toString('hex'));
    }
    if (page !== undefined)
      for (const thing of await storedThings(page))
        if (locationOf(thing.store, thing.name) === undefined) unlisted.add(`${thing.store} ${thing.name}`);
    const found = searchProfile(tablet.profile, needles);
    hits.set(moment, found);
    say(`${moment}: ${wordsOf(found)}`);
  };

  await tablet.setUp();
  await tablet.tellSecrets();
  await site.server.kill();
  await startCanvass(tablet.page, site);
  await waitForReads(tablet.page, 4, 240_000);
  await look('capture', tablet.page);
  await stopPatrol(tablet.page);
  await tablet.page.goto(`${site.url}/tablet`);
  await unlock(tablet.page, operator);
  await expect(tablet.page.getByRole('heading', { name: 'This tablet' })).toBeVisible({ timeout: 60_000 });
  await look('idle', tablet.page);
  await startCanvass(tablet.page, site);
  await waitForReads(tablet.page, 1, 240_000);
  await tablet.crashPage();
  await look('crash');
  await tablet.kill();
  await look('kill');
  await tablet.switchOn('/tablet');
  await unlock(tablet.page, operator);
  const signOut = tablet.page.getByRole('button', { name: /^Sign out/ });
  await signOut.click();
  await expect(signOut).toBeDisabled({ timeout: 60_000 });
  await look('sign-out', tablet.page);
  await site.server.restart();
  if (!(await tablet.drain(120_000))) throw new Error('what waits could not be sent, so nothing was destroyed');
  await look('destruction', tablet.page);
  return { hits, unlisted: [...unlisted], keys: keys.size };
}

async function startCanvass(page: Page, { url, agency }: Site): Promise<void> {
  await page.goto(`${url}/start`);
  await unlock(page, agency.operator);
  const again = page.getByRole('button', { name: 'Stop it' });
  if (await again.isVisible()) await again.click();
  await page.getByRole('radio', { name: 'Canvass' }).click();
  await page.getByLabel('Case or ICR number').fill(CASE_NUMBER);
  await page.getByRole('button', { name: /Attest and start/ }).click();
  await expect(page).toHaveURL(/\/scan/);
}

/** The sealed records in the private files, read from the disk. */
function sealedOn(profile: string): readonly SealedRecord[] {
  return privateFiles(profile)
    .flatMap((file) => framesIn(readFileSync(file)).payloads)
    .map((payload): unknown => JSON.parse(Buffer.from(payload).toString()))
    .filter((value): value is SealedRecord => checkSealedRecord(value) === null);
}

/** A page that writes what it must not, in each encoding and into several stores. */
async function leakOnPurpose(tablet: TabletUnderTorture, site: Site): Promise<readonly Hit[]> {
  const secret = 'LEAK 77 ON PURPOSE';
  const written = Buffer.from(secret);
  await tablet.page.evaluate(
    async ({ forms, utf16 }) => {
      for (const [name, form] of Object.entries(forms)) localStorage.setItem(name, form);
      const root = await navigator.storage.getDirectory();
      const stream = await (await root.getFileHandle('leak', { create: true })).createWritable();
      await stream.write(new Uint8Array(utf16));
      await stream.close();
    },
    {
      forms: {
        plain: secret,
        base64: written.toString('base64'),
        hexadecimal: written.toString('hex'),
        percent: encodeURIComponent(secret)
      },
      utf16: [...Buffer.from(secret, 'utf16le')]
    }
  );
  await tablet.page.goto(`${site.url}/public`);
  // Chromium writes localStorage some seconds later, or when it is closed in order.
  await tablet.switchOff();
  return searchProfile(tablet.profile, needlesOf('the leak', secret));
}

function wordsOf(hits: readonly Hit[]): string {
  if (hits.length === 0) return '0 hits';
  const kinds = [...new Set(hits.map(({ what }) => what))];
  return `${hits.length} hits: ${kinds.join(', ')}`;
}
