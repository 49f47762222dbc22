/** Opens the house on a folder, which destroys what is due, and dies after its n-th write. Says "done" when it came to the end alive. */
import { readFileSync } from 'node:fs';
import type { Designs } from '#designs/kinds.ts';
import { houseOn } from './support/house.ts';
import { killedAfter } from './support/killed-store.ts';

const [folder = '', designsFile = '', at = '', nth = ''] = process.argv.slice(2);
const designs = JSON.parse(readFileSync(designsFile, 'utf8')) as Designs;
const die = (): void => {
  process.kill(process.pid, 'SIGKILL');
};
await houseOn(folder, designs, at, (store) => killedAfter(store, Number(nth), die));
console.log('done');
process.exit(0);
