import { dev } from '$app/environment';
import type { UpdateMessage } from '../../service-worker/messages.ts';

/** How often a page that stays open asks whether there is a new version. */
const ASK_EVERY_MS = 60 * 60_000;

/** A new version of the app: it is fetched in the background, and waits until a person, outside a period, says so. */
export class AppUpdate {
  #waiting = $state.raw<ServiceWorker | null>(null);
  #reloads = false;

  /** A new version is here and waits. */
  get isReady(): boolean {
    return this.#waiting !== null;
  }

  /** Registers the service worker. Without one (an old browser, plain http) the app works as long as there is a link. */
  async start(): Promise<void> {
    if (!('serviceWorker' in navigator)) return;
    const { serviceWorker } = navigator;
    serviceWorker.addEventListener('controllerchange', () => {
      // The first worker takes over silently; a reload comes only when it was asked for.
      if (this.#reloads) location.reload();
    });
    try {
      // Kit builds one classic file; in development it is a module.
      const registration = await serviceWorker.register('/service-worker.js', { type: dev ? 'module' : 'classic' });
      this.#watch(registration);
      setInterval(() => void registration.update().catch(() => undefined), ASK_EVERY_MS);
    } catch {
      // Offline at the first visit, or refused by the browser: the next start tries again.
    }
  }

  /** Lets the new version take over and reloads the page. Not during a period of active use. */
  apply(): void {
    this.#reloads = true;
    this.#waiting?.postMessage({ kind: 'takeOver' } satisfies UpdateMessage);
  }

  #watch(registration: ServiceWorkerRegistration): void {
    this.#note(registration, registration.waiting);
    registration.addEventListener('updatefound', () => {
      const worker = registration.installing;
      worker?.addEventListener('statechange', () => {
        this.#note(registration, worker);
      });
    });
  }

  #note(registration: ServiceWorkerRegistration, worker: ServiceWorker | null): void {
    // Without an active worker it is the first installation, not an update.
    if (worker?.state === 'installed' && registration.active !== null) this.#waiting = worker;
    else if (worker?.state === 'activated' || worker?.state === 'redundant') this.#waiting = null;
  }
}
