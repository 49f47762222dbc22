import type { Hit } from '#domain/records/hit.ts';
import type { Read } from '#domain/records/read.ts';

/** Reads by the instant of collection. */
export default function readsByTime(document: Read | Hit): void {
  if (document.kind === 'read') emit(document.collectedAt, null);
}
