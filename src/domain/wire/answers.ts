/** What the server answers. Types alone: the server made them, a page trusts its own origin. */
import type { ConfidentialRequest } from '../records/confidential.ts';
import type { ConfidentialTags } from '../records/confidential-tags.ts';
import type { PreconditionFailure } from '../policy/may-capture.ts';
import type { ReviewLead, SignOff } from '../policy/misuse.ts';
import type { BcaForm, NoticeDue } from '../policy/bca-notice.ts';
import type { IncidentDuty } from '../policy/incidents.ts';
import type { DueItem } from '../policy/due.ts';
import type { PublicLocation } from '../policy/locations.ts';
import type { PublicLogRow } from '../policy/public-log.ts';
import type { Agency, AccessGrant, Device, Member, PolicyAdoption, Role, Training } from '../records/agency.ts';
import type { AuditEntry } from '../records/audit.ts';
import type { Correction } from '../records/correction.ts';
import type { DestructionSummary } from '../records/destruction.ts';
import type { Hit } from '../records/hit.ts';
import type { DataRelease, WrittenRequest } from '../records/data-release.ts';
import type { Hold } from '../records/hold.ts';
import type { HoldScope } from '../records/hold-scope.ts';
import type { Findings } from '../hotlist-file/doctor.ts';
import type { AgencyEntry } from '../records/agency-entry.ts';
import type { Incident } from '../records/incident.ts';
import type { BcaNotice, FixedLocation } from '../records/location.ts';
import type { HotlistVersion } from '../records/hotlist.ts';
import type { Read } from '../records/read.ts';
import type { Instant, LocalDate } from '../time/instant.ts';

/** Every refusal of the API: a code for programs and a sentence that says what to do. */
export interface Refusal {
  readonly code: string;
  readonly sentence: string;
}

/** GET /api/status */
export interface ServerStatus {
  readonly setUp: boolean;
  readonly agencyName: string | null;
  readonly demo: boolean;
  readonly serverTime: Instant;
  readonly version: string;
}

/** POST and GET /api/session */
export interface SessionView {
  readonly member: Member;
  /** roles in force: those of the account that a written grant names too */
  readonly roles: readonly Role[];
  readonly agency: Agency;
  readonly policy: PolicyAdoption | null;
  /** why this member may not capture now; empty: may */
  readonly captureFailures: readonly PreconditionFailure[];
  readonly expiresAt: Instant;
  /** nothing else is open until a second factor is enrolled (CJIS IA-2) */
  readonly mustAddFactor: boolean;
}

/** What a member signs in with besides the password. */
export interface FactorView {
  readonly id: string;
  readonly kind: 'authenticator' | 'passkey';
  readonly label: string;
  readonly addedAt: Instant;
  readonly usedAt: Instant | null;
}

/** GET /api/session/factors */
export interface FactorsAnswer {
  readonly factors: readonly FactorView[];
  readonly recoveryCodesLeft: number;
  /** whether the last one may be removed */
  readonly required: boolean;
}

/** POST /api/session/factors/new-authenticator: what the member puts into an authenticator app. Counts once a first code of it came back. */
export interface NewAuthenticator {
  readonly id: string;
  /** base32, to be typed where the picture cannot be read */
  readonly secret: string;
  readonly uri: string;
}

/** POST /api/session/factors/authenticator, /passkey and /recovery-codes */
export interface FactorAdded {
  /** shown this once; null: there are some already */
  readonly recoveryCodes: readonly string[] | null;
}

/** POST /api/session/passkey-challenge and /factors/passkey-challenge: options of WebAuthn, as its JSON has them. */
export interface PasskeyChallenge {
  readonly options: Readonly<Record<string, unknown>> & { readonly challenge: string };
}

/** POST /api/enrollment: what a tablet keeps. */
export interface Enrollment {
  readonly deviceId: string;
  readonly label: string;
  readonly agency: Agency;
  /** the server's sealing key (HPKE, P-256): id and raw public key, base64 */
  readonly sealingKey: { readonly id: string; readonly publicKey: string };
  /** what the tablet's own audit trail is sealed for (HPKE, P-256) */
  readonly auditKey: { readonly id: string; readonly publicKey: string };
  /** ES256 public key as a JWK: verifies receipts and leases */
  readonly signingKey: Readonly<Record<string, string>>;
}

/** GET and POST /api/confidential: for the custodian alone */
export interface ConfidentialAnswer {
  readonly requests: readonly (ConfidentialRequest & { readonly enteredByName: string })[];
  /** what became of the reads that were here, after a request was entered */
  readonly alreadyHere: { readonly destroyed: number; readonly spared: number } | null;
}

/** POST /api/lease */
export interface LeaseAnswer {
  /** a signed Lease */
  readonly lease: string;
  /** whose it is, for the screen; the tablet keeps it sealed */
  readonly officer: OfficerName;
}

export type OfficerName = Pick<Member, 'name' | 'signInName'>;

/** The signed payload of a lease: what lets an officer capture without a network (DESIGN 4). */
export interface Lease {
  readonly kind: 'lease';
  readonly schema: 2;
  readonly deviceId: string;
  /** by an opaque id: a lease lies in clear on the tablet, and names nobody */
  readonly memberId: string;
  readonly roles: readonly Role[];
  readonly agency: Agency;
  readonly policyVersion: string;
  readonly trainingUntil: Instant | null;
  /** end of the written authorization it rests on (13.824 subd. 7(b)) */
  readonly grantUntil: Instant | null;
  /** SHA-256 of the one-time code that releases this officer on this tablet after five wrong tries */
  readonly releaseHash: string;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
}

/** Why nobody, or one officer, may go on using a tablet; each has a sentence that says what to do. */
export type Withdrawal = PreconditionFailure | 'tabletRevoked';

/** GET /api/device/hello */
export interface DeviceHello {
  readonly serverTime: Instant;
  readonly suspended: boolean;
  readonly hotlists: readonly HotlistVersion[];
  /** what may not be collected, hidden among decoys (13.824 subd. 3(c)) */
  readonly confidential: ConfidentialTags;
  /** officers whose lease on this tablet no longer holds, and why */
  readonly withdrawn: readonly { readonly memberId: string; readonly failures: readonly PreconditionFailure[] }[];
  /** officers whom headquarters has released after five wrong tries, and when; each release counts once */
  readonly releases: readonly { readonly memberId: string; readonly releasedAt: Instant }[];
}

/** GET /api/device/hotlists/:versionId: how to pull a version. */
export interface HotlistOffer {
  /** the version's record, signed by the server */
  readonly signed: string;
  readonly parts: number;
}

/** GET /api/device/hotlists/:versionId/changes/:fromId */
export interface HotlistChanges {
  /** references of the lines that went or changed */
  readonly removed: readonly string[];
  /** lines that came or changed, sorted, each ended by a line break */
  readonly added: string;
}

/** A row of a file that could not be taken; never with its plate. */
export interface RejectedRow {
  /** counted from 1, a first row of names included, as an editor shows it */
  readonly line: number;
  readonly why: string;
}

/** PUT /api/hotlists/imports/:id/file: what the file would do to officers; nothing is in force yet. */
export interface ImportReport {
  readonly id: string;
  readonly version: HotlistVersion;
  /** of the version in force; null: the first of its source */
  readonly rowsBefore: number | null;
  readonly isLargeSwing: boolean;
  /** the first ones */
  readonly rejects: readonly RejectedRow[];
  readonly findings: Findings;
}

/** GET /api/agency-entries */
export interface AgencyEntryRow {
  readonly entry: AgencyEntry;
  /** null: the entry is over, and its plate went with its box */
  readonly plate: string | null;
  readonly proposedBy: string;
  readonly decidedBy: string | null;
  readonly expiresAt: Instant;
  readonly standing: 'proposed' | 'inForce' | 'over';
}

export interface ReadRow {
  readonly boxDate: LocalDate;
  readonly read: Read;
  readonly deviceLabel: string;
  readonly deployment: string;
  readonly boxDestroyAt: Instant;
  readonly hits: readonly Hit[];
  /** the officer's own word about the read, oldest first as they came */
  readonly corrections: readonly Correction[];
}

/** POST /api/reads/search */
export interface SearchAnswer {
  /** the audit entry of this look; pictures are asked for under it */
  readonly lookId: string;
  readonly rows: readonly ReadRow[];
  /** more rows than the cap were found */
  readonly capped: boolean;
  readonly boxesSearched: number;
  readonly readsInBoxes: number;
}

export interface MemberRow {
  readonly member: Member;
  readonly trainings: readonly Training[];
  readonly grants: readonly AccessGrant[];
  readonly failures: readonly PreconditionFailure[];
}

export interface HitRow {
  readonly boxDate: LocalDate;
  readonly hit: Hit;
  readonly memberName: string;
}

/** POST /api/devices/codes */
export interface EnrollmentCode {
  readonly code: string;
  readonly expiresAt: Instant;
}

/** POST /api/devices/:id/releases: to be read to the officer; with a link the tablet takes it by itself. */
export interface ReleaseCode {
  readonly code: string;
}

/** GET /api/register */
export interface RegisterView {
  readonly boxes: readonly {
    readonly date: LocalDate;
    readonly reads: number;
    /** reads that holds in force will spare; counted once a hold */
    readonly onHold: number;
    readonly destroyAt: Instant;
  }[];
  readonly destructions: readonly DestructionSummary[];
  readonly devices: readonly (Device & { readonly waiting: number })[];
  readonly policies: readonly PolicyAdoption[];
  readonly hotlists: readonly HotlistVersion[];
  readonly agency: Agency;
}

/** What a hold's scope covers now, and what becomes of it without the hold. */
export interface HoldPreview {
  readonly reads: number;
  readonly days: readonly { readonly date: LocalDate; readonly reads: number; readonly destroyAt: Instant }[];
}

export interface HoldRow {
  readonly hold: Hold;
  /** null: the hold is over and its scope went with its box */
  readonly scope: HoldScope | null;
  readonly requestedBy: string;
  readonly decidedBy: string | null;
  readonly endedBy: string | null;
  /** reads copied into its box so far */
  readonly kept: number;
  /** what it covers in the day boxes, for a request or a hold in force */
  readonly covers: HoldPreview | null;
  readonly reviewBy: Instant | null;
}

/** GET /api/holds */
export interface HoldsAnswer {
  readonly holds: readonly HoldRow[];
}

export interface DataReleaseRow {
  readonly release: DataRelease;
  readonly enteredBy: string;
  readonly decidedBy: string | null;
}

/** GET /api/data-releases */
export interface DataReleasesAnswer {
  readonly releases: readonly DataReleaseRow[];
}

/** What a package that is handed to another agency says, inside its signature (426.7; 13.824 subd. 4(b)). */
export interface ReleasePackage {
  readonly kind: 'releasePackage';
  readonly schema: 1;
  readonly releaseId: string;
  readonly agency: string;
  readonly request: WrittenRequest;
  readonly approved: { readonly by: string; readonly at: Instant; readonly reasonableSuspicion: string };
  readonly duties: readonly string[];
  readonly madeAt: Instant;
  readonly reads: readonly {
    readonly read: Read;
    /** what officers found by eye: whoever acts on a read must know that it was misread */
    readonly corrections: readonly Correction[];
    /** JPEG in base64, by name */
    readonly pictures: Readonly<Record<string, string>>;
  }[];
}

/** POST /api/data-releases/:id/package: the package as a signed text, and the key to verify it with. */
export interface ReleasePackageAnswer {
  /** compact JWS (ES256) whose payload is a ReleasePackage */
  readonly jws: string;
  readonly key: Readonly<Record<string, string>>;
}

/** POST /api/holds/:id/reads */
export interface HeldReadsAnswer {
  /** the audit entry of this look; pictures are asked for under it */
  readonly lookId: string;
  readonly reads: readonly {
    readonly read: Read;
    readonly hits: readonly Hit[];
    readonly corrections: readonly Correction[];
  }[];
}

/** GET /api/public/certificates, and /api/certificates with the signed text of every one. */
export interface CertificatesAnswer {
  readonly agencyName: string;
  /** Ed25519 public key as a JWK */
  readonly publicKey: Readonly<Record<string, string>>;
  readonly certificates: readonly {
    readonly number: number;
    /** null: what it tells is private; its hash keeps the chain whole */
    readonly jws: string | null;
    readonly sha256: string;
  }[];
}

export interface QuarantineRow {
  readonly deviceId: string;
  readonly boxId: string;
  readonly seq: number;
  readonly reason: string;
  readonly receivedAt: Instant;
}

/** GET /api/audit */
export interface AuditAnswer {
  readonly entries: readonly AuditEntry[];
}

/** POST /api/audit/:id/query: the plate that somebody asked for in that entry */
export interface OpenedQuery {
  readonly plate: string;
}

/** GET /api/review */
export interface ReviewAnswer {
  /** the Monday of this week */
  readonly week: LocalDate;
  readonly leads: readonly (ReviewLead & { readonly lastAt: Instant })[];
  readonly signedOff: { readonly name: string; readonly at: Instant; readonly statement: string } | null;
  /** whether whoever asks may sign this week off */
  readonly signOff: SignOff;
}

/** GET /api/device/audit-head: the newest signed head and the proof, in hexadecimal, that it continues the size asked about. */
export interface WitnessedHead {
  readonly jws: string;
  readonly proof: readonly string[];
}

/** The first signed head of a day, as the public page shows it. */
export interface DailyAuditHead {
  readonly date: LocalDate;
  readonly at: Instant;
  /** entries in the trail by then */
  readonly size: number;
  readonly root: string;
  readonly jws: string;
}

/** GET /api/public/audit-heads, newest first; `key` is the ES256 public key that verifies them */
export interface AuditHeadsAnswer {
  readonly key: Readonly<Record<string, string>>;
  readonly heads: readonly DailyAuditHead[];
}

/** A place that the public sees. */
export type ShownLocation = Exclude<PublicLocation, { readonly withheld: true }>;

/** GET /api/locations: the list whole, what the Bureau of Criminal Apprehension must be told, and what it was */
export interface LocationsAnswer {
  readonly today: LocalDate;
  readonly locations: readonly FixedLocation[];
  readonly due: readonly NoticeDue[];
  readonly form: BcaForm;
  readonly sent: readonly { readonly notice: BcaNotice; readonly enteredBy: string }[];
}

/** GET /api/incidents, newest first: each with what is known of its tablet or member, and what is still to be done */
export interface IncidentsAnswer {
  readonly incidents: readonly IncidentRow[];
  readonly devices: readonly Pick<Device, '_id' | 'label'>[];
  readonly members: readonly Pick<Member, '_id' | 'name'>[];
}
export interface IncidentRow {
  readonly incident: Incident;
  readonly enteredBy: string;
  readonly duties: readonly IncidentDuty[];
  /** the tablet: when it was last seen, when revoked, and the records headquarters still expects of it */
  readonly device: (Pick<Device, 'label' | 'lastSeenAt' | 'revokedAt'> & { readonly waiting: number }) | null;
  /** the member, and the looks at stored reads in the thirty days before the discovery, by their entries in the trail */
  readonly member: { readonly name: string; readonly lookIds: readonly string[] } | null;
}

/** GET /api/due, the most pressing first */
export interface DueAnswer {
  readonly today: LocalDate;
  readonly items: readonly DueItem[];
}

/** GET /api/public/log and /api/public/locations */
export interface PublicLogAnswer {
  readonly agencyName: string;
  readonly demo: boolean;
  readonly rows: readonly PublicLogRow[];
  readonly locations: readonly ShownLocation[];
  /** places withheld as security information; how many, and no more (13.824 subd. 5(b)) */
  readonly withheldLocations: number;
}
