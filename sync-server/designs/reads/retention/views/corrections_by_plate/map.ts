import { foldPlate } from '#domain/plate/fold.ts';
import type { DayRecord } from '#domain/records/day-record.ts';

/** Corrections by the plate that an officer says is on the car, folded, and the time of their read; each tells which read that is. */
export default function correctionsByPlate(document: DayRecord): void {
  if (document.kind === 'correction' && document.finding === 'misread')
    emit([foldPlate(document.plate), document.collectedAt], document.readId);
}
