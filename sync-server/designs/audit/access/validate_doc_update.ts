import { checkAuditEntry, type AuditEntry } from '#domain/records/audit.ts';
import { MINUTE_MS, msOf } from '#domain/time/instant.ts';
import { demand, forbid } from '#designs/shared/forbid.ts';
import { existedBefore, recordOf, type Writer, type Written } from '#designs/shared/written.ts';

// A write takes milliseconds; two clocks of one server room differ by less.
const STAMP_TOLERANCE_MS = 2 * MINUTE_MS;

/**
 * May this entry stand in the audit trail? Added once by the very person it names, now, and never changed or taken away by anyone:
 * the engine's administrator is asked the same (426.5(e)).
 */
export default function access(document: Written, before: Written | null, writer: Writer): void {
  if (document._deleted === true || existedBefore(before)) forbid('appendOnly', 'the audit trail is never changed');
  if (document._attachments !== undefined) forbid('improperRecord', 'an audit entry has no attachments');
  const record = recordOf(document);
  demand(checkAuditEntry, record);
  const entry = record as unknown as AuditEntry;
  if (entry.actor.id !== writer.name || !sameRoles(entry.actor.roles, writer.roles))
    forbid('wrongActor', 'an entry names the person who makes it');
  if (Math.abs(msOf(entry.at) - Date.now()) > STAMP_TOLERANCE_MS)
    forbid('wrongTime', 'an entry is made when it happens');
}

function sameRoles(said: readonly string[], known: readonly string[]): boolean {
  return said.length === known.length && said.every((role) => known.indexOf(role) >= 0);
}
