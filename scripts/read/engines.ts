/** The tablet's own recognition under Node: the same code and the same models; only where the bytes come from differs. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Eye } from '#recognition/eye.ts';
import { ModelMissing, networkOf, prepareRuntime, type Network } from '#recognition/onnx.ts';
import { JurisdictionReader } from '#recognition/read/jurisdiction.ts';
import type { SecondReader } from '#recognition/read/second-reader.ts';
import { TesseractReader } from '#recognition/read/tesseract-reader.ts';

const MODELS = new URL('../../static/models/', import.meta.url);
const SECOND_READER_DATA = new URL('../../static/tesseract/plate.traineddata.gz', import.meta.url);

/** What reads: the eye that every frame goes through, and what is asked about a read once it is made. */
export interface Engines {
  readonly eye: Eye;
  readonly jurisdiction: JurisdictionReader | undefined;
  /** undefined when it is not wanted or does not start */
  readonly second: SecondReader | undefined;
}

/** Opens the shipped engines. Rejects with `ModelMissing`; without the two that are asked later it works, as the tablet does. */
export async function openEngines(askSecond: boolean): Promise<Engines> {
  return {
    eye: await openEye(),
    jurisdiction: await openJurisdictionReader(),
    second: askSecond ? await openSecondReader() : undefined
  };
}

/** What names the issuing jurisdiction; undefined where its network is not there. */
async function openJurisdictionReader(): Promise<JurisdictionReader | undefined> {
  return loadFile(new URL('plate-jurisdiction.onnx', MODELS)).then(
    (network) => new JurisdictionReader(network),
    () => undefined
  );
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
