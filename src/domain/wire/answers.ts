/** What the server answers. Types alone: the server made them, a page trusts its own origin. */
import type { PreconditionFailure } from '../policy/may-capture.ts';
import type { ReviewLead, SignOff } from '../policy/misuse.ts';
import type { PublicLogRow } from '../policy/public-log.ts';
import type {
  Agency,
  AccessGrant,
  Device,
  FixedLocation,
  Member,
  PolicyAdoption,
  Role,
  Training
} from '../records/agency.ts';
import type { AuditEntry } from '../records/audit.ts';
import type { Hit } from '../records/hit.ts';
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
}

/** POST /api/enrollment: what a tablet keeps. */
export interface Enrollment {
  readonly deviceId: string;
  readonly deviceToken: string;
  readonly label: string;
  readonly agency: Agency;
  /** the server's sealing key (HPKE, P-256): id and raw public key, base64 */
  readonly sealingKey: { readonly id: string; readonly publicKey: string };
  /** ES256 public key as a JWK: verifies receipts and leases */
  readonly signingKey: Readonly<Record<string, string>>;
}

/** The signed payload of POST /api/lease: what lets an officer capture without a network (DESIGN 4). */
export interface Lease {
  readonly kind: 'lease';
  readonly schema: 1;
  readonly deviceId: string;
  readonly member: Pick<Member, '_id' | 'name' | 'signInName'>;
  readonly roles: readonly Role[];
  readonly agency: Agency;
  readonly policyVersion: string;
  readonly trainingUntil: Instant | null;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
}

/** GET /api/device/hello */
export interface DeviceHello {
  readonly serverTime: Instant;
  readonly suspended: boolean;
  readonly hotlists: readonly HotlistVersion[];
}

export interface ReadRow {
  readonly boxDate: LocalDate;
  readonly read: Read;
  readonly deviceLabel: string;
  readonly deployment: string;
  readonly boxDestroyAt: Instant;
  readonly hits: readonly Hit[];
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

/** GET /api/register */
export interface RegisterView {
  readonly boxes: readonly { readonly date: LocalDate; readonly reads: number; readonly destroyAt: Instant }[];
  readonly destructions: readonly { readonly date: LocalDate; readonly destroyedAt: Instant; readonly reads: number }[];
  readonly devices: readonly (Device & { readonly waiting: number })[];
  readonly policies: readonly PolicyAdoption[];
  readonly hotlists: readonly HotlistVersion[];
  readonly agency: Agency;
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

/** GET /api/public/log and /api/public/locations */
export interface PublicLogAnswer {
  readonly agencyName: string;
  readonly demo: boolean;
  readonly rows: readonly PublicLogRow[];
  readonly locations: readonly Pick<
    FixedLocation,
    '_id' | 'description' | 'deployment' | 'installedAt' | 'removedAt'
  >[];
}
