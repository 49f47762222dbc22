import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// What a design function can be made of: its own tree, and the rules of the domain.
const SOURCES = ['../designs', '../../src/domain'].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/** A hash over everything design documents are made of: what was built from other sources is stale. */
export function fingerprintOfSources(): string {
  const hash = createHash('sha256');
  for (const folder of SOURCES) {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((f) => /(\.ts|reduce)$/.test(f) && !f.endsWith('.test.ts')).sort())
      hash
        .update(file.replaceAll('\\', '/'))
        .update('\0')
        .update(readFileSync(join(folder, file)))
        .update('\0');
  }
  return hash.digest('hex');
}
