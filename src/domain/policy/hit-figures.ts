import type { Hit } from '../records/hit.ts';
import type { Disposition, HitStub } from '../records/hit-stub.ts';
import { DAY_MS, HOUR_MS, localDateOf, msOf, type Instant } from '../time/instant.ts';

const STALE_AFTER_SECONDS = (24 * HOUR_MS) / 1000;

/** What came of a hit, in one word; LAW 4.2, 426.3(f). */
export function dispositionOf(hit: Hit): Disposition {
  if (hit.dupOf !== undefined) return 'duplicate';
  if (hit.answer === 'misread') return 'misread';
  if (hit.answer === 'wrongJurisdiction') return 'wrongState';
  const { checks } = hit;
  if (checks !== undefined && checks !== null) {
    if (checks.characters === 'no') return 'misread';
    if (checks.state === 'no') return 'wrongState';
    if (checks.vehicle === 'no') return 'wrongVehicle';
    if (checks.driver === 'no') return 'ownerNotDriver';
  }
  const acted = hit.enforcement !== null && hit.enforcement.kind !== 'none';
  if (hit.verification === null) return hit.enforcement === null ? 'open' : 'notFollowedUp';
  if (hit.verification.method === 'notPracticable') return acted ? 'unverifiedAction' : 'notFollowedUp';
  if (hit.verification.result === 'confirmed') return acted ? 'confirmedAction' : 'confirmedNoAction';
  return hit.verification.result === 'notOnFile' ? 'recordCleared' : 'notFollowedUp';
}

/** What stays of a hit at its expiry (LAW A14). */
export function stubOf(hit: Hit): HitStub {
  const { verification, told = 'tray' } = hit;
  return {
    _id: hit._id,
    kind: 'hitStub',
    schema: 1,
    month: localDateOf(hit.collectedAt, hit.utcOffsetMinutes).slice(0, 7),
    category: hit.category,
    told,
    disposition: dispositionOf(hit),
    verified: verification !== null && verification.method !== 'notPracticable',
    staleList: hit.listAgeSeconds > STALE_AFTER_SECONDS
  };
}

/** The monthly figure that headquarters is shown (LAW section 8): whether leads are worth the attention they ask for. */
export interface MonthlyFigures {
  readonly month: string;
  /** told with a sound */
  readonly alerts: number;
  /** waited silently in the tray */
  readonly tray: number;
  readonly confirmed: number;
  readonly misread: number;
  readonly wrongState: number;
  /** the vehicle differed, or the record was cleared, or the driver was not the owner */
  readonly otherwiseWrong: number;
  /** from a list that was too old to sound */
  readonly stale: number;
  readonly unverifiedEnforcement: number;
  readonly unanswered: number;
}

/** The figures by month, newest first. A repetition of a car that was told already is no further alert. */
export function monthlyFigures(stubs: readonly HitStub[]): readonly MonthlyFigures[] {
  const months = [...new Set(stubs.map(({ month }) => month))].sort().reverse();
  return months.map((month) => {
    const ofMonth = stubs.filter((stub) => stub.month === month && stub.disposition !== 'duplicate');
    const count = (is: (stub: HitStub) => boolean): number => ofMonth.filter(is).length;
    const came = (...words: readonly Disposition[]): number => count(({ disposition }) => words.includes(disposition));
    return {
      month,
      alerts: count(({ told }) => told === 'sound'),
      tray: count(({ told }) => told === 'tray'),
      confirmed: came('confirmedAction', 'confirmedNoAction'),
      misread: came('misread'),
      wrongState: came('wrongState'),
      otherwiseWrong: came('wrongVehicle', 'recordCleared', 'ownerNotDriver'),
      stale: count(({ staleList }) => staleList),
      unverifiedEnforcement: came('unverifiedAction'),
      unanswered: came('open')
    };
  });
}

/** Days before its end at which a hit that led to something is warned about, and warned again (LAW A14: day 45 and 55 of 60). */
const WARNS_AT_DAYS = 15;
const WARNS_LAST_AT_DAYS = 5;

/**
 * Whether somebody must be told that a hold has to be asked for before this hit and its read are destroyed: only where enforcement followed or
 * the live record confirmed it (LAW A14).
 */
export function holdWarning(hit: Hit, now: Instant): 'none' | 'soon' | 'last' {
  const disposition = dispositionOf(hit);
  if (disposition !== 'confirmedAction' && disposition !== 'unverifiedAction') return 'none';
  const daysLeft = (msOf(hit.destroyBy) - msOf(now)) / DAY_MS;
  if (daysLeft <= WARNS_LAST_AT_DAYS) return 'last';
  return daysLeft <= WARNS_AT_DAYS ? 'soon' : 'none';
}
