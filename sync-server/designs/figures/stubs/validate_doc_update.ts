import { checkHitStub } from '#domain/records/hit-stub.ts';
import { demand, forbid } from '#designs/shared/forbid.ts';
import { hasRole, recordOf, type Writer, type Written } from '#designs/shared/written.ts';

/** May this stand among the figures? What stays of hits, closed in its fields: no plate, place, read or moment (LAW A14). Nothing goes. */
export default function stubs(document: Written, _before: Written | null, writer: Writer): void {
  if (document._deleted === true) forbid('keptByRule', 'a figure is kept');
  if (document._attachments !== undefined) forbid('improperRecord', 'a figure has no attachments');
  if (!hasRole(writer, 'ingest')) forbid('notIngest', 'only the ingest writes figures');
  demand(checkHitStub, recordOf(document));
}
