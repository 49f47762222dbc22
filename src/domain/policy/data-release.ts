import { canonicalText } from '../ledger/canonical.ts';
import type { DataRelease } from '../records/data-release.ts';

export type DataReleaseStep =
  | { readonly kind: 'lawful' }
  | {
      readonly kind: 'refused';
      readonly code: 'notTheAuthor' | 'selfApproval' | 'releaseDecided' | 'releaseNotApproved' | 'immutable';
      readonly reason: string;
    };

/**
 * Whether `after` is a lawful next step of a release of data, taken by `who`: whoever enters the written request signs for it; somebody
 * else approves or declines; only then is a package made; nothing that was said is ever changed (retained on file). Policy 426.7(a)-(c).
 */
export function nextReleaseStep(before: DataRelease | null, after: DataRelease, who: string): DataReleaseStep {
  if (before === null) {
    if (after.entered.by !== who) return refuse('notTheAuthor', 'a request names the person who enters it');
    return after.decision === null && after.packages.length === 0
      ? { kind: 'lawful' }
      : refuse('releaseNotApproved', 'a release begins as a request');
  }
  if (!isSame(requestOf(before), requestOf(after))) return refuse('immutable', 'what a request said is never changed');
  if (before.decision === null) return decided(after, who);
  if (!isSame(before.decision, after.decision)) return refuse('releaseDecided', 'this request was decided already');
  if (before.decision.kind === 'declined') return refuse('releaseDecided', 'this request was declined');
  const made = after.packages[after.packages.length - 1];
  if (made === undefined || !isSame(before.packages, after.packages.slice(0, -1)))
    return refuse('immutable', 'packages are added one by one and stay on file');
  return made.by === who ? { kind: 'lawful' } : refuse('notTheAuthor', 'who makes a package signs for it');
}

function decided(after: DataRelease, who: string): DataReleaseStep {
  if (after.decision === null || after.packages.length > 0)
    return refuse('releaseNotApproved', 'a request is approved before anything is released');
  if (after.decision.by !== who) return refuse('notTheAuthor', 'who decides signs the decision');
  if (after.decision.kind === 'approved' && after.entered.by === who)
    return refuse('selfApproval', 'somebody other than who entered a request approves it');
  return { kind: 'lawful' };
}

/**
 * What the recipient is bound to, word for word in each package: the same rules as the agency itself (426.7; Minn. Stat. 13.824
 * subd. 4(b)).
 */
export const RECIPIENT_DUTIES: readonly string[] = [
  'These data were collected by an automated license plate reader and are private or nonpublic under Minn. Stat. 13.824.',
  'They may be used for the active criminal investigation named in the request and for nothing else.',
  'A license plate alone is no ground for a stop: verify it before anyone acts on it.',
  'Destroy each read by its date, unless it has become part of a case file; Minn. Stat. 13.824, subd. 3 binds you as it binds us.',
  'Do not share them with others; a request to you for these data is a request under Minn. Stat. 13.824, subd. 4.',
  'Keep a record of who has seen them, when and why.'
];

const requestOf = ({ _id, request, entered }: DataRelease): unknown => [_id, request, entered];

// Fields come in another order from other engines.
const isSame = (one: unknown, other: unknown): boolean => canonicalText(one) === canonicalText(other);

const refuse = (
  code: Extract<DataReleaseStep, { kind: 'refused' }>['code'],
  reason: string
): Extract<DataReleaseStep, { kind: 'refused' }> => ({ kind: 'refused', code, reason });
