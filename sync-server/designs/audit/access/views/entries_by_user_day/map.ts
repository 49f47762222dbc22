import type { AuditEntry } from '#domain/records/audit.ts';

/** What a person did on a day (UTC), in order of time. */
export default function entriesByUserDay(entry: AuditEntry): void {
  emit([entry.actor.id, entry.at.slice(0, 10), entry.at], null);
}
