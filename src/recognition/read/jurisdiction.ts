import { fitsFormat } from '#domain/voting/serial-formats.ts';
import type { GrayImage } from '../luma.ts';
import { inputSize, loadNetwork, run, type Network } from '../onnx.ts';
import type { Quad } from '../protocol.ts';
import { straighten } from '../rectify/rectify.ts';
import { evened } from './evened.ts';

/** Who issued a plate, as far as its look tells: a two-letter code, or `unknown`. */
interface NamedJurisdiction {
  readonly jurisdiction: string;
  /** 0..1: the chance that the likeliest jurisdiction is the right one, named or not */
  readonly confidence: number;
}

/** What the network's outputs stand for: first "unknown", then the codes in alphabetical order. */
export const CODES: readonly string[] = (
  'AK AL AR AZ CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM NV NY ' +
  'OH OK OR PA RI SC SD TN TX UT VA VT WA WI WV WY'
).split(' ');

/** Divides the network's answers: at 1, rendered plates it never saw are right at least as often as it says (training/jurisdiction/calibrate.py). */
const TEMPERATURE = 1;

/**
 * A jurisdiction is named from this confidence on. Rendered plates would ask for 0.75; real ones are harder, and a wrong
 * name silences the alert of a true hit (alertLevel), so a margin is added. Figures: docs/models/plate-jurisdiction.md.
 */
export const NAMED_FROM = 0.9;

/**
 * What a text speaks for a jurisdiction whose formats it does not fit, where it fits another's: one plate in five carries
 * a vanity text or an organization's format. Weak on purpose, the look decides; by it, the right one comes first on five
 * more real plates in a hundred.
 */
export const OUTSIDE_FORMATS = 0.2;

const UNKNOWN: NamedJurisdiction = { jurisdiction: 'unknown', confidence: 0 };
const SIZE = { width: 192, height: 96 };

/** Names the jurisdiction of a straightened plate by its look; "unknown" is an honest answer, and never replaced by Minnesota. */
export class JurisdictionReader {
  private readonly size: { readonly width: number; readonly height: number };

  constructor(private readonly network: Network) {
    this.size = inputSize(network) ?? SIZE;
  }

  /** Loads the network from our own origin; undefined when it cannot be had, for reads are good without it. */
  static async open(modelUrl: string): Promise<JurisdictionReader | undefined> {
    return loadNetwork(modelUrl).then(
      (network) => new JurisdictionReader(network),
      () => undefined
    );
  }

  /** `plate` is the whole plate, straightened, at any size; `text` what was read on it, empty when that is not known. */
  async name(plate: GrayImage, text = ''): Promise<NamedJurisdiction> {
    const { width, height } = this.size;
    const fitting = straighten(plate, cornersOf(plate), width, height);
    if (fitting === undefined) return UNKNOWN;
    const output = await run(this.network, 'plate', evened(fitting.data), [1, 1, height, width]);
    return named(output('logits'), text);
  }
}

/** The likeliest jurisdiction by the network's 52 outputs and by the text's format, `unknown` unless it is sure enough. */
export function named(logits: Float32Array, text = ''): NamedJurisdiction {
  const largest = Math.max(...logits);
  const fitsAny = fitsFormat(text);
  const shares = Array.from(logits, (output, i) => {
    const code = CODES[i - 1];
    const isOutside = fitsAny && code !== undefined && !fitsFormat(text, code);
    return Math.exp((output - largest) / TEMPERATURE) * (isOutside ? OUTSIDE_FORMATS : 1);
  });
  const sum = shares.reduce((total, share) => total + share, 0);
  const [, ...codes] = shares.map((share) => share / sum);
  const confidence = Math.max(...codes);
  const code = CODES[codes.indexOf(confidence)];
  return { jurisdiction: code !== undefined && confidence >= NAMED_FROM ? code : 'unknown', confidence };
}

function cornersOf({ width, height }: GrayImage): Quad {
  return [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height }
  ];
}
