import type { Written } from '#designs/shared/written.ts';

/** Casework of one kind. */
export default function byKind(document: Written): void {
  emit(document['kind'], null);
}
