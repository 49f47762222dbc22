import { expect, test } from 'vitest';
import { anEntry } from '#tests/builders/trail.ts';
import type { AuditEntry } from '../records/audit.ts';
import { instantOf, msOf } from '../time/instant.ts';
import { ANOTHER_SESSION, maySignOff, reviewLeads, type Suspicion } from './misuse.ts';

const OFFSET = -360;
const NINE = msOf('2026-11-02T15:00:00.000Z');
let seq = 0;
/** A look of one investigator at local nine o'clock, `day` days later. */
const aLook = (day: number, given: Partial<AuditEntry> = {}, hours = 0): AuditEntry => ({
  ...anEntry(5),
  _id: `00000000-0000-4000-8000-${String(++seq).padStart(12, '0')}`,
  at: instantOf(NINE + day * 86_400_000 + hours * 3_600_000),
  factualBasis: `Facts of their own, number ${String(seq)}`,
  plateTag: String(seq).padStart(32, 'a'),
  ...given
});
const suspicions = (entries: readonly AuditEntry[]): Suspicion[] =>
  reviewLeads(entries, OFFSET).map(({ suspicion }) => suspicion);
const times = (count: number, make: (n: number) => AuditEntry): AuditEntry[] =>
  Array.from({ length: count }, (_, n) => make(n));
const ONE_PLATE = { plateTag: 'ab'.repeat(16) };

test('ordinary work gives no lead', () => {
  expect(suspicions(times(60, (n) => aLook(n % 20, {}, n % 3)))).toEqual([]);
});

test.each<[Suspicion, AuditEntry[], AuditEntry[]]>([
  ['samePlateOnSeveralDays', times(3, (n) => aLook(n * 4, ONE_PLATE)), times(3, () => aLook(0, ONE_PLATE))],
  ['manySearchesInADay', times(40, () => aLook(0)), times(39, () => aLook(0))],
  [
    'sameReasonForManyPlates',
    times(5, () => aLook(0, { factualBasis: 'Stolen, seen by a witness' })),
    times(5, () => aLook(0, { factualBasis: 'Stolen, seen by a witness', ...ONE_PLATE }))
  ],
  [
    'vagueReasons',
    times(3, () => aLook(0, { outcome: 'denied', note: 'basisTooVague' })),
    times(2, () => aLook(0, { outcome: 'denied', note: 'basisTooVague' }))
  ],
  [
    'atAnUnusualHour',
    [...times(25, (n) => aLook(n)), aLook(3, {}, -6)],
    [...times(10, (n) => aLook(n)), aLook(3, {}, -6)]
  ],
  [
    'twoTabletsAtOnce',
    times(2, (n) => aLook(0, { action: 'issueLease', object: { type: 'device', id: String(n) } })),
    times(2, (n) => aLook(n, { action: 'issueLease', object: { type: 'device', id: String(n) } }))
  ],
  [
    'tabletTrailBroken',
    [aLook(0, { action: 'tabletChainBroken', outcome: 'error', object: { type: 'device', id: 'a tablet' } })],
    [aLook(0, { action: 'tabletEntry', object: { type: 'device', id: 'a tablet' } })]
  ],
  ['twoSessionsAtOnce', [aLook(0, { action: 'signIn', note: ANOTHER_SESSION })], [aLook(0, { action: 'signIn' })]]
])('the review is led to %s, and not by a little less', (suspicion, much, less) => {
  expect(suspicions(much)).toEqual([suspicion]);
  expect(suspicions(less)).toEqual([]);
});

test('other acts, refused looks, and a look at an unknown hour of somebody new say nothing', () => {
  expect(suspicions(times(3, (n) => aLook(n * 4, { ...ONE_PLATE, action: 'requestHold' })))).toEqual([]);
  expect(suspicions(times(3, (n) => aLook(n * 4, { ...ONE_PLATE, outcome: 'denied' })))).toEqual([]);
  expect(suspicions(times(6, () => aLook(0, { factualBasis: '' })))).toEqual([]);
  expect(suspicions(times(4, () => aLook(0, { outcome: 'denied', note: 'notAllowed' })))).toEqual([]);
  expect(suspicions(times(4, () => aLook(0, { note: 'basisTooVague' })))).toEqual([]);
  expect(suspicions([aLook(0, { action: 'signOut', note: ANOTHER_SESSION })])).toEqual([]);
  expect(suspicions([...times(5, (n) => aLook(n)), aLook(3, {}, -6)])).toEqual([]);
  const denied = times(2, (n) =>
    aLook(0, { action: 'issueLease', outcome: 'denied', object: { type: 'device', id: String(n) } })
  );
  expect(suspicions(denied)).toEqual([]);
});

test('what two members do is not added up', () => {
  const other = { actor: { id: 'another', roles: ['investigator'] } };
  expect(suspicions([aLook(0, ONE_PLATE), aLook(4, { ...ONE_PLATE, ...other }), aLook(8, ONE_PLATE)])).toEqual([]);
});

test('a lead names the member and the entries it rests on', () => {
  const entries = times(3, (n) => aLook(n, ONE_PLATE));
  expect(reviewLeads(entries, OFFSET)).toEqual([
    {
      suspicion: 'samePlateOnSeveralDays',
      subjectId: entries[0]?.actor.id,
      subjectName: entries[0]?.actorName,
      entryIds: entries.map(({ _id }) => _id)
    }
  ]);
});

test('whoever looked at stored reads does not sign off the review of that time', () => {
  const look = aLook(0);
  expect(maySignOff(look.actor.id, [look])).toEqual({ kind: 'refused', code: 'reviewerIsUser' });
  expect(maySignOff('the auditor', [look])).toEqual({ kind: 'allowed' });
  expect(maySignOff(look.actor.id, [{ ...look, outcome: 'denied' }]), 'a refused look showed nothing').toEqual({
    kind: 'allowed'
  });
});
