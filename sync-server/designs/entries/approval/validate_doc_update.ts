import { nextEntryStep } from '#domain/policy/agency-entry.ts';
import { may } from '#domain/policy/roles.ts';
import type { Role } from '#domain/records/agency.ts';
import { checkAgencyEntry, type AgencyEntry } from '#domain/records/agency-entry.ts';
import { MINUTE_MS, msOf } from '#domain/time/instant.ts';
import { demand, forbid } from '#designs/shared/forbid.ts';
import { existedBefore, recordOf, type Writer, type Written } from '#designs/shared/written.ts';

// A step is signed as it is taken; two clocks of one server room differ by less.
const SIGNED_TOLERANCE_MS = 2 * MINUTE_MS;

/**
 * May this stand among the department's own entries? With all that the law wants in writing, each step signed by the person who takes it,
 * approved by somebody other than its author, for a person only with a warrant or exigency (426.3.1(b)(c); 13.824 subd. 2(c)(d)).
 */
export default function approval(document: Written, before: Written | null, writer: Writer): void {
  if (document._deleted === true) forbid('keptByRule', 'an entry is ended, not taken out');
  if (document._attachments !== undefined) forbid('improperRecord', 'an entry has no attachments');
  const record = recordOf(document);
  demand(checkAgencyEntry, record);
  const after = record as unknown as AgencyEntry;
  const known = before !== null && existedBefore(before) ? (recordOf(before) as unknown as AgencyEntry) : null;
  const step = nextEntryStep(known, after, String(writer.name));
  if (step.kind === 'refused') forbid(step.code, step.reason);
  const follows = after.tracking !== null;
  const takesBack = after.decision?.kind === 'declined' && after.proposed.by === writer.name;
  const proposes = follows ? 'proposeTracking' : 'proposeEntry';
  const decides = follows ? 'decideTracking' : 'decideEntry';
  const action = known === null || takesBack ? proposes : after.ended !== null ? 'endEntry' : decides;
  if (!may(writer.roles as readonly Role[], action))
    forbid('notAllowed', 'the roles of this person do not allow this step');
  const signed = after.ended ?? after.decision ?? after.proposed;
  if (Math.abs(msOf(signed.at) - Date.now()) > SIGNED_TOLERANCE_MS)
    forbid('wrongTime', 'a step is signed when it is taken');
}
