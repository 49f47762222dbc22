/**
 * One way of writing a record as bytes, so that everybody who hashes it gets the same hash: JSON without spaces, fields in order
 * of their names, everything beyond ASCII as `\u` escapes. Fields that are undefined are left out, as JSON does.
 */
export function canonicalBytes(record: unknown): Uint8Array {
  const written = canonicalText(record);
  const bytes = new Uint8Array(written.length);
  for (let at = 0; at < written.length; at++) bytes[at] = written.charCodeAt(at);
  return bytes;
}

/** The same as text: one ASCII character a byte. */
export function canonicalText(record: unknown): string {
  return written(record).replace(/[\u007f-\uffff]/g, (c) => '\\u' + ('000' + c.charCodeAt(0).toString(16)).slice(-4));
}

function written(value: unknown): string {
  if (Array.isArray(value)) return '[' + value.map(written).join(',') + ']';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const record = value as Record<string, unknown>;
  const fields = Object.keys(record)
    .filter((name) => record[name] !== undefined)
    .sort()
    .map((name) => JSON.stringify(name) + ':' + written(record[name]));
  return '{' + fields.join(',') + '}';
}
