import type { Hold } from '../records/hold.ts';

export type HoldStep =
  | { readonly kind: 'lawful' }
  | {
      readonly kind: 'refused';
      readonly code: 'notTheAuthor' | 'selfApproval' | 'holdDecided' | 'holdNotInForce' | 'immutable';
      readonly reason: string;
    };

/**
 * Whether `after` is a lawful next step of a hold, taken by `who`: a request names its author; somebody else approves or declines;
 * in force it may be reaffirmed and ended; nothing that was said is ever changed. Policy 426.4(a), 426.7(b) likewise; LAW 4.9.
 */
export function nextStepOf(before: Hold | null, after: Hold, who: string): HoldStep {
  const refuse = (code: Extract<HoldStep, { kind: 'refused' }>['code'], reason: string): HoldStep => ({
    kind: 'refused',
    code,
    reason
  });
  if (before === null) {
    if (after.requested.by !== who) return refuse('notTheAuthor', 'a request names the person who makes it');
    return after.decision === null && after.reaffirmed === null && after.ended === null
      ? { kind: 'lawful' }
      : refuse('holdDecided', 'a hold begins as a request');
  }
  if (!sameWords(before, after)) return refuse('immutable', 'what a request said is never changed');
  if (before.ended !== null) return refuse('holdDecided', 'this hold has ended');
  if (before.decision === null) return decided(after, who, refuse);
  if (JSON.stringify(before.decision) !== JSON.stringify(after.decision))
    return refuse('holdDecided', 'this hold was decided already');
  if (before.decision.kind === 'declined') return refuse('holdDecided', 'this hold was declined');
  if (after.ended !== null && JSON.stringify(before.reaffirmed) !== JSON.stringify(after.reaffirmed))
    return refuse('immutable', 'a hold that ends is not reaffirmed');
  const signer = after.ended ?? after.reaffirmed;
  return signer?.by === who ? { kind: 'lawful' } : refuse('notTheAuthor', 'who reaffirms or ends a hold signs for it');
}

function decided(
  after: Hold,
  who: string,
  refuse: (code: 'selfApproval' | 'notTheAuthor' | 'holdNotInForce', reason: string) => HoldStep
): HoldStep {
  if (after.decision === null || after.reaffirmed !== null || after.ended !== null)
    return refuse('holdNotInForce', 'a request is approved or declined first');
  if (after.decision.by !== who) return refuse('notTheAuthor', 'who decides signs the decision');
  // Declining one's own request harms nobody; approving it is what the second pair of eyes is for.
  if (after.decision.kind === 'approved' && after.requested.by === who)
    return refuse('selfApproval', 'somebody other than its author approves a hold');
  return { kind: 'lawful' };
}

function sameWords(before: Hold, after: Hold): boolean {
  const said = ({ _id, ground, scopeKind, requested }: Hold): string =>
    JSON.stringify([_id, Object.entries(ground).sort(), scopeKind, requested.by, requested.at]);
  return said(before) === said(after);
}
