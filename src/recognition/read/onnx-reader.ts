import { LONGEST_PLATE } from '#domain/plate/normalize.ts';
import type { Candidate } from '#domain/voting/observation.ts';
import type { GrayImage } from '../luma.ts';
import { inputSize, run, type Network } from '../onnx.ts';
import { STRIP_HEIGHT, STRIP_WIDTH } from '../rectify/rectify.ts';
import { ALPHABET, beamSearch, logSoftmax } from './ctc.ts';
import { evened } from './evened.ts';
import type { Reader } from './read.ts';

const CLASSES = ALPHABET.length + 1;
const MOST_CANDIDATES = 10;
/** A first strip whose likeliest text has less than this is not read with the other margins. */
const WORTH_READING = 0.01;
/**
 * A first strip this sure needs no others: of 48 rendered and 501 real plates as many are read right as with all four, and
 * two in three of small and three in four of large ones take a quarter of the time.
 */
const SURE_AT_FIRST = 0.98;

/** Our own reader: a small convolutional network with CTC; what one cut leaves open, the others decide, in one batch. */
export class OnnxReader implements Reader {
  /** as the network's file says, so that another network needs no other code */
  readonly strip: { readonly width: number; readonly height: number };

  constructor(private readonly network: Network) {
    this.strip = inputSize(network) ?? { width: STRIP_WIDTH, height: STRIP_HEIGHT };
  }

  async read(strips: Iterable<GrayImage>): Promise<readonly Candidate[]> {
    const margins: ReadonlyMap<string, number>[] = [];
    const others: GrayImage[] = [];
    for (const strip of strips) {
      if (margins.length > 0) {
        others.push(strip);
        continue;
      }
      margins.push(...(await this.#read([strip])));
      const best = Math.max(0, ...margins.flatMap((texts) => [...texts.values()]));
      // Most wrong detections show at once that they are no plate, and most plates what they say.
      if (best < WORTH_READING) return [];
      if (best >= SURE_AT_FIRST) break;
    }
    return fuse([...margins, ...(others.length > 0 ? await this.#read(others) : [])]);
  }

  async #read(strips: readonly GrayImage[]): Promise<readonly ReadonlyMap<string, number>[]> {
    const { width, height } = this.strip;
    const batch = new Float32Array(strips.length * width * height);
    strips.forEach((strip, i) => {
      batch.set(evened(strip.data), i * width * height);
    });
    const output = await run(this.network, 'strip', batch, [strips.length, 1, height, width]);
    const logits = output('logits');
    const each = logits.length / strips.length;
    return strips.map((_, i) =>
      beamSearch(logSoftmax(logits.subarray(i * each, (i + 1) * each), CLASSES, each / CLASSES))
    );
  }
}

/** The mean of the margins' probabilities for each text: a text that only one cut shows must be very sure there. */
function fuse(margins: readonly ReadonlyMap<string, number>[]): readonly Candidate[] {
  const sums = new Map<string, number>();
  for (const margin of margins) {
    for (const [text, probability] of margin) {
      if (text === '' || text.length > LONGEST_PLATE) continue;
      sums.set(text, (sums.get(text) ?? 0) + probability / margins.length);
    }
  }
  return [...sums]
    .map(([text, probability]) => ({ text, probability: Math.min(1, probability) }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, MOST_CANDIDATES);
}
