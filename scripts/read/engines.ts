/** The tablet's own recognition under Node: the same code and the same models; only where the bytes come from differs. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Eye } from '#recognition/eye.ts';
import { ModelMissing, networkOf, prepareRuntime, type Network } from '#recognition/onnx.ts';
import type { SecondReader } from '#recognition/read/second-reader.ts';
import { TesseractReader } from '#recognition/read/tesseract-reader.ts';

const MODELS = new URL('../../static/models/', import.meta.url);
const SECOND_READER_DATA = new URL('../../static/tesseract/plate.traineddata.gz', import.meta.url);

/** What reads: the eye that every frame goes through, and the second reader when it is wanted and starts. */
export interface Engines {
  readonly eye: Eye;
  readonly second: SecondReader | undefined;
}

/** Opens the shipped engines. Rejects with `ModelMissing`; without a second reader the command works, as the tablet does. */
export async function openEngines(askSecond: boolean): Promise<Engines> {
  return { eye: await openEye(), second: askSecond ? await openSecondReader() : undefined };
}

/** The second reader with our own data; undefined where that is not there or does not start. */
export async function openSecondReader(): Promise<SecondReader | undefined> {
  const tesseractData = fileURLToPath(SECOND_READER_DATA);
  return existsSync(tesseractData) ? TesseractReader.open({ tesseractData }) : undefined;
}

/** The eye with the shipped networks, or with those of another folder. Rejects with `ModelMissing`. */
export async function openEye(models = MODELS): Promise<Eye> {
  prepareRuntime();
  const detector = await loadFile(new URL('plate-detector.onnx', models));
  return Eye.of({ detector, reader: await loadFile(new URL('plate-reader.onnx', models)) });
}

async function loadFile(file: URL): Promise<Network> {
  const bytes = await readFile(file).catch(() => {
    throw new ModelMissing('A recognition model is not there.');
  });
  return networkOf(new Uint8Array(bytes));
}
