import { coarseCellOf } from '#domain/place/coarse-cell.ts';
import type { Hit } from '#domain/records/hit.ts';
import type { Read } from '#domain/records/read.ts';

/** Reads by coarse cell, then by time; a read without a position is in none. */
export default function readsByPlace(document: Read | Hit): void {
  if (document.kind !== 'read' || document.lat === null || document.lon === null) return;
  const cell = coarseCellOf(document.lat, document.lon);
  emit([cell[0], cell[1], document.collectedAt], null);
}
