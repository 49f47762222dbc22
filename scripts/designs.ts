/**
 * The design documents, for whoever runs the engine:
 *   npm run designs                  builds them all and tells their names and sizes
 *   npm run designs -- show reads    prints those of one kind of database, with every function as it will run
 *   npm run designs -- publish       brings every database of the CouchDB at COUCH_URL up to date
 * The server publishes by itself as it opens a box; publishing beforehand keeps the minutes in which large indexes are filled out
 * of its start. Exit code 1 when a database could not be brought up to date, 2 when the question makes no sense.
 */
import { writeDesigns } from '#designs/build.ts';
import { DATABASE_KINDS, kindOf, type DatabaseKind } from '#designs/kinds.ts';
import { loadDesigns } from '#designs/load.ts';
import { openCouchDb } from '#server/store/couchdb.ts';
import { StoreUnavailable } from '#server/store/store.ts';

const USAGE = `npm run designs [-- show <${DATABASE_KINDS.join('|')}> | publish]\n`;

async function main([asked, about, ...more]: readonly string[]): Promise<number> {
  if (asked === undefined) return build();
  if (asked === 'show' && isKind(about) && more.length === 0) return show(about);
  if (asked === 'publish' && about === undefined) return publish(process.env['COUCH_URL']);
  process.stderr.write(USAGE);
  return 2;
}

async function build(): Promise<number> {
  await writeDesigns();
  return 0;
}

async function show(kind: DatabaseKind): Promise<number> {
  const designs = await loadDesigns();
  process.stdout.write(`${JSON.stringify(designs[kind], null, 2)}\n`);
  return 0;
}

async function publish(url: string | undefined): Promise<number> {
  if (url === undefined) {
    process.stderr.write('Say which CouchDB: COUCH_URL=http://admin:password@127.0.0.1:5984\n');
    return 2;
  }
  const designs = await loadDesigns();
  const store = openCouchDb({ url });
  let failed = 0;
  for (const database of await store.list('')) {
    const kind = kindOf(database);
    if (kind === undefined || designs[kind].length === 0) continue;
    try {
      await store.create(database, designs[kind]);
      console.log(`${database.padEnd(44)} ${designs[kind].map((design) => design._id).join(' ')}`);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      failed += 1;
      console.error(`${database.padEnd(44)} not published: ${error.message}`);
    }
  }
  await store.close();
  if (failed > 0) console.error(`${failed} not published. What was published stays; run it again.`);
  return failed > 0 ? 1 : 0;
}

function isKind(word: string | undefined): word is DatabaseKind {
  return DATABASE_KINDS.some((kind) => kind === word);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof StoreUnavailable)) throw error;
  console.error(`${error.message}. Is it running, and is COUCH_URL right?`);
  process.exitCode = 1;
}
