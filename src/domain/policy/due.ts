import type { AccessGrant, Training } from '../records/agency.ts';
import type { Hold } from '../records/hold.ts';
import type { FixedLocation } from '../records/location.ts';
import { daysAfter, type Instant, type LocalDate } from '../time/instant.ts';
import type { IncidentDuty } from './incidents.ts';
import type { NoticeDue } from './bca-notice.ts';
import { reviewBy } from './holds.ts';

/** Written authorizations and trainings are on the page so long before they end. */
const ENDS_SOON_DAYS = 30;

/** What somebody at headquarters has to do, and by which local day. `subject`: the place, the member or the hold it is about. */
export interface DueItem {
  readonly what:
    | 'firstUse'
    | 'bcaNotice'
    | 'withholdingReview'
    | 'holdReview'
    | 'weeklyReview'
    | 'training'
    | 'grant'
    | IncidentDuty['what'];
  readonly subject: string | null;
  readonly dueOn: LocalDate;
  readonly isOverdue: boolean;
}

export interface KnownDuties {
  readonly today: LocalDate;
  readonly dateOf: (instant: Instant) => LocalDate;
  readonly notices: readonly NoticeDue[];
  readonly locations: readonly FixedLocation[];
  readonly holds: readonly Hold[];
  /** of incidents that are not closed */
  readonly incidents: readonly IncidentDuty[];
  /** the Monday of this week, and whether its review was signed off */
  readonly review: { readonly week: LocalDate; readonly isSigned: boolean };
  /** members who may sign in, with all that was recorded of each */
  readonly members: readonly {
    readonly name: string;
    readonly trainings: readonly Training[];
    readonly grants: readonly AccessGrant[];
  }[];
}

/**
 * What is due, the most pressing first: notices to the Bureau (426.3.1(d)), withholdings and holds to be looked at anew (LAW A19, A7), what
 * an incident asks for (13.055), the weekly review (426.5(f); CJIS AU-6), trainings and written authorizations that end within thirty days (426.3(d); 13.824 subd. 7(b)).
 */
export function whatIsDue(known: KnownDuties): readonly DueItem[] {
  const { today, dateOf } = known;
  const item = (what: DueItem['what'], subject: string | null, dueOn: LocalDate): DueItem => ({
    what,
    subject,
    dueOn,
    isOverdue: today > dueOn
  });
  const soon = daysAfter(today, ENDS_SOON_DAYS);
  const ending = (what: 'training' | 'grant', name: string, ends: readonly (Instant | null)[]): readonly DueItem[] => {
    const date = lastEnd(ends, dateOf);
    return date !== null && date <= soon ? [item(what, name, date)] : [];
  };
  const items = [
    ...known.notices.flatMap((notice) =>
      notice.toldOn === null
        ? [item(notice.what === 'firstUse' ? 'firstUse' : 'bcaNotice', notice.place, notice.dueOn)]
        : []
    ),
    ...known.locations.flatMap(({ withheld, description }) =>
      withheld === undefined || withheld === null ? [] : [item('withholdingReview', description, withheld.reviewOn)]
    ),
    ...known.holds.flatMap((hold) => {
      const by = reviewBy(hold);
      return by === null ? [] : [item('holdReview', hold.ground.caseNumber ?? null, dateOf(by))];
    }),
    ...known.incidents.map(({ what, dueAt }) => item(what, null, dateOf(dueAt))),
    ...(known.review.isSigned ? [] : [item('weeklyReview', null, daysAfter(known.review.week, 6))]),
    ...known.members.flatMap(({ name, trainings, grants }) => [
      ...ending(
        'training',
        name,
        trainings.map(({ expiresAt }) => expiresAt)
      ),
      ...ending(
        'grant',
        name,
        grants.flatMap(({ revokedAt, until }) => (revokedAt === undefined ? [until] : []))
      )
    ])
  ];
  return items.sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
}

// The one that counts longest; null: there is none, or one that does not end.
function lastEnd(ends: readonly (Instant | null)[], dateOf: (instant: Instant) => LocalDate): LocalDate | null {
  if (ends.indexOf(null) >= 0) return null;
  return (
    ends
      .flatMap((end) => (end === null ? [] : [dateOf(end)]))
      .sort()
      .at(-1) ?? null
  );
}
