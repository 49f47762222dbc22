import { destroyByOf } from '#domain/policy/retention.ts';
import type { Agency } from '#domain/records/agency.ts';
import type { Pictures, Read } from '#domain/records/read.ts';
import { instantOf, msOf, utcOffsetMinutesOf, type Instant } from '#domain/time/instant.ts';
import type { SettledRead } from '#recognition/protocol.ts';

/** What the read is set in: who keeps it, under which period, where, and how the clocks stand. */
export interface ReadSetting {
  readonly id: string;
  readonly agency: Agency;
  readonly periodId: string;
  /** the instant the plate was first in view, within the period */
  readonly collectedAt: Instant;
  readonly now: Instant;
  readonly fix: { readonly lat: number; readonly lon: number; readonly accuracyM: number } | null;
  readonly clockOffsetMs: number | null;
}

/** When the plate was first in view: `nowMs` is the monotonic clock at the instant `now` of the wall clock. */
export function collectedAtOf(settled: Pick<SettledRead, 'firstSeenMs'>, now: Instant, nowMs: number): Instant {
  return instantOf(msOf(now) - Math.max(0, nowMs - settled.firstSeenMs));
}

/**
 * The read of a settled look, with the fields the law lists and no others (426.3.1(a)). The jurisdiction is what
 * the plate's look tells, or unknown, never Minnesota by default (LAW 4.1).
 */
export function makeRead(settled: SettledRead, setting: ReadSetting): Read {
  const { collectedAt } = setting;
  return {
    _id: setting.id,
    kind: 'read',
    schema: 1,
    plate: settled.plate,
    jurisdiction: settled.jurisdiction,
    jurisdictionSource: settled.jurisdiction === 'unknown' ? 'unknown' : 'ocr',
    collectedAt,
    utcOffsetMinutes: utcOffsetMinutesOf(collectedAt, setting.agency.timeZone),
    lat: setting.fix?.lat ?? null,
    lon: setting.fix?.lon ?? null,
    accuracyM: setting.fix?.accuracyM ?? null,
    fix: setting.fix === null ? 'none' : 'gps',
    agencyId: setting.agency._id,
    periodId: setting.periodId,
    classification: 'privateNonpublic',
    destroyBy: destroyByOf(collectedAt, setting.now, setting.agency),
    holdIds: [],
    origin: { kind: 'own' },
    ocr: { engine: settled.engine.name, version: settled.engine.version, confidence: settled.confidence },
    clockOffsetMs: setting.clockOffsetMs
  };
}

export function picturesOf(settled: SettledRead): Pictures {
  return { plateImage: new Uint8Array(settled.plateImage), contextImage: new Uint8Array(settled.contextImage) };
}
