const DEEPEST = 16;

/** Whether a JSON body is nested deeper than anything we take; asked before a check walks down it. */
export function isTooDeep(body: unknown): boolean {
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return true;
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? (Object.values(value) as unknown[]) : []
    );
  }
  return false;
}
