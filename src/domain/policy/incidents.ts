import { canonicalText } from '../ledger/canonical.ts';
import type { Incident } from '../records/incident.ts';
import { DAY_MS, HOUR_MS, instantOf, msOf, type Instant } from '../time/instant.ts';

/** CJIS IR-6: told within an hour. */
const TOLD_WITHIN_MS = HOUR_MS;
/** 13.055 says "without unreasonable delay" and gives no days; these are the department's own clock (decision 46). */
const ASSESSED_WITHIN_MS = 3 * DAY_MS;
const NOTICES_WITHIN_MS = 10 * DAY_MS;
const REPORT_WITHIN_MS = 30 * DAY_MS;

/** What is still to be done about an incident. */
export interface IncidentDuty {
  readonly what: 'tellSecurity' | 'assess' | 'sendNotices' | 'report';
  readonly dueAt: Instant;
}

/**
 * What is still to be done about an incident, and by when: who answers for security is told within an hour, it is judged whether it was a
 * breach, the persons concerned are told, the investigation is reported. Policy 426.5(d); Minn. Stat. 13.055 subd. 1, 2; CJIS IR-6.
 */
export function incidentDuties({ discoveredAt, told, assessment, notices, report }: Incident): readonly IncidentDuty[] {
  const due = (what: IncidentDuty['what'], withinMs: number): IncidentDuty => ({
    what,
    dueAt: instantOf(msOf(discoveredAt) + withinMs)
  });
  const isBreach = assessment !== null && assessment.isBreach;
  return [
    ...(told === null ? [due('tellSecurity', TOLD_WITHIN_MS)] : []),
    ...(assessment === null ? [due('assess', ASSESSED_WITHIN_MS)] : []),
    ...(isBreach && notices === null ? [due('sendNotices', NOTICES_WITHIN_MS)] : []),
    ...(isBreach && report === null ? [due('report', REPORT_WITHIN_MS)] : [])
  ];
}

export type IncidentStep =
  | { readonly kind: 'lawful' }
  | {
      readonly kind: 'refused';
      readonly code: 'incidentStands' | 'incidentOfNobody' | 'notABreach' | 'oneStepAtATime';
    };

/**
 * Whether an incident may go on like this: it names the tablet that is lost or the member who looked, what was written down stands, one
 * step at a time, and notices and a report belong to a breach. Policy 426.5(d); Minn. Stat. 13.055 subd. 2.
 */
export function nextIncident(before: Incident | null, after: Incident): IncidentStep {
  if (isOfNobody(after)) return { kind: 'refused', code: 'incidentOfNobody' };
  if (before !== null && !isSame(factsOf(before), factsOf(after))) return { kind: 'refused', code: 'incidentStands' };
  const earlier = before === null ? NO_STEPS : stepsOf(before);
  const changed = stepsOf(after).flatMap((step, at) => (isSame(step, earlier[at]) ? [] : [earlier[at]]));
  if (changed.some((step) => step !== null)) return { kind: 'refused', code: 'incidentStands' };
  if (changed.length > (before === null ? 0 : 1)) return { kind: 'refused', code: 'oneStepAtATime' };
  const isBreach = after.assessment !== null && after.assessment.isBreach;
  if (!isBreach && (after.notices !== null || after.report !== null)) return { kind: 'refused', code: 'notABreach' };
  return { kind: 'lawful' };
}

const isOfNobody = ({ what, deviceId, memberId }: Incident): boolean =>
  (what === 'lostTablet' && deviceId === null) || (what === 'unlawfulLook' && memberId === null);

const NO_STEPS = [null, null, null, null] as const;
const stepsOf = ({ told, assessment, notices, report }: Incident): readonly (object | null)[] => [
  told,
  assessment,
  notices,
  report
];
const factsOf = ({ what, deviceId, memberId, discoveredAt, facts, entered }: Incident): readonly unknown[] => [
  what,
  deviceId,
  memberId,
  discoveredAt,
  facts,
  entered
];

// Fields come in another order from other engines.
const isSame = (one: unknown, other: unknown): boolean => canonicalText(one) === canonicalText(other);
