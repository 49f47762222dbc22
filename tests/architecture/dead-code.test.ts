import { expect, test } from 'vitest';
import { runTool } from './repository.ts';

test('no file, export or dependency is left that nothing uses', () => {
  const { printed, ok } = runTool('knip/bin/knip.js', ['--no-progress', '--no-config-hints']);
  expect(ok, `knip found:\n${printed}`).toBe(true);
});
