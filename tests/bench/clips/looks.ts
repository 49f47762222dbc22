/**
 * What the eye sees in each frame of a clip, without anything that follows: kept as JSON, so that following, voting and
 * calibration can be measured again in a second instead of looking again for an hour.
 */
import type { PlateLook } from '#recognition/seen.ts';
import type { Eye } from '#recognition/eye.ts';
import { sharpnessOf } from '#recognition/track/sharpness.ts';
import type { PassFrame } from '../../clips/pass-frames.ts';

export interface FrameLooks {
  readonly atMs: number;
  readonly plateAt: PassFrame['plateAt'];
  readonly plateLooks: readonly (PlateLook & { readonly sharpness: number })[];
}

/** One clip as the eye saw it; `plate` is empty for a sign. */
export interface ClipLooks {
  readonly name: string;
  readonly plate: string;
  readonly frames: readonly FrameLooks[];
}

/** Looks at every frame of a clip. */
export async function looksAt(eye: Eye, frames: AsyncIterable<PassFrame>): Promise<readonly FrameLooks[]> {
  const seen: FrameLooks[] = [];
  for await (const { atMs, picture, plateAt } of frames) {
    const { plateLooks } = await eye.see(picture);
    seen.push({
      atMs,
      plateAt,
      plateLooks: plateLooks.map((one) => ({ ...one, sharpness: sharpnessOf(picture, one.quad) }))
    });
  }
  return seen;
}
