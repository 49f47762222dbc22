import type { DayRecord } from '#domain/records/day-record.ts';

/** Hits by the read they belong to. */
export default function hitsByRead(document: DayRecord): void {
  if (document.kind === 'hit') emit(document.readId, null);
}
