/**
 * Tells the built service worker every file of the built app. Kit's own list leaves out what only a worker imports
 * (FIELD-NOTES 2.1), and an app that lacks one chunk of a worker does not read plates offline.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const WORKER = 'service-worker.js';
/** Not fetched under their own names offline: the worker itself, the shell (kept as "/"), Kit's version beacon. */
const LEFT_OUT = [`/${WORKER}`, '/index.html', '/_app/version.json'];
const IS_HASHED = /^\/_app\/immutable\//;

/** A Vite plugin for after the adapter: writes `self.precacheFiles` in front of the service worker in `app`. */
export function precache(app: string): Plugin {
  return {
    name: 'platekeeper-precache',
    apply: 'build',
    closeBundle: {
      sequential: true,
      order: 'post',
      handler() {
        const worker = join(app, WORKER);
        if (existsSync(worker)) writeFileSync(worker, withList(readFileSync(worker, 'utf8'), app));
      }
    }
  };
}

// Said twice, the worker is the same: the list is always its first line.
function withList(worker: string, app: string): string {
  const files = filesUnder(app)
    .filter((url) => !LEFT_OUT.includes(url))
    .map((url) => ({ url, revision: IS_HASHED.test(url) ? null : revisionOf(join(app, url)) }));
  return `self.precacheFiles=${JSON.stringify(files)};\n${worker.replace(/^self\.precacheFiles=.*\n/, '')}`;
}

// By content: a new version of the app does not fetch the engines again that it already has.
function revisionOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16);
}

function filesUnder(folder: string, at = ''): string[] {
  return readdirSync(folder)
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? filesUnder(path, `${at}/${name}`) : [`${at}/${name}`];
    })
    .sort();
}
