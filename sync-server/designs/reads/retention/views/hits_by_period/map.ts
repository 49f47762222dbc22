import type { DayRecord } from '#domain/records/day-record.ts';

/** Hits by period of active use, then by time. */
export default function hitsByPeriod(document: DayRecord): void {
  if (document.kind === 'hit') emit([document.periodId, document.collectedAt], null);
}
