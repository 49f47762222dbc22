/** Letters of the folded form: O is the digit zero. */
export const FOLDED_LETTERS = 25;

/** 1..36 for the plate characters by their character code, O and 0 alike; 0 for anything else. */
export const CHARACTER_CODES: Uint8Array = codesByCharacter();

/** How a folded plate is built, as a number: its length and which places are letters. */
export function shapeOf(foldedPlate: string): number {
  let shape = 1;
  for (const character of foldedPlate) shape = (shape << 1) | (character >= 'A' ? 1 : 0);
  return shape;
}

function codesByCharacter(): Uint8Array {
  const codes = new Uint8Array(256);
  const characters = '0123456789ABCDEFGHIJKLMNPQRSTUVWXYZ';
  for (let i = 0; i < characters.length; i++) codes[characters.charCodeAt(i)] = i + 1;
  codes['O'.charCodeAt(0)] = codes['0'.charCodeAt(0)] ?? 0;
  return codes;
}
