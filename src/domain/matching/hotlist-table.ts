import { CHARACTER_CODES, FOLDED_LETTERS, shapeOf } from './plate-key.ts';
import { entryOfLine } from './packed-line.ts';
import type { HotlistEntry } from '../records/hotlist.ts';

const TAB = 9;
const LINE_BREAK = 10;
const EMPTY = 0xffffffff;
const CODES = 37;
const LONGEST = 8;
// Seven tenths full at most: a probe then looks at two slots on average.
const SPARE = 1.43;

/**
 * A list as lines of text (packed-line.ts) with an open-addressed table over its folded plates. A million entries are indexed in well
 * under a second and take some forty bytes each beside their text; an entry becomes an object only when it is found.
 *
 * The obvious way, a Map from plate to entries, takes seconds and a gigabyte for a list of that size on a tablet.
 */
export class HotlistTable {
  readonly size: number;
  readonly #bytes: Uint8Array;
  readonly #mask: number;
  /** of the slot: the key of the plate, and its newest line */
  readonly #keys: Float64Array;
  readonly #heads: Uint32Array;
  /** of the line: where it begins, and the line before it with the same plate */
  readonly #starts: Uint32Array;
  readonly #next: Uint32Array;
  readonly #shapes = new Map<number, number>();

  /** `lines`: what packList made, as UTF-8, which `decode` turns into text. The table keeps the bytes. */
  constructor(
    lines: Uint8Array,
    private readonly decode: (bytes: Uint8Array) => string
  ) {
    this.#bytes = lines;
    const starts = lineStarts(lines);
    const size = starts.length;
    this.size = size;
    this.#starts = starts;
    const capacity = 2 ** Math.ceil(Math.log2(Math.max(2, size * SPARE)));
    this.#mask = capacity - 1;
    this.#keys = new Float64Array(capacity);
    this.#heads = new Uint32Array(capacity).fill(EMPTY);
    this.#next = new Uint32Array(size).fill(EMPTY);
    const shapes = new Uint32Array(1 << (LONGEST + 4));
    for (let line = 0; line < size; line++) this.#add(line, shapes);
    for (const [shape, count] of shapes.entries()) if (count > 0) this.#shapes.set(shape, count);
  }

  /** The entries whose folded plate this is, in the order of the list. */
  find(foldedPlate: string): HotlistEntry[] {
    let key = 0;
    for (let i = 0; i < foldedPlate.length; i++) key = key * CODES + (CHARACTER_CODES[foldedPlate.charCodeAt(i)] ?? 0);
    const slot = this.#slotOf(key);
    const found: HotlistEntry[] = [];
    for (let line = this.#heads[slot] ?? EMPTY; line !== EMPTY; line = this.#next[line] ?? EMPTY)
      found.push(entryOfLine(this.#lineAt(line)));
    return found.reverse();
  }

  /** How much of all possible plates built like this one is on the list, 0..1: how easily a misread lands on an entry. */
  density(foldedPlate: string): number {
    const count = this.#shapes.get(shapeOf(foldedPlate)) ?? 0;
    let possible = 1;
    for (const character of foldedPlate) possible *= character >= 'A' ? FOLDED_LETTERS : 10;
    return Math.min(1, count / possible);
  }

  #add(line: number, shapes: Uint32Array): void {
    const bytes = this.#bytes;
    let at = this.#starts[line] ?? 0;
    while (bytes[at] !== TAB && at < bytes.length) at++;
    let key = 0;
    let shape = 1;
    for (at++; at < bytes.length; at++) {
      const byte = bytes[at] ?? LINE_BREAK;
      if (byte === TAB || byte === LINE_BREAK) break;
      key = key * CODES + (CHARACTER_CODES[byte] ?? 0);
      // O is the digit zero in the folded form.
      shape = (shape << 1) | (byte >= 65 && byte !== 79 ? 1 : 0);
    }
    shapes[shape] = (shapes[shape] ?? 0) + 1;
    const slot = this.#slotOf(key);
    this.#next[line] = this.#heads[slot] ?? EMPTY;
    this.#keys[slot] = key;
    this.#heads[slot] = line;
  }

  /** The slot of a key, or the empty one where it belongs. */
  #slotOf(key: number): number {
    // Two halves mixed: neighboring serials must not lie in one long row.
    const high = Math.floor(key / 0x100000000);
    let hash = Math.imul((key >>> 0) ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
    hash ^= hash >>> 13;
    hash = Math.imul(hash, 0xc2b2ae35);
    let slot = (hash ^ (hash >>> 16)) & this.#mask;
    while (this.#heads[slot] !== EMPTY && this.#keys[slot] !== key) slot = (slot + 1) & this.#mask;
    return slot;
  }

  #lineAt(line: number): string {
    const start = this.#starts[line] ?? 0;
    const end = this.#bytes.indexOf(LINE_BREAK, start);
    return this.decode(this.#bytes.subarray(start, end < 0 ? undefined : end));
  }
}

function lineStarts(lines: Uint8Array): Uint32Array {
  let count = 0;
  for (let at = 0; at < lines.length; at = nextLine(lines, at)) count++;
  const starts = new Uint32Array(count);
  let line = 0;
  for (let at = 0; at < lines.length; at = nextLine(lines, at)) starts[line++] = at;
  return starts;
}

function nextLine(lines: Uint8Array, at: number): number {
  const end = lines.indexOf(LINE_BREAK, at);
  return end < 0 ? lines.length : end + 1;
}
