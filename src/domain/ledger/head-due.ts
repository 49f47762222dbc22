import type { AuditHead } from '../records/audit-head.ts';
import { MINUTE_MS, msOf, type Instant } from '../time/instant.ts';

const HEAD_EVERY_MS = 10 * MINUTE_MS;

/** Whether the trail, now of `size` entries, needs a new signed head: something is new, and the last one is ten minutes old. */
export function isHeadDue(last: AuditHead | undefined, size: number, now: Instant): boolean {
  if (last === undefined) return size > 0;
  return size > last.size && msOf(now) - msOf(last.at) >= HEAD_EVERY_MS;
}
