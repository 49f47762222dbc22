/** Pictures from files: found, checked and unpacked, whatever they turn out to be. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import sharp from 'sharp';
import { grayOfRgba, type GrayImage } from '#recognition/luma.ts';

/** Why a file gives no picture; the message is for people, and holds nothing of the file's content. */
export class NoPicture extends Error {
  override readonly name = 'NoPicture';
}

/** What of a folder counts as a picture. A file that is named by itself is tried whatever it is called. */
const EXTENSIONS = ['.jpg', '.jpeg', '.png', '.webp', '.gif', '.tif', '.tiff', '.avif'];
const FORMATS = ['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif'];
/** The largest phone cameras give 50 million; unpacked, 64 million take 260 MB. */
const MOST_PIXELS = 64_000_000;
const MOST_BYTES = 100_000_000;

/** Unpacked: the gray plane that is read, and the file's bytes for whoever draws on it. */
export interface Picture {
  readonly gray: GrayImage;
  readonly bytes: Buffer;
}

/**
 * The pictures of a folder in file name order (numbers by their value), subfolders left out.
 * Rejects with `NoPicture` when there are none or it cannot be opened.
 */
export async function picturesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => {
    throw new NoPicture('The folder cannot be opened.');
  });
  const names = entries
    .filter((entry) => !entry.isDirectory() && EXTENSIONS.includes(extname(entry.name).toLowerCase()))
    .map((entry) => entry.name)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  if (names.length === 0) throw new NoPicture('The folder has no pictures.');
  return names.map((name) => join(folder, name));
}

/** True for a folder; false for anything else, also for what is not there. */
export async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

/**
 * Unpacks a picture, upright as its EXIF orientation says, gray as the tablet's frames are (BT.601).
 * Rejects with `NoPicture` for what is none, is cut off, or is too large; a pipe or device is never opened.
 */
export async function openPicture(path: string): Promise<Picture> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new NoPicture('The file is not there.');
  if (!found.isFile()) throw new NoPicture('This is no file.');
  if (found.size === 0) throw new NoPicture('The file is empty.');
  if (found.size > MOST_BYTES) throw new NoPicture('The file is larger than 100 MB.');
  const bytes = await readFile(path).catch(() => {
    throw new NoPicture('The file cannot be opened.');
  });
  return { bytes, gray: await grayOf(bytes) };
}

async function grayOf(bytes: Buffer): Promise<GrayImage> {
  const { format, width, height } = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => {
      throw new NoPicture('The file is no picture.');
    });
  // What else the decoder knows (SVG, PDF) is a program to be run, not a picture that was taken.
  if (!FORMATS.includes(format)) throw new NoPicture('The file is no picture.');
  if (width * height > MOST_PIXELS) throw new NoPicture('The picture has more than 64 million pixels.');
  const { data, info } = await sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'truncated', pages: 1 })
    .autoOrient()
    .toColorspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch(() => {
      throw new NoPicture('The picture is damaged or cut off.');
    });
  const rgba = new Uint8ClampedArray(data.buffer, data.byteOffset, data.length);
  return grayOfRgba({ width: info.width, height: info.height, data: rgba });
}
