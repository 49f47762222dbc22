import type { Hit } from '#domain/records/hit.ts';
import type { Read } from '#domain/records/read.ts';

/** Hits by the read they belong to. */
export default function hitsByRead(document: Read | Hit): void {
  if (document.kind === 'hit') emit(document.readId, null);
}
