import type { Match } from '#domain/matching/match.ts';
import { alertLevel, type AlertLevel } from '#domain/policy/alert.ts';
import { listAge, type ListAge } from '#domain/policy/list-age.ts';
import { differences } from '#domain/plate/confusable.ts';
import type { Answer, Enforcement, Hit, Verification } from '#domain/records/hit.ts';
import type { HotlistEntry } from '#domain/records/hotlist.ts';
import type { Read } from '#domain/records/read.ts';
import { HOUR_MS, msOf, type Instant } from '#domain/time/instant.ts';
import type { SettledRead } from '#recognition/protocol.ts';

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
  readonly plateImageUrl: string;
  readonly contextImageUrl: string;
  readonly answer: Answer | null;
  readonly answeredAt: Instant | null;
  readonly verification: Verification | null;
  readonly enforcement: Enforcement | null;
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
  settled: Pick<SettledRead, 'looks' | 'agreeingLooks'>,
  match: Match,
  setting: LeadSetting
): Lead {
  const age = listAge(match.version.asOf, setting.now);
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
    level: alertLevel({
      match: match.kind,
      agreeingLooks: settled.agreeingLooks,
      secondReader: setting.secondReader,
      jurisdictionCheck: match.jurisdictionCheck,
      listAge: age
    }),
    plateImageUrl: setting.plateImageUrl,
    contextImageUrl: setting.contextImageUrl,
    answer: null,
    answeredAt: null,
    verification: null,
    enforcement: null
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
  const settled = { looks: 1, agreeingLooks: 0 };
  const lead = makeLead(read, settled, match, { ...setting, hitId: hit._id, secondReader: 'notAsked' });
  const { answer, answeredAt, verification, enforcement } = hit;
  return { ...lead, answer, answeredAt, verification, enforcement };
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
    verification: lead.verification,
    enforcement: lead.enforcement,
    destroyBy: read.destroyBy
  };
}
