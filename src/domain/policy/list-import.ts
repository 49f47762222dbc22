/** A file that suddenly is a fifth longer or shorter is more often broken than true. */
export const LARGE_SWING = 0.2;

/**
 * Whether a new version of a list differs so much in length from the one in force that a person must confirm it (13.05 subd. 5: accurate and
 * complete data; LAW section 7). `before`: rows of the version in force, null for the first list of its source.
 */
export function isLargeSwing(before: number | null, after: number): boolean {
  if (before === null) return false;
  return Math.abs(after - before) > before * LARGE_SWING;
}
