import type { AuditEntry } from '#domain/records/audit.ts';

/** What was done under a case number, in order of time. */
export default function entriesByCase(entry: AuditEntry): void {
  if (entry.caseNumber !== undefined) emit([entry.caseNumber, entry.at], null);
}
