import type { DayRecord } from '#domain/records/day-record.ts';

/** Reads by the instant of collection. */
export default function readsByTime(document: DayRecord): void {
  if (document.kind === 'read') emit(document.collectedAt, null);
}
