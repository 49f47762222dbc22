import type { Problem } from '../check/check.ts';
import { checkRead } from '../records/read.ts';

/** What a system of this kind is tempted to keep and may not; named, so that a refusal can say which clause it breaks. */
const FORBIDDEN_FIELDS = [
  'make',
  'model',
  'color',
  'bodyStyle',
  'embedding',
  'fingerprint',
  'direction',
  'speed',
  'occupants',
  'face',
  'owner',
  'driver',
  'audio',
  'video',
  'notes',
  'candidates',
  'frame',
  'exif'
];

export type Collection =
  | { readonly kind: 'lawful' }
  | { readonly kind: 'refused'; readonly code: 'unlawfulField' | 'improperRead'; readonly reason: string };

/**
 * Whether a read holds what the law lets an ALPR collect and nothing else: plate numbers, date, time and place, pictures.
 * Any further field is refused, on the tablet, at the server and by the day box's design document.
 * Policy 426.3.1(a); Minn. Stat. 13.824 subd. 2(a): "Collection of any data not authorized by this paragraph is prohibited."
 */
export function collectionOf(read: unknown): Collection {
  const found: Problem | null = checkRead(read);
  if (found === null) return { kind: 'lawful' };
  const field = found.path.split('.').pop();
  const unlawful =
    found.message === 'is not a field of this record' || (field !== undefined && FORBIDDEN_FIELDS.indexOf(field) >= 0);
  return {
    kind: 'refused',
    code: unlawful ? 'unlawfulField' : 'improperRead',
    reason: `${found.path} ${found.message}`
  };
}
