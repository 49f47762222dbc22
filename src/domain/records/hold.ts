import { both, closed, nullable, oneOf, optional, tagged, text, type Check } from '../check/check.ts';
import { caseNumber, instant, localDate, personName, uuid } from '../check/common.ts';
import type { Instant, LocalDate } from '../time/instant.ts';
import type { HoldScope } from './hold-scope.ts';

/** Why reads outlive their date: an active criminal investigation, or the written request of its subject (426.4; 13.824 subd. 3). */
export type HoldGround =
  | {
      readonly kind: 'investigation';
      readonly caseNumber: string;
      readonly offense: string;
      readonly investigator: string;
      /** the facts that make the data part of the investigation */
      readonly factualBasis: string;
    }
  | {
      readonly kind: 'exculpatoryRequest';
      /** the pending charge or complaint; one of both numbers, or why there is none yet (LAW A12) */
      readonly caseNumber?: string;
      readonly complaintNumber?: string;
      readonly numberMissing?: string;
      readonly requester: string;
      readonly requesterIs: 'subject' | 'attorneyOfSubject';
      readonly requestedOn: LocalDate;
      /** where the written request is filed */
      readonly requestDocument: string;
      /** the requester's statement that the data may be exculpatory */
      readonly statement: string;
    };

/** Who said so, and when. */
export interface Signed {
  readonly by: string;
  readonly at: Instant;
}

/** How a hold ended (LAW 4.9). */
export interface HoldEnd extends Signed {
  readonly reason: 'resolved' | 'dismissed' | 'inactive' | 'withdrawn';
  /** destroyed, or kept from now on by the case file under the retention schedule (13.824 subd. 3(d)) */
  readonly afterwards: { readonly kind: 'destroy' } | { readonly kind: 'caseFile'; readonly reference: string };
}

/**
 * A hold: asked for in writing, approved by somebody else, reaffirmed every 90 days, ended. What it covers is told by the scope in
 * its box; this record names no plate and no read.
 */
export interface Hold {
  readonly _id: string;
  readonly kind: 'hold';
  readonly schema: 1;
  readonly ground: HoldGround;
  readonly scopeKind: HoldScope['kind'];
  readonly requested: Signed;
  readonly decision: (Signed & { readonly kind: 'approved' | 'declined' }) | null;
  readonly reaffirmed: Signed | null;
  readonly ended: HoldEnd | null;
}

const words = (min: number, max: number): Check<string> => text({ min, max, pattern: /^\S[\s\S]*$/, what: 'words' });

const exculpatory: Check<Extract<HoldGround, { kind: 'exculpatoryRequest' }>> = both(
  closed<Extract<HoldGround, { kind: 'exculpatoryRequest' }>>({
    kind: oneOf('exculpatoryRequest'),
    caseNumber: optional(caseNumber),
    complaintNumber: optional(caseNumber),
    numberMissing: optional(words(15, 300)),
    requester: personName,
    requesterIs: oneOf('subject', 'attorneyOfSubject'),
    requestedOn: localDate,
    requestDocument: words(3, 120),
    statement: words(20, 2000)
  }),
  (ground, path) =>
    ground.caseNumber !== undefined || ground.complaintNumber !== undefined || ground.numberMissing !== undefined
      ? null
      : { path: (path === undefined ? '' : path + '.') + 'caseNumber', message: 'is missing' }
);

export const checkHoldGround: Check<HoldGround> = tagged<HoldGround>('kind', {
  investigation: closed<Extract<HoldGround, { kind: 'investigation' }>>({
    kind: oneOf('investigation'),
    caseNumber,
    offense: words(3, 120),
    investigator: personName,
    factualBasis: words(20, 2000)
  }) as Check<never>,
  exculpatoryRequest: exculpatory as Check<never>
});

const signed = { by: uuid, at: instant };

export const checkHoldEndReason: Check<HoldEnd['reason']> = oneOf('resolved', 'dismissed', 'inactive', 'withdrawn');

export const checkAfterHold: Check<HoldEnd['afterwards']> = tagged<HoldEnd['afterwards']>('kind', {
  destroy: closed<{ kind: 'destroy' }>({ kind: oneOf('destroy') }) as Check<never>,
  caseFile: closed<{ kind: 'caseFile'; reference: string }>({
    kind: oneOf('caseFile'),
    reference: caseNumber
  }) as Check<never>
});

export const checkHold: Check<Hold> = closed<Hold>({
  _id: uuid,
  kind: oneOf('hold'),
  schema: oneOf(1),
  ground: checkHoldGround,
  scopeKind: oneOf('period', 'reads', 'plate', 'place'),
  requested: closed<Signed>(signed),
  decision: nullable(closed<NonNullable<Hold['decision']>>({ ...signed, kind: oneOf('approved', 'declined') })),
  reaffirmed: nullable(closed<Signed>(signed)),
  ended: nullable(
    closed<HoldEnd>({
      ...signed,
      reason: checkHoldEndReason,
      afterwards: checkAfterHold
    })
  )
});
