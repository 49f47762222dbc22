import { closed, list, nullable, number, oneOf, tagged, text, type Check } from '../check/check.ts';
import { caseNumber, instant, localDate, personName, uuid } from '../check/common.ts';
import type { LocalDate } from '../time/instant.ts';
import { sha256InHex } from './audit.ts';
import type { Signed } from './hold.ts';

/** The written request of another agency, with its five elements (426.7(a)(1)-(5)) and where the paper is filed. */
export interface WrittenRequest {
  readonly agencyName: string;
  /** nobody else may receive (426.7; 13.824 subd. 4(a)): others go the way of the Records Maintenance and Release policy */
  readonly recipient: 'lawEnforcement' | 'prosecutor';
  readonly requester: string;
  readonly purpose: string;
  readonly factualBasis: string;
  /** the case number, complaint or incident that is the basis for the access */
  readonly caseNumber: string;
  /** that the request is authorized by the head of the requesting agency or the designee */
  readonly headAuthorization: { readonly name: string; readonly statement: string; readonly on: LocalDate };
  readonly receivedOn: LocalDate;
  readonly requestDocument: string;
}

/** What was decided on a request, by somebody other than who entered it (426.7(b)). */
export type ReleaseDecision =
  | (Signed & {
      readonly kind: 'approved';
      /** why the data are reasonably suspected to be pertinent to an active criminal investigation (426.7(b)(1)) */
      readonly reasonableSuspicion: string;
      /** the hold in force whose reads are released, and no others */
      readonly holdId: string;
    })
  | (Signed & { readonly kind: 'declined'; readonly reason: string });

/** A package that was made of the released reads. */
export interface ReleasePackageMade extends Signed {
  readonly reads: number;
  /** SHA-256 of the package as it was handed out */
  readonly sha256: string;
}

/**
 * A release of reads to another agency: the written request, its approval by a second person, each package that was made. Retained on
 * file (426.7(c)); it names no plate, so it may outlive the reads.
 */
export interface DataRelease {
  readonly _id: string;
  readonly kind: 'dataRelease';
  readonly schema: 1;
  readonly request: WrittenRequest;
  readonly entered: Signed;
  readonly decision: ReleaseDecision | null;
  readonly packages: readonly ReleasePackageMade[];
}

/** A link may break while a package is handed out; nobody needs more than this many. */
const MOST_PACKAGES = 10;

const words = (min: number, max: number): Check<string> => text({ min, max, pattern: /^\S[\s\S]*$/, what: 'words' });

export const checkWrittenRequest: Check<WrittenRequest> = closed<WrittenRequest>({
  agencyName: words(3, 120),
  recipient: oneOf('lawEnforcement', 'prosecutor'),
  requester: personName,
  purpose: words(10, 500),
  factualBasis: words(20, 2000),
  caseNumber,
  headAuthorization: closed<WrittenRequest['headAuthorization']>({
    name: personName,
    statement: words(10, 500),
    on: localDate
  }),
  receivedOn: localDate,
  requestDocument: words(3, 120)
});

const signed = { by: uuid, at: instant };
export const checkReasonableSuspicion = words(20, 2000);
export const checkDeclineReason = words(5, 500);

export const checkDataRelease: Check<DataRelease> = closed<DataRelease>({
  _id: uuid,
  kind: oneOf('dataRelease'),
  schema: oneOf(1),
  request: checkWrittenRequest,
  entered: closed<Signed>(signed),
  decision: nullable(
    tagged<ReleaseDecision>('kind', {
      approved: closed<Extract<ReleaseDecision, { kind: 'approved' }>>({
        ...signed,
        kind: oneOf('approved'),
        reasonableSuspicion: checkReasonableSuspicion,
        holdId: uuid
      }) as Check<never>,
      declined: closed<Extract<ReleaseDecision, { kind: 'declined' }>>({
        ...signed,
        kind: oneOf('declined'),
        reason: checkDeclineReason
      }) as Check<never>
    })
  ),
  packages: list(
    closed<ReleasePackageMade>({
      ...signed,
      reads: number({ min: 1, max: 10_000, integer: true }),
      sha256: sha256InHex
    }),
    { max: MOST_PACKAGES }
  )
});
