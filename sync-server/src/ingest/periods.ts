import { periodAdmission } from '#domain/policy/period-of-use.ts';
import type { Agency } from '#domain/records/agency.ts';
import type { ActivePeriod } from '#domain/records/period.ts';
import { msOf, type Instant } from '#domain/time/instant.ts';
import type { Store } from '#server/store/store.ts';
import { INGEST, REGISTER } from '../register/databases.ts';
import { rowOf } from '../register/rows.ts';
import { save } from '../register/written.ts';
import { CLOCK_TOLERANCE_MS, startOf } from './judge.ts';
import type { IngestReason } from './refusal-reasons.ts';

/** Why a snapshot of a period is refused; null: it may be kept. Policy 426.2, 426.3(a)-(c). */
export function whyNotPeriod(
  period: ActivePeriod,
  deviceId: string,
  agency: Agency,
  now: Instant
): IngestReason | null {
  const admission = periodAdmission(period);
  if (admission.kind === 'refused') return admission.code;
  if (period.agencyId !== agency._id) return 'wrongAgency';
  if (period.deviceId !== deviceId) return 'wrongDevice';
  if (msOf(startOf(period)) > msOf(now) + CLOCK_TOLERANCE_MS) return 'clockAhead';
  return null;
}

/**
 * Keeps a snapshot in the register when it says more than the one that is there: a closed one over an open one, the later
 * close over the earlier. Snapshots may come in any order and more than once.
 */
export async function keepPeriod(store: Store, period: ActivePeriod): Promise<void> {
  const before = await rowOf(store, 'period', period._id);
  if (before === undefined || saysMore(period, before)) await save(store, REGISTER, period, INGEST);
}

function saysMore(period: ActivePeriod, before: ActivePeriod): boolean {
  if (period.closedAt === null) return before.closedAt === null && period.intervals.length > before.intervals.length;
  return before.closedAt === null || msOf(period.closedAt) > msOf(before.closedAt);
}
