import { checkSignedAuditHead } from '#domain/records/audit-head.ts';
import { checkAuditTile } from '#domain/records/audit-tile.ts';
import { demand, forbid } from '#designs/shared/forbid.ts';
import { existedBefore, hasRole, recordOf, type Writer, type Written } from '#designs/shared/written.ts';

/**
 * May this be kept about the audit trail's tree? Tiles of hashes and signed heads, written by the gateway, each once: nobody
 * changes or takes away what was signed, the engine's administrator neither (426.5(e)).
 */
export default function witness(document: Written, before: Written | null, writer: Writer): void {
  if (document._deleted === true || existedBefore(before)) forbid('appendOnly', 'what was signed is never changed');
  if (!hasRole(writer, 'gateway')) forbid('notGateway', 'only the gateway signs for the trail');
  if (document._attachments !== undefined) forbid('improperRecord', 'a head has no attachments');
  demand(document['kind'] === 'auditTile' ? checkAuditTile : checkSignedAuditHead, recordOf(document));
}
