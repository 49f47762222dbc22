/**
 * Keeps the screen on while capturing: a browser stops the camera of a hidden page. The system takes the lock away when
 * the page is hidden, so it is asked for again each time the page comes back. Refusal is normal (low battery) and harmless.
 */
export class WakeLock {
  #lock: WakeLockSentinel | undefined;
  readonly #ended = new AbortController();

  constructor() {
    const { signal } = this.#ended;
    document.addEventListener('visibilitychange', () => void this.#ask(), { signal });
    void this.#ask();
  }

  release(): void {
    this.#ended.abort();
    void this.#lock?.release();
  }

  async #ask(): Promise<void> {
    if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    try {
      this.#lock = await navigator.wakeLock.request('screen');
      if (this.#ended.signal.aborted) await this.#lock.release();
    } catch {
      this.#lock = undefined;
    }
  }
}
