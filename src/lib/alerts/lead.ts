import { oddsOf, type Match } from '#domain/matching/match.ts';
import {
  alertLevel,
  failedConditions,
  type AlertCondition,
  type AlertLevel,
  type HitEvidence
} from '#domain/policy/alert.ts';
import { listAge, type ListAge } from '#domain/policy/list-age.ts';
import { differences } from '#domain/plate/confusable.ts';
import type { Answer, Enforcement, EyeChecks, Hit, Verification } from '#domain/records/hit.ts';
import type { HotlistEntry } from '#domain/records/hotlist.ts';
import type { Read } from '#domain/records/read.ts';
import { HOUR_MS, msOf, type Instant } from '#domain/time/instant.ts';
import type { SettledRead } from '#recognition/protocol.ts';

/** The name under which the page notes how long a lead took from the first frame with its plate; it says nothing of the plate. */
export const LEAD_TIME = 'plate in view to lead';

/** A hit as an officer sees it: a lead that nobody has checked yet, with all that is needed to check it. */
export interface Lead {
  readonly hitId: string;
  readonly readId: string;
  readonly plate: string;
  readonly entry: HotlistEntry;
  readonly listName: string;
  readonly match: Match['kind'];
  /** positions at which the read and the entry differ */
  readonly differences: readonly number[];
  readonly jurisdictionCheck: Match['jurisdictionCheck'];
  readonly looks: number;
  readonly secondReader: SettledRead['secondReader'];
  readonly listAgeHours: number;
  readonly listAge: ListAge;
  readonly readAt: Instant;
  readonly level: AlertLevel;
  /** 0..1, the chance that the car bears the entry's plate (rule matchOdds) */
  readonly odds: number;
  /** why it is silent: the conditions of the sound that it fails */
  readonly failed: readonly AlertCondition[];
  readonly plateImageUrl: string;
  readonly contextImageUrl: string;
  readonly answer: Answer | null;
  readonly answeredAt: Instant | null;
  readonly checks: EyeChecks | null;
  readonly verification: Verification | null;
  readonly enforcement: Enforcement | null;
  /** the earlier hit of the same car that this one repeats */
  readonly dupOf: string | null;
}

export interface LeadSetting {
  readonly hitId: string;
  readonly now: Instant;
  readonly secondReader: SettledRead['secondReader'];
  readonly plateImageUrl: string;
  readonly contextImageUrl: string;
}

/** The lead of a read that matches an entry; the policy decides whether it sounds (rule alertLevel). */
export function makeLead(
  read: Read,
  settled: Pick<SettledRead, 'looks' | 'agreeingLooks' | 'confidence' | 'characterConfidences'>,
  match: Match,
  setting: LeadSetting
): Lead {
  const age = listAge(match.version.asOf, setting.now);
  const { secondReader } = setting;
  const { confidence, characterConfidences } = settled;
  const evidence: HitEvidence = {
    match: match.kind,
    agreeingLooks: settled.agreeingLooks,
    secondReader,
    jurisdictionCheck: match.jurisdictionCheck,
    listAge: age,
    odds: oddsOf({ plate: read.plate, confidence, characterConfidences, secondReader }, match),
    flags: match.entry.flags ?? [],
    informationOnly: match.entry.informationOnly === true,
    covert: match.entry.covert === true
  };
  return {
    hitId: setting.hitId,
    readId: read._id,
    plate: read.plate,
    entry: match.entry,
    listName: match.version.source.compareName,
    match: match.kind,
    differences: (differences(read.plate, match.entry.plate) ?? []).map((d) => d.at),
    jurisdictionCheck: match.jurisdictionCheck,
    looks: settled.looks,
    secondReader: setting.secondReader,
    listAgeHours: (msOf(setting.now) - msOf(match.version.asOf)) / HOUR_MS,
    listAge: age,
    readAt: read.collectedAt,
    level: alertLevel(evidence),
    odds: evidence.odds,
    failed: failedConditions(evidence),
    plateImageUrl: setting.plateImageUrl,
    contextImageUrl: setting.contextImageUrl,
    answer: null,
    answeredAt: null,
    checks: null,
    verification: null,
    enforcement: null,
    dupOf: null
  };
}

/**
 * A lead from its sealed record, for the officer who comes back to the own period. How many looks agreed is not in the record:
 * it is shown as one look, and a lead of the past does not sound.
 */
export function leadAgain(
  hit: Hit,
  read: Read,
  match: Match,
  setting: Omit<LeadSetting, 'hitId' | 'secondReader'>
): Lead {
  const settled = { looks: 1, agreeingLooks: 0, confidence: read.ocr.confidence, characterConfidences: [] };
  const lead = makeLead(read, settled, match, { ...setting, hitId: hit._id, secondReader: 'notAsked' });
  const { answer, answeredAt, checks = null, verification, enforcement, odds = lead.odds, told = lead.level } = hit;
  return { ...lead, answer, answeredAt, checks, verification, enforcement, odds, level: told, failed: [] };
}

/** The record of a lead, as far as it has been answered. */
export function hitOf(lead: Lead, read: Read, match: Match): Hit {
  return {
    _id: lead.hitId,
    kind: 'hit',
    schema: 1,
    readId: read._id,
    periodId: read.periodId,
    collectedAt: read.collectedAt,
    utcOffsetMinutes: read.utcOffsetMinutes,
    sourceId: match.version.source.sourceId,
    category: match.entry.category,
    entryRef: match.entry.ref,
    listVersionId: match.version._id,
    listAsOf: match.version.asOf,
    listAgeSeconds: Math.max(0, Math.round(lead.listAgeHours * 3600)),
    match: match.kind,
    jurisdictionCheck: match.jurisdictionCheck,
    answer: lead.answer,
    answeredAt: lead.answeredAt,
    checks: lead.checks,
    verification: lead.verification,
    enforcement: lead.enforcement,
    told: lead.level,
    odds: Math.round(lead.odds * 10_000) / 10_000,
    ...(lead.dupOf !== null && { dupOf: lead.dupOf }),
    destroyBy: read.destroyBy
  };
}
