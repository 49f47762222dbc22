import type { FixedLocation, Withholding } from '#domain/records/location.ts';
import { anId } from './records.ts';

/** A written determination of the day the place was entered, to be looked at anew a year later. */
export const A_WITHHOLDING: Withholding = {
  determination: 'Saying this place would put a witness in danger.',
  by: anId(3),
  at: '2026-11-22T16:00:00.000Z',
  reviewOn: '2027-11-22'
};

/** A fixed reader of a tablet, there now. */
export function aPlace(given: Partial<FixedLocation> = {}): FixedLocation {
  return {
    _id: anId(60),
    kind: 'fixedLocation',
    schema: 1,
    deviceId: anId(2),
    description: 'Example Ave at 1st St',
    deployment: 'fixed',
    installedAt: '2026-11-22T16:00:00.000Z',
    removedAt: null,
    ...given
  };
}
