import { NOT_A_FIELD } from '../check/check.ts';
import { checkRead } from '../records/read.ts';

export type Collection =
  | { readonly kind: 'lawful' }
  | { readonly kind: 'refused'; readonly code: 'unlawfulField' | 'improperRead'; readonly reason: string };

/**
 * Whether a read holds what the law lets an ALPR collect and nothing else: plate numbers, date, time and place, pictures.
 * Any further field is refused, on the tablet, at the server and by the day box's design document.
 * Policy 426.3.1(a); Minn. Stat. 13.824 subd. 2(a): "Collection of any data not authorized by this paragraph is prohibited."
 */
export function collectionOf(read: unknown): Collection {
  const found = checkRead(read);
  if (found === null) return { kind: 'lawful' };
  return {
    kind: 'refused',
    // What a system of this kind is tempted to keep (make, color, speed, face, notes) is no field of a read.
    code: found.message === NOT_A_FIELD ? 'unlawfulField' : 'improperRead',
    reason: `${found.path} ${found.message}`
  };
}
