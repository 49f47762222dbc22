import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { DesignDocument } from '#server/store/store.ts';
import { bundleFunction, DesignNotBuilt } from './bundle.ts';
import { fingerprintOfSources } from './fingerprint.ts';
import { DATABASE_KINDS, type DatabaseKind, type Designs } from './kinds.ts';

const TREE = fileURLToPath(new URL('.', import.meta.url));

/**
 * Builds every design document from the tree `<database>/<ddoc>/{validate_doc_update.ts, updates/<name>.ts, views/<view>/{map.ts, reduce}}`.
 * A design document is named by the hash of its content, so the same sources always give the same names. Throws DesignNotBuilt.
 */
export async function buildDesigns(): Promise<Designs> {
  const kinds = await Promise.all(DATABASE_KINDS.map(async (kind) => [kind, await buildKind(kind)] as const));
  return Object.fromEntries(kinds) as unknown as Designs;
}

async function buildKind(kind: DatabaseKind): Promise<DesignDocument[]> {
  const folder = join(TREE, kind);
  return Promise.all(foldersIn(folder).map((name) => buildDocument(name, join(folder, name))));
}

async function buildDocument(name: string, folder: string): Promise<DesignDocument> {
  const content: Omit<DesignDocument, '_id'> = {
    language: 'javascript',
    ...(await buildValidator(folder)),
    ...(await buildUpdates(folder)),
    ...(await buildViews(folder))
  };
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12);
  return { _id: `_design/${name}.${hash}`, ...content };
}

async function buildValidator(folder: string): Promise<Pick<DesignDocument, 'validate_doc_update'>> {
  const file = join(folder, 'validate_doc_update.ts');
  return existsSync(file) ? { validate_doc_update: await bundleFunction(file) } : {};
}

async function buildUpdates(folder: string): Promise<Pick<DesignDocument, 'updates'>> {
  const files = filesIn(join(folder, 'updates'));
  if (files.length === 0) return {};
  const built = await Promise.all(
    files.map(async (file) => [basename(file, '.ts'), await bundleFunction(file)] as const)
  );
  return { updates: Object.fromEntries(built) };
}

async function buildViews(folder: string): Promise<Pick<DesignDocument, 'views'>> {
  const names = foldersIn(join(folder, 'views'));
  if (names.length === 0) return {};
  const built = await Promise.all(
    names.map(async (name) => {
      const view = join(folder, 'views', name);
      return [name, { map: await bundleFunction(join(view, 'map.ts')), ...reduceIn(view) }] as const;
    })
  );
  return { views: Object.fromEntries(built) };
}

// Only the two reduces that the engines run themselves, without JavaScript.
function reduceIn(view: string): { reduce?: '_count' | '_sum' } {
  const file = join(view, 'reduce');
  if (!existsSync(file)) return {};
  const reduce = readFileSync(file, 'utf8').trim();
  if (reduce !== '_count' && reduce !== '_sum') throw new DesignNotBuilt(`${reduce} is no reduce both engines have.`);
  return { reduce };
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort()
    .map((name) => join(folder, name));
}

/** Writes build/designs.json and tells names and sizes. */
export async function writeDesigns(): Promise<void> {
  const designs = await buildDesigns();
  const root = fileURLToPath(new URL('../..', import.meta.url));
  mkdirSync(join(root, 'build'), { recursive: true });
  writeFileSync(
    join(root, 'build/designs.json'),
    JSON.stringify({ fingerprint: fingerprintOfSources(), designs }, null, 1)
  );
  for (const [kind, documents] of Object.entries(designs)) {
    for (const document of documents) {
      const bytes = Buffer.byteLength(JSON.stringify(document));
      console.log(`${kind.padEnd(9)} ${document._id.padEnd(36)} ${(bytes / 1024).toFixed(1).padStart(6)} KB`);
    }
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await writeDesigns();
