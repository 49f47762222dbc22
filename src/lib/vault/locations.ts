/**
 * Everything that is kept on this device: where, sealed with what, until when. A test walks the browser's storage after a
 * capture and fails on anything that is not listed here.
 */
export const JOURNAL_FOLDER = 'journal';
export const JOURNAL_ENDING = '.pkj';
export const STANDBY_FOLDER = 'standby';
export const STANDBY_ENDING = '.pks';
export const OFFICERS_FOLDER = 'officers';
export const OFFICERS_ENDING = '.pko';
export const LISTS_FOLDER = 'lists';
export const LISTS_ENDING = '.pkl';
export const AUDIT_FOLDER = 'audit';
export const AUDIT_FILE = 'chain.pkj';
export const ROOM_FILE = 'room';
/** Storage buckets of Chromium, each with an IndexedDB of its own. */
export const KEY_BUCKET = 'device-key';
export const SECOND_BUCKET = 'second-indexed-db';
export const KEY_DATABASE = 'keys';
export const TOOLBOX_NAME = 'platekeeper-toolbox-2';
/** Of before what is personal was sealed: it is emptied into the present one and dropped. */
export const OLD_TOOLBOX_NAME = 'platekeeper-toolbox';
/** The one cookie that a page writes; the session's is the server's, and no page can read it. */
export const DISPLAY_COOKIE = 'platekeeper-display';
const OUTBOX_PREFIX = 'outbox-';

/** PouchDB's own name of a box's outbox, and the IndexedDB database it becomes. */
export const outboxName = (boxId: string): string => OUTBOX_PREFIX + boxId;
export const outboxDatabaseName = (boxId: string): string => '_pouch_' + outboxName(boxId);

const ID = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';

export interface Location {
  readonly store: 'privateFiles' | 'indexedDB' | 'bucket' | 'cacheStorage' | 'cookie' | 'sessionStorage';
  /** the whole name must match */
  readonly name: RegExp;
  readonly holds: string;
  readonly sealedWith: string;
  readonly until: string;
}

const UNTIL_RECEIPTED =
  'headquarters has signed for all of the box, or the agency’s days (at most 60) from its local date have passed';

export const LOCATIONS: readonly Location[] = [
  {
    store: 'privateFiles',
    name: new RegExp(`^${JOURNAL_FOLDER}/${ID}\\${JOURNAL_ENDING}$`),
    holds: 'reads, hits and period records of one box, as sealed records',
    sealedWith:
      'the AES-256-GCM key of the box, wrapped by HPKE for headquarters, and for the officer on duty until the period ends',
    until: UNTIL_RECEIPTED
  },
  {
    store: 'privateFiles',
    name: new RegExp(`^${STANDBY_FOLDER}/\\d+\\${STANDBY_ENDING}$`),
    holds: 'a second copy of enrollments, officers’ rows and the period under way, as the toolbox has them; no plate',
    sealedWith: 'what they are sealed with in the toolbox',
    until: 'as in the toolbox'
  },
  {
    store: 'privateFiles',
    name: new RegExp(`^${OFFICERS_FOLDER}/${ID}\\${OFFICERS_ENDING}$`),
    holds: 'the own key of one officer, wrapped; it opens the boxes of the own period under way',
    sealedWith: 'a key that Argon2id (64 MiB, three passes) makes of the password; nothing on the tablet opens it',
    until: 'the lease lapses (72 hours at most), ten wrong tries, or the tablet is no longer accepted'
  },
  {
    store: 'privateFiles',
    name: new RegExp(`^${LISTS_FOLDER}/${ID}\\${LISTS_ENDING}$`),
    holds: 'one version of a hotlist: its lines sealed, the server’s signed record of the version in clear',
    sealedWith: 'an AES-256-GCM key of its own, wrapped by HPKE for the officer on duty',
    until: 'its follower is here, or it is 72 hours old and no longer matched'
  },
  {
    store: 'privateFiles',
    name: new RegExp(`^${AUDIT_FOLDER}/${AUDIT_FILE.replace('.', '\\.')}$`),
    holds: 'the tablet’s own audit trail: who signed in, looked, captured, and when; no plate',
    sealedWith: 'HPKE for the audit key of headquarters; the hash of the last entry in clear',
    until: 'headquarters has taken the entries in; the last hash: the next enrollment'
  },
  {
    store: 'privateFiles',
    name: new RegExp(`^${ROOM_FILE}$`),
    holds: 'nothing: an empty file by which the room that is left is asked for',
    sealedWith: 'nothing; it is empty',
    until: 'the browser’s storage is cleared'
  },
  {
    store: 'indexedDB',
    name: new RegExp(`^_pouch_${OUTBOX_PREFIX}${ID}$`),
    holds: 'the same sealed records, for replication',
    sealedWith: 'the same key',
    until: UNTIL_RECEIPTED
  },
  {
    store: 'indexedDB',
    name: new RegExp(`^${TOOLBOX_NAME}$`),
    holds:
      'box rows and destructions in numbers, the enrollment with the key by which headquarters knows this tablet, per officer the signed lease and the count of wrong tries under opaque ids, the officer’s name, wrapped keys of the own period’s boxes, the period under way, the last signed head of headquarters’ audit trail; no plate',
    sealedWith:
      'name, period and box keys: HPKE for the officer’s own key (the period for headquarters too); the sign-in name: a keyed hash; the rest nothing: it opens no read, and names no plate, no person and no case',
    until:
      'box rows: with the box; lease: until it lapses; wrapped keys: the close of the period or the box; period: its close; enrollment: the next enrollment'
  },
  {
    store: 'bucket',
    name: new RegExp(`^${KEY_BUCKET}$`),
    holds: 'the key by which headquarters knows this tablet, a second time',
    sealedWith:
      'nothing: a tablet sends while nobody is there. The browser gives it to no script; it opens no read and names nobody',
    until: 'the next enrollment, or headquarters no longer accepts the tablet'
  },
  {
    store: 'bucket',
    name: new RegExp(`^${SECOND_BUCKET}$`),
    holds: 'toolbox and outboxes, where the first IndexedDB opens no more',
    sealedWith: 'as in the first',
    until: 'as in the first'
  },
  {
    store: 'cacheStorage',
    name: /^workbox-precache-v2-/,
    holds: 'the app itself: pages, workers, engines, fonts; never an answer of /api or /db',
    sealedWith: 'nothing; it is public',
    until: 'the next version of the app takes over'
  },
  {
    store: 'cookie',
    name: new RegExp(`^${DISPLAY_COOKIE}$`),
    holds:
      'four words about the tablet: day, night or as it says; right or left hand; whether normal leads sound; minutes to the lock',
    sealedWith: 'nothing; it says nothing about people',
    until: 'a year after it was last chosen'
  },
  {
    store: 'cookie',
    name: /^__Host-platekeeper$/,
    holds: 'the token of the session at headquarters; no page can read it',
    sealedWith: 'nothing; the server keeps its hash alone and lets it run out',
    until: 'sign-out or the end of the session'
  },
  {
    store: 'sessionStorage',
    name: /^sveltekit:(scroll|snapshot)$/,
    holds: 'how far the pages of this tab were scrolled, in numbers; no page gives it anything else to remember',
    sealedWith: 'nothing; it says nothing about people',
    until: 'the tab is closed'
  }
];

/** The row of the list that a thing found on the device belongs to; undefined: it may not be here. */
export function locationOf(store: Location['store'], name: string): Location | undefined {
  return LOCATIONS.find((location) => location.store === store && location.name.test(name));
}
