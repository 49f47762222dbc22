import type { Problem } from '../check/check.ts';
import { checkPeriod, type ActivePeriod, type Purpose } from '../records/period.ts';

/** Uses that presuppose a case: a canvass belongs to a crime scene (426.3(c)). Routine patrol asks for none (426.3(b)). */
const NEEDS_CASE: readonly Purpose[] = ['canvass', 'electronicSurveillance', 'suspectInterdiction'];

export function needsCaseNumber(purpose: Purpose): boolean {
  return NEEDS_CASE.indexOf(purpose) >= 0;
}

export type PeriodAdmission =
  | { readonly kind: 'lawful' }
  | {
      readonly kind: 'refused';
      readonly code: 'improperPeriod' | 'caseNumberMissing' | 'placeMissing';
      readonly reason: string;
    };

/**
 * Whether a period of active use is stated as the policy asks: a purpose of the policy's list (426.2), an attestation of
 * official business (426.3(a)), a case number where the use is a canvass but none for routine patrol (426.3(b)(c)), and
 * for a stationary or fixed reader the place (426.4.1(d)).
 */
export function periodAdmission(period: unknown): PeriodAdmission {
  const found: Problem | null = checkPeriod(period);
  if (found !== null) return { kind: 'refused', code: 'improperPeriod', reason: `${found.path} ${found.message}` };
  const checked = period as ActivePeriod;
  if (needsCaseNumber(checked.purpose) && checked.caseNumber === undefined)
    return { kind: 'refused', code: 'caseNumberMissing', reason: 'this use needs a case number' };
  if ((checked.deployment === 'stationary' || checked.deployment === 'fixed') && checked.place === undefined)
    return { kind: 'refused', code: 'placeMissing', reason: 'a stationary reader needs the words of its place' };
  return { kind: 'lawful' };
}
