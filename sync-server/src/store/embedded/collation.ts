/**
 * Keys of a view as bytes whose plain order is CouchDB's order: null < false < true < numbers < strings < arrays < objects,
 * arrays and objects element by element, the shorter first.
 *
 * One difference, on purpose: strings go by code point, where CouchDB asks ICU (`a < A < b`). Both agree on what our keys are made
 * of - upper-case plates, instants of one form, opaque lower-case ids, camelCase words compared for equality - and the contract suite
 * holds only such keys. For "everything that begins with this key" use `[key]` to `[key, {}]`, never a high character.
 */
export function encodeKey(key: unknown): Buffer {
  const parts: Buffer[] = [];
  append(key, parts);
  return Buffer.concat(parts);
}

const TAG = { end: 0x00, null: 0x10, false: 0x20, true: 0x21, number: 0x30, string: 0x40, array: 0x50, object: 0x60 };
const tag = (value: number): Buffer => Buffer.from([value]);

function append(value: unknown, parts: Buffer[]): void {
  if (value === null || value === undefined) parts.push(tag(TAG.null));
  else if (typeof value === 'boolean') parts.push(tag(value ? TAG.true : TAG.false));
  else if (typeof value === 'number') parts.push(tag(TAG.number), orderedDouble(value));
  else if (typeof value === 'string') parts.push(tag(TAG.string), escaped(value), tag(TAG.end));
  else if (Array.isArray(value)) {
    parts.push(tag(TAG.array));
    for (const item of value) append(item, parts);
    parts.push(tag(TAG.end));
  } else {
    parts.push(tag(TAG.object));
    for (const [name, item] of Object.entries(value)) {
      append(name, parts);
      append(item, parts);
    }
    parts.push(tag(TAG.end));
  }
}

// A positive double's bits sort as they are once the sign bit is set; a negative one's when all bits are flipped.
function orderedDouble(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(Object.is(value, -0) ? 0 : value);
  if (value < 0) for (let i = 0; i < 8; i++) bytes[i] = ~(bytes[i] ?? 0) & 0xff;
  else bytes[0] = (bytes[0] ?? 0) | 0x80;
  return bytes;
}

// The end of a string must sort below any character, so the two lowest bytes are written as pairs.
function escaped(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8');
  if (!bytes.some((b) => b <= 1)) return bytes;
  const out: number[] = [];
  for (const b of bytes) {
    if (b <= 1) out.push(1, b + 1);
    else out.push(b);
  }
  return Buffer.from(out);
}

/** The key that `encodeKey` wrote. */
export function decodeKey(bytes: Uint8Array): unknown {
  return new Reader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).value();
}

class Reader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  value(): unknown {
    const kind = this.bytes[this.at++];
    if (kind === TAG.null) return null;
    if (kind === TAG.false) return false;
    if (kind === TAG.true) return true;
    if (kind === TAG.number) return this.double();
    if (kind === TAG.string) return this.text();
    if (kind === TAG.array) return this.until(() => this.value());
    return Object.fromEntries(this.until(() => [this.value() as string, this.value()] as const));
  }

  private double(): number {
    const bytes = Buffer.from(this.bytes.subarray(this.at, (this.at += 8)));
    const negative = ((bytes[0] ?? 0) & 0x80) === 0;
    if (negative) for (let i = 0; i < 8; i++) bytes[i] = ~(bytes[i] ?? 0) & 0xff;
    else bytes[0] = (bytes[0] ?? 0) & 0x7f;
    return bytes.readDoubleBE();
  }

  private text(): string {
    const end = this.bytes.indexOf(TAG.end, this.at);
    const written = this.bytes.subarray(this.at, end);
    this.at = end + 1;
    if (!written.includes(1)) return written.toString('utf8');
    const plain: number[] = [];
    for (let i = 0; i < written.length; i++) plain.push(written[i] === 1 ? (written[++i] ?? 1) - 1 : (written[i] ?? 0));
    return Buffer.from(plain).toString('utf8');
  }

  private until<T>(next: () => T): T[] {
    const items: T[] = [];
    while (this.bytes[this.at] !== TAG.end) items.push(next());
    this.at += 1;
    return items;
  }
}
