/** What the server answers. Types alone: the server made them, a page trusts its own origin. */
import type { PreconditionFailure } from '../policy/may-capture.ts';
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
import type { DestructionSummary } from '../records/destruction.ts';
import type { Hit } from '../records/hit.ts';
import type { Hold } from '../records/hold.ts';
import type { HoldScope } from '../records/hold-scope.ts';
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

/** POST /api/holds/:id/reads */
export interface HeldReadsAnswer {
  /** the audit entry of this look; pictures are asked for under it */
  readonly lookId: string;
  readonly reads: readonly { readonly read: Read; readonly hits: readonly Hit[] }[];
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
