import type { AuditAction } from '../records/audit.ts';
import { MINUTE_MS, msOf, type Instant } from '../time/instant.ts';
import type { Action } from './roles.ts';

/** A proof of who is there counts this long for privileged acts. */
export const PROOF_COUNTS_MS = 5 * MINUTE_MS;

/**
 * Which acts are privileged: what takes data out, decides what is kept or destroyed, and says who may do what with which tablet. They
 * ask anew who is there (CJIS IA-11; LAW 2.3). Written for every act there is, so that a new one is decided on and not forgotten.
 */
const PRIVILEGED: Readonly<Record<AuditAction, boolean>> = {
  setup: false,
  signIn: false,
  signOut: false,
  proveAgain: false,
  addFactor: true,
  removeFactor: true,
  resetFactors: true,
  searchReads: false,
  viewRead: false,
  viewPicture: false,
  viewHits: false,
  viewFigures: false,
  viewRegister: false,
  viewAudit: false,
  exportAudit: true,
  openQuery: true,
  viewReview: false,
  signReview: false,
  viewQuarantine: false,
  changeMember: true,
  changeTraining: true,
  changeGrant: true,
  changeAgency: true,
  adoptPolicy: true,
  changeLocation: true,
  fileNotice: true,
  // In an emergency nobody is asked twice.
  changeIncident: false,
  issueEnrollmentCode: true,
  enrollDevice: false,
  revokeDevice: true,
  releaseOfficer: true,
  tabletEntry: false,
  tabletChainBroken: false,
  openBox: false,
  replicate: false,
  ingest: false,
  issueReceipt: false,
  issueLease: false,
  pullHotlist: false,
  loadHotlist: false,
  openImport: false,
  readImport: false,
  discardImport: false,
  viewEntries: false,
  proposeEntry: false,
  decideEntry: true,
  endEntry: false,
  publishLog: false,
  destroyBox: false,
  viewHolds: false,
  previewHold: false,
  requestHold: false,
  decideHold: true,
  reaffirmHold: true,
  endHold: true,
  spareReads: false,
  viewHeldReads: false,
  viewHeldPicture: false,
  destroyEarly: true,
  viewReleases: false,
  enterRelease: false,
  decideRelease: true,
  makeReleasePackage: true,
  viewCertificates: false,
  keepConfidential: true,
  makeBackup: false
};

/** Actions of the table of roles that are privileged by themselves: no route may open one without a fresh proof. */
const PRIVILEGED_ROLES_ACTIONS: readonly Action[] = [
  'manageMembers',
  'signGrants',
  'manageDevices',
  'manageAgency',
  'manageLocations',
  'exportPublicAudit',
  'openQueries',
  'decideHolds',
  'decideAnyEntry',
  'destroyEarly',
  'decideReleases',
  'makeReleasePackage'
];

/** Whether an act asks anew who is there. Policy 426.5(a); CJIS IA-11. */
export function isPrivileged(act: AuditAction): boolean {
  return PRIVILEGED[act];
}

/** Whether an action of the table of roles may stand on no route but a privileged one. Policy 426.5(a); CJIS IA-11. */
export function isPrivilegedAction(action: string): boolean {
  return (PRIVILEGED_ROLES_ACTIONS as readonly string[]).indexOf(action) >= 0;
}

/** Whether a proof of who is there is fresh enough for a privileged act; one from the future is none (CJIS IA-11). */
export function isFreshProof(provedAt: Instant, now: Instant): boolean {
  const age = msOf(now) - msOf(provedAt);
  return age >= 0 && age < PROOF_COUNTS_MS;
}
