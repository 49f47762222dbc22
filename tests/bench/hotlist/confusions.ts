/**
 * Measures which characters the plate reader takes for each other, and how often, and writes it to src/domain/plate/confusions.ts:
 * npm run bench:confusions -- [--keep] [--variants N]. Rendered plates only (tests/golden/plates), photographed small, blurred
 * and noisy; real pictures are measured with, never fitted to. What counts is every text the reader thinks possible, by its
 * probability, so that a near miss counts for what it was worth.
 */
import { writeFileSync } from 'node:fs';
import prettier from 'prettier';
import sharp from 'sharp';
import { CONFUSABLE_PAIRS, differences } from '#domain/plate/confusable.ts';
import { foldPlate } from '#domain/plate/fold.ts';
import type { GrayImage } from '#recognition/luma.ts';
import type { Quad } from '#recognition/protocol.ts';
import { topEdge } from '#recognition/quad.ts';
import { Chance } from '#tests/simulation/chance.ts';
import { openEye } from '../../../scripts/read/engines.ts';
import { openPicture } from '../../../scripts/read/pictures.ts';
import { goldenSet } from '../plates/sets.ts';

const FILE = new URL('../../../src/domain/plate/confusions.ts', import.meta.url);
const after = (name: string): string | undefined =>
  process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined;
const VARIANTS = Number(after('--variants') ?? 40);
const CHARACTERS = '0123456789ABCDEFGHIJKLMNPQRSTUVWXYZ';
/** A pair that the dies make alike but that no picture here confused is not impossible. */
const PRIOR_OF_A_PAIR = 0.004;
/** A share smaller than this stops innocent cars and finds nobody. */
const LEAST_SHARE = 0.08;
/** Confused on one plate alone is that plate's dirt. */
const LEAST_PLATES = 2;
const LEAST_WIDTH_PX = 38;
const MOST_WIDTH_PX = 110;

/** soft[t][r]: of the characters t that were there, the share that was read as r. */
const soft = new Map<string, Map<string, number>>();
const there = new Map<string, number>();
/** plates on which a character was taken for another with some weight */
const platesOf = new Map<string, Map<string, number>>();
const chance = new Chance(426);
const eye = await openEye();
const pictures = [...goldenSet('scene'), ...goldenSet('closeUp')];
for (const { path, plate } of pictures) {
  const { gray } = await openPicture(path);
  const truth = foldPlate(plate);
  const found = (await eye.see(gray)).plateLooks.find(({ candidates }) =>
    candidates.some(({ text }) => foldPlate(text) === truth)
  );
  if (found === undefined) continue;
  for (let i = 0; i < VARIANTS; i++) {
    const { picture, quad } = await photographed(gray, found.quad);
    for (const { text, probability } of await eye.read(picture, quad)) count(truth, foldPlate(text), probability);
  }
}

const shares = sharesByRead();
for (const [read, others] of Object.entries(shares))
  console.log(
    `${read} is really ${Object.entries(others)
      .map(([t, share]) => `${t} ${Math.round(100 * share)} %`)
      .join(', ')}`
  );
if (!process.argv.includes('--keep')) await keep();

/** Smaller, softer, noisier; the quadrilateral goes with it. */
async function photographed(whole: GrayImage, quad: Quad): Promise<{ picture: GrayImage; quad: Quad }> {
  const width = LEAST_WIDTH_PX + chance.next() * (MOST_WIDTH_PX - LEAST_WIDTH_PX);
  const scale = Math.min(1, width / topEdge(quad));
  const size = { width: Math.round(whole.width * scale), height: Math.round(whole.height * scale) };
  const { data, info } = await sharp(whole.data, { raw: { width: whole.width, height: whole.height, channels: 1 } })
    .resize(size.width, size.height, { fit: 'fill' })
    .blur(0.3 + 0.9 * chance.next())
    .raw()
    .toBuffer({ resolveWithObject: true });
  const noise = 3 + 12 * chance.next();
  const gain = 0.6 + 0.5 * chance.next();
  const pixels = new Uint8Array(info.width * info.height);
  for (let i = 0; i < pixels.length; i++)
    pixels[i] = Math.max(
      0,
      Math.min(255, (data[i * info.channels] ?? 0) * gain + noise * (chance.next() + chance.next() - 1))
    );
  const moved = quad.map(({ x, y }) => ({ x: x * scale, y: y * scale })) as unknown as Quad;
  return { picture: { ...whole, width: info.width, height: info.height, data: pixels }, quad: moved };
}

function count(truth: string, text: string, probability: number): void {
  if (text.length !== truth.length) return;
  // Many wrong characters at once are a wrong place, not a look-alike.
  if ((differences(truth, text) ?? []).length > 2) return;
  for (const [at, character] of [...truth].entries()) {
    const read = text.charAt(at);
    there.set(character, (there.get(character) ?? 0) + probability);
    const row = soft.get(character) ?? new Map<string, number>();
    soft.set(character, row.set(read, (row.get(read) ?? 0) + probability));
    const onPlates = platesOf.get(character + read) ?? new Map<string, number>();
    platesOf.set(character + read, onPlates.set(truth, (onPlates.get(truth) ?? 0) + probability));
  }
}

function isPair(a: string, b: string): boolean {
  return CONFUSABLE_PAIRS.some(([one, other]) => (one === a && other === b) || (one === b && other === a));
}

/** For each character that was read: what it really is when it is wrong, likeliest first. */
function sharesByRead(): Record<string, Record<string, number>> {
  const table: Record<string, Record<string, number>> = {};
  for (const read of CHARACTERS) {
    const weights = Array.from(CHARACTERS)
      .filter((character) => character !== read)
      .map((character) => {
        const plates = [...(platesOf.get(character + read)?.values() ?? [])].filter((weight) => weight >= 0.3).length;
        const isMeasured = plates >= LEAST_PLATES;
        const measured = isMeasured
          ? (soft.get(character)?.get(read) ?? 0) / Math.max(60, there.get(character) ?? 0)
          : 0;
        return [character, measured + (isPair(character, read) ? PRIOR_OF_A_PAIR : 0)] as const;
      });
    const whole = weights.reduce((sum, [, weight]) => sum + weight, 0) + PRIOR_OF_A_PAIR;
    const kept = weights
      .map(([character, weight]) => [character, weight / whole] as const)
      .filter(([character, share]) => share >= LEAST_SHARE || isPair(character, read))
      .sort((a, b) => b[1] - a[1]);
    table[read] = Object.fromEntries(kept.map(([character, share]) => [character, Number(share.toFixed(3))]));
  }
  return table;
}

async function keep(): Promise<void> {
  const text = `/**
 * What a character really is when it was read wrong, as the reader itself says: a share for each look-alike, likeliest first.
 * Folded form (O is 0). Written by \`npm run bench:confusions\` (${pictures.length} rendered plates, ${VARIANTS} photographs each); never by hand.
 */
export const CONFUSIONS: Readonly<Record<string, Readonly<Record<string, number>>>> = ${JSON.stringify(shares)};
`;
  const options = await prettier.resolveConfig(FILE.pathname);
  writeFileSync(FILE, await prettier.format(text, { ...options, parser: 'typescript' }));
}
