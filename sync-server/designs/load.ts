import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildDesigns } from './build.ts';
import { fingerprintOfSources } from './fingerprint.ts';
import type { Designs } from './kinds.ts';

const BUILT = fileURLToPath(new URL('../../build/designs.json', import.meta.url));

/** What `npm run designs` writes. */
interface BuiltDesigns {
  readonly fingerprint: string;
  readonly designs: Designs;
}

/** The design documents: those of build/designs.json when they were made of the sources that are here, else built now. */
export async function loadDesigns(): Promise<Designs> {
  if (!existsSync(BUILT)) return buildDesigns();
  const built = JSON.parse(readFileSync(BUILT, 'utf8')) as Partial<BuiltDesigns>;
  return built.designs !== undefined && built.fingerprint === fingerprintOfSources() ? built.designs : buildDesigns();
}
