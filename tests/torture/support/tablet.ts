/** A tablet under torture: real Chromium on a profile folder of its own, with the built app, enrolled and signed in. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type BrowserContext, type CDPSession, type Page } from '@playwright/test';
import type { Lease } from '#domain/wire/answers.ts';
import type { Opening, VaultStatus } from '#lib/vault/protocol.ts';
import { enroll, signIn } from '#tests/e2e/support/officer.ts';
import { fakeCameraFlags, launchChromium } from '../../../scripts/find-chromium.ts';
import { bundleHand } from './bundle-hand.ts';
import type { Told } from './page-hand.ts';
import { killBrowser } from './processes.ts';
import { periodFor, readIn } from './records.ts';
import type { Site } from './site.ts';

export interface Start {
  readonly opening: Opening;
  /** from the first byte of the page to the open vault, in milliseconds */
  readonly backAfterMs: number;
}

export interface SaveOptions {
  readonly plate: string;
  readonly count?: number;
  readonly pictureBytes?: number;
  readonly abreast?: number;
  readonly pauseMs?: number;
  readonly saysItEarly?: boolean;
}

export interface TabletOptions {
  readonly flags?: readonly string[];
  /** a folder of its own for the profile: another disk, say */
  readonly profile?: string;
  /** changes the script of the vault before the browser gets it, for a control; the app then cannot start without a server */
  readonly changeVault?: (script: string) => string;
  /** what its camera sees; absent: Chromium's test pattern */
  readonly clip?: string;
}

/** So many of the proofs are searched for. */
const PROOFS_TOLD = 10;

export class TabletUnderTorture {
  readonly profile: string;
  /** every read of which this tablet said "saved", by its id */
  readonly told = new Map<string, Told>();
  /** hears the secrets that the tablet is given */
  onSecret: ((what: string, secret: string) => void) | undefined;
  /** proofs of the tablet's key, as they went over the network */
  readonly #proofs = new Set<string>();
  #context: BrowserContext | undefined;
  #page: Page | undefined;
  #hand: string | undefined;
  #quota: CDPSession | undefined;
  #lease: Lease | null = null;
  #onTold: (() => void) | undefined;

  constructor(
    readonly site: Site,
    name = 'profile',
    private readonly options: TabletOptions = {}
  ) {
    this.profile = options.profile ?? join(site.folder, name);
  }

  /** Whether the vault, when it was last opened, knew the lease of an officer. */
  get isSignedIn(): boolean {
    return this.#lease !== null;
  }

  get page(): Page {
    if (this.#page === undefined) throw new Error('the tablet is switched off');
    return this.#page;
  }

  /** Enrolls, signs the operator in, and waits until the app can start without a server. */
  async setUp(): Promise<void> {
    await this.#launch();
    await enroll(this.page, this.site.agency);
    await signIn(this.page, this.site.url, this.site.agency.operator);
    if (this.options.changeVault === undefined)
      await this.page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, {
        timeout: 120_000
      });
    await this.#opened();
  }

  /** Starts the browser on what the disk holds, as after a crash, and opens the app. */
  async switchOn(path = '/start'): Promise<Start> {
    await this.beginSwitchOn(path);
    return this.#opened();
  }

  /** The same without waiting for the vault, which has not begun to open when this answers. */
  async beginSwitchOn(path = '/start'): Promise<void> {
    await this.#launch();
    await this.page.goto(this.site.url + path, { waitUntil: 'commit' });
  }

  /** The app has begun anew by itself, or is about to. */
  async openedAgain(): Promise<Start> {
    await this.page.waitForFunction(() => performance.now() < 10_000 && 'hand' in window, undefined, {
      timeout: 30_000
    });
    return this.#opened();
  }

  /** Tells what it showed to say who asks: proofs of its key, and the token of the session. */
  async tellSecrets(): Promise<void> {
    if (this.#proofs.size === 0) throw new Error('no proof of the tablet’s key was seen');
    for (const proof of [...this.#proofs].slice(-PROOFS_TOLD)) {
      const [, claims = '', signature = ''] = proof.split('.');
      for (const part of [claims, signature]) this.onSecret?.('a proof of the tablet’s key', part);
    }
    for (const { name, value } of await this.page.context().cookies())
      if (name.startsWith('__Host-')) this.onSecret?.('the token of the session', value);
  }

  /** The process of the page dies; the browser lives. */
  async crashPage(): Promise<void> {
    const crashed = this.page.waitForEvent('crash');
    await Promise.race([this.page.goto('chrome://crash').catch(() => undefined), crashed]);
    await crashed;
  }

  /** Begins a period of active use under the officer's lease; what is saved belongs to it. */
  async beginPeriod(): Promise<void> {
    const kept = await this.page.evaluate((period) => window.hand.beginPeriod(period), periodFor(this.#leaseNow()));
    if (kept.kind !== 'saved') throw new Error(`no period was begun: ${JSON.stringify(kept)}`);
  }

  async closePeriod(): Promise<void> {
    const period = { ...periodFor(this.#leaseNow()), closedAt: new Date().toISOString() };
    await this.page.evaluate((closed) => window.hand.closePeriod(closed), period);
  }

  /** Saves reads; without a count it goes on until the page ends, and the promise never settles. */
  save(options: SaveOptions) {
    const { plate, pictureBytes = 15_000, abreast = 2, ...more } = options;
    const template = readIn(periodFor(this.#leaseNow()), plate);
    return this.page.evaluate((asking) => window.hand.save(asking), { template, pictureBytes, abreast, ...more });
  }

  /**
   * Saves on and on, and answers when the tablet has first said "saved". A page that begins anew meanwhile, because its browser
   * lost a database, is asked again once; what else ends the saving is an error.
   */
  async saveOnAndOn(options: SaveOptions): Promise<void> {
    const ended = await this.#saveUntilTold(options);
    if (ended === null) return;
    console.log(`  … the page ended while it saved: ${ended}`);
    await this.openedAgain();
    const again = await this.#saveUntilTold(options);
    if (again !== null) throw new Error(`nothing was saved: ${again}`);
  }

  /** Null as soon as the tablet has said "saved"; else why the page never did. */
  #saveUntilTold(options: SaveOptions): Promise<string | null> {
    const first = new Promise<null>((resolve) => {
      this.#onTold = () => {
        resolve(null);
      };
    });
    // After the first it ends with the browser, by being killed.
    const ended = this.save(options).then(
      ({ refused }) => `refused ${refused.length} times`,
      (error: unknown) => String(error)
    );
    return Promise.race([first, ended]);
  }

  status(): Promise<VaultStatus> {
    return this.page.evaluate(() => window.hand.status());
  }

  /** Ends what `saveOnAndOn` began. */
  async stopSaving(): Promise<void> {
    await this.page.evaluate(() => window.hand.stopSaving());
  }

  async syncNow(): Promise<void> {
    await this.page.evaluate(() => window.hand.syncNow());
  }

  /** Sends until nothing waits. False when something still does at the end of the patience. */
  async drain(patienceMs = 600_000): Promise<boolean> {
    const endsAt = performance.now() + patienceMs;
    for (;;) {
      await this.syncNow();
      const { waitingRecords, boxes } = await this.status();
      if (waitingRecords === 0 && boxes === 0) return true;
      if (performance.now() > endsAt) return false;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  /** kill -9 of all its processes. */
  async kill(): Promise<void> {
    await killBrowser(this.profile);
    await this.#gone();
  }

  /** Sets the browser's true quota for the app; without a number, as it was. */
  async setQuota(quotaSize?: number): Promise<void> {
    // The quota is as it was again when the session that set it ends.
    this.#quota ??= await this.page.context().newCDPSession(this.page);
    const given = quotaSize === undefined ? {} : { quotaSize };
    await this.#quota.send('Storage.overrideQuotaForOrigin', { origin: this.site.url, ...given });
  }

  /** Closes the browser in order. */
  async switchOff(): Promise<void> {
    await this.#context?.close();
    await this.#gone();
  }

  /** A killed browser leaves its lock behind, which the next one on the same folder must not find. */
  async #gone(): Promise<void> {
    this.#context = undefined;
    this.#page = undefined;
    this.#quota = undefined;
    await killBrowser(this.profile);
    for (const lock of ['SingletonLock', 'SingletonCookie', 'SingletonSocket'])
      rmSync(join(this.profile, lock), { force: true });
  }

  async #launch(): Promise<void> {
    this.#hand ??= await bundleHand();
    const context = await chromium.launchPersistentContext(this.profile, {
      ...launchChromium(...fakeCameraFlags(this.options.clip), ...(this.options.flags ?? [])),
      permissions: ['camera', 'geolocation'],
      geolocation: { latitude: 45.8852, longitude: -95.3775 },
      viewport: { width: 1280, height: 800 },
      locale: 'en-US',
      timezoneId: 'America/Chicago',
      serviceWorkers: this.options.changeVault === undefined ? 'allow' : 'block'
    });
    const { changeVault } = this.options;
    if (changeVault !== undefined)
      await context.route('**/workers/*.js', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: changeVault(await response.text()) });
      });
    context.setDefaultTimeout(120_000);
    context.on('request', (request) => {
      const proof = request.headers()['dpop'];
      if (proof !== undefined) this.#proofs.add(proof);
    });
    await context.exposeBinding('tellSaved', (_, told: readonly Told[]) => {
      for (const one of told) this.told.set(one.readId, one);
      this.#onTold?.();
    });
    await context.addInitScript(this.#hand);
    this.#context = context;
    this.#page = context.pages()[0] ?? (await context.newPage());
  }

  async #opened(): Promise<Start> {
    const { opening, afterMs } = await this.page.evaluate(() => window.hand.opened());
    if (opening.kind === 'open') this.#lease = await this.page.evaluate(() => window.hand.lease());
    if (this.#lease !== null)
      await this.page.evaluate((password) => window.hand.enter(password), this.site.agency.operator.password);
    return { opening, backAfterMs: afterMs };
  }

  #leaseNow(): Lease {
    if (this.#lease === null) throw new Error('nobody is signed in on the tablet');
    return this.#lease;
  }
}
