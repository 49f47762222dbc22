import { foldPlate } from '#domain/plate/fold.ts';
import type { Hit } from '#domain/records/hit.ts';
import type { Read } from '#domain/records/read.ts';

/** Reads by plate, O folded to 0, then by time. */
export default function readsByPlate(document: Read | Hit): void {
  if (document.kind === 'read') emit([foldPlate(document.plate), document.collectedAt], null);
}
