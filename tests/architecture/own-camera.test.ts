import { expect, test } from 'vitest';
import { filesUnder, read } from './repository.ts';

/** Ways in which a page takes pictures that its own camera did not see. */
const WAYS_IN =
  /type=["']?file|showOpenFilePicker|DataTransfer|FileReader|ondrop|onpaste|captureStream\(\)|getDisplayMedia/;

const foldersOfCapture = [
  'src/lib/capture',
  'src/lib/scanning',
  'src/lib/ui/tablet',
  'src/recognition',
  'src/routes/(tablet)'
];

test('no footage of another camera gets into the reader: capture takes pictures from the tablet’s own camera alone (13.824 subd. 2a)', () => {
  const files = foldersOfCapture.flatMap((folder) => filesUnder(folder));
  expect(files.length).toBeGreaterThan(30);
  expect(files.filter((file) => WAYS_IN.test(read(file)))).toEqual([]);
  expect(WAYS_IN.test(read('src/lib/ui/headquarters/LoadHotlist.svelte')), 'the control').toBe(true);
});
