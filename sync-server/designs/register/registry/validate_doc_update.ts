import type { Check } from '#domain/check/check.ts';
import {
  checkAccessGrant,
  checkAgency,
  checkDevice,
  checkFixedLocation,
  checkMember,
  checkPolicyAdoption,
  checkTraining
} from '#domain/records/agency.ts';
import { checkBoxRecord } from '#domain/records/box.ts';
import { checkDestruction } from '#domain/records/destruction.ts';
import { checkHotlistVersion } from '#domain/records/hotlist.ts';
import { checkPeriod } from '#domain/records/period.ts';
import { demand, forbid } from '#designs/shared/forbid.ts';
import { hasRole, recordOf, type Writer, type Written } from '#designs/shared/written.ts';

const KINDS: Readonly<Record<string, Check<unknown>>> = {
  agency: checkAgency,
  member: checkMember,
  policy: checkPolicyAdoption,
  training: checkTraining,
  grant: checkAccessGrant,
  device: checkDevice,
  fixedLocation: checkFixedLocation,
  period: checkPeriod,
  hotlistVersion: checkHotlistVersion,
  box: checkBoxRecord,
  destruction: checkDestruction
};

/** Is this a record the register knows? It holds no plates; a tablet never writes here; nothing is taken out of it. */
export default function registry(document: Written, _before: Written | null, writer: Writer): void {
  if (document._deleted === true) forbid('keptByRule', 'a record of the register is ended, not taken out');
  if (hasRole(writer, 'device')) forbid('notADevice', 'a tablet does not write into the register');
  if (document._attachments !== undefined) forbid('improperRecord', 'a record of the register has no attachments');
  const kind = document['kind'];
  const known = typeof kind === 'string' && Object.prototype.hasOwnProperty.call(KINDS, kind);
  if (!known) return forbid('unknownKind', 'the register does not know this kind of record');
  demand(KINDS[kind] as Check<unknown>, recordOf(document));
}
