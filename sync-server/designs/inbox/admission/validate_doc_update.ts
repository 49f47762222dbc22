import { checkSealedRecord, type SealedRecord } from '#domain/records/sealed.ts';
import { demand, forbid } from '#designs/shared/forbid.ts';
import { existedBefore, hasRole, recordOf, type Writer, type Written } from '#designs/shared/written.ts';

/**
 * May this device put this document into an inbox? Only sealed records, only its own, each once: nothing is changed or taken back.
 * Their form is closed, so that no field in clear can travel beside the seal (426.3.1(a)).
 */
export default function admission(document: Written, before: Written | null, writer: Writer): void {
  if (document._deleted === true || existedBefore(before))
    forbid('appendOnly', 'a sealed record is neither changed nor taken back');
  if (!hasRole(writer, 'device')) forbid('notADevice', 'only an enrolled tablet writes here');
  if (document._attachments !== undefined) forbid('unlawfulField', 'pictures travel inside the seal');
  demand(checkSealedRecord, recordOf(document));
  const record = document as unknown as SealedRecord;
  if (record.deviceId !== writer.name) forbid('wrongDevice', 'a tablet writes its own records only');
}
