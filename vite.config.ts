import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { precache } from './scripts/precache.ts';

const DEV_SERVER = process.env['PLATEKEEPER_SERVER'] ?? 'http://127.0.0.1:8426';

export default defineConfig({
  plugins: [sveltekit(), precache('build/app')],
  // onnxruntime-web's build without the embedded wasm: the file is served by us, precached and checked.
  resolve: { conditions: ['onnxruntime-web-use-extern-wasm', 'module', 'browser', 'development|production'] },
  worker: { format: 'es' },
  // Imported inside the recognition worker only, where Vite would find them late and reload the page.
  optimizeDeps: { include: ['onnxruntime-web/wasm', 'tesseract.js'] },
  // `npm run dev`: the pages by Vite, everything else by the server that runs beside it (scripts/dev.ts).
  server: { proxy: { '/api': DEV_SERVER, '/db': DEV_SERVER } },
  build: { target: 'es2022', assetsInlineLimit: 0 }
});
