/** Follows plates through the pictures of a folder as the tablet follows them through the frames of its camera. */
import type { Candidate } from '#domain/voting/observation.ts';
import type { PlateLook } from '#recognition/seen.ts';
import type { GrayImage } from '#recognition/luma.ts';
import { topEdge } from '#recognition/quad.ts';
import { Lookout } from '#recognition/track/lookout.ts';
import { measured } from '#recognition/track/measured-look.ts';
import type { Pass } from '#recognition/track/pass.ts';
import type { Engines } from './engines.ts';
import type { Line, Told } from './lines.ts';
import type { Drawings } from './draw.ts';
import { openPicture, type Picture } from './pictures.ts';
import { told } from './reading.ts';

/** Ten frames a second: what a tablet looks at. */
const FRAME_MS = 100;
const MOST_ALTERNATIVES = 10;

/** What is kept of a pass: its best look for whoever is asked later, and the texts of all its looks. */
interface Kept {
  worth: number;
  plateLook: PlateLook;
  file: string;
  picture: Picture;
  looks: number;
  readonly texts: Map<string, number>;
}

/**
 * One line for a clip: the reads that its frames make together, surest first. Times are those of all frames. A read's
 * corners are those of its best look, and that frame is the one that is drawn. Rejects with `NoPicture` for a frame that
 * is none: a clip with a hole in it is another clip.
 */
export async function readClip(
  engines: Engines,
  name: string,
  files: readonly string[],
  drawings: Drawings | undefined
): Promise<Line> {
  const start = performance.now();
  const lookout = new Lookout();
  const kept = new Map<Pass, Kept>();
  const settled: Pass[] = [];
  let [detect, read] = [0, 0];
  for (const [at, file] of files.entries()) {
    const picture = await openPicture(file);
    const { plateLooks, detectMs, readMs } = await engines.eye.see(picture.gray);
    detect += detectMs;
    read += readMs;
    lookout.see(measured(plateLooks, picture.gray), at * FRAME_MS).forEach((pass, i) => {
      const plateLook = plateLooks[i];
      if (plateLook !== undefined) keep(kept, pass, plateLook, file, picture);
    });
    settled.push(...lookout.due(at * FRAME_MS));
  }
  settled.push(...lookout.finish());

  const reads: Told[] = [];
  for (const pass of settled.sort((a, b) => b.vote.confidence - a.vote.confidence)) {
    const best = kept.get(pass);
    if (best === undefined) continue;
    const { plate, confidence } = pass.vote;
    const alternatives = together(best, plate);
    const gray: GrayImage = best.picture.gray;
    const one = await told(engines, { plate, confidence, quad: best.plateLook.quad, alternatives }, gray);
    reads.push(one);
    await drawings?.draw(best.file, best.picture, [one]);
  }
  return { file: name, ms: { detect, read, total: performance.now() - start }, reads };
}

function keep(kept: Map<Pass, Kept>, pass: Pass, plateLook: PlateLook, file: string, picture: Picture): void {
  const [best] = plateLook.candidates;
  if (best === undefined) return;
  const worth = best.probability * Math.min(1, topEdge(plateLook.quad) / 160);
  const before = kept.get(pass) ?? { worth: -1, plateLook, file, picture, looks: 0, texts: new Map<string, number>() };
  kept.set(pass, before);
  before.looks++;
  for (const { text, probability } of plateLook.candidates) {
    before.texts.set(text, (before.texts.get(text) ?? 0) + probability);
  }
  if (worth > before.worth) Object.assign(before, { worth, plateLook, file, picture });
}

/** The texts of all looks with their mean probability, the voted one first. */
function together({ texts, looks }: Kept, plate: string): readonly Candidate[] {
  return [...texts]
    .map(([text, sum]) => ({ text, probability: sum / looks }))
    .sort((a, b) => Number(b.text === plate) - Number(a.text === plate) || b.probability - a.probability)
    .slice(0, MOST_ALTERNATIVES);
}
