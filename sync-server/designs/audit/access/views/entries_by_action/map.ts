import type { AuditEntry } from '#domain/records/audit.ts';

/** Entries of one action, in order of time. */
export default function entriesByAction(entry: AuditEntry): void {
  emit([entry.action, entry.at], null);
}
