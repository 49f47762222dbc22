import { coarseCellOf } from '#domain/place/coarse-cell.ts';
import type { DayRecord } from '#domain/records/day-record.ts';

/** Reads by coarse cell, then by time; a read without a position is in none. */
export default function readsByPlace(document: DayRecord): void {
  if (document.kind !== 'read' || document.lat === null || document.lon === null) return;
  const cell = coarseCellOf(document.lat, document.lon);
  emit([cell[0], cell[1], document.collectedAt], null);
}
