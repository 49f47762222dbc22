import type { Agency } from '../records/agency.ts';
import { msOf, type Instant } from '../time/instant.ts';

/** Length of one step of a one-time code (RFC 6238). */
export const CODE_STEP_SECONDS = 30;
/** Steps that the clock of a phone may be off, to either side. */
export const CODE_SKEW_STEPS = 1;

/**
 * Whether a member of this agency does nothing before a second factor is enrolled (policy 426.5(a); CJIS IA-2(1)(2)): everywhere, unless the Administration
 * Sergeant has switched it off. An agency that never said so requires it.
 */
export function needsSecondFactor(agency: Pick<Agency, 'secondFactor'>): boolean {
  return agency.secondFactor !== 'optional';
}

/** The step of one-time codes that an instant lies in. */
export function codeStepOf(now: Instant): number {
  return Math.floor(msOf(now) / (CODE_STEP_SECONDS * 1000));
}

/**
 * Whether the code of a step counts: at most one step off the clock, and later than the last one that counted, so that a code works once
 * and one that was looked over somebody's shoulder not at all (CJIS IA-2(8): proof against replay).
 */
export function countsAsCode(step: number, lastStep: number, now: Instant): boolean {
  return Math.abs(step - codeStepOf(now)) <= CODE_SKEW_STEPS && step > lastStep;
}
