import { foldPlate } from '#domain/plate/fold.ts';
import type { DayRecord } from '#domain/records/day-record.ts';

/** Reads by plate, O folded to 0, then by time. */
export default function readsByPlate(document: DayRecord): void {
  if (document.kind === 'read') emit([foldPlate(document.plate), document.collectedAt], null);
}
