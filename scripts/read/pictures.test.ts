import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NoPicture, openPicture, picturesIn } from './pictures.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pictures-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);
/** White on the left, black on the right. */
const halves = (): Sharp => {
  const data = Uint8Array.from({ length: 40 * 20 * 3 }, (_, i) => (Math.floor(i / 3) % 40 < 20 ? 255 : 0));
  return sharp(data, { raw: { width: 40, height: 20, channels: 3 } });
};

test('a picture comes upright, as its EXIF orientation says, and gray', async () => {
  // Orientation 6: to be turned clockwise by a quarter, so the white half comes to lie on top.
  await halves().jpeg({ quality: 100 }).withMetadata({ orientation: 6 }).toFile(at('turned.jpg'));
  const { gray } = await openPicture(at('turned.jpg'));
  expect([gray.width, gray.height]).toEqual([20, 40]);
  expect(gray.data[20 * 5 + 10]).toBeGreaterThan(250);
  expect(gray.data[20 * 35 + 10]).toBeLessThan(5);
});

test('gray is the gray of the tablet: colors weigh as BT.601 says', async () => {
  await sharp({ create: { width: 2, height: 2, channels: 3, background: { r: 200, g: 100, b: 50 } } })
    .png()
    .toFile(at('color.png'));
  const { gray } = await openPicture(at('color.png'));
  expect([...gray.data]).toEqual(Array(4).fill(Math.round(0.299 * 200 + 0.587 * 100 + 0.114 * 50)));
});

test('sixteen bits, transparency and other formats are pictures too', async () => {
  await halves().toColorspace('rgb16').png().toFile(at('deep.png'));
  await halves().ensureAlpha(0.5).webp({ lossless: true }).toFile(at('clear.webp'));
  await halves().gif().toFile(at('few.gif'));
  await halves().tiff().toFile(at('scan.tif'));
  for (const name of ['deep.png', 'clear.webp', 'few.gif', 'scan.tif']) {
    const { gray } = await openPicture(at(name));
    expect([gray.width, gray.height, gray.data.length], name).toEqual([40, 20, 800]);
    expect(gray.data[0], name).toBeGreaterThan(gray.data[39] ?? 255);
  }
});

test('what is no picture is refused by name and does no harm', async () => {
  const whole = await halves().resize(800, 400).jpeg().toBuffer();
  const png = await halves().png().toBuffer();
  png.writeUInt32BE(2_000_000_000, 16);
  writeFileSync(at('cut-off.jpg'), whole.subarray(0, whole.length / 2));
  writeFileSync(at('claims-two-billion-wide.png'), png);
  writeFileSync(at('empty.jpg'), '');
  writeFileSync(at('text.jpg'), 'no picture');
  writeFileSync(at('program.png'), '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  mkdirSync(at('folder.jpg'));
  symlinkSync('/nowhere', at('leads-nowhere.png'));
  execFileSync('mkfifo', [at('pipe.jpg')]);
  for (const name of [
    'cut-off.jpg',
    'claims-two-billion-wide.png',
    'empty.jpg',
    'text.jpg',
    'program.png',
    'folder.jpg',
    'leads-nowhere.png',
    'pipe.jpg',
    'not-there.jpg'
  ]) {
    await expect(openPicture(at(name)), name).rejects.toThrow(NoPicture);
  }
});

test('a picture of too many pixels is refused before it is unpacked', async () => {
  await sharp({ create: { width: 9000, height: 9000, channels: 3, background: 'red' } })
    .png()
    .toFile(at('bomb.png'));
  await expect(openPicture(at('bomb.png'))).rejects.toThrow('64 million pixels');
});

test('the pictures of a folder come by number, not by letter, and other files are left out', async () => {
  mkdirSync(at('clip'));
  for (const name of ['frame10.jpg', 'frame9.JPG', 'labels.csv']) writeFileSync(at(`clip/${name}`), '');
  mkdirSync(at('clip/frame11.jpg'));
  expect((await picturesIn(at('clip'))).map((path) => basename(path))).toEqual(['frame9.JPG', 'frame10.jpg']);
  mkdirSync(at('bare'));
  await expect(picturesIn(at('bare'))).rejects.toThrow(NoPicture);
  await expect(picturesIn(at('not-there'))).rejects.toThrow(NoPicture);
});
