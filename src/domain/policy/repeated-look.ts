import type { TrackingAuthority } from '../records/agency-entry.ts';
import { DAY_MS, localDateOf, msOf, type Instant } from '../time/instant.ts';
import { authorityFailure } from './agency-entry.ts';

/** The days on which one member may look for one plate without more than a reason; on the next one looking has become following. */
const LOOKS_ON_DAYS = 2;
/** Looks of so long ago count. */
export const REPEATED_WITHIN_MS = 30 * DAY_MS;

export type RepeatedLook =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'refused'; readonly code: 'lookNeedsAuthority' | 'expired' | 'exigencyTooLong' };

/**
 * Whether a member may look for a plate once more. `earlier`: when the same member looked for the same plate before. Who comes back to one
 * plate on a third day of thirty monitors a person's movements, and that needs a warrant or exigent circumstances (426.3.1(c);
 * 13.824 subd. 2(d); LAW 8: one officer looked for one woman 69 times). Further looks of one day are one piece of work.
 */
export function repeatedLook(
  earlier: readonly Instant[],
  authority: TrackingAuthority | undefined,
  now: Instant,
  utcOffsetMinutes: number
): RepeatedLook {
  const failure = authority === undefined ? null : authorityFailure(authority, now);
  if (failure !== null) return { kind: 'refused', code: failure };
  if (authority !== undefined) return { kind: 'allowed' };
  const days = earlier
    .filter((at) => msOf(now) - msOf(at) < REPEATED_WITHIN_MS)
    .map((at) => localDateOf(at, utcOffsetMinutes));
  const other = new Set(days.filter((day) => day !== localDateOf(now, utcOffsetMinutes)));
  return other.size < LOOKS_ON_DAYS ? { kind: 'allowed' } : { kind: 'refused', code: 'lookNeedsAuthority' };
}
