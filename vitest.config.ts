/**
 * Three projects. Apart from vite.config.ts, because a build on a server without the tools of development must not load them.
 *   node          what runs without a browser: domain, server, contract suite, simulation
 *   architecture  the rules about this repository; builds the app first when it is stale
 *   browser       workers, storage and components, in a real Chromium
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { fakeCameraFlags, launchChromium } from './scripts/find-chromium.ts';

// tsconfig.json extends what Kit writes; in a clean clone nobody has asked it to yet.
if (!existsSync('.svelte-kit/tsconfig.json'))
  execFileSync(process.execPath, ['node_modules/@sveltejs/kit/svelte-kit.js', 'sync'], { stdio: 'ignore' });

const IN_A_BROWSER = ['{src,tests}/**/*.browser.test.ts', '{src,tests}/**/*.svelte.test.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: ['src/**/*.test.ts', 'sync-server/**/*.test.ts', 'scripts/**/*.test.ts', 'tests/**/*.test.ts'],
          exclude: ['node_modules/**', 'tests/architecture/**', 'tests/e2e/**', ...IN_A_BROWSER],
          // Each module is loaded once, not once a file: a third of the time. A test leaves no state in a module behind.
          isolate: false,
          maxWorkers: 2,
          testTimeout: 20_000
        }
      },
      {
        test: {
          name: 'architecture',
          environment: 'node',
          include: ['tests/architecture/**/*.test.ts'],
          globalSetup: ['tests/architecture/build-first.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000
        }
      },
      {
        extends: './vite.config.ts',
        // Imported by workers, where Vite finds them late and reloads the page in the middle of a test.
        optimizeDeps: {
          include: [
            'dexie',
            'pouchdb-core',
            'pouchdb-adapter-idb',
            'pouchdb-adapter-http',
            'pouchdb-replication',
            '@hpke/core',
            'hash-wasm'
          ]
        },
        test: {
          name: 'browser',
          include: IN_A_BROWSER,
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: launchChromium(...fakeCameraFlags()) }),
            instances: [{ browser: 'chromium' }]
          }
        }
      }
    ]
  }
});
