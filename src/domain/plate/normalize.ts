/** The longest plate text of any US state or Canadian province; small stacked characters are not part of it. */
export const LONGEST_PLATE = 8;

/**
 * The plate text in what a person typed or a list wrote: capital letters and digits only, so that `abc-123` and
 * `ABC 123` are one plate. May be empty or too long: ask `isPlateText`.
 */
export function normalizePlate(written: string): string {
  // NFKC turns full-width and other compatibility forms into plain ones before anything is dropped.
  return written
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');
}

/** True for 1 to 8 characters of A-Z and 0-9: what a read, a hotlist entry and a search may hold as a plate. */
export function isPlateText(text: string): boolean {
  return /^[A-Z0-9]{1,8}$/.test(text);
}
