/** A process that writes until it is killed: `writer-process.ts <folder> <database>`. It prints an id once its write is acknowledged. */
import { writeSync } from 'node:fs';
import { openEmbedded } from '#server/store/embedded.ts';
import { someDesign } from './some-design.ts';

const [folder = '', database = ''] = process.argv.slice(2);
const store = openEmbedded({ folder });
await store.create(database, [someDesign()]);
for (let n = 0; ; n += 2) {
  const pair = [n, n + 1].map((i) => ({ _id: `d${String(i).padStart(6, '0')}`, key: i, n: i, text: 'x'.repeat(2000) }));
  const outcomes = await store.bulk(database, pair, { name: 'writer', roles: ['system'] }, 'new');
  for (const outcome of outcomes) if (outcome.kind === 'written') writeSync(1, `${outcome.id}\n`);
}
