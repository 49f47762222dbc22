/** Builds what is stale, then becomes the server: one process, so that Ctrl+C and a service manager's stop reach it directly. */
import { fileURLToPath } from 'node:url';
import { build } from './build.ts';

if (!(await build())) process.exit(1);
// main.ts sees the arguments as if it had been started itself: npm start -- --demo
process.argv[1] = fileURLToPath(new URL('../sync-server/src/main.ts', import.meta.url));
await import('../sync-server/src/main.ts');
