import { fitsFormat } from '#domain/voting/serial-formats.ts';
import type { GrayImage } from '../luma.ts';
import { loadNetwork, runOn, type Network } from '../onnx.ts';
import type { Point } from '../protocol.ts';
import type { Box } from '../quad.ts';
import { STRIP_HEIGHT, STRIP_WIDTH, straighten } from '../rectify/rectify.ts';
import { logSoftmax } from './ctc.ts';
import { evened } from './evened.ts';
import { ELSEWHERE, spokenFor } from './plate-print.ts';

/** Who issued a plate, as far as its print and look tell: a two-letter code, or `unknown`. */
interface NamedJurisdiction {
  readonly jurisdiction: string;
  /** 0..1: the chance that the likeliest jurisdiction is the right one, named or not */
  readonly confidence: number;
}

/** What the look's outputs stand for: first "unknown", then the codes in alphabetical order. */
export const CODES: readonly string[] = (
  'AK AL AR AZ CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM NV NY ' +
  'OH OK OR PA RI SC SD TN TX UT VA VT WA WI WV WY'
).split(' ');

/**
 * How much what is written on a plate speaks, and how it looks; fitted on rendered plates that no network saw
 * (training/jurisdiction/calibrate.py). `unwritten` is what a jurisdiction has of which nothing is written, `nobody` what
 * speaks for a plate that has no class.
 */
const WEIGHTS = { letter: 1.162, lack: 0.563, slogan: 0.908, look: 0.309, unwritten: -0.612, nobody: 0.981 };

/**
 * A jurisdiction is named from this confidence on: 995 in 1000 rendered plates that are named are right. A wrong name
 * silences the alert of a true hit (alertLevel), and real plates are harder. Figures: docs/models/plate-jurisdiction.md.
 */
export const NAMED_FROM = 0.72;

/**
 * What a text speaks for a jurisdiction whose formats it does not fit, where it fits another's: one plate in five carries
 * a vanity text or an organization's format. Weak on purpose, the look decides; by it, the right one comes first on five
 * more real plates in a hundred.
 */
export const OUTSIDE_FORMATS = 0.2;

/** The size that a plate is best kept at until its jurisdiction is named: its name is some 20 px high. */
export const WHOLE_PLATE = { width: 320, height: 160 };

/** The two things the network is shown: the whole plate, and at more than twice that scale what is written on it. */
const LOOK = { width: 192, height: 96 };
const STRIP = { width: STRIP_WIDTH, height: STRIP_HEIGHT };

/** Where names and slogans stand, in shares of the plate: the middle four fifths above and below the serial. */
const STRIPS = [
  { top: 0, bottom: 0.28 },
  { top: 0.72, bottom: 1 }
];
const SIDE = 0.1;

const UNKNOWN: NamedJurisdiction = { jurisdiction: 'unknown', confidence: 0 };

/** Names the jurisdiction of a straightened plate by its print and look; "unknown" is an honest answer, never replaced by Minnesota. */
export class JurisdictionReader {
  constructor(private readonly network: Network) {}

  /** Loads the network from our own origin; undefined when it cannot be had, for reads are good without it. */
  static async open(modelUrl: string): Promise<JurisdictionReader | undefined> {
    return loadNetwork(modelUrl).then(
      (network) => new JurisdictionReader(network),
      () => undefined
    );
  }

  /** `plate` is the whole plate, straightened, best of `WHOLE_PLATE`; `text` what was read on it, empty when not known. */
  async name(plate: GrayImage, text = ''): Promise<NamedJurisdiction> {
    const look = partOf(plate, { left: 0, top: 0, right: 1, bottom: 1 }, LOOK);
    const strips = STRIPS.map((strip) => partOf(plate, { left: SIDE, right: 1 - SIDE, ...strip }, STRIP));
    const [above, below] = strips;
    if (look === undefined || above === undefined || below === undefined) return UNKNOWN;
    const output = await runOn(this.network, {
      plate: { values: look, shape: [1, 1, LOOK.height, LOOK.width] },
      strips: { values: Float32Array.from([...above, ...below]), shape: [2, 1, STRIP.height, STRIP.width] }
    });
    return named(together(output('look'), spokenFor(halvesOf(output('characters')), WEIGHTS)), text);
  }
}

function halvesOf(values: Float32Array): readonly Float32Array[] {
  return [values.subarray(0, values.length / 2), values.subarray(values.length / 2)];
}

/** A part of the plate, given in shares of its width and height, at a size and with its light evened out. */
function partOf(
  plate: GrayImage,
  { left, top, right, bottom }: Box,
  { width, height }: { readonly width: number; readonly height: number }
): Float32Array | undefined {
  const at = (x: number, y: number): Point => ({ x: x * plate.width, y: y * plate.height });
  const part = straighten(plate, [at(left, top), at(right, top), at(right, bottom), at(left, bottom)], width, height);
  return part && evened(part.data);
}

/** One answer for each class, as natural logarithms, of the look's 52 and of what is written for each code. */
export function together(look: Float32Array, written: ReadonlyMap<string, number>): Float32Array {
  const { values } = logSoftmax(look, look.length, 1);
  return values.map((looked, i) => {
    const code = CODES[i - 1];
    const atLeast = code === undefined ? WEIGHTS.nobody : WEIGHTS.unwritten;
    return Math.max(atLeast, written.get(code ?? ELSEWHERE) ?? -Infinity) + WEIGHTS.look * looked;
  });
}

/** The likeliest jurisdiction by one answer for each of the 52 classes and by the text's format, `unknown` unless it is sure enough. */
export function named(logits: Float32Array, text = ''): NamedJurisdiction {
  const largest = Math.max(...logits);
  const fitsAny = fitsFormat(text);
  const shares = Array.from(logits, (output, i) => {
    const code = CODES[i - 1];
    const isOutside = fitsAny && code !== undefined && !fitsFormat(text, code);
    return Math.exp(output - largest) * (isOutside ? OUTSIDE_FORMATS : 1);
  });
  const sum = shares.reduce((total, share) => total + share, 0);
  const [, ...codes] = shares.map((share) => share / sum);
  const confidence = Math.max(...codes);
  const code = CODES[codes.indexOf(confidence)];
  return { jurisdiction: code !== undefined && confidence >= NAMED_FROM ? code : 'unknown', confidence };
}
