/**
 * End-to-end tests: each starts its own server in a throw-away folder (tests/e2e/support), so there is no webServer here.
 * A test that needs a moving picture adds `fakeCameraFlags(clip)` to its own launch options.
 */
import { defineConfig } from '@playwright/test';
import { fakeCameraFlags, launchChromium } from './scripts/find-chromium.ts';

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // Most of a test's time is waiting (a lock after a minute, a contact every minute, a car every few seconds): files run beside each other.
  workers: 2,
  fullyParallel: false,
  forbidOnly: process.env['CI'] !== undefined,
  retries: 0,
  timeout: 120_000,
  // A wait ends when what it waits for is there; on a busy machine a sign-in alone takes ten seconds.
  expect: { timeout: 30_000 },
  reporter: 'line',
  use: {
    launchOptions: launchChromium(...fakeCameraFlags()),
    locale: 'en-US',
    timezoneId: 'America/Chicago',
    viewport: { width: 1280, height: 800 },
    permissions: ['camera', 'geolocation'],
    geolocation: { latitude: 45.8852, longitude: -95.3775 },
    trace: process.env['CI'] === undefined ? 'retain-on-failure' : 'off'
  },
  projects: [
    { name: 'e2e', testMatch: /\.(test|spec|e2e)\.ts$/ },
    // Pictures of every screen for README, guide and review: `npm run screens`. Not a test, so `npm test` leaves it out.
    { name: 'screens', testMatch: /\.screens\.ts$/ }
  ]
});
