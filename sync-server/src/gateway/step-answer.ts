import type { Answer } from './door.ts';
import { isRefusalCode, refusal, type RefusalCode } from './sentences.ts';

/** What came of a step that a design document judged: taken, or refused with the code of the rule. */
type StepTaken = { readonly kind: 'taken' } | { readonly kind: 'refused'; readonly code: string };

/** The record as it now stands, or the refusal in words. */
export function answerOfStep(taken: StepTaken, status: number, record: object): Answer {
  if (taken.kind === 'taken') return { status, body: record };
  return { status: statusOfStep(taken.code), body: refusal(asRefusal(taken.code)) };
}

export const asRefusal = (code: string): RefusalCode => (isRefusalCode(code) ? code : 'refusedByDesign');
export const statusOfStep = (code: string): number => (code === 'selfApproval' || code === 'notAllowed' ? 403 : 409);
