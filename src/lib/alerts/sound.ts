import type { AlertPriority } from '#domain/policy/alert-sound.ts';
import { scheduleTone, VIBRATIONS } from './tone.ts';

const LATEST_MS = 2_000;

/** Makes a lead heard and felt. Made in code, so that it sounds without a network and without a file. */
export class AlertSound {
  #context: AudioContext | undefined;

  /** Call it in the tap that starts a period: browsers let a page sound only after one. */
  arm(): void {
    this.#context ??= new AudioContext({ latencyHint: 'interactive' });
    void this.#awake(this.#context);
  }

  /** A tone of 0.6 s and a vibration. Where either is not there or not allowed, the screen alone tells. */
  play(priority: AlertPriority): void {
    // Not on every tablet: Safari and Firefox have no vibration.
    if ('vibrate' in navigator) navigator.vibrate([...VIBRATIONS[priority]]);
    const context = this.#context;
    if (context === undefined) return;
    const askedMs = performance.now();
    void this.#awake(context).then((isAwake) => {
      // A context that was held up for long must not sound for a car that is gone.
      if (isAwake && performance.now() - askedMs < LATEST_MS) scheduleTone(context, priority, context.currentTime);
    });
  }

  /** A call or another app may have stopped the context meanwhile. */
  async #awake(context: AudioContext): Promise<boolean> {
    if (context.state !== 'running') await context.resume().catch(() => undefined);
    return context.state === 'running';
  }
}
