/**
 * `npm run verify:release -- <file> [--key <kid>] [--out DIR]`
 *
 * Opens a package of released reads and checks its signature, without any code of the server that made it: whoever receives one needs
 * this file and Node alone. Says who released what to whom, why, what the recipient is bound to, and when each read is to be destroyed.
 *
 * `--key` is the name of the signing key as the agency told it by another way (its public page shows it); without it, only that the
 * package is whole is known. `--out` writes the pictures and a page to read to an empty folder.
 */
import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

type Fields = Readonly<Record<string, unknown>>;

interface Package {
  readonly kind: string;
  readonly releaseId: string;
  readonly agency: string;
  readonly request: Fields & { readonly agencyName: string; readonly caseNumber: string; readonly requester: string };
  readonly approved: { readonly by: string; readonly at: string; readonly reasonableSuspicion: string };
  readonly duties: readonly string[];
  readonly madeAt: string;
  readonly reads: readonly {
    readonly read: Fields & {
      readonly _id: string;
      readonly plate: string;
      readonly collectedAt: string;
      readonly destroyBy: string;
    };
    readonly corrections: readonly { readonly finding: string; readonly plate?: string }[];
    readonly pictures: Readonly<Record<string, string>>;
  }[];
}

export interface Opened {
  readonly content: Package;
  /** the name of the key that signed it */
  readonly kid: string;
  /** what is wrong; empty: nothing was changed since it was signed */
  readonly faults: readonly string[];
}

/** Opens a package and judges it. Throws for something that has no such form at all. */
export function openRelease(document: unknown, known: { readonly key?: string } = {}): Opened {
  const { jws, key } = document as { jws?: string; key?: JsonWebKey & { kid?: string } };
  if (typeof jws !== 'string' || key === undefined) throw new Error('This is no package of released reads.');
  const [header = '', payload = '', signature = ''] = jws.split('.');
  const faults: string[] = [];
  const { alg, kid = '' } = JSON.parse(decoded(header)) as { alg?: string; kid?: string };
  const publicKey = { key: createPublicKey({ key, format: 'jwk' }), dsaEncoding: 'ieee-p1363' } as const;
  const isSigned = verify(
    'sha256',
    Buffer.from(`${header}.${payload}`),
    publicKey,
    Buffer.from(signature, 'base64url')
  );
  if (alg !== 'ES256' || !isSigned) faults.push('It was changed after it was signed.');
  if (kid !== key.kid) faults.push('It names another key than the one it brings.');
  if (known.key !== undefined && known.key !== kid) faults.push('It was not signed with the key that the agency told.');
  const content = JSON.parse(decoded(payload)) as Package;
  if (content.kind !== 'releasePackage') throw new Error('What was signed is no package of released reads.');
  if (content.duties.length === 0) faults.push('It does not say what the recipient is bound to.');
  for (const { read } of content.reads)
    if (!/^\d{4}-\d\d-\d\dT/.test(read.destroyBy)) faults.push('A read has no date of destruction.');
  return { content, kid, faults };
}

const decoded = (part: string): string => Buffer.from(part, 'base64url').toString();

/** The package as plain text, for a person. */
export function inWords({ content, kid }: Opened): string {
  const { request, approved } = content;
  return [
    `Released by ${content.agency} to ${request.agencyName}, ${request.requester}, case ${request.caseNumber}`,
    `Approved by ${approved.by}, ${approved.at}: ${approved.reasonableSuspicion}`,
    `Made ${content.madeAt}, signed with the key ${kid}`,
    '',
    ...content.duties.map((duty, at) => `${at + 1}. ${duty}`),
    '',
    ...content.reads.map(
      ({ read, corrections, pictures }) =>
        `${read.plate.padEnd(8)}  ${read.collectedAt}  destroy by ${read.destroyBy}  ${Object.keys(pictures).length} pictures` +
        corrections
          .map(({ plate }) =>
            plate === undefined
              ? '\n          MISREAD: no plate, says the officer'
              : `\n          MISREAD: it is ${plate}, says the officer`
          )
          .join('')
    )
  ].join('\n');
}

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { key: { type: 'string' }, out: { type: 'string' } }
  });
  const [file] = positionals;
  if (file === undefined) {
    console.error('Which file? npm run verify:release -- release.json [--key <kid>] [--out DIR]');
    process.exit(2);
  }
  const opened = openRelease(
    JSON.parse(readFileSync(file, 'utf8')),
    values.key === undefined ? {} : { key: values.key }
  );
  const { out } = values;
  if (out !== undefined) {
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, 'release.txt'), `${inWords(opened)}\n`);
    opened.content.reads.forEach(({ pictures }, at) => {
      for (const [name, jpeg] of Object.entries(pictures))
        writeFileSync(join(out, `${String(at + 1).padStart(3, '0')}-${name}.jpg`), Buffer.from(jpeg, 'base64'));
    });
  }
  console.log(inWords(opened));
  for (const fault of opened.faults) console.error(`FAULT: ${fault}`);
  console.log(
    opened.faults.length === 0 ? '\nWhole: nothing was changed since it was signed.' : '\nDo not rely on it.'
  );
  if (opened.faults.length > 0) process.exitCode = 1;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) main();
