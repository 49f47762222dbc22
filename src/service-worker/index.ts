/// <reference types="@sveltejs/kit" />
/**
 * Keeps the app itself on the tablet, so that it starts, reloads and opens deep links with no server in sight. It never
 * keeps an answer of /api or /db, and it never takes over by itself: a new version waits until the page says so, because a
 * period of active use must not be interrupted.
 */
import { clientsClaim } from 'workbox-core';
import { createHandlerBoundToURL, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { build, files, version } from '$service-worker';
import type { UpdateMessage } from './messages.ts';

declare const self: ServiceWorkerGlobalScope & {
  /** every file of the built app, written by scripts/precache.ts; absent in development */
  readonly precacheFiles?: PrecacheEntry[];
};

const SHELL = '/';
const inDevelopment = (): PrecacheEntry[] => [...build, ...files].map((url) => ({ url, revision: version }));

precacheAndRoute([...(self.precacheFiles ?? inDevelopment()), { url: SHELL, revision: version }]);
registerRoute(new NavigationRoute(createHandlerBoundToURL(SHELL), { denylist: [/^\/api\//, /^\/db\//] }));
// The first visit is enough: what the page loads from here on is answered by this worker.
clientsClaim();

self.addEventListener('message', (event: ExtendableMessageEvent) => {
  const message = event.data as UpdateMessage | null;
  if (message?.kind === 'takeOver') void self.skipWaiting();
  if (message?.kind === 'answerForMe') event.waitUntil(self.clients.claim());
});
