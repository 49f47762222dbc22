import type { Action } from '#domain/policy/roles.ts';
import { isPrivileged, isPrivilegedAction } from '#domain/policy/step-up.ts';
import type { AuditAction } from '#domain/records/audit.ts';

/**
 * Who may ask: anybody, an enrolled tablet, a signed-in member, both at once, or a member whose roles in force allow an
 * action of the policy's table.
 */
export type Who = 'public' | 'device' | 'member' | 'deviceAndMember' | Action;

/**
 * Whose data a route reaches: what is published; the asker's own, so that the same request about another's is refused;
 * what an own look with its reason has found; or the agency's, whatever id is asked for.
 */
export type Whose = 'published' | 'own' | 'ownLook' | 'agency';

export interface Row {
  readonly who: Who;
  readonly whose: Whose;
  /** the one audit entry of each answer; null where nothing of the agency's data is shown or changed */
  readonly audit: AuditAction | null;
  /** the look at stored reads that presupposes policy, training and authorization in force (13.824 subd. 7(b)) */
  readonly needsStanding?: true;
  /** open to who has signed in with a password and must enroll a second factor first (CJIS IA-2) */
  readonly whileAdding?: true;
  /** what is sent are entries of a tablet's own trail: each becomes one here, written before the answer */
  readonly bringsEntries?: true;
}

// Narrow where nothing is said: a stranger gets what is published, a tablet and a member their own.
const reachOf = (who: Who): Whose =>
  who === 'public' ? 'published' : who === 'device' || who === 'member' || who === 'deviceAndMember' ? 'own' : 'agency';
const row = (who: Who, audit: AuditAction | null, whose = reachOf(who)): Row => ({ who, audit, whose });
const look = (who: Action, audit: AuditAction, whose = reachOf(who)): Row => ({
  who,
  audit,
  whose,
  needsStanding: true
});

const own = (audit: AuditAction | null): Row => ({ ...row('member', audit), whileAdding: true });

/** Whether a route asks anew who is there: its act is privileged (rule isPrivileged; CJIS IA-11). */
export const asksAnew = ({ audit }: Row): boolean => audit !== null && isPrivileged(audit);

/**
 * The authorization matrix: every route and verb. The server does not start while a route has no row or a row no route.
 * docs/authorization-matrix.md shows it role by role; `npm run matrix` writes that page.
 */
export const MATRIX = {
  'GET /api/status': row('public', null),
  'POST /api/setup': row('public', 'setup'),
  'POST /api/session': row('public', 'signIn'),
  'GET /api/session': own(null),
  'DELETE /api/session': own('signOut'),
  'POST /api/session/passkey-challenge': row('public', null),
  'POST /api/session/passkey': row('public', 'signIn'),
  'POST /api/session/proof-challenge': own(null),
  'POST /api/session/proof': own('proveAgain'),
  'GET /api/session/factors': own(null),
  'POST /api/session/factors/new-authenticator': own(null),
  'POST /api/session/factors/authenticator': own('addFactor'),
  'POST /api/session/factors/passkey-challenge': own(null),
  'POST /api/session/factors/passkey': own('addFactor'),
  'POST /api/session/factors/recovery-codes': row('member', 'addFactor'),
  'DELETE /api/session/factors/:id': row('member', 'removeFactor'),

  'POST /api/enrollment': row('public', 'enrollDevice'),
  'POST /api/lease': row('deviceAndMember', 'issueLease'),
  'GET /api/device/hello': row('device', null),
  'POST /api/device/entries': { ...row('device', 'tabletEntry'), bringsEntries: true },
  'GET /api/device/hotlists/:versionId': row('device', 'pullHotlist', 'agency'),
  'GET /api/device/hotlists/:versionId/parts/:part': row('device', 'pullHotlist', 'agency'),
  'GET /api/device/hotlists/:versionId/changes/:fromId': row('device', 'pullHotlist', 'agency'),
  'GET /api/device/audit-head': row('device', null),
  'PUT /api/device/boxes/:boxId': row('device', 'openBox'),
  'GET /api/device/boxes/:boxId/receipt': row('device', 'issueReceipt'),
  'DELETE /api/device/boxes/:boxId': row('device', 'destroyBox'),
  'GET /db/:database/': row('device', null),
  'GET /db/:database/_local/:id': row('device', null),
  'PUT /db/:database/_local/:id': row('device', null),
  'POST /db/:database/_revs_diff': row('device', null),
  'POST /db/:database/_bulk_docs': row('device', 'replicate'),

  'POST /api/reads/search': look('searchReads', 'searchReads'),
  'GET /api/reads/:date/:id/pictures/:name': look('viewPictures', 'viewPicture', 'ownLook'),
  'GET /api/hits': look('viewHits', 'viewHits'),
  'GET /api/hits/live': look('viewHits', 'viewHits'),
  'GET /api/hits/figures': row('viewFigures', 'viewFigures'),
  'GET /api/members': row('viewRegister', 'viewRegister'),
  'POST /api/members': row('manageMembers', 'changeMember'),
  'PATCH /api/members/:id': row('manageMembers', 'changeMember'),
  'DELETE /api/members/:id/factors': row('manageMembers', 'resetFactors'),
  'POST /api/members/:id/trainings': row('manageMembers', 'changeTraining'),
  'POST /api/members/:id/grants': row('signGrants', 'changeGrant'),
  'POST /api/devices/codes': row('manageDevices', 'issueEnrollmentCode'),
  'DELETE /api/devices/:id': row('manageDevices', 'revokeDevice'),
  'POST /api/devices/:id/releases': row('manageDevices', 'releaseOfficer'),
  'GET /api/agency': row('viewRegister', 'viewRegister'),
  'PUT /api/agency': row('manageAgency', 'changeAgency'),
  'POST /api/policies': row('manageAgency', 'adoptPolicy'),
  'GET /api/due': row('viewRegister', 'viewRegister'),
  'GET /api/locations': row('viewRegister', 'viewRegister'),
  'POST /api/locations': row('manageLocations', 'changeLocation'),
  'POST /api/locations/:id/removal': row('manageLocations', 'changeLocation'),
  'POST /api/locations/:id/withholding': row('manageLocations', 'changeLocation'),
  'DELETE /api/locations/:id/withholding': row('manageLocations', 'changeLocation'),
  'POST /api/notices': row('manageLocations', 'fileNotice'),
  'GET /api/incidents': row('viewRegister', 'viewRegister'),
  'POST /api/incidents': row('manageIncidents', 'changeIncident'),
  'POST /api/incidents/:id/steps': row('manageIncidents', 'changeIncident'),
  'POST /api/hotlists/imports': row('loadHotlist', 'openImport'),
  'PUT /api/hotlists/imports/:id/file': row('loadHotlist', 'readImport'),
  'POST /api/hotlists/imports/:id/release': row('loadHotlist', 'loadHotlist'),
  'DELETE /api/hotlists/imports/:id': row('loadHotlist', 'discardImport'),
  'GET /api/agency-entries': row('viewEntries', 'viewEntries'),
  'POST /api/agency-entries': look('proposeAnyEntry', 'proposeEntry'),
  'POST /api/agency-entries/:id/approval': look('decideAnyEntry', 'decideEntry'),
  'POST /api/agency-entries/:id/decline': look('decideAnyEntry', 'decideEntry'),
  'POST /api/agency-entries/:id/end': look('endEntry', 'endEntry'),
  'GET /api/audit': row('viewAudit', 'viewAudit'),
  'GET /api/audit/trail': row('viewAudit', 'exportAudit'),
  'GET /api/audit/public.csv': row('exportPublicAudit', 'exportAudit'),
  'POST /api/audit/:id/query': row('openQueries', 'openQuery'),
  'GET /api/review': row('viewAudit', 'viewReview'),
  'POST /api/review': row('signReview', 'signReview'),
  'GET /api/quarantine': row('viewQuarantine', 'viewQuarantine'),
  'GET /api/register': row('viewRegister', 'viewRegister'),

  'GET /api/holds': look('viewHolds', 'viewHolds'),
  'POST /api/holds/preview': look('requestHold', 'previewHold'),
  'POST /api/holds': look('requestHold', 'requestHold'),
  'POST /api/holds/:id/decline': look('requestHold', 'decideHold'),
  'POST /api/holds/:id/approval': look('decideHolds', 'decideHold'),
  'POST /api/holds/:id/reaffirmation': look('decideHolds', 'reaffirmHold'),
  'POST /api/holds/:id/end': look('decideHolds', 'endHold'),
  'POST /api/holds/:id/reads': look('viewHeldReads', 'viewHeldReads'),
  'GET /api/holds/:id/reads/:readId/pictures/:name': look('viewHeldReads', 'viewHeldPicture'),
  'GET /api/data-releases': look('viewReleases', 'viewReleases'),
  'POST /api/data-releases': look('enterRelease', 'enterRelease'),
  'POST /api/data-releases/:id/approval': look('decideReleases', 'decideRelease'),
  'POST /api/data-releases/:id/decline': look('decideReleases', 'decideRelease'),
  'POST /api/data-releases/:id/package': look('makeReleasePackage', 'makeReleasePackage'),
  'POST /api/reads/early-destruction': look('destroyEarly', 'destroyEarly'),
  // One route for a look and for a change: trail and log tell that the custodian was there, and not whether for a reason.
  'POST /api/confidential': row('keepConfidential', 'keepConfidential'),
  'GET /api/certificates': row('viewRegister', 'viewCertificates'),

  'GET /api/public/certificates': row('public', null),
  'GET /api/public/log': row('public', null),
  'GET /api/public/log.csv': row('public', null),
  'GET /api/public/locations': row('public', null),
  'GET /api/public/locations.csv': row('public', null),
  'GET /api/public/audit-heads': row('public', null),
  'GET /*': row('public', null)
} as const satisfies Readonly<Record<string, Row>>;

export type RouteName = keyof typeof MATRIX;

/** The row of a route. Throws MatrixGap for a route that has none: nothing is allowed by default. */
export function rowOf(name: RouteName): Row {
  if (!Object.hasOwn(MATRIX, name)) throw new MatrixGap(`No row in the authorization matrix: ${name}`);
  return MATRIX[name];
}

/** The matrix and the routes do not agree; nothing is served then. */
export class MatrixGap extends Error {
  override readonly name = 'MatrixGap';
}

/** Throws MatrixGap unless exactly the rows' routes are registered, and each that a privileged role opens asks anew who is there. */
export function checkMatrix(registered: ReadonlySet<string>, matrix: Readonly<Record<string, Row>> = MATRIX): void {
  const rows = new Set<string>(Object.keys(matrix));
  const unasked = Object.entries(matrix).filter(([, given]) => isPrivilegedAction(given.who) && !asksAnew(given));
  if (unasked.length > 0)
    throw new MatrixGap(`A privileged route asks nobody anew: ${unasked.map(([name]) => name).join(', ')}`);
  const without = [...registered].filter((route) => !rows.has(route));
  const unused = [...rows].filter((name) => !registered.has(name));
  if (without.length > 0) throw new MatrixGap(`No row in the authorization matrix: ${without.join(', ')}`);
  if (unused.length > 0) throw new MatrixGap(`Rows without a route: ${unused.join(', ')}`);
}
