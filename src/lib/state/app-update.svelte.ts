import { dev } from '$app/environment';
import { backOffMs } from '#lib/replication/back-off.ts';
import type { UpdateMessage } from '../../service-worker/messages.ts';

/** How often a page that stays open asks whether there is a new version. */
const ASK_EVERY_MS = 60 * 60_000;

/** Whether this tablet starts without a link: the whole app lies on it, it is being fetched, or this browser keeps none. */
export type AppKept = 'kept' | 'fetching' | 'never';

/**
 * The app on this tablet: fetched whole at the first visit, over and over until all of it is there, because a tablet that
 * lacks one file does not start far from a network. A new version is fetched in the background, and waits until a person,
 * outside a period, says so.
 */
export class AppUpdate {
  #waiting = $state.raw<ServiceWorker | null>(null);
  #kept = $state.raw<AppKept>('fetching');
  #registration: ServiceWorkerRegistration | null = null;
  #reloads = false;
  #tries = 0;

  /** `workers`: the browser's service workers; null for an old browser, or plain http. */
  constructor(
    private readonly workers: ServiceWorkerContainer | null = 'serviceWorker' in globalThis.navigator
      ? globalThis.navigator.serviceWorker
      : null
  ) {}

  /** A new version is here and waits. */
  get isReady(): boolean {
    return this.#waiting !== null;
  }
  get kept(): AppKept {
    return this.#kept;
  }

  /** Registers the service worker. Without one the app works as long as there is a link. */
  async start(): Promise<void> {
    if (this.workers === null) {
      this.#kept = 'never';
      return;
    }
    this.workers.addEventListener('controllerchange', () => {
      // The first worker takes over silently; a reload comes only when it was asked for.
      if (this.#reloads) location.reload();
    });
    setInterval(() => void this.#registration?.update().catch(() => undefined), ASK_EVERY_MS);
    await this.#fetch(this.workers);
  }

  /** Lets the new version take over and reloads the page. Not during a period of active use. */
  apply(): void {
    this.#reloads = true;
    this.#waiting?.postMessage({ kind: 'takeOver' } satisfies UpdateMessage);
  }

  async #fetch(workers: ServiceWorkerContainer): Promise<void> {
    try {
      // Kit builds one classic file; in development it is a module.
      this.#registration = await workers.register('/service-worker.js', { type: dev ? 'module' : 'classic' });
      this.#watch(workers, this.#registration);
    } catch {
      // No link at the first visit, or a link that broke while the worker itself came.
      this.#tryAgain(workers);
    }
  }

  #tryAgain(workers: ServiceWorkerContainer): void {
    this.#tries += 1;
    setTimeout(() => void this.#fetch(workers), backOffMs(this.#tries, Math.random()));
  }

  #watch(workers: ServiceWorkerContainer, registration: ServiceWorkerRegistration): void {
    const follow = (worker: ServiceWorker | null): void => {
      this.#note(workers, registration, worker);
      worker?.addEventListener('statechange', () => {
        this.#note(workers, registration, worker);
      });
    };
    for (const worker of [registration.active, registration.waiting, registration.installing]) follow(worker);
    registration.addEventListener('updatefound', () => {
      follow(registration.installing);
    });
  }

  #note(workers: ServiceWorkerContainer, registration: ServiceWorkerRegistration, worker: ServiceWorker | null): void {
    if (worker === null) return;
    // Without an active worker it is the first installation, not an update.
    if (worker.state === 'installed' && registration.active !== null) this.#waiting = worker;
    else if (this.#waiting === worker) this.#waiting = null;
    if (worker.state === 'activated') {
      this.#kept = 'kept';
      // A page that was on its way while the worker awoke is not among those it took over by itself.
      if (workers.controller === null) worker.postMessage({ kind: 'answerForMe' } satisfies UpdateMessage);
    }
    // The first installation broke off over one file: nothing of it is kept, and the browser does not try again by itself.
    else if (worker.state === 'redundant' && registration.active === null) this.#tryAgain(workers);
  }
}
