/** Where a sealed record lies: its box and its place in it, and nothing that tells a plate. A file of its own, for design documents. */
export function sealedId(boxId: string, seq: number): string {
  return `${boxId}:${`0000000${seq}`.slice(-8)}`;
}
