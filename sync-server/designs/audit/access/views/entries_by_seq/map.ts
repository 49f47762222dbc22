import type { AuditEntry } from '#domain/records/audit.ts';

/** The trail in its own order, one place an entry. */
export default function entriesBySeq(entry: AuditEntry): void {
  emit(entry.seq, null);
}
