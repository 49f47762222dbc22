import type { Hit } from '#domain/records/hit.ts';
import type { Read } from '#domain/records/read.ts';

/** Reads by period of active use, then by time; counted for the public log (426.4.1). */
export default function readsByPeriod(document: Read | Hit): void {
  if (document.kind === 'read') emit([document.periodId, document.collectedAt], null);
}
