import type { Action } from '#domain/policy/roles.ts';
import { NAV } from '../words/headquarters.ts';

/** The places of the desk at headquarters and what a role must allow to be offered one. The server judges again. */
export const DESK: readonly { readonly path: string; readonly words: string; readonly action: Action }[] = [
  { path: '/hq', words: NAV.search, action: 'searchReads' },
  { path: '/hq/due', words: NAV.due, action: 'viewRegister' },
  { path: '/hq/hits', words: NAV.hits, action: 'viewHits' },
  { path: '/hq/people', words: NAV.people, action: 'manageMembers' },
  { path: '/hq/devices', words: NAV.devices, action: 'manageDevices' },
  { path: '/hq/boxes', words: NAV.boxes, action: 'viewRegister' },
  { path: '/hq/holds', words: NAV.holds, action: 'viewHolds' },
  { path: '/hq/releases', words: NAV.releases, action: 'viewReleases' },
  { path: '/hq/hotlists', words: NAV.hotlists, action: 'viewRegister' },
  { path: '/hq/entries', words: NAV.entries, action: 'viewEntries' },
  { path: '/hq/locations', words: NAV.locations, action: 'viewRegister' },
  { path: '/hq/policy', words: NAV.policy, action: 'viewRegister' },
  { path: '/hq/audit', words: NAV.audit, action: 'viewAudit' },
  { path: '/hq/review', words: NAV.review, action: 'signReview' },
  { path: '/hq/incidents', words: NAV.incidents, action: 'viewRegister' },
  { path: '/hq/quarantine', words: NAV.quarantine, action: 'viewQuarantine' },
  { path: '/hq/confidential', words: NAV.confidential, action: 'keepConfidential' }
];
