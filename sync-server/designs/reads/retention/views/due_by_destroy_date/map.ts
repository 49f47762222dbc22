import type { Written } from '#designs/shared/written.ts';

/** Everything in the box by the last instant at which it may exist (426.4). */
export default function dueByDestroyDate(document: Written): void {
  emit(document['destroyBy'], null);
}
