import type { BcaNotice, FixedLocation } from '../records/location.ts';
import { daysAfter, type Instant, type LocalDate } from '../time/instant.ts';
import { isWithheld } from './locations.ts';

/** 426.3.1(d); 13.824 subd. 8: "within 10 days". */
const TOLD_WITHIN_DAYS = 10;
/** The event that is the department's first use of a reader. */
export const FIRST_USE = 'first-use';

/** Something the Bureau of Criminal Apprehension must be told of. */
export interface NoticeEvent {
  /** of the place; FIRST_USE for the first use of a reader */
  readonly id: string;
  /** the first use of a reader, a reader that stands somewhere, or its technology in another device */
  readonly what: 'firstUse' | 'place' | 'integration';
  readonly happenedOn: LocalDate;
  /** null where there is none, or where it is withheld as security information */
  readonly place: string | null;
}

export interface NoticeDue extends NoticeEvent {
  readonly dueOn: LocalDate;
  /** null: not told yet */
  readonly toldOn: LocalDate | null;
  readonly isOverdue: boolean;
}

/**
 * What the Bureau must be told, newest first: each with the tenth day after it happened, the day it was told, and whether that is overdue
 * on `today`. Policy 426.3.1(d); Minn. Stat. 13.824 subd. 8: installation, current use, and integration into another device.
 */
export function noticesDue(
  events: readonly NoticeEvent[],
  notices: readonly BcaNotice[],
  today: LocalDate
): readonly NoticeDue[] {
  return events
    .map((event) => {
      const dueOn = daysAfter(event.happenedOn, TOLD_WITHIN_DAYS);
      const told = notices.filter(({ covers }) => covers.indexOf(event.id) >= 0).map(({ sentOn }) => sentOn);
      const toldOn = told.sort()[0] ?? null;
      return { ...event, dueOn, toldOn, isOverdue: toldOn === null && today > dueOn };
    })
    .sort((a, b) => (a.happenedOn < b.happenedOn ? 1 : a.happenedOn > b.happenedOn ? -1 : 0));
}

/**
 * The events that call for a notice: the first use of a reader, and every place. `dateOf` gives the local date of an instant.
 * A place that is withheld is told of without its words. Policy 426.3.1(d); LAW A20.
 */
export function noticeEvents(
  firstUseAt: Instant | null,
  locations: readonly FixedLocation[],
  dateOf: (instant: Instant) => LocalDate
): readonly NoticeEvent[] {
  const places = locations.map((location): NoticeEvent => ({
    id: location._id,
    what: location.deployment === 'otherDevice' ? 'integration' : 'place',
    happenedOn: dateOf(location.installedAt),
    place: isWithheld(location) ? null : location.description
  }));
  const first: NoticeEvent[] =
    firstUseAt === null ? [] : [{ id: FIRST_USE, what: 'firstUse', happenedOn: dateOf(firstUseAt), place: null }];
  return [...first, ...places];
}

/** What the Bureau's form asks for (LAW 5.3). */
export interface BcaForm {
  readonly agencyName: string;
  readonly usesReaders: boolean;
  readonly usesOtherDevices: boolean;
  /** current places, each once; one that is security information is not on the form */
  readonly places: readonly string[];
}

/** The form as it reads now; it replaces the list that was sent before. Minn. Stat. 13.824 subd. 8; LAW 5.3. */
export function bcaForm(agencyName: string, isUsed: boolean, locations: readonly FixedLocation[]): BcaForm {
  const current = locations.filter(({ removedAt }) => removedAt === null);
  return {
    agencyName,
    usesReaders: isUsed || current.some(({ deployment }) => deployment !== 'otherDevice'),
    usesOtherDevices: current.some(({ deployment }) => deployment === 'otherDevice'),
    places: [...new Set(current.filter((row) => !isWithheld(row)).map(({ description }) => description))].sort()
  };
}
