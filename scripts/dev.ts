/** `npm run dev`: the app by Vite with instant reload, and the server beside it, which answers /api and /db. */
import { spawn } from 'node:child_process';

const commands = [
  ['node_modules/vite/bin/vite.js', 'dev'],
  ['--watch', '--import', 'tsx', 'sync-server/src/main.ts', ...process.argv.slice(2)]
];
const children = commands.map((args) => spawn(process.execPath, args, { stdio: 'inherit' }));
const stopAll = (): void => children.forEach((child) => child.kill());

// One without the other is a puzzle for whoever looks at it: they live and end together.
for (const child of children) child.once('exit', stopAll);
process.once('SIGINT', stopAll);
process.once('SIGTERM', stopAll);
