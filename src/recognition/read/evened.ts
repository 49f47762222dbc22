/** Gray minus its mean over its deviation + 1, as in training: lighting is not information. */
export function evened(gray: Uint8Array): Float32Array {
  let [sum, squares] = [0, 0];
  for (const value of gray) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / gray.length;
  // The sample deviation (n - 1), as torch computes it.
  const deviation = Math.sqrt(Math.max(0, squares - sum * mean) / (gray.length - 1));
  const values = new Float32Array(gray.length);
  for (let i = 0; i < gray.length; i++) values[i] = ((gray[i] ?? 0) - mean) / (deviation + 1);
  return values;
}
