import type { AuditEntry } from '#domain/records/audit.ts';

/** Searches of one plate, known by its tag alone: finds the plate that is searched again and again. */
export default function entriesByPlateTag(entry: AuditEntry): void {
  if (entry.plateTag !== undefined) emit([entry.plateTag, entry.at], null);
}
