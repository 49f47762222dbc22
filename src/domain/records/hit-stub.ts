import { closed, oneOf, text, yesOrNo, type Check } from '../check/check.ts';
import { uuid } from '../check/common.ts';
import type { AlertLevel } from '../policy/alert.ts';
import { HOTLIST_CATEGORIES, type HotlistCategory } from './hotlist.ts';

/** What came of a hit, in one word (LAW 4.2). */
export const DISPOSITIONS = [
  'open',
  'confirmedAction',
  'confirmedNoAction',
  'unverifiedAction',
  'misread',
  'wrongState',
  'wrongVehicle',
  'ownerNotDriver',
  'recordCleared',
  'notFollowedUp',
  'duplicate'
] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/**
 * What stays of a hit when its read is destroyed (LAW A14): no plate, no place, no time finer than the month, no reference to the read. The
 * monthly figures are counted from it.
 */
export interface HitStub {
  readonly _id: string;
  readonly kind: 'hitStub';
  readonly schema: 1;
  readonly month: string;
  readonly category: HotlistCategory;
  readonly told: AlertLevel;
  readonly disposition: Disposition;
  readonly verified: boolean;
  /** the list was too old to sound */
  readonly staleList: boolean;
}

export const checkHitStub: Check<HitStub> = closed<HitStub>({
  _id: uuid,
  kind: oneOf('hitStub'),
  schema: oneOf(1),
  month: text({ min: 7, max: 7, pattern: /^\d{4}-\d{2}$/, what: 'a month' }),
  category: oneOf(...HOTLIST_CATEGORIES),
  told: oneOf('sound', 'tray', 'headquartersOnly'),
  disposition: oneOf(...DISPOSITIONS),
  verified: yesOrNo,
  staleList: yesOrNo
});
