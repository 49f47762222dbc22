/**
 * `npm run verify:audit -- trail.ndjson [heads.json ...]`: checks an exported audit trail without trusting the server.
 *
 * It shares no code with the server and needs nothing but Node: whoever doubts both can read this page. Every entry is hashed again,
 * must stand in its place and name the one before it; every signed head must be signed by the key, continue the head before it, and
 * be over exactly these entries (RFC 9162). Heads kept elsewhere - the public page of an earlier day, a tablet - are witnesses:
 * even who holds the signing key cannot rewrite what they have seen.
 */
import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

/** Something that is not as it was signed, and where: entries `from` to `to`. */
export interface Fault {
  readonly from: number;
  readonly to: number;
  readonly what: string;
}

export interface Verdict {
  readonly entries: number;
  readonly heads: number;
  /** heads of elsewhere that were compared */
  readonly witnesses: number;
  /** fingerprint of the signing key: compare it with the one of the public page */
  readonly key: string;
  readonly faults: readonly Fault[];
}

interface Head {
  readonly index: number;
  readonly size: number;
  readonly root: string;
  readonly at: string;
  readonly previous: string | null;
}

/** A root that the entries must have when so many of them are read, and who says so. */
interface Expected {
  readonly root: string;
  readonly from: 'own' | 'witness';
  readonly who: string;
}

type Json = Record<string, unknown>;
type Lines = AsyncIterable<string> | Iterable<string>;

const MOST_FAULTS = 20;
const sha256 = (...parts: (string | Buffer)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

/** Verifies a trail given as lines; `witnesses` are signed heads that were kept elsewhere. */
export async function verifyTrail(lines: Lines, witnesses: readonly string[] = []): Promise<Verdict> {
  const faults: Fault[] = [];
  const fault = (from: number, to: number, what: string): void => {
    if (faults.length < MOST_FAULTS) faults.push({ from, to, what });
  };
  let key: KeyObject | undefined;
  let fingerprint = '';
  let saidSize = 0;
  let heads = 0;
  let lastHead: (Head & { readonly jws: string }) | undefined;
  const expected = new Map<number, Expected[]>();
  const expect = ({ size, root }: Head, from: Expected['from'], who: string): void => {
    expected.set(size, [...(expected.get(size) ?? []), { root, from, who }]);
  };

  // The tree so far: the roots of its complete subtrees, the largest first.
  const peaks: { height: number; hash: Buffer }[] = [];
  let count = 0;
  let leafBefore = '0'.repeat(64);
  // Up to where heads of the file, and heads of elsewhere, agree with the entries. Only the latter count against who holds the key.
  const agreed = { own: 0, witness: 0 };
  let isRewritten = false;

  const endOfHeads = (): void => {
    if (key === undefined) return;
    for (const [at, jws] of witnesses.entries()) {
      const head = openHead(jws, key);
      if (head === undefined) fault(1, saidSize, `Witness ${at + 1} is not signed by the key of this trail.`);
      else expect(head, 'witness', `witness ${at + 1}`);
    }
    compareRoots();
  };

  const compareRoots = (): void => {
    for (const { root, who, from } of expected.get(count) ?? []) {
      if (rootOf(peaks) === root) agreed[from] = count;
      else if (!isRewritten) {
        isRewritten = true;
        fault(agreed[from] + 1, count, `These entries are not what ${who} was signed over.`);
      }
    }
    expected.delete(count);
  };

  const takeHead = (jws: string): void => {
    heads++;
    const head = key === undefined ? undefined : openHead(jws, key);
    const from = (lastHead?.size ?? 0) + 1;
    if (head === undefined) {
      fault(from, saidSize, `The head after head ${lastHead?.index ?? 0} is not signed by the key of this trail.`);
      return;
    }
    const isNext = head.index === (lastHead?.index ?? 0) + 1;
    const namesLast = head.previous === (lastHead === undefined ? null : sha256(lastHead.jws).toString('hex'));
    if (!isNext || !namesLast)
      fault(from, head.size, `Head ${head.index} does not continue head ${lastHead?.index ?? 0}: heads are missing.`);
    else if (lastHead !== undefined && (head.size < lastHead.size || head.at < lastHead.at))
      fault(head.size, lastHead.size, `Head ${head.index} goes back behind head ${lastHead.index}.`);
    lastHead = { ...head, jws };
    expect(head, 'own', `head ${head.index}`);
  };

  const takeEntry = (line: string, entry: Json): void => {
    const seq = Number(entry['seq']);
    const place = count + 1;
    if (canonical(entry) !== line) fault(place, place, `Entry ${place} is not written as it was hashed.`);
    if (seq > place) fault(place, seq - 1, `Entries are missing before entry ${seq}.`);
    else if (seq !== place) fault(Math.max(1, seq), place, `Entry ${seq} stands in the place of entry ${place}.`);
    if (entry['previous'] !== leafBefore)
      fault(Math.max(1, place - 1), place, `Entry ${place} does not name the entry before it: one was changed.`);
    const leaf = sha256(LEAF, line);
    leafBefore = leaf.toString('hex');
    push(peaks, leaf);
    count = seq > place ? seq : place;
    compareRoots();
  };

  let isFirstEntry = true;
  for await (const line of lines) {
    const record = parsed(line);
    if (record?.['kind'] === 'trail') {
      const jwk = record['key'] as Json;
      key = publicKey(jwk);
      fingerprint = sha256(canonical({ crv: jwk['crv'], kty: jwk['kty'], x: jwk['x'], y: jwk['y'] })).toString('hex');
      saidSize = Number(record['size']);
    } else if (record?.['kind'] === 'head' && isFirstEntry) takeHead(String(record['jws']));
    else if (record?.['kind'] === 'audit') {
      if (isFirstEntry) endOfHeads();
      isFirstEntry = false;
      takeEntry(line, record);
    } else if (line !== '') fault(count + 1, count + 1, `The line after entry ${count} is no entry.`);
  }
  if (isFirstEntry) endOfHeads();
  if (key === undefined) fault(1, 1, 'This is no exported trail: its first line with the key is missing.');
  if (count !== saidSize)
    fault(Math.min(count, saidSize) + 1, Math.max(count, saidSize), 'The trail has another length than it says.');
  if (saidSize > 0 && lastHead?.size !== saidSize)
    fault((lastHead?.size ?? 0) + 1, saidSize, 'The last head is not over the whole trail.');
  for (const [size, left] of expected)
    for (const { who, from } of left)
      fault(agreed[from] + 1, size, `The trail ends after entry ${count}, before what ${who} was signed over.`);
  return { entries: count, heads, witnesses: witnesses.length, key: fingerprint, faults };
}

function parsed(line: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}

// The one way of writing that was hashed: fields in order of their names, no spaces, ASCII alone.
function canonical(value: unknown): string {
  const written = (part: unknown): string => {
    if (Array.isArray(part)) return `[${part.map(written).join(',')}]`;
    if (typeof part !== 'object' || part === null) return JSON.stringify(part);
    const fields = Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${written(field)}`).join(',')}}`;
  };
  return written(value).replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function push(peaks: { height: number; hash: Buffer }[], leaf: Buffer): void {
  let peak = { height: 0, hash: leaf };
  for (let left = peaks.at(-1); left?.height === peak.height; left = peaks.at(-1)) {
    peaks.pop();
    peak = { height: peak.height + 1, hash: sha256(NODE, left.hash, peak.hash) };
  }
  peaks.push(peak);
}

function rootOf(peaks: readonly { hash: Buffer }[]): string {
  const [last, ...lefts] = peaks.map(({ hash }) => hash).reverse();
  if (last === undefined) return sha256('').toString('hex');
  return lefts.reduce((root, left) => sha256(NODE, left, root), last).toString('hex');
}

function publicKey(jwk: Json): KeyObject | undefined {
  try {
    return createPublicKey({
      key: { kty: 'EC', crv: 'P-256', x: String(jwk['x']), y: String(jwk['y']) },
      format: 'jwk'
    });
  } catch {
    return undefined;
  }
}

/** The head inside a compact JWS of ES256; undefined when its signature does not hold. */
function openHead(jws: string, key: KeyObject): Head | undefined {
  const [header = '', payload = '', signature = '', ...rest] = jws.split('.');
  const text = (part: string): string => Buffer.from(part, 'base64url').toString();
  if (rest.length > 0 || parsed(text(header))?.['alg'] !== 'ES256') return undefined;
  const isSigned = verify(
    'sha256',
    Buffer.from(`${header}.${payload}`),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url')
  );
  const head = isSigned ? parsed(text(payload)) : undefined;
  return head?.['kind'] === 'auditHead' ? (head as unknown as Head) : undefined;
}

/** The signed heads in a file: what /api/public/audit-heads answers, or one head a line. */
function headsIn(file: string): string[] {
  return readFileSync(file, 'utf8').match(/[\w-]{20,}\.[\w-]{20,}\.[\w-]{20,}/g) ?? [];
}

async function main([trail, ...headFiles]: readonly string[]): Promise<number> {
  if (trail === undefined || trail.startsWith('-')) {
    console.log('npm run verify:audit -- <trail.ndjson> [<heads kept elsewhere> ...]');
    console.log(
      'The trail: headquarters, Audit trail, Export for verification. Heads: the public page, saved on an earlier day.'
    );
    return 2;
  }
  const lines = createInterface({ input: createReadStream(trail), crlfDelay: Infinity });
  const verdict = await verifyTrail(lines, headFiles.flatMap(headsIn));
  console.log(`${verdict.entries} entries, ${verdict.heads} signed heads, ${verdict.witnesses} heads kept elsewhere.`);
  console.log(`Signed by the key ${verdict.key}. Compare it with the one on the agency's public page.`);
  for (const { from, to, what } of verdict.faults)
    console.log(`NOT AS SIGNED, ${from === to ? `entry ${from}` : `entries ${from} to ${to}`}: ${what}`);
  if (verdict.witnesses === 0)
    console.log(
      'Give heads that were kept elsewhere too: without them, who holds the key could have rewritten everything.'
    );
  console.log(
    verdict.faults.length === 0 ? 'The trail is complete and unchanged.' : 'THE TRAIL IS NOT AS IT WAS SIGNED.'
  );
  return verdict.faults.length === 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = await main(process.argv.slice(2));
