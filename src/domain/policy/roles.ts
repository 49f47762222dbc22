import type { Role } from '../records/agency.ts';

/** What a role may do; the table of LAW section 3, as far as the product does it today. */
export type Action =
  | 'capture'
  | 'searchReads'
  | 'viewPictures'
  | 'answerAlert'
  | 'viewHits'
  | 'viewFigures'
  | 'manageMembers'
  | 'signGrants'
  | 'manageDevices'
  | 'manageAgency'
  | 'manageLocations'
  | 'manageIncidents'
  | 'loadHotlist'
  | 'viewEntries'
  | 'proposeAnyEntry'
  | 'proposeEntry'
  | 'proposeTracking'
  | 'decideAnyEntry'
  | 'decideEntry'
  | 'decideTracking'
  | 'endEntry'
  | 'viewAudit'
  | 'exportPublicAudit'
  | 'openQueries'
  | 'signReview'
  | 'viewQuarantine'
  | 'viewHolds'
  | 'requestHold'
  | 'placeExculpatoryHold'
  | 'decideHolds'
  | 'viewHeldReads'
  | 'destroyEarly'
  | 'keepConfidential'
  | 'viewReleases'
  | 'enterRelease'
  | 'decideReleases'
  | 'makeReleasePackage'
  | 'viewRegister';

const TABLE: Readonly<Record<Action, readonly Role[]>> = {
  capture: ['operator', 'supervisor', 'investigator', 'administrator'],
  searchReads: ['supervisor', 'investigator', 'administrator', 'designee'],
  viewPictures: ['supervisor', 'investigator', 'administrator', 'designee'],
  answerAlert: ['operator', 'supervisor', 'investigator', 'administrator'],
  viewHits: ['supervisor', 'investigator', 'administrator', 'designee', 'chief'],
  viewFigures: ['supervisor', 'administrator', 'designee', 'chief', 'auditor'],
  manageMembers: ['administrator'],
  signGrants: ['administrator', 'chief'],
  manageDevices: ['administrator'],
  manageAgency: ['administrator'],
  manageLocations: ['administrator'],
  manageIncidents: ['administrator', 'chief'],
  loadHotlist: ['administrator'],
  viewEntries: ['operator', 'supervisor', 'investigator', 'administrator', 'designee', 'chief'],
  // Who may propose or decide an entry at all; whether it looks for a person decides between the two below.
  proposeAnyEntry: ['operator', 'supervisor', 'investigator', 'administrator'],
  proposeEntry: ['operator', 'investigator'],
  proposeTracking: ['supervisor', 'investigator', 'administrator'],
  decideAnyEntry: ['operator', 'supervisor', 'investigator', 'administrator', 'designee', 'chief'],
  decideEntry: ['supervisor', 'administrator', 'designee'],
  decideTracking: ['administrator', 'designee', 'chief'],
  endEntry: ['supervisor', 'investigator', 'administrator', 'designee'],
  viewAudit: ['administrator', 'chief', 'auditor'],
  openQueries: ['administrator', 'auditor'],
  signReview: ['administrator', 'chief', 'auditor'],
  exportPublicAudit: ['administrator', 'chief', 'auditor', 'records'],
  viewQuarantine: ['administrator'],
  viewHolds: ['supervisor', 'investigator', 'administrator', 'designee', 'auditor'],
  requestHold: ['supervisor', 'investigator', 'administrator', 'designee'],
  placeExculpatoryHold: ['administrator', 'designee'],
  decideHolds: ['administrator', 'designee'],
  viewHeldReads: ['investigator', 'administrator', 'designee'],
  destroyEarly: ['administrator'],
  keepConfidential: ['administrator'],
  viewReleases: ['administrator', 'designee', 'records', 'auditor'],
  enterRelease: ['administrator', 'designee', 'records'],
  decideReleases: ['administrator', 'designee'],
  makeReleasePackage: ['administrator', 'designee', 'records'],
  viewRegister: ['administrator', 'chief', 'auditor']
};

/** Whether any of the roles may do this. Role-based access: policy 426.5(a); Minn. Stat. 13.824 subd. 7(c). Nothing is allowed by default. */
export function may(roles: readonly Role[], action: Action): boolean {
  return roles.some((role) => TABLE[action].indexOf(role) >= 0);
}
