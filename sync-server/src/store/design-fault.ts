/** A design document's function did what it must not: it would not compile, it threw something odd, or it took too long. */
export class DesignFault extends Error {
  override readonly name = 'DesignFault';
}
