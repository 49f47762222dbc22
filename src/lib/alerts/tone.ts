import type { AlertPriority } from '#domain/policy/alert-sound.ts';

/** How long every tone lasts; after that there is silence. */
export const TONE_SECONDS = 0.6;

/**
 * Two frequencies in Hz, one after the other. High priority rises and hurries, the rest falls in two calm steps: told apart
 * with a window open and an engine running, and by the rhythm alone where the pitch is lost.
 */
export const TONES: Readonly<
  Record<AlertPriority, { readonly hertz: readonly [number, number]; readonly steps: number }>
> = {
  high: { hertz: [880, 1320], steps: 6 },
  normal: { hertz: [660, 495], steps: 2 }
};

/** What a hand feels of it: milliseconds on, off, on ... */
export const VIBRATIONS: Readonly<Record<AlertPriority, readonly number[]>> = {
  high: [200, 80, 200, 80, 200, 80, 200],
  normal: [150, 120, 150]
};

const LOUDNESS = 0.5;
/** A note that begins or ends at once clicks, and startles. */
const ATTACK_SECONDS = 0.015;
const RELEASE_SECONDS = 0.04;

/** Puts the tone of a lead onto a sound context, from `at` (its seconds) on; it frees itself when it has been heard. */
export function scheduleTone(context: BaseAudioContext, priority: AlertPriority, at: number): void {
  const { hertz, steps } = TONES[priority];
  const oscillator = new OscillatorNode(context, { type: 'triangle', frequency: hertz[0] });
  const gain = new GainNode(context, { gain: 0 });
  const step = TONE_SECONDS / steps;
  for (let i = 0; i < steps; i++) {
    const begins = at + i * step;
    oscillator.frequency.setValueAtTime(hertz[i % 2 === 0 ? 0 : 1], begins);
    gain.gain.setValueAtTime(0, begins);
    gain.gain.linearRampToValueAtTime(LOUDNESS, begins + ATTACK_SECONDS);
    gain.gain.setValueAtTime(LOUDNESS, begins + step - RELEASE_SECONDS);
    gain.gain.linearRampToValueAtTime(0, begins + step);
  }
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(at);
  oscillator.stop(at + TONE_SECONDS);
}
