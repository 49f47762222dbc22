import type { Written } from '#designs/shared/written.ts';

/** Certificates of destruction in their order. */
export default function certificatesByNumber(document: Written): void {
  if (document['kind'] === 'certificate') emit(document['number'], null);
}
