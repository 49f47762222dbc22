import { DEMO_PLATES, loopMs } from '#lib/capture/demo-scene.ts';
import { realPictures, usSet } from '../bench/plates/sets.ts';

/** What a clip shows for a while, and the plates a reader should find there. */
export type Scene =
  | {
      readonly kind: 'picture';
      readonly url: string;
      readonly plates: readonly string[];
      readonly plate: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
    }
  | { readonly kind: 'street'; readonly plates: readonly string[]; readonly lengthMs: number };

/**
 * Real pictures that our reader reads right frame by frame (see tests/bench/plates). Chosen for tests of the way from
 * the camera to the stored read; how well plates are read at all is the bench's question, not theirs.
 */
const READ_RIGHT: readonly string[] = [
  'wts-lg-000168.jpg',
  'wts-lg-000129.jpg',
  'wts-lg-000163.jpg',
  'wts-lg-000059.jpg',
  'us3.jpg',
  'wts-lg-000055.jpg',
  'car9-1.jpg'
];

/** Up to `count` real scenes, or the demo street when ../shared/plates is absent. Labels write zero for the letter O. */
export function scenesForClips(count = 5): readonly Scene[] {
  const pictures = realPictures();
  if (pictures === undefined) return [streetScene()];
  const labels = usSet(pictures, 'us-scenes');
  return READ_RIGHT.slice(0, count).flatMap((file): Scene[] => {
    const labeled = labels.find((one) => one.file === file);
    if (labeled?.area === undefined) return [];
    const [x, y, width, height] = labeled.area;
    const plate = { x, y, width, height };
    return [{ kind: 'picture', url: `/pictures/us-scenes/${file}`, plates: [labeled.plate], plate }];
  });
}

/** One drive of the demo street: invented plates, the same on every machine. */
export function streetScene(plates: readonly string[] = DEMO_PLATES): Scene {
  return { kind: 'street', plates, lengthMs: loopMs(plates) };
}
