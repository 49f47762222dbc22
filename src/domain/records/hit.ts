import { closed, number, nullable, oneOf, optional, text, type Check } from '../check/check.ts';
import { caseNumber, instant, share, uuid } from '../check/common.ts';
import type { AlertLevel } from '../policy/alert.ts';
import type { Instant } from '../time/instant.ts';
import { HOTLIST_CATEGORIES, type HotlistCategory } from './hotlist.ts';

export const HIT_SCHEMA = 1;

/** What the officer answered to the alert. */
export type Answer = 'correctRead' | 'wrongJurisdiction' | 'misread' | 'notNow';

/** The officer's check through MNJIS or NLETS, or dispatch (426.3(f)). */
export interface Verification {
  readonly method: 'mnjis' | 'nlets' | 'dispatch' | 'notPracticable';
  readonly at: Instant;
  readonly result: 'confirmed' | 'notOnFile' | 'different' | 'unable';
  /** why it was not practicable, in the officer's words */
  readonly reason?: string;
}

/** The four things that an officer compares by eye before anything else (LAW section 8): each answered, none by default. */
export const EYE_CHECKS = ['characters', 'state', 'vehicle', 'driver'] as const;
export type EyeCheck = (typeof EYE_CHECKS)[number];
export type EyeWord = 'yes' | 'no' | 'cannotTell';
export type EyeChecks = Readonly<Record<EyeCheck, EyeWord>>;

export interface Enforcement {
  readonly kind: 'none' | 'stop' | 'citation' | 'arrest';
  readonly icr?: string;
}

/** A read that matches a hotlist entry: a fact, stored; a lead, never proof (LAW 4.2). */
export interface Hit {
  readonly _id: string;
  readonly kind: 'hit';
  readonly schema: typeof HIT_SCHEMA;
  readonly readId: string;
  readonly periodId: string;
  readonly collectedAt: Instant;
  readonly utcOffsetMinutes: number;
  readonly sourceId: string;
  readonly category: HotlistCategory;
  readonly entryRef: string;
  readonly listVersionId: string;
  readonly listAsOf: Instant;
  readonly listAgeSeconds: number;
  readonly match: 'exact' | 'confusable';
  readonly jurisdictionCheck: 'match' | 'mismatch' | 'unknown';
  readonly answer: Answer | null;
  readonly answeredAt: Instant | null;
  /** what the officer compared by eye; left out: not asked, null: not yet */
  readonly checks?: EyeChecks | null;
  readonly verification: Verification | null;
  readonly enforcement: Enforcement | null;
  /** whether it was told with a sound, waited in the tray, or was for headquarters alone; left out: not known */
  readonly told?: AlertLevel;
  /** 0..1, the odds that were computed for it (rule matchOdds); metadata for the monthly figures */
  readonly odds?: number;
  /** an earlier hit of the same car and entry that the officer already had before the eyes */
  readonly dupOf?: string;
  readonly destroyBy: Instant;
}

const verification: Check<Verification> = closed<Verification>({
  method: oneOf('mnjis', 'nlets', 'dispatch', 'notPracticable'),
  at: instant,
  result: oneOf('confirmed', 'notOnFile', 'different', 'unable'),
  reason: optional(text({ min: 3, max: 200 }))
});

const enforcement: Check<Enforcement> = closed<Enforcement>({
  kind: oneOf('none', 'stop', 'citation', 'arrest'),
  icr: optional(caseNumber)
});

const word: Check<EyeWord> = oneOf('yes', 'no', 'cannotTell');
const eyeChecks: Check<EyeChecks> = closed<EyeChecks>({ characters: word, state: word, vehicle: word, driver: word });

export const checkHit: Check<Hit> = closed<Hit>({
  _id: uuid,
  kind: oneOf('hit'),
  schema: oneOf(HIT_SCHEMA),
  readId: uuid,
  periodId: uuid,
  collectedAt: instant,
  utcOffsetMinutes: number({ min: -840, max: 840, integer: true }),
  sourceId: uuid,
  category: oneOf(...HOTLIST_CATEGORIES),
  entryRef: text({ min: 1, max: 64, pattern: /^[A-Za-z0-9-]+$/, what: 'an opaque reference' }),
  listVersionId: uuid,
  listAsOf: instant,
  listAgeSeconds: number({ min: 0, max: 1e9, integer: true }),
  match: oneOf('exact', 'confusable'),
  jurisdictionCheck: oneOf('match', 'mismatch', 'unknown'),
  answer: nullable(oneOf('correctRead', 'wrongJurisdiction', 'misread', 'notNow')),
  answeredAt: nullable(instant),
  checks: optional(nullable(eyeChecks)),
  verification: nullable(verification),
  enforcement: nullable(enforcement),
  told: optional(oneOf('sound', 'tray', 'headquartersOnly')),
  odds: optional(share),
  dupOf: optional(uuid),
  destroyBy: instant
});
