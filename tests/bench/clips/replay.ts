/** Follows and votes over looks that were taken before, and says how it went: single frames against the pass. */
import { foldPlate } from '#domain/plate/fold.ts';
import type { Place } from '#domain/voting/same-car.ts';
import { isCertain } from '#domain/voting/certain.ts';
import type { Observation } from '#domain/voting/observation.ts';
import { vote } from '#domain/voting/vote.ts';
import { readsOfPicture } from '#recognition/picture-reads.ts';
import { middleOf, topEdge } from '#recognition/quad.ts';
import { Lookout } from '#recognition/track/lookout.ts';
import { aspectOf } from '#recognition/track/measured-look.ts';
import type { Pass } from '#recognition/track/pass.ts';
import type { ClipLooks, FrameLooks } from './looks.ts';

/** Something that was read in one frame or in a whole clip. */
export interface Reading {
  readonly plate: string;
  readonly confidence: number;
  readonly share: number;
  readonly looks: number;
  readonly agreeingLooks: number;
}

/** One clip, followed from its first frame to its last. */
export interface Replayed {
  readonly clip: ClipLooks;
  /** the best read of each frame at the plate's place; undefined where nothing was read */
  readonly frames: readonly (Reading | undefined)[];
  /** what all frames at the plate's place say together, whether or not a read is made of it */
  readonly together: Reading | undefined;
  /** the reads of the plate (or of the sign) that the clip is about, in the order they were made */
  readonly reads: readonly Reading[];
  /** reads of something else in the picture */
  readonly elsewhere: readonly Reading[];
  /** milliseconds from the first look to the read */
  readonly settledAfterMs: number | undefined;
}

/** Looks at a clip's frames in their order, as the worker does. */
export function replay(clip: ClipLooks): Replayed {
  const lookout = new Lookout();
  const made: { pass: Pass; atMs: number }[] = [];
  let atMs = 0;
  for (const frame of clip.frames) {
    atMs = frame.atMs;
    lookout.see(frame.plateLooks, atMs);
    for (const pass of lookout.due(atMs)) made.push({ pass, atMs });
  }
  for (const pass of lookout.finish()) made.push({ pass, atMs });
  const atPlate = made.filter(({ pass }) => isAt(pass.firstAt, frameAt(clip, pass.firstSeenMs)));
  const [first] = atPlate;
  return {
    clip,
    frames: clip.frames.map(bestOf),
    together: togetherOf(clip),
    reads: atPlate.map(({ pass }) => pass.vote),
    elsewhere: made.filter((one) => !atPlate.includes(one)).map(({ pass }) => pass.vote),
    settledAfterMs: first && first.atMs - first.pass.firstSeenMs
  };
}

/** Whether a reading is what stands on the clip's plate, O and 0 counting as one. */
export function isRight(clip: ClipLooks, reading: Reading | undefined): boolean {
  return reading !== undefined && clip.plate !== '' && foldPlate(reading.plate) === foldPlate(clip.plate);
}

/** What each frame of a clip says by itself at the plate's place, where it says anything. */
export function singleFramesOf(clip: ClipLooks): readonly Reading[] {
  return clip.frames.flatMap((frame) => bestOf(frame) ?? []);
}

/** What the first two, four, eight … frames of a clip say together at the plate's place. */
export function votedOf(clip: ClipLooks): readonly Reading[] {
  const observations = observationsOf(clip);
  const readings: Reading[] = [];
  for (let count = 2; count <= observations.length; count *= 2) readings.push(vote(observations.slice(0, count)));
  return readings;
}

function togetherOf(clip: ClipLooks): Reading | undefined {
  const observations = observationsOf(clip);
  return observations.length > 0 ? vote(observations) : undefined;
}

function observationsOf(clip: ClipLooks): readonly Observation[] {
  return clip.frames.flatMap((frame) => {
    const found = bestLook(frame);
    if (found === undefined) return [];
    const { quad, candidates, sharpness, score } = found;
    const observation: Observation = {
      atMs: frame.atMs,
      widthPx: topEdge(quad),
      candidates,
      sharpness,
      detectionScore: score,
      aspect: aspectOf(quad)
    };
    return [observation];
  });
}

function bestOf(frame: FrameLooks): Reading | undefined {
  const found = bestLook(frame);
  if (found === undefined) return undefined;
  return vote([{ atMs: frame.atMs, widthPx: topEdge(found.quad), candidates: found.candidates }]);
}

/** The look at the plate's place that a single picture would be read by. */
function bestLook(frame: FrameLooks): FrameLooks['plateLooks'][number] | undefined {
  const here = frame.plateLooks.filter((one) => isAt(middleOf(one.quad), frame));
  const [best] = readsOfPicture(here);
  return best && here.find(({ quad }) => quad === best.quad);
}

function frameAt(clip: ClipLooks, atMs: number): FrameLooks | undefined {
  return clip.frames.find((frame) => frame.atMs === atMs);
}

function isAt(place: Pick<Place, 'x' | 'y'>, frame: FrameLooks | undefined): boolean {
  if (frame === undefined) return false;
  const { x, y, widthPx } = frame.plateAt;
  return Math.hypot(place.x - x, place.y - y) < widthPx;
}

/** The figures of a set of clips of plates. */
export interface Figures {
  readonly clips: number;
  readonly frames: number;
  readonly frameErrors: number;
  readonly passErrors: number;
  /** passes whose frames together say something else, or nothing */
  readonly togetherErrors: number;
  /** passes that gave a read which is wrong */
  readonly passesReadWrong: number;
  /** passes that gave a read, whatever it says */
  readonly passesRead: number;
  readonly passesReadOnce: number;
  readonly passesReadTwice: number;
  readonly elsewhere: number;
  readonly certain: number;
  readonly certainWrong: number;
  readonly certainFrames: number;
  readonly certainFramesWrong: number;
  readonly medianSettledMs: number;
}

/** Counts a set: a frame or pass without a read is an error like a wrong one. */
export function figuresOf(all: readonly Replayed[]): Figures {
  const frames = all.flatMap((one) => one.frames.map((reading) => ({ clip: one.clip, reading })));
  const certainReads = all.flatMap(({ clip, reads }) => reads.filter(isCertain).map((reading) => ({ clip, reading })));
  const certainFrames = frames.filter(({ reading }) => reading !== undefined && isCertain(reading));
  const settled = all.flatMap((one) => one.settledAfterMs ?? []).sort((a, b) => a - b);
  const wrong = ({ clip, reading }: (typeof frames)[number]): boolean => !isRight(clip, reading);
  return {
    clips: all.length,
    frames: frames.length,
    frameErrors: frames.filter(wrong).length,
    passErrors: all.filter(({ clip, reads }) => !isRight(clip, surest(reads))).length,
    togetherErrors: all.filter(({ clip, together }) => !isRight(clip, together)).length,
    passesReadWrong: all.filter(({ clip, reads }) => reads.length > 0 && !isRight(clip, surest(reads))).length,
    passesRead: all.filter(({ reads }) => reads.length > 0).length,
    passesReadOnce: all.filter(({ reads }) => reads.length === 1).length,
    passesReadTwice: all.filter(({ reads }) => reads.length > 1).length,
    elsewhere: all.reduce((sum, one) => sum + one.elsewhere.length, 0),
    certain: certainReads.length,
    certainWrong: certainReads.filter(wrong).length,
    certainFrames: certainFrames.length,
    certainFramesWrong: certainFrames.filter(wrong).length,
    medianSettledMs: settled[Math.floor(settled.length / 2)] ?? 0
  };
}

function surest(readings: readonly Reading[]): Reading | undefined {
  return [...readings].sort((a, b) => b.confidence - a.confidence)[0];
}
