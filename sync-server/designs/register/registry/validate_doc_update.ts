import type { Check } from '#domain/check/check.ts';
import {
  checkAccessGrant,
  checkAgency,
  checkDevice,
  checkMember,
  checkPolicyAdoption,
  checkTraining
} from '#domain/records/agency.ts';
import { checkBoxRecord } from '#domain/records/box.ts';
import { checkCertificateRecord } from '#domain/records/certificate.ts';
import { checkDestruction } from '#domain/records/destruction.ts';
import { checkIncident, type Incident } from '#domain/records/incident.ts';
import { checkBcaNotice, checkFixedLocation, type FixedLocation } from '#domain/records/location.ts';
import { nextIncident } from '#domain/policy/incidents.ts';
import { nextLocation } from '#domain/policy/locations.ts';
import { checkHotlistVersion } from '#domain/records/hotlist.ts';
import { checkPeriod } from '#domain/records/period.ts';
import { demand, forbid } from '#designs/shared/forbid.ts';
import { existedBefore, hasRole, recordOf, type Writer, type Written } from '#designs/shared/written.ts';

const KINDS: Readonly<Record<string, Check<unknown>>> = {
  agency: checkAgency,
  member: checkMember,
  policy: checkPolicyAdoption,
  training: checkTraining,
  grant: checkAccessGrant,
  device: checkDevice,
  fixedLocation: checkFixedLocation,
  bcaNotice: checkBcaNotice,
  incident: checkIncident,
  period: checkPeriod,
  hotlistVersion: checkHotlistVersion,
  box: checkBoxRecord,
  certificate: checkCertificateRecord,
  destruction: checkDestruction
};

/** Is this a record the register knows? It holds no plates; a tablet never writes here; nothing is taken out of it. */
export default function registry(document: Written, before: Written | null, writer: Writer): void {
  if (document._deleted === true) forbid('keptByRule', 'a record of the register is ended, not taken out');
  if (hasRole(writer, 'device')) forbid('notADevice', 'a tablet does not write into the register');
  if (document._attachments !== undefined) forbid('improperRecord', 'a record of the register has no attachments');
  if (existedBefore(before)) mayStillChange(before, document);
  const kind = document['kind'];
  const known = typeof kind === 'string' && Object.prototype.hasOwnProperty.call(KINDS, kind);
  if (!known) return forbid('unknownKind', 'the register does not know this kind of record');
  demand(KINDS[kind] as Check<unknown>, recordOf(document));
  const earlier = existedBefore(before) ? before : null;
  if (kind === 'fixedLocation') placeMayChange(earlier, document);
  if (kind === 'incident') incidentMayGoOn(earlier, document);
}

// What stood where is never rewritten, and a place that was left stays on the list as left (426.4.1).
function placeMayChange(before: Written | null, after: Written): void {
  const known = before === null ? null : (recordOf(before) as unknown as FixedLocation);
  const step = nextLocation(known, recordOf(after) as unknown as FixedLocation);
  if (step.kind === 'refused') forbid(step.code, 'a place on the list is not rewritten');
}

// Proof is written once: a certificate, a destruction that has its certificate, a period that was closed (426.4.1, 426.5(e)).
function mayStillChange(before: Written | null, after: Written): void {
  const known = before === null ? {} : recordOf(before);
  if (known['kind'] !== after['kind']) forbid('immutable', 'a record stays of its kind');
  if (known['kind'] === 'certificate' || known['kind'] === 'bcaNotice')
    forbid('immutable', 'a certificate or a notice that was sent is never changed');
  if (known['kind'] === 'destruction' && (known['schema'] === 1 || known['certificate'] !== null))
    forbid('immutable', 'a destruction that is certified is never changed');
  // A tablet that crashed may close a period later than it said first; what was said of its use stays.
  if (known['kind'] === 'period' && typeof known['closedAt'] === 'string') {
    const closedAt = after['closedAt'];
    if (typeof closedAt !== 'string' || closedAt <= known['closedAt'])
      forbid('immutable', 'a closed period is never opened or changed');
  }
}

// What was written down of an incident stands, and one step follows the other (426.5(d); 13.055).
function incidentMayGoOn(before: Written | null, after: Written): void {
  const known = before === null ? null : (recordOf(before) as unknown as Incident);
  const step = nextIncident(known, recordOf(after) as unknown as Incident);
  if (step.kind === 'refused') forbid(step.code, 'this is no next step of an incident');
}
