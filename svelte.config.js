import adapter from '@sveltejs/adapter-static';

/** @type {import('@sveltejs/kit').Config} */
export default {
  compilerOptions: { runes: true },
  kit: {
    // A client-only app: one page answers every deep link, served by sync-server and, offline, by the service worker.
    adapter: adapter({ pages: 'build/app', assets: 'build/app', fallback: 'index.html' }),
    // sync-server sends the Content-Security-Policy header; it hashes the start script of the built page (see gateway/headers).
    version: { pollInterval: 0 },
    serviceWorker: { register: false },
    files: { serviceWorker: 'src/service-worker/index.ts' },
    typescript: { config: (config) => config }
  }
};
