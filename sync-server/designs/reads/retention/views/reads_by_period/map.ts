import type { DayRecord } from '#domain/records/day-record.ts';

/** Reads by period of active use, then by time; counted for the public log (426.4.1). */
export default function readsByPeriod(document: DayRecord): void {
  if (document.kind === 'read') emit([document.periodId, document.collectedAt], null);
}
