import { HOUR_MS, msOf, type Instant } from '../time/instant.ts';

export type ListAge = 'fresh' | 'aging' | 'stale' | 'off';

/**
 * What the age of a hotlist allows: fresh up to 12 h, a warning up to 24 h, "lead only" up to 72 h, matching off beyond
 * (LAW A22; 13.05 subd. 5 asks for accurate and current data; the file is renewed twice a day).
 */
export function listAge(asOf: Instant, now: Instant): ListAge {
  const hours = (msOf(now) - msOf(asOf)) / HOUR_MS;
  if (hours <= 12) return 'fresh';
  if (hours <= 24) return 'aging';
  if (hours <= 72) return 'stale';
  return 'off';
}
