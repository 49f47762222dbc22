import type { AuditEntry } from '#domain/records/audit.ts';

/** The trail in order of time. */
export default function entriesByTime(entry: AuditEntry): void {
  emit(entry.at, null);
}
