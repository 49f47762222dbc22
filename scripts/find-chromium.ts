/**
 * Finds the Chromium that browser tests, end-to-end tests and benches run in.
 * Order: CHROMIUM_PATH, Playwright's own, the system's, Debian's package when this process may install it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';

const SYSTEM_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
];

/** Flags for every Chromium that we start: quiet, no calls of its own, and able to run in a container. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync'
];

/** Flags that answer getUserMedia without asking: from a .mjpeg clip, or with Chromium's own test pattern. */
export function fakeCameraFlags(clip?: string): string[] {
  const flags = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
  return clip === undefined ? flags : [...flags, `--use-file-for-fake-video-capture=${clip}`];
}

/** Launch options for Playwright and Vitest, with whatever Chromium is already here. */
export function launchChromium(...moreFlags: string[]): { args: string[]; executablePath?: string } {
  const executablePath = lookForChromium();
  const args = [...CHROMIUM_FLAGS, ...moreFlags];
  return executablePath === undefined ? { args } : { args, executablePath };
}

/** No Chromium is here and none may be installed. The message says what to do. */
export class ChromiumMissing extends Error {
  override readonly name = 'ChromiumMissing';
  constructor() {
    super(
      'The browser tests need Chromium and none was found. Install it with "npx playwright install chromium" ' +
        '(or, as root on Debian or Ubuntu, "apt-get install chromium"), or set CHROMIUM_PATH to the program.'
    );
  }
}

/** The path of a Chromium that exists. May install Debian's package when run as root. Throws ChromiumMissing. */
export function findChromium(): string {
  const found = lookForChromium();
  if (found !== undefined) return found;
  if (mayInstallDebianPackage()) installDebianPackage();
  const installed = lookForChromium();
  if (installed === undefined) throw new ChromiumMissing();
  return installed;
}

/** The path of a Chromium that is already here, if any. For settings files, which must not install anything. */
export function lookForChromium(): string | undefined {
  const wanted = process.env['CHROMIUM_PATH'];
  return [wanted, chromium.executablePath(), ...SYSTEM_PATHS].find((path) => path && existsSync(path));
}

function mayInstallDebianPackage(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

function installDebianPackage(): void {
  console.error('No Chromium found: installing the distribution package (some minutes) ...');
  const apt = (...args: string[]) =>
    spawnSync('apt-get', ['-q', '-y', ...args], {
      // stdout is kept free: `find-chromium` prints the path there, and nothing else.
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    }).status === 0;
  const install = (): boolean => apt('install', '--no-install-recommends', 'chromium');
  if (!install() && apt('update')) install();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    console.log(findChromium());
  } catch (error) {
    if (!(error instanceof ChromiumMissing)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
