/** What the page may ask of the vault worker, and what it answers. */
import type { DeviceHello, Lease, OfficerName, Refusal, Withdrawal } from '#domain/wire/answers.ts';
import type { ClockWord } from '#domain/policy/clock.ts';
import type { HotlistVersion } from '#domain/records/hotlist.ts';
import type { ActivePeriod } from '#domain/records/period.ts';
import type { SealedContent } from '#domain/records/sealed.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { OfficerState } from './officer-row.ts';
import type { PeriodMark } from './period-row.ts';

/** What the page may know of the enrollment: never the key. */
export interface EnrollmentView {
  readonly deviceId: string;
  readonly label: string;
  readonly agency: Lease['agency'];
  /** false: the key by which headquarters knows it was lost; it has to be enrolled again */
  readonly hasKey: boolean;
}

/** What healing found at start, in numbers. */
export interface HealReport {
  readonly boxes: number;
  readonly records: number;
  /** records that were in the journal but not in the outbox, and are again */
  readonly healedRecords: number;
  /** boxes whose journal was there but which the toolbox did not know */
  readonly rediscoveredBoxes: number;
  /** places in journals that could not be read and were skipped */
  readonly damagedPlaces: number;
  /** boxes whose journal is gone and which are sent from the outbox alone */
  readonly boxesWithoutJournal: number;
}

/** Named events about the stores of the tablet, and what it noticed of headquarters' trail; each is shown to people and never passed over in silence. */
export const DAMAGE = [
  'journalDamaged',
  'journalMissing',
  'outboxRebuilt',
  'outboxFailed',
  'boxRediscovered',
  'toolboxLost',
  'deviceKeyLost',
  'indexedDbBroken',
  'trailBroken'
] as const;
export type Damage = (typeof DAMAGE)[number];

export type UnavailableReason = 'noSecureContext' | 'noPrivateFiles' | 'noLocks' | 'toolboxUnreadable' | 'workerFailed';

export type Opening =
  | {
      readonly kind: 'open';
      readonly healed: HealReport;
      readonly enrollment: EnrollmentView | null;
      readonly lease: Lease | null;
      /** that a period was under way when the page was left; what was stated of it opens for its officer */
      readonly period: PeriodMark | null;
      /** boxes destroyed because their date had passed, before anything was shown */
      readonly swept: number;
    }
  | { readonly kind: 'openElsewhere' }
  | { readonly kind: 'unavailable'; readonly reason: UnavailableReason };

export type Keeping =
  /** flushed to the journal: a kill or a power cut loses it no more */
  | { readonly kind: 'saved'; readonly boxId: string; readonly seq: number }
  /** nothing of it may be kept, and nothing may tell that it was there (13.824 subd. 3(c)) */
  | { readonly kind: 'leftOut' }
  /** nothing of it was kept */
  | { readonly kind: 'refused'; readonly code: string; readonly reason: string }
  /** refused before it was taken: the storage is 95 % full, or the disk is */
  | { readonly kind: 'storageFull' };

/** An answer of the server through the vault, which alone holds the device's key. */
export type Contact<T> =
  | ({ readonly kind: 'answered' } & T)
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'notEnrolled' };

/** Whom a question is about: by sign-in name, by id, or whoever is on duty. */
export type Who = { readonly signInName: string } | { readonly memberId: string } | 'onDuty';

/** What came of a sign-in on this tablet. */
export type Entry =
  /** `officer` is null where the name could not be opened */
  | { readonly kind: 'in'; readonly lease: Lease; readonly officer: OfficerName | null }
  | { readonly kind: 'wrong'; readonly triesLeft: number }
  /** the passkey was right and opens nothing here yet: the password does, once */
  | { readonly kind: 'needsPassword' }
  | Exclude<OfficerState, { kind: 'mayTry' }>;

/** What a passkey told beside its signature; null where it keeps no secret for this app. */
export interface PasskeySecret {
  readonly credentialId: string;
  readonly secret: Uint8Array<ArrayBuffer> | null;
}

/** A passkey that opens an officer's key on this tablet. */
export interface PasskeyHere {
  readonly credentialId: string;
  readonly memberId: string;
}

export type Release =
  | { readonly kind: 'released' }
  /** `erased`: the own keys are gone too */
  | { readonly kind: 'wrongCode'; readonly erased: boolean };

export type LinkState = 'idle' | 'sending' | 'serverUnreachable' | 'notAccepted' | 'refusedByServer';

/** That the clock was found wrong or set back: what is written down of it. */
export interface ClockNote {
  readonly kind: 'wrong' | 'setBack';
  readonly noticedAt: Instant;
  /** correct time minus own clock; or by how much it was set back */
  readonly byMs: number;
}

export interface StorageUse {
  readonly usedBytes: number;
  readonly quotaBytes: number;
  readonly persisted: boolean;
  /** used part of the quota, 0..1 */
  readonly share: number;
}

export interface VaultStatus {
  readonly link: LinkState;
  /** records on this tablet that headquarters has not yet acknowledged by a signed receipt */
  readonly waitingRecords: number;
  readonly boxes: number;
  readonly lastSentAt: Instant | null;
  readonly storage: StorageUse;
  /** server time minus this tablet's time when it was last measured; null: never measured */
  readonly clockOffsetMs: number | null;
  readonly clock: ClockWord;
  /** when the clock was found wrong or set back, newest first */
  readonly clockNotes: readonly ClockNote[];
  /** kept until an officer has seen it and headquarters has its entry */
  readonly damage: readonly Damage[];
  readonly damageIsSeen: boolean;
  /** the browser emptied its IndexedDB under the vault: only a fresh start puts back what is known a second time */
  readonly isLost: boolean;
  /** who is on duty and whether capture may go on; a page that shows an officer's data follows it at once */
  readonly duty: Duty;
}

/** The officer on duty as the vault knows it; `withdrawn`: headquarters took the authorization, and why. */
export type Duty =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'inForce'; readonly memberId: string }
  | { readonly kind: 'lapsed'; readonly withdrawn: readonly Withdrawal[] };

/** Hears every change of the status; what it promises is awaited. */
export type StatusListener = (status: VaultStatus) => void | Promise<void>;

/** From this share of the quota on people are warned, and from that one nothing more is taken. */
export const STORAGE_WARNS_AT = 0.8;
export const STORAGE_STOPS_AT = 0.95;

/** A list as it comes from the vault: lines as packList makes them. */
export interface PulledHotlist {
  readonly version: HotlistVersion;
  readonly lines: Uint8Array<ArrayBuffer>;
}

/** The worker's side, as comlink carries it. */
export interface VaultApi {
  open(): Promise<Opening>;
  enroll(code: string, label: string): Promise<Contact<{ readonly enrollment: EnrollmentView }>>;
  renewLease(): Promise<Contact<{ readonly lease: Lease; readonly officer: OfficerName }>>;
  lease(): Promise<Lease | null>;
  dropLease(): Promise<void>;
  officerState(who: Who): Promise<OfficerState>;
  enter(password: string): Promise<Entry>;
  enterOffline(who: Who, password: string): Promise<Entry>;
  /** Lets in the officer to whom the server has just given a lease, by the secret of a passkey. */
  enterByPasskey(passkey: PasskeySecret): Promise<Entry>;
  enterOfflineByPasskey(passkey: PasskeySecret): Promise<Entry>;
  /** From now on this passkey opens the key of its officer, who must be the one who is present. */
  addPasskey(passkey: PasskeySecret, memberId: string): Promise<boolean>;
  passkeysHere(who: Who | null): Promise<readonly PasskeyHere[]>;
  countWrong(signInName: string): Promise<Entry>;
  release(who: Who, code: string): Promise<Release>;
  lock(): Promise<void>;
  periodUnderWay(): Promise<ActivePeriod | null>;
  endLeftPeriod(): Promise<void>;
  ownRecords(): Promise<readonly SealedContent[]>;
  hello(): Promise<Contact<{ readonly hello: DeviceHello; readonly clockOffsetMs: number }>>;
  hotlist(versionId: string): Promise<Contact<PulledHotlist>>;
  storedHotlists(): Promise<readonly HotlistVersion[]>;
  beginPeriod(period: ActivePeriod): Promise<Keeping>;
  updatePeriod(period: ActivePeriod): Promise<void>;
  closePeriod(period: ActivePeriod): Promise<Keeping>;
  keep(content: SealedContent): Promise<Keeping>;
  /** Satellites told the time; where they only repeat the own clock it counts for nothing. */
  tellTime(satelliteTime: Instant): Promise<void>;
  seeDamage(): Promise<void>;
  syncNow(): Promise<void>;
  status(): Promise<VaultStatus>;
  onStatus(listener: StatusListener): Promise<void>;
}
