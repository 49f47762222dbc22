import { expect, test } from 'vitest';
import { aPlace, A_WITHHOLDING } from '#tests/builders/places.ts';
import { anId } from '#tests/builders/records.ts';
import type { BcaNotice } from '../records/location.ts';
import { bcaForm, FIRST_USE, noticeEvents, noticesDue, type NoticeEvent } from './bca-notice.ts';

const event = (given: Partial<NoticeEvent> = {}): NoticeEvent => ({
  id: anId(60),
  what: 'place',
  happenedOn: '2026-11-22',
  place: 'Example Ave at 1st St',
  ...given
});
const notice = (given: Partial<BcaNotice> = {}): BcaNotice => ({
  _id: anId(70),
  kind: 'bcaNotice',
  schema: 1,
  sentOn: '2026-11-30',
  proof: 'E-mail; the answer is on file',
  covers: [anId(60)],
  enteredBy: anId(3),
  enteredAt: '2026-11-30T16:00:00.000Z',
  ...given
});

test('the Bureau is told within ten days: the tenth day is in time, the eleventh is not, over the end of a year too', () => {
  const overdue = (today: string): boolean | undefined => noticesDue([event()], [], today)[0]?.isOverdue;
  expect(noticesDue([event()], [], '2026-11-22')).toMatchObject([{ dueOn: '2026-12-02', toldOn: null }]);
  expect(overdue('2026-12-02')).toBe(false);
  expect(overdue('2026-12-03')).toBe(true);
  expect(noticesDue([event({ happenedOn: '2026-12-28' })], [], '2026-12-28')).toMatchObject([{ dueOn: '2027-01-07' }]);
});

test('only a notice that told of it settles it; the first one counts', () => {
  const told = (...notices: BcaNotice[]): unknown =>
    noticesDue([event()], notices, '2026-12-24').map(({ toldOn, isOverdue }) => [toldOn, isOverdue]);
  expect(told(notice({ covers: [FIRST_USE] }))).toEqual([[null, true]]);
  expect(told(notice({ sentOn: '2026-12-05' }), notice())).toEqual([['2026-11-30', false]]);
});

test('what happened last comes first', () => {
  const older = event({ happenedOn: '2026-11-01' });
  const [newer, same] = [anId(61), anId(62)].map((id) => event({ id, happenedOn: '2026-11-20' }));
  const order = (...events: (NoticeEvent | undefined)[]): string[] =>
    noticesDue(
      events.flatMap((one) => one ?? []),
      [],
      '2026-11-22'
    ).map(({ id }) => id);
  expect(order(older, newer, same)).toEqual([anId(61), anId(62), anId(60)]);
  expect(order(newer, older)).toEqual([anId(61), anId(60)]);
  expect(order(older, newer)).toEqual([anId(61), anId(60)]);
});

test('first use, every place and every integration call for a notice; a withheld place is told of without its words', () => {
  const dateOf = (instant: string): string => instant.slice(0, 10);
  const rows = [aPlace({ withheld: A_WITHHOLDING }), aPlace({ _id: anId(61), deployment: 'otherDevice' })];
  expect(noticeEvents('2026-11-20T12:00:00.000Z', rows, dateOf)).toEqual([
    { id: FIRST_USE, what: 'firstUse', happenedOn: '2026-11-20', place: null },
    { id: anId(60), what: 'place', happenedOn: '2026-11-22', place: null },
    { id: anId(61), what: 'integration', happenedOn: '2026-11-22', place: 'Example Ave at 1st St' }
  ]);
  expect(noticeEvents(null, [], dateOf)).toEqual([]);
});

test('the form names current places once, none that is withheld or was left, and says what is used', () => {
  const camera = aPlace({ _id: anId(64), description: 'A camera', deployment: 'otherDevice' });
  const rows = [
    aPlace(),
    aPlace({ _id: anId(61) }),
    aPlace({ _id: anId(62), description: 'A secret corner', withheld: A_WITHHOLDING }),
    aPlace({ _id: anId(63), description: 'An old corner', removedAt: '2026-11-23T16:00:00.000Z' }),
    camera
  ];
  expect(bcaForm('Example PD', false, rows)).toEqual({
    agencyName: 'Example PD',
    usesReaders: true,
    usesOtherDevices: true,
    places: ['A camera', 'Example Ave at 1st St']
  });
  expect(bcaForm('Example PD', false, [camera])).toMatchObject({ usesReaders: false, usesOtherDevices: true });
  expect(bcaForm('Example PD', true, [])).toMatchObject({ usesReaders: true, usesOtherDevices: false, places: [] });
});
