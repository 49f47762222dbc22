import type { HotlistCategory } from '../records/hotlist.ts';

/**
 * Address Confidentiality Program (Minn. Stat. 13.824 subd. 3(c), ch. 5B; policy 426.4(b)): what relates to a participant is destroyed
 * at the time of collection, unless it is active criminal investigative data, and that anybody asked for it is private itself.
 */

/** Characters that a reader takes for one another, each written as the first of its group (LAW 4.10). */
const LOOK_ALIKES = ['0OQ', '1IL', '8B', '5S', '2Z', '6G'] as const;
const FOLDED: ReadonlyMap<string, string> = new Map(
  LOOK_ALIKES.flatMap((group) => Array.from(group, (letter) => [letter, group.charAt(0)] as const))
);

/** What a plate has in common with its misreadings: a misread one does not slip by. */
export function skeletonOf(plate: string): string {
  let skeleton = '';
  for (const letter of plate) skeleton += FOLDED.get(letter) ?? letter;
  return skeleton;
}

/** Of 16,384 tags a tablet knows 128, most of them decoys: each real one hides among some thousand plates. LAW 4.10. */
export const TAG_BITS = 14;
export const PUBLISHED_TAGS = 128;

/** The tag in the keyed hash (HMAC-SHA-256) of a skeleton: its first 14 bits. */
export function tagIn(mac: Uint8Array): number {
  const [first = 0, second = 0] = mac;
  return ((first << 8) | second) >> (16 - TAG_BITS);
}

/** A hit of these makes a read active criminal investigative data. A license status, a missing person, an attempt to locate does not. */
const CRIMINAL: readonly HotlistCategory[] = [
  'stolenVehicle',
  'stolenPlate',
  'felonyVehicle',
  'wantedPerson',
  'warrant',
  'agencyInvestigative'
];

/**
 * Whether a read may be kept. `isProtected`: its plate is, or may be, a participant's; `category`: of the hotlist entry it
 * matches, null where it matches none. What may not be kept leaves no count, no line, no picture.
 */
export function mayKeepRead(isProtected: boolean, category: HotlistCategory | null): boolean {
  return !isProtected || (category !== null && CRIMINAL.includes(category));
}
