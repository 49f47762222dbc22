// In slices, because a spread of a whole picture overflows the stack.
const SLICE = 0x8000;

export function toBase64(bytes: Uint8Array): string {
  let written = '';
  for (let at = 0; at < bytes.length; at += SLICE) written += String.fromCharCode(...bytes.subarray(at, at + SLICE));
  return btoa(written);
}

/** Throws InvalidCharacterError for text that is not base64. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
