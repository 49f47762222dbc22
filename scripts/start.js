// `npm start`. Plain JavaScript, so that an old Node or a missing `npm ci` is answered with a sentence and not with a stack.
import { existsSync } from 'node:fs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Platekeeper needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}
if (!existsSync(new URL('../node_modules/tsx', import.meta.url))) {
  console.error('The packages are not installed yet. Run "npm ci" first, then "npm start" again.');
  process.exit(1);
}
const { register } = await import('tsx/esm/api');
register();
await import('./start.ts');
