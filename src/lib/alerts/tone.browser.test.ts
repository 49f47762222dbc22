import { expect, test } from 'vitest';
import { scheduleTone, TONE_SECONDS, TONES } from './tone.ts';

const RATE = 44_100;
const SECONDS = 1;

async function rendered(priority: 'high' | 'normal'): Promise<Float32Array> {
  const context = new OfflineAudioContext(1, RATE * SECONDS, RATE);
  scheduleTone(context, priority, 0);
  return (await context.startRendering()).getChannelData(0);
}

/** How strong one frequency is in the samples: a single line of a Fourier transform. */
function strength(samples: Float32Array, hertz: number): number {
  const turn = (2 * Math.PI * hertz) / RATE;
  let [real, imaginary] = [0, 0];
  samples.forEach((sample, i) => {
    real += sample * Math.cos(turn * i);
    imaginary -= sample * Math.sin(turn * i);
  });
  return Math.hypot(real, imaginary) / samples.length;
}

test.each(['high', 'normal'] as const)(
  'the %s tone has its two frequencies, begins gently and ends in silence',
  async (priority) => {
    const samples = await rendered(priority);
    const [first, second] = TONES[priority].hertz;
    const between = strength(samples, (first + second) / 2);
    for (const hertz of [first, second]) expect(strength(samples, hertz)).toBeGreaterThan(5 * between);
    const loudest = (from: number, to: number): number =>
      Math.max(...samples.slice(from * RATE, to * RATE).map((sample) => Math.abs(sample)));
    expect(loudest(0, 0.001)).toBeLessThan(0.05);
    expect(loudest(0.01, TONE_SECONDS - 0.01)).toBeGreaterThan(0.3);
    expect(loudest(TONE_SECONDS, SECONDS)).toBe(0);
  }
);

test('the two tones are told apart by their frequencies', async () => {
  const [high, normal] = [await rendered('high'), await rendered('normal')];
  for (const hertz of TONES.high.hertz) expect(strength(high, hertz)).toBeGreaterThan(3 * strength(normal, hertz));
  for (const hertz of TONES.normal.hertz) expect(strength(normal, hertz)).toBeGreaterThan(3 * strength(high, hertz));
});
