import type { Keeping } from '../vault/protocol.ts';

/** What came of a record that was not saved; `failed`: the vault did not answer properly. */
export type NotSaved = Exclude<Keeping, { kind: 'saved' | 'leftOut' }> | { readonly kind: 'failed' };

/** Why capture ends when something cannot be saved; each has a sentence that says what to do. */
export type SavingFailure =
  'storageFull' | 'noLease' | 'notEnrolled' | 'periodOver' | 'clockWrong' | 'vaultUnavailable';

const FAILURE_OF: Readonly<Record<string, SavingFailure>> = {
  noLease: 'noLease',
  lockedSinceStart: 'vaultUnavailable',
  notEnrolled: 'notEnrolled',
  noPeriod: 'periodOver',
  // A date that is not of this period, or is over: with a right clock there is no such read.
  wrongBox: 'clockWrong',
  pastItsDate: 'clockWrong',
  keptTooLong: 'clockWrong'
};

/**
 * Why capture must stop, because what comes next could not be saved either; null: this one record alone was against the
 * law's list, and capture goes on.
 */
export function savingFailureOf(outcome: NotSaved): SavingFailure | null {
  if (outcome.kind === 'storageFull') return 'storageFull';
  if (outcome.kind === 'failed') return 'vaultUnavailable';
  return FAILURE_OF[outcome.code] ?? null;
}
