import { nextReleaseStep } from '#domain/policy/data-release.ts';
import { nextStepOf } from '#domain/policy/hold-steps.ts';
import { may } from '#domain/policy/roles.ts';
import type { Role } from '#domain/records/agency.ts';
import { checkDataRelease, type DataRelease } from '#domain/records/data-release.ts';
import { checkHold, type Hold, type Signed } from '#domain/records/hold.ts';
import { checkQuarantineRecord } from '#domain/records/quarantine.ts';
import { MINUTE_MS, msOf } from '#domain/time/instant.ts';
import { demand, forbid } from '#designs/shared/forbid.ts';
import { existedBefore, hasRole, recordOf, type Writer, type Written } from '#designs/shared/written.ts';

// A step is signed as it is taken; two clocks of one server room differ by less.
const SIGNED_TOLERANCE_MS = 2 * MINUTE_MS;

/**
 * May this stand in the casework? A hold with all that the law wants in writing, each step signed by the person who takes it, approved by
 * somebody other than its author (426.4(a); 13.824 subd. 3(b)); a release to another agency likewise (426.7); rows of what was set aside.
 * Nothing is taken out.
 */
export default function decisions(document: Written, before: Written | null, writer: Writer): void {
  if (document._deleted === true) forbid('keptByRule', 'a request is ended, not taken out');
  if (document._attachments !== undefined) forbid('improperRecord', 'casework has no attachments');
  const record = recordOf(document);
  if (record['kind'] === 'hold') hold(record, existedBefore(before) ? before : null, writer);
  else if (record['kind'] === 'dataRelease') dataRelease(record, existedBefore(before) ? before : null, writer);
  else if (record['kind'] === 'quarantine') setAside(record, before, writer);
  else forbid('unknownKind', 'casework does not know this kind of record');
}

function hold(record: Record<string, unknown>, before: Written | null, writer: Writer): void {
  demand(checkHold, record);
  const after = record as unknown as Hold;
  const known = before === null ? null : (recordOf(before) as unknown as Hold);
  const step = nextStepOf(known, after, String(writer.name));
  if (step.kind === 'refused') forbid(step.code, step.reason);
  const roles = writer.roles as readonly Role[];
  const exculpatory = after.ground.kind === 'exculpatoryRequest';
  const places = exculpatory ? 'placeExculpatoryHold' : 'requestHold';
  const takesBack = after.decision?.kind === 'declined' && after.requested.by === writer.name;
  const action = known === null || takesBack ? places : 'decideHolds';
  if (!may(roles, action)) forbid('notAllowed', 'the roles of this person do not allow this step');
  signedNow(after.ended ?? after.reaffirmed ?? after.decision ?? after.requested);
}

function dataRelease(record: Record<string, unknown>, before: Written | null, writer: Writer): void {
  demand(checkDataRelease, record);
  const after = record as unknown as DataRelease;
  const known = before === null ? null : (recordOf(before) as unknown as DataRelease);
  const step = nextReleaseStep(known, after, String(writer.name));
  if (step.kind === 'refused') forbid(step.code, step.reason);
  const made = after.packages[after.packages.length - 1];
  const action = known === null ? 'enterRelease' : made === undefined ? 'decideReleases' : 'makeReleasePackage';
  if (!may(writer.roles as readonly Role[], action))
    forbid('notAllowed', 'the roles of this person do not allow this step');
  signedNow(made ?? after.decision ?? after.entered);
}

function signedNow({ at }: Signed): void {
  if (Math.abs(msOf(at) - Date.now()) > SIGNED_TOLERANCE_MS) forbid('wrongTime', 'a step is signed when it is taken');
}

function setAside(record: Record<string, unknown>, before: Written | null, writer: Writer): void {
  if (!hasRole(writer, 'ingest')) forbid('notIngest', 'only the ingest sets records aside');
  if (existedBefore(before)) forbid('immutable', 'what was set aside stays as it was said');
  demand(checkQuarantineRecord, record);
}
