import { beforeAll, test } from 'vitest';
import { CompiledValidator } from '#tests/builders/compiled-design.ts';
import { aCorrection, aHit, aRead } from '#tests/builders/records.ts';

const DAY = { db: 'reads-2026-11-22', name: 'ingest', roles: ['ingest'] };
const jpeg = { content_type: 'image/jpeg', length: 12_000, stub: true };

let box: CompiledValidator;
let later: CompiledValidator;
beforeAll(async () => {
  box = await CompiledValidator.of('reads', DAY);
  later = await CompiledValidator.of('reads', DAY, '2026-12-22T16:00:00.000Z');
});

test('a read and a hit of the day are kept, with their two pictures', () => {
  box.allowed(aRead());
  box.allowed(aHit());
  box.allowed({ ...aRead(), _attachments: { 'plate.jpg': jpeg, 'scene.jpg': jpeg } });
});

test('a field the law does not name is refused', () => {
  for (const field of ['make', 'color', 'speed', 'occupants', 'notes', 'anything'])
    box.forbidden('unlawfulField', { ...aRead(), [field]: 1 });
  box.forbidden('unlawfulField', { ...aRead(), _attachments: { 'video.mp4': jpeg } });
  box.forbidden('unlawfulField', { ...aHit(), _attachments: { 'plate.jpg': jpeg } });
  box.forbidden('improperRecord', { ...aHit(), plate: 'TST042' });
  box.forbidden('improperRecord', { ...aCorrection(), notes: 'looks like a sign' });
  box.forbidden('unlawfulField', { ...aCorrection(), _attachments: { 'plate.jpg': jpeg } });
});

test('an officer’s correction is kept beside its read, for as long as that, and never changed', () => {
  box.allowed(aCorrection());
  box.forbidden('immutable', aCorrection({ correctedAt: '2026-11-22T17:00:00.000Z' }), aCorrection());
  box.forbidden('improperRecord', { ...aCorrection(), finding: 'somethingElse' });
  later.forbidden('pastItsDate', aCorrection());
});

test('a stop, a citation or an arrest is not kept before the lead was compared and verified, or says why that was not practicable', () => {
  const checks = { characters: 'yes', state: 'yes', vehicle: 'yes', driver: 'cannotTell' } as const;
  const verification = { method: 'mnjis', at: '2026-11-22T16:02:00.000Z', result: 'confirmed' } as const;
  const stopped = {
    answer: 'correctRead',
    answeredAt: '2026-11-22T16:01:00.000Z',
    enforcement: { kind: 'stop' }
  } as const;
  const unable = { ...verification, method: 'notPracticable', result: 'unable' } as const;
  box.allowed(aHit({ ...stopped, checks, verification }));
  box.allowed(aHit({ ...stopped, checks, verification: { ...unable, reason: 'Moving traffic' } }));
  box.allowed(aHit({ ...stopped, enforcement: { kind: 'none' } }));
  box.forbidden('notVerified', aHit({ ...stopped, checks, verification: unable }));
  box.forbidden('notVerified', aHit({ ...stopped, checks }));
  box.forbidden('notVerified', aHit({ ...stopped, verification }));
  box.forbidden('notVerified', aHit({ ...stopped, checks: { ...checks, vehicle: 'no' }, verification }));
  box.forbidden('notVerified', aHit({ ...stopped, checks, verification: { ...verification, result: 'notOnFile' } }));
  const answered = aHit({ answer: 'correctRead', checks, verification });
  box.forbidden('notVerified', { ...aHit(), enforcement: { kind: 'arrest' } }, aHit());
  box.allowed({ ...answered, enforcement: { kind: 'arrest', icr: '26-004412' } }, answered);
});

test('an improper read is refused', () => {
  box.forbidden('improperRead', { ...aRead(), plate: 'tst 042' });
  box.forbidden('improperRead', { ...aRead(), _attachments: { 'plate.jpg': { ...jpeg, content_type: 'image/png' } } });
  box.forbidden('improperRead', { ...aRead(), _attachments: { 'plate.jpg': { ...jpeg, length: 120_001 } } });
  box.forbidden('unknownKind', { _id: 'x', kind: 'note' });
});

test('a read belongs into the box of its own local date', () => {
  // 05:59:59.999 UTC is still the day before in Minnesota.
  box.forbidden('wrongBox', aRead({ collectedAt: '2026-11-22T05:59:59.999Z' }));
  box.allowed(aRead({ collectedAt: '2026-11-22T06:00:00.000Z' }));
  box.allowed(aRead({ collectedAt: '2026-11-23T05:59:59.999Z' }));
  box.forbidden('wrongBox', aRead({ collectedAt: '2026-11-23T06:00:00.000Z' }));
  box.forbidden('wrongBox', aRead(), null, { db: 'reads-2026-11-22-2' });
  box.forbidden('wrongBox', aRead(), null, { db: 'hold-1' });
});

test('no destroy date beyond the sixty days, and no write past it', () => {
  box.allowed(aRead({ destroyBy: '2027-01-21T16:00:00.000Z' }));
  box.forbidden('keptTooLong', aRead({ destroyBy: '2027-01-21T16:00:00.001Z' }));
  box.forbidden('pastItsDate', aRead({ destroyBy: '2026-11-22T17:00:00.000Z' }));
  later.forbidden('pastItsDate', aRead());
  later.forbidden('pastItsDate', aHit());
  later.allowed(aRead({ destroyBy: '2026-12-22T16:00:00.001Z' }));
});

test('what is written is never changed, and only the ingest writes', () => {
  box.forbidden('immutable', aRead({ plate: 'TST041' }), aRead());
  box.forbidden('immutable', aHit({ match: 'confusable' }), aHit());
  box.forbidden('notIngest', aRead(), null, { roles: ['device'] });
  box.forbidden('notIngest', aRead(), null, { roles: ['_admin'] });
});

test('a hit takes the answer the officer still owed, once', () => {
  const answered = aHit({ answer: 'correctRead', answeredAt: '2026-11-22T16:01:00.000Z' });
  box.allowed(answered, aHit());
  box.forbidden('immutable', { ...answered, answer: 'misread' }, answered);
  box.forbidden('immutable', { ...answered, entryRef: 'V-2' }, aHit());
});

test('a tombstone carries nothing of the read', () => {
  const gone = { _id: aRead()._id, _rev: '1-a', _deleted: true };
  box.forbidden('immutable', gone, aRead());
  box.allowed(gone, aRead(), { roles: ['destroyer'] });
  box.forbidden('bodyInTombstone', { ...gone, plate: 'TST042' }, aRead(), { roles: ['destroyer'] });
  box.forbidden('bodyInTombstone', { ...gone, _attachments: { 'plate.jpg': jpeg } }, aRead(), { roles: ['destroyer'] });
});
