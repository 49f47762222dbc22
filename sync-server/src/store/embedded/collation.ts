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
