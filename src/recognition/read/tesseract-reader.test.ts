import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GrayImage } from '../luma.ts';
import { TesseractReader } from './tesseract-reader.ts';

const shipped = new URL('../../../static/tesseract/', import.meta.url);
const strips = new URL('./tesseract-strips/', import.meta.url);

let reader: TesseractReader | undefined;
beforeAll(async () => {
  reader = await TesseractReader.open({ tesseractData: fileURLToPath(new URL('plate.traineddata.gz', shipped)) });
}, 60_000);
afterAll(() => reader?.close());

/** A rendered strip: a PGM file named after what stands on it. */
function openStrip(name: string): GrayImage {
  const bytes = readFileSync(new URL(name, strips));
  const [head = '', width = '', height = ''] = /^P5\n(\d+) (\d+)\n255\n/.exec(bytes.toString('latin1')) ?? [];
  return { width: Number(width), height: Number(height), data: Uint8Array.from(bytes.subarray(head.length)) };
}

test.each(readdirSync(strips))('reads the rendered strip %s with the shipped data', async (name) => {
  const reading = await reader?.read(openStrip(name));
  expect(reading?.plate).toBe(name.replace('.pgm', ''));
  expect(reading?.confidence).toBeGreaterThan(0.4);
  expect(reading?.confidence).toBeLessThanOrEqual(1);
});

test('the same strip gives the same answer again', async () => {
  const [name = ''] = readdirSync(strips);
  expect(await reader?.read(openStrip(name))).toEqual(await reader?.read(openStrip(name)));
});

test('an even surface says nothing, and is sure of nothing', async () => {
  const gray = { width: 256, height: 96, data: new Uint8Array(256 * 96).fill(120) };
  expect(await reader?.read(gray)).toEqual({ plate: '', confidence: 0 });
});

test('a closed reader has no answer', async () => {
  const another = await TesseractReader.open({
    tesseractData: fileURLToPath(new URL('plate.traineddata.gz', shipped))
  });
  another?.close();
  expect(await another?.read(openStrip(readdirSync(strips)[0] ?? ''))).toBeUndefined();
});

test('data that is not there starts no reader', async () => {
  expect(await TesseractReader.open({ tesseractData: '/nowhere/plate.traineddata.gz' })).toBeUndefined();
});

test('the data is the file whose checksum was written down', () => {
  const list = JSON.parse(readFileSync(new URL('tesseract.json', shipped), 'utf8')) as {
    models: { file: string; sha256: string; bytes: number }[];
  };
  expect(readdirSync(shipped).sort()).toEqual([...list.models.map((model) => model.file), 'tesseract.json'].sort());
  for (const { file, sha256, bytes } of list.models) {
    const content = readFileSync(new URL(file, shipped));
    expect(content.byteLength, file).toBe(bytes);
    expect(createHash('sha256').update(content).digest('hex'), file).toBe(sha256);
  }
});
