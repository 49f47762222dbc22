/**
 * `npm run verify:certificates -- <file or address> [--key <fingerprint>] [--seen <number>:<hash>]`
 *
 * Checks certificates of destruction without access to the data, and shares no code with the server that wrote them: whoever wants to
 * know whether an agency destroyed its reads in time needs this file and Node alone. It reads what `/api/public/certificates` answers,
 * or the whole ledger from `/api/certificates`.
 *
 * `--key` is the fingerprint of the signing key as the agency told it by another way; `--seen` is a certificate noted on an earlier
 * visit, so that a chain that was cut short or written anew is found.
 */
import { createHash, createPublicKey, verify, type JsonWebKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const DAY_MS = 86_400_000;
/** Minn. Stat. 13.824 subd. 3(a). */
const LEGAL_DAYS = 60;
const FIELDS = [
  'kind',
  'schema',
  'number',
  'agency',
  'subject',
  'collectedFrom',
  'destroyedAt',
  'counts',
  'devices',
  'spared',
  'method',
  'verified',
  'salt',
  'root',
  'records',
  'oldestLeft',
  'previous'
];

/** What is told elsewhere than in the document itself. */
export interface Known {
  readonly key?: string;
  readonly seen?: { readonly number: number; readonly sha256: string };
}

export interface Verdict {
  /** what is wrong, each with the number of its certificate; empty: all is in order */
  readonly faults: readonly string[];
  readonly certificates: number;
  readonly private: number;
  readonly reads: number;
  readonly dates: number;
  readonly keyFingerprint: string;
  readonly last: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Verifies a document of certificates. Throws for one that has no such form at all. */
export function verifyCertificates(document: unknown, known: Known = {}): Verdict {
  const { publicKey, certificates } = document as { publicKey?: JsonWebKey; certificates?: readonly Fields[] };
  if (publicKey === undefined || !Array.isArray(certificates)) throw new Error('This is no list of certificates.');
  const key = createPublicKey({ key: publicKey, format: 'jwk' });
  const keyFingerprint = hash(key.export({ type: 'spki', format: 'der' }));
  const faults: string[] = [];
  if (key.asymmetricKeyType !== 'ed25519') faults.push('The key is no Ed25519 key.');
  if (known.key !== undefined && known.key.toLowerCase() !== keyFingerprint)
    faults.push('The key is not the one the agency told.');

  let previous: string | null = null;
  let before = '';
  let reads = 0;
  let dates = 0;
  for (const [at, entry] of (certificates as readonly Fields[]).entries()) {
    const number = at + 1;
    const fault = (words: string): void => void faults.push(`Certificate ${number}: ${words}`);
    if (entry['number'] !== number) fault('is missing or out of order.');
    const { jws, sha256 } = entry;
    if (typeof jws === 'string') {
      if (hash(jws) !== sha256) fault('is not what its hash says.');
      const content = opened(jws, key, fault);
      if (content['number'] !== number) fault('carries another number.');
      if (content['previous'] !== previous) fault('does not follow the one before.');
      if (String(content['destroyedAt']) < before) fault('is dated before the one before.');
      before = String(content['destroyedAt']);
      for (const words of faultsIn(content)) fault(words);
      if (kindOf(content) === 'dayBox') {
        reads += Number((content['counts'] as Fields | undefined)?.['reads']);
        dates += 1;
      }
    } else if (jws !== null || typeof sha256 !== 'string') fault('is in no known form.');
    if (known.seen?.number === number && known.seen.sha256 !== sha256) fault('is not the one seen before.');
    previous = typeof jws === 'string' ? hash(jws) : String(sha256);
  }
  if (known.seen !== undefined && known.seen.number > certificates.length)
    faults.push(`The chain ends before certificate ${known.seen.number}, which was seen before.`);
  return {
    faults,
    certificates: certificates.length,
    private: certificates.filter(({ jws }) => jws === null).length,
    reads,
    dates,
    keyFingerprint,
    last: previous === null ? 'none' : `${certificates.length}:${previous}`
  };
}

function opened(jws: string, key: KeyObject, fault: (words: string) => void): Fields {
  const [header = '', payload = '', signature = ''] = jws.split('.');
  try {
    const { alg } = JSON.parse(decoded(header)) as Fields;
    const signed = Buffer.from(`${header}.${payload}`);
    if (alg !== 'EdDSA' || !verify(null, signed, key, Buffer.from(signature, 'base64url')))
      fault('has a wrong signature.');
    return JSON.parse(decoded(payload)) as Fields;
  } catch {
    fault('cannot be read.');
    return {};
  }
}

function faultsIn(content: Fields): string[] {
  const faults: string[] = [];
  if (content['kind'] !== 'certificateOfDestruction' || content['schema'] !== 1) faults.push('is of no known kind.');
  // A closed form: nothing about a vehicle or a person can travel in it.
  for (const field of Object.keys(content))
    if (!FIELDS.includes(field)) faults.push(`has an unknown field "${field}".`);
  for (const field of FIELDS) if (!(field in content)) faults.push(`lacks "${field}".`);
  const at = Date.parse(String(content['destroyedAt']));
  if (Number.isNaN(at)) faults.push('does not tell when.');
  if (typeof content['collectedFrom'] === 'string' && at > Date.parse(content['collectedFrom']) + LEGAL_DAYS * DAY_MS)
    faults.push(`tells of destruction later than ${LEGAL_DAYS} days after collection.`);
  // The date's own first moment depends on the time zone; a day more is allowed for it.
  if (typeof content['oldestLeft'] === 'string' && at > Date.parse(content['oldestLeft']) + (LEGAL_DAYS + 1) * DAY_MS)
    faults.push(`tells of data older than ${LEGAL_DAYS} days that were left.`);
  if (kindOf(content) === 'dayBox' && typeof content['collectedFrom'] !== 'string') faults.push('lacks its date.');
  const counts = content['counts'] as Fields | undefined;
  const shares = content['devices'] as readonly Fields[] | undefined;
  const sum = (shares ?? []).reduce((total, { reads }) => total + Number(reads), 0);
  if (sum !== counts?.['reads']) faults.push('counts other reads than its tablets together.');
  if ((content['verified'] as Fields | undefined)?.['engine'] !== 'gone') faults.push('does not say that it was gone.');
  return faults;
}

const kindOf = (content: Fields): unknown => (content['subject'] as Fields | undefined)?.['kind'];
const hash = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');
const decoded = (part: string): string => Buffer.from(part, 'base64url').toString('utf8');

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { key: { type: 'string' }, seen: { type: 'string' } }
  });
  const [source] = positionals;
  const [number = '', sha256 = ''] = (values.seen ?? '').split(':');
  if (source === undefined || (values.seen !== undefined && !/^\d+:[0-9a-f]{64}$/.test(values.seen))) {
    console.error('npm run verify:certificates -- <file or address> [--key <fingerprint>] [--seen <number>:<hash>]');
    return 2;
  }
  const text = /^https?:/.test(source) ? await (await fetch(source)).text() : readFileSync(source, 'utf8');
  const verdict = verifyCertificates(JSON.parse(text), {
    ...(values.key === undefined ? {} : { key: values.key }),
    ...(values.seen === undefined ? {} : { seen: { number: Number(number), sha256 } })
  });
  for (const fault of verdict.faults) console.error(`✗ ${fault}`);
  console.log(
    `${verdict.certificates} certificates, ${verdict.private} of them private and checked by their hash alone.`
  );
  console.log(`${verdict.dates} days with ${verdict.reads} reads are certified as destroyed.`);
  console.log(`Signed by the key ${verdict.keyFingerprint}${values.key === undefined ? ' (compare it)' : ''}.`);
  console.log(`Note for the next time: --seen ${verdict.last}`);
  console.log(verdict.faults.length === 0 ? 'All is in order.' : `${verdict.faults.length} faults.`);
  return verdict.faults.length === 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = await main();
