/** The reader's alphabet: class 0 is CTC's blank, class i is the character i - 1. */
export const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const BLANK = 0;

/** Natural logarithm of each class's probability, for one column after the other. */
export interface LogProbabilities {
  readonly columns: number;
  readonly classes: number;
  readonly values: Float32Array;
}

/** Log softmax of one strip of the network's output, which lies class by class (`classes` x `columns`). */
export function logSoftmax(logits: Float32Array, classes: number, columns: number): LogProbabilities {
  const values = new Float32Array(classes * columns);
  for (let t = 0; t < columns; t++) {
    let highest = -Infinity;
    for (let k = 0; k < classes; k++) highest = Math.max(highest, logits[k * columns + t] ?? 0);
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += Math.exp((logits[k * columns + t] ?? 0) - highest);
    const whole = highest + Math.log(sum);
    for (let k = 0; k < classes; k++) values[t * classes + k] = (logits[k * columns + t] ?? 0) - whole;
  }
  return { columns, classes, values };
}

/**
 * The likeliest texts with their probabilities, by CTC prefix beam search: all the ways a text can lie over the columns
 * are added up, which the best path alone would miss.
 */
export function beamSearch(log: LogProbabilities, width = 16): ReadonlyMap<string, number> {
  let beam = new Map<string, Ending>([['', { blank: 1, character: 0 }]]);
  for (let t = 0; t < log.columns; t++) beam = widest(step(beam, log, t), width);
  return new Map([...beam].map(([text, ending]) => [text, ending.blank + ending.character]));
}

/** Probability of a text so far, told apart by whether its last column was blank: a repeated character needs one between. */
interface Ending {
  blank: number;
  character: number;
}

/** Characters less likely than this in a column start no new text; they could not come among the first ten. */
const LEAST_LOG = Math.log(1e-4);

function step(beam: ReadonlyMap<string, Ending>, log: LogProbabilities, t: number): Map<string, Ending> {
  const next = new Map<string, Ending>();
  const ending = (text: string): Ending => {
    const found = next.get(text) ?? { blank: 0, character: 0 };
    next.set(text, found);
    return found;
  };
  const at = t * log.classes;
  const blank = Math.exp(log.values[at + BLANK] ?? 0);
  for (const [text, before] of beam) {
    const all = before.blank + before.character;
    ending(text).blank += all * blank;
    const last = text.at(-1);
    for (let k = 1; k < log.classes; k++) {
      const logProbability = log.values[at + k] ?? 0;
      if (logProbability < LEAST_LOG) continue;
      const character = ALPHABET[k - 1] ?? '';
      const probability = Math.exp(logProbability);
      if (character === last) {
        ending(text).character += before.character * probability;
        ending(text + character).character += before.blank * probability;
      } else {
        ending(text + character).character += all * probability;
      }
    }
  }
  return next;
}

function widest(beam: Map<string, Ending>, width: number): Map<string, Ending> {
  const sorted = [...beam].sort(([, a], [, b]) => b.blank + b.character - (a.blank + a.character));
  return new Map(sorted.slice(0, width));
}
