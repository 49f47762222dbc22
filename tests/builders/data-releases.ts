import type { DataRelease, WrittenRequest } from '#domain/records/data-release.ts';
import { anId } from './records.ts';

/** A written request with its five elements (426.7(a)). */
export const WRITTEN_REQUEST: WrittenRequest = {
  agencyName: 'Sample County Sheriff',
  recipient: 'lawEnforcement',
  requester: 'Dep. R. Sample',
  purpose: 'Find the vehicle that left the scene of a burglary',
  factualBasis: 'A witness saw the vehicle drive toward Example City that evening',
  caseNumber: 'SC 26-2002',
  headAuthorization: {
    name: 'Sheriff H. Sample',
    statement: 'I authorize this request for the named case',
    on: '2026-11-20'
  },
  receivedOn: '2026-11-21',
  requestDocument: 'Records file 26-21'
};

export const SUSPICION = 'The witness names the road and the hour that these reads are of';

/** A request as it was entered; one line takes it further. */
export function aDataRelease(given: Partial<DataRelease> = {}): DataRelease {
  return {
    _id: anId(400),
    kind: 'dataRelease',
    schema: 1,
    request: WRITTEN_REQUEST,
    entered: { by: anId(3), at: '2026-11-22T17:00:00.000Z' },
    decision: null,
    packages: [],
    ...given
  };
}
