import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import staticFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const NOT_BUILT =
  '<!doctype html><meta charset="utf-8"><title>Platekeeper</title><p>The app is not built yet. Run "npm run build", then start the server again.';

/** The page that answers every deep link; a plain sentence when the app has not been built. */
export function indexHtmlOf(appFolder: string): string {
  const file = join(appFolder, 'index.html');
  return existsSync(file) ? readFileSync(file, 'utf8') : NOT_BUILT;
}

/** Serves the built app. What has a hash in its name may be kept for ever; the rest is asked for each time. */
export async function serveApp(app: FastifyInstance, appFolder: string, indexHtml: string): Promise<void> {
  if (!existsSync(join(appFolder, 'index.html'))) {
    app.get('/*', (request, reply) => {
      if (!isServers(request.url)) return reply.code(503).type('text/html; charset=utf-8').send(indexHtml);
      reply.callNotFound();
      return reply;
    });
    return;
  }
  await app.register(staticFiles, { root: appFolder, serve: false, cacheControl: false });
  const files = new Set(
    readdirSync(appFolder, { recursive: true, withFileTypes: true })
      .filter((f) => f.isFile())
      .map((f) => join(f.parentPath, f.name))
  );
  app.get('/*', (request, reply) => {
    const path = pathOf(request.url);
    if (path === undefined || isServers(path)) {
      reply.callNotFound();
      return reply;
    }
    reply.header(
      'Cache-Control',
      path.startsWith('/_app/immutable/') ? 'public, max-age=31536000, immutable' : 'no-cache'
    );
    if (files.has(join(appFolder, path))) return reply.sendFile(path.slice(1));
    // A file that is not there is not there; a place in the app is the page's business.
    if (/\.[a-z0-9]+$/i.test(path)) {
      reply.callNotFound();
      return reply;
    }
    return reply.type('text/html; charset=utf-8').send(indexHtml);
  });
}

// Addresses that are the server's own, never places in the app.
const isServers = (path: string): boolean => /^\/(api|db)(\/|$)/.test(path);

function pathOf(url: string): string | undefined {
  try {
    return decodeURIComponent(new URL(url, 'http://here').pathname);
  } catch {
    return undefined;
  }
}
