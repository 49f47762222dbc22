import { both, closed, list, number, oneOf, tagged, type Check } from '../check/check.ts';
import { instant, localDate, plateText, uuid } from '../check/common.ts';
import type { Instant, LocalDate } from '../time/instant.ts';

/** Which reads a hold covers. It may name a plate, so it lies in the hold's own box and goes with it (LAW A16). */
export type HoldScope =
  | { readonly kind: 'period'; readonly periodId: string }
  | { readonly kind: 'reads'; readonly readIds: readonly string[] }
  | { readonly kind: 'plate'; readonly plate: string; readonly from: LocalDate; readonly to: LocalDate }
  | {
      readonly kind: 'place';
      readonly lat: number;
      readonly lon: number;
      readonly radiusM: number;
      readonly from: Instant;
      readonly to: Instant;
    };

/** The scope as the hold's box keeps it. */
export interface HoldScopeRecord {
  readonly _id: 'scope';
  readonly kind: 'holdScope';
  readonly schema: 1;
  readonly scope: HoldScope;
}

const ordered = <T extends { from: string; to: string }>(check: Check<T>): Check<never> =>
  both(check, (scope, path) =>
    scope.from <= scope.to
      ? null
      : { path: (path === undefined ? '' : path + '.') + 'to', message: 'must not be before from' }
  ) as Check<never>;

export const checkHoldScope: Check<HoldScope> = tagged<HoldScope>('kind', {
  period: closed<Extract<HoldScope, { kind: 'period' }>>({ kind: oneOf('period'), periodId: uuid }) as Check<never>,
  reads: closed<Extract<HoldScope, { kind: 'reads' }>>({
    kind: oneOf('reads'),
    readIds: list(uuid, { min: 1, max: 500 })
  }) as Check<never>,
  plate: ordered(
    closed<Extract<HoldScope, { kind: 'plate' }>>({
      kind: oneOf('plate'),
      plate: plateText,
      from: localDate,
      to: localDate
    })
  ),
  place: ordered(
    closed<Extract<HoldScope, { kind: 'place' }>>({
      kind: oneOf('place'),
      lat: number({ min: -90, max: 90 }),
      lon: number({ min: -180, max: 180 }),
      radiusM: number({ min: 10, max: 5000 }),
      from: instant,
      to: instant
    })
  )
});

export const checkHoldScopeRecord: Check<HoldScopeRecord> = closed<HoldScopeRecord>({
  _id: oneOf('scope'),
  kind: oneOf('holdScope'),
  schema: oneOf(1),
  scope: checkHoldScope
});
