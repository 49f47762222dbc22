/**
 * The form in which two plate texts are compared for an exact match: the letter O is written as zero.
 *
 * Only O and 0 fold. Most states strike both with the same die and few issue the letter O at all, so no picture and no
 * person can tell them apart, and the lists we receive write either. Every other pair (8/B, 1/I, ...) is told apart by
 * its glyphs; those are look-alikes (confusable.ts), and a match through them is said to be one.
 */
export function foldPlate(plate: string): string {
  return plate.replaceAll('O', '0');
}
