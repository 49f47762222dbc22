import { checkHoldScopeRecord } from '#domain/records/hold-scope.ts';
import { demand, forbid } from '#designs/shared/forbid.ts';
import { demandKeptRecord } from '#designs/shared/kept-records.ts';
import { existedBefore, hasRole, recordOf, type Writer, type Written } from '#designs/shared/written.ts';

/**
 * May this be in the box of a hold (426.4(a))? What the hold covers, said once when it is asked for, and copies of reads and hits that
 * the destroyer spared, with their pictures. Nothing in it is changed or taken out: the box is dropped whole when the hold is over.
 */
export default function keeping(document: Written, before: Written | null, writer: Writer): void {
  if (document._deleted === true || existedBefore(before)) forbid('immutable', 'what a hold keeps is never changed');
  const record = recordOf(document);
  if (record['kind'] === 'holdScope') return scope(document, record, writer);
  if (!hasRole(writer, 'destroyer')) forbid('notDestroyer', 'only what is spared from destruction is held');
  demandKeptRecord(record, document);
}

function scope(document: Written, record: Record<string, unknown>, writer: Writer): void {
  if (!hasRole(writer, 'gateway')) forbid('notGateway', 'the scope comes with the request for the hold');
  if (document._attachments !== undefined) forbid('improperRecord', 'a scope has no attachments');
  demand(checkHoldScopeRecord, record);
}
