/** The sets of clips, looked at or taken from looks that were kept. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Eye } from '#recognition/eye.ts';
import { parkedFrames, passFrames } from '../../clips/pass-frames.ts';
import { realPictures } from '../plates/sets.ts';
import { looksAt, type ClipLooks } from './looks.ts';
import { openStill, stillsIn, type LabeledStill } from './stills.ts';

/** What a person typed after `npm run bench:clips --`. */
export interface ClipOptions {
  /** folder of rendered stills (training/evaluate/stills.py) */
  readonly stills: string;
  /** folder where looks are kept and taken from; undefined: looked at anew, nothing kept */
  readonly looks: string | undefined;
  /** only every so many-th still: 1 all of them */
  readonly every: number;
  /** another folder of networks than the shipped one */
  readonly models: URL | undefined;
}

export interface ClipSets {
  /** undefined: their pictures are not here */
  readonly rendered: readonly ClipLooks[] | undefined;
  readonly signs: readonly ClipLooks[] | undefined;
  readonly real: readonly ClipLooks[] | undefined;
  readonly parked: readonly ClipLooks[];
}

const RENDERED = fileURLToPath(new URL('../../../training/work/stills/', import.meta.url));
const SEED = 1;
const PARKED = { count: 2, seconds: 120, everyMs: 500 };

/** The options in a command line: --stills DIR, --looks DIR, --every N, --models DIR. */
export function clipOptions(args: readonly string[]): ClipOptions {
  const after = (name: string): string | undefined => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
  const models = after('--models');
  return {
    stills: after('--stills') ?? RENDERED,
    looks: after('--looks'),
    every: Math.max(1, Number(after('--every') ?? 1)),
    models: models === undefined ? undefined : new URL(`file://${models.replace(/\/?$/, '/')}`)
  };
}

/** Looks at every clip of every set that is here; this takes minutes. `eye` is opened when a look is needed only. */
export async function clipSets(options: ClipOptions, eye: () => Promise<Eye>): Promise<ClipSets> {
  const pictures = realPictures();
  const scenes = pictures && join(pictures, 'us-scenes');
  const rendered = stillsIn(options.stills);
  const some = <T>(all: readonly T[]): readonly T[] => all.filter((_, i) => i % options.every === 0);
  const looked = async (name: string, folder: string, stills: readonly LabeledStill[]): Promise<readonly ClipLooks[]> =>
    kept(options.looks, name, async () => {
      const clips: ClipLooks[] = [];
      for (const still of stills) {
        const frames = passFrames(await openStill(folder, still), SEED);
        clips.push({ name: still.file, plate: still.plate, frames: await looksAt(await eye(), frames) });
      }
      return clips;
    });
  const plates = rendered?.filter(({ plate }) => plate !== '');
  return {
    rendered: plates && (await looked('rendered', options.stills, some(plates))),
    signs: rendered && (await looked('signs', options.stills, some(rendered.filter(({ plate }) => plate === '')))),
    real: scenes === undefined ? undefined : await looked('real', scenes, some(stillsIn(scenes) ?? [])),
    parked: plates === undefined ? [] : await parkedClips(options, plates, eye)
  };
}

async function parkedClips(
  { looks, stills }: ClipOptions,
  plates: readonly LabeledStill[],
  eye: () => Promise<Eye>
): Promise<readonly ClipLooks[]> {
  return kept(looks, 'parked', async () => {
    const clips: ClipLooks[] = [];
    for (const still of plates.slice(0, PARKED.count)) {
      const frames = parkedFrames(await openStill(stills, still), PARKED.seconds, PARKED.everyMs, SEED);
      clips.push({ name: still.file, plate: still.plate, frames: await looksAt(await eye(), frames) });
    }
    return clips;
  });
}

async function kept(
  folder: string | undefined,
  name: string,
  make: () => Promise<readonly ClipLooks[]>
): Promise<readonly ClipLooks[]> {
  const file = folder && join(folder, `${name}.json`);
  if (file !== undefined && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as ClipLooks[];
  const clips = await make();
  if (folder !== undefined && file !== undefined) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, JSON.stringify(clips));
  }
  return clips;
}
