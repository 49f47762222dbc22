import { createReadStream, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { basename, join } from 'node:path';
import { createServer, type ViteDevServer } from 'vite';
import { GOLDEN, realPictures } from '../sets.ts';

const repository = fileURLToPath(new URL('../../../../', import.meta.url));

/**
 * Serves a folder of pages that run the recognition's own modules, on a free port of this machine; `/pictures/` is the
 * folder of real pictures, `/pictures/golden/` that of rendered ones. Isolated, so that the runtime may use threads.
 * Close it when done.
 */
export async function servePages(pages: URL): Promise<{ readonly url: string; readonly server: ViteDevServer }> {
  const pictures = realPictures();
  const server = await createServer({
    configFile: false,
    root: fileURLToPath(pages),
    publicDir: join(repository, 'static'),
    cacheDir: join(repository, 'node_modules/.vite-bench'),
    logLevel: 'error',
    resolve: { conditions: ['onnxruntime-web-use-extern-wasm', 'module', 'browser', 'development|production'] },
    worker: { format: 'es' },
    optimizeDeps: { include: ['onnxruntime-web/wasm', 'tesseract.js'] },
    server: {
      headers: { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' },
      host: '127.0.0.1',
      port: 0,
      hmr: false,
      watch: null,
      fs: { allow: [repository] }
    },
    plugins: [
      {
        name: 'real-pictures',
        configureServer: (vite) => {
          vite.middlewares.use('/pictures', (request, response, next) => {
            const [, set = '', file = ''] = (request.url ?? '').split('?')[0]?.split('/') ?? [];
            const folder = set === 'golden' ? GOLDEN : pictures && join(pictures, basename(set));
            const path = folder && join(folder, basename(decodeURIComponent(file)));
            if (path === undefined || !existsSync(path)) return next();
            response.setHeader('content-type', 'image/jpeg');
            createReadStream(path).pipe(response);
          });
        }
      }
    ]
  });
  await server.listen();
  return { url: server.resolvedUrls?.local[0] ?? '', server };
}
