import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

/** The script of page-hand.ts, for a page. */
export async function bundleHand(): Promise<string> {
  const bundle = await rolldown({
    input: fileURLToPath(new URL('page-hand.ts', import.meta.url)),
    platform: 'browser',
    cwd: fileURLToPath(new URL('../../..', import.meta.url))
  });
  try {
    const { output } = await bundle.generate({ format: 'iife' });
    return output[0].code;
  } finally {
    await bundle.close();
  }
}
