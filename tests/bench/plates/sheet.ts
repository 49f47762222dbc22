/** Contact sheets: failures beside each other, so that a person sees what kind they are. */
import sharp from 'sharp';
import { failureName, failureOf, type FailureKind, type Reading } from './figures.ts';
import type { Labeled } from './sets.ts';

/** A reading with the picture it is of. */
export interface Shown {
  readonly labeled: Labeled;
  readonly reading: Reading;
}

const CELL = { width: 300, height: 150, text: 40 };
const COLUMNS = 4;
const MOST_OF_A_KIND = 8;

/** Writes the sheet as JPEG: up to eight of each kind, the plate enlarged, what stands there and what was read. False when nothing failed. */
export async function writeSheet(file: string, shown: readonly Shown[]): Promise<boolean> {
  const kinds = new Map<FailureKind, Shown[]>();
  for (const one of shown) {
    const kind = failureOf(one.reading);
    if (kind !== undefined) kinds.set(kind, [...(kinds.get(kind) ?? []), one]);
  }
  const chosen = [...kinds].flatMap(([kind, all]) => all.slice(0, MOST_OF_A_KIND).map((one) => ({ kind, ...one })));
  if (chosen.length === 0) return false;
  const rows = Math.ceil(chosen.length / COLUMNS);
  const high = CELL.height + CELL.text;
  const layers = await Promise.all(
    chosen.map(async (one, i) => ({
      input: await cellOf(one),
      left: (i % COLUMNS) * CELL.width,
      top: Math.floor(i / COLUMNS) * high
    }))
  );
  await sharp({ create: { width: COLUMNS * CELL.width, height: rows * high, channels: 3, background: '#202020' } })
    .composite(layers)
    .jpeg({ quality: 70 })
    .toFile(file);
  return true;
}

async function cellOf({ kind, labeled, reading }: Shown & { readonly kind: FailureKind }): Promise<Buffer> {
  const { width, height } = await sharp(labeled.path).metadata();
  const picture = sharp(labeled.path);
  if (labeled.area !== undefined) {
    const [x, y, wide, tall] = labeled.area;
    const left = Math.max(0, Math.floor(x - wide * 0.25));
    const top = Math.max(0, Math.floor(y - tall * 0.25));
    picture.extract({
      left,
      top,
      width: Math.min(width - left, Math.ceil(wide * 1.5)),
      height: Math.min(height - top, Math.ceil(tall * 1.5))
    });
  }
  const seen = await picture
    .resize(CELL.width - 6, CELL.height - 4, { fit: 'contain', background: '#202020' })
    .toColorspace('srgb')
    .toBuffer();
  const words = `
    <svg xmlns="http://www.w3.org/2000/svg" width="${CELL.width}" height="${CELL.height + CELL.text}">
      <text x="4" y="${CELL.height + 14}" font-family="sans-serif" font-size="13" fill="white">${reading.label || '(no plate)'} read as ${reading.plate || '(nothing)'} ${(100 * reading.confidence).toFixed(0)} %</text>
      <text x="4" y="${CELL.height + 31}" font-family="sans-serif" font-size="11" fill="#ffb000">${failureName(kind)}</text>
    </svg>`;
  return sharp({
    create: { width: CELL.width, height: CELL.height + CELL.text, channels: 3, background: '#202020' }
  })
    .composite([
      { input: seen, left: 3, top: 2 },
      { input: Buffer.from(words), left: 0, top: 0 }
    ])
    .png()
    .toBuffer();
}
