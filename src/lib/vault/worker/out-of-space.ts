/** The disk or the quota is full; nothing was taken. */
export class OutOfSpace extends Error {
  override readonly name = 'OutOfSpace';
}

/** Browsers name it differently, and Dexie wraps it. */
export function isOutOfSpace(error: unknown): boolean {
  if (error instanceof OutOfSpace) return true;
  const named = error as { readonly name?: unknown; readonly inner?: unknown } | null;
  return named?.name === 'QuotaExceededError' || (named?.inner != null && isOutOfSpace(named.inner));
}
