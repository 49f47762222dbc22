import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildDesigns } from './build.ts';
import type { Designs } from './kinds.ts';

const BUILT = fileURLToPath(new URL('../../build/designs.json', import.meta.url));

/** The design documents: those of build/designs.json when it is there (the build keeps it fresh), else built now. */
export async function loadDesigns(): Promise<Designs> {
  return existsSync(BUILT) ? (JSON.parse(readFileSync(BUILT, 'utf8')) as Designs) : buildDesigns();
}
