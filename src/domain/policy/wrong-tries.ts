/** Wrong tries after which an officer is locked out on this tablet until headquarters releases it (CJIS AC-7). */
export const LOCKED_OUT_AFTER = 5;
/** Wrong tries after which the officer's own keys on this tablet are erased; headquarters can still open everything. */
export const ERASED_AFTER = 10;

/** What is remembered of an officer's tries on one tablet; written down before a try is judged. */
export interface Tries {
  readonly wrong: number;
  readonly lockedOut: boolean;
  readonly erased: boolean;
}

export const NO_TRIES: Tries = { wrong: 0, lockedOut: false, erased: false };

/** The tries after one more that is not known to be right: five lock, ten erase (policy 426.5(a); CJIS AC-7, 5.13.3). */
export function afterWrongTry(before: Tries): Tries {
  const wrong = Math.min(before.wrong + 1, ERASED_AFTER);
  return {
    wrong,
    lockedOut: before.lockedOut || wrong >= LOCKED_OUT_AFTER,
    erased: before.erased || wrong >= ERASED_AFTER
  };
}

/** Headquarters has released the officer. Erased keys stay erased: the next sign-in needs a link. */
export function afterRelease(before: Tries): Tries {
  return { wrong: 0, lockedOut: false, erased: before.erased };
}
