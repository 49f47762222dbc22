import type { Hit } from '#domain/records/hit.ts';
import type { Read } from '#domain/records/read.ts';

/** Hits by period of active use, then by time. */
export default function hitsByPeriod(document: Read | Hit): void {
  if (document.kind === 'hit') emit([document.periodId, document.collectedAt], null);
}
