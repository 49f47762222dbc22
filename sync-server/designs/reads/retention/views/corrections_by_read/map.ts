import type { DayRecord } from '#domain/records/day-record.ts';

/** Corrections by the read they are about. */
export default function correctionsByRead(document: DayRecord): void {
  if (document.kind === 'correction') emit(document.readId, null);
}
