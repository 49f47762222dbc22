import { runInNewContext } from 'node:vm';
import { beforeAll, expect, test } from 'vitest';
import { buildDesigns } from '#designs/build.ts';
import { CompiledValidator, rowsOf } from '#tests/builders/compiled-design.ts';
import { anId } from '#tests/builders/records.ts';

const NOW = '2026-11-22T17:00:00.000Z';
const SERGEANT = { name: anId(3), roles: ['administrator', 'supervisor'] };
const entry = {
  _id: anId(60),
  kind: 'audit',
  schema: 1,
  seq: 7,
  previous: 'cd'.repeat(32),
  at: NOW,
  actor: { id: SERGEANT.name, roles: SERGEANT.roles },
  action: 'searchReads',
  object: null,
  outcome: 'ok',
  caseNumber: 'ICR 26-1',
  plateTag: 'ab'.repeat(16)
};

let trail: CompiledValidator;
beforeAll(async () => {
  trail = await CompiledValidator.of('audit', SERGEANT, NOW);
});

test('an entry is added by the person it names, when it happens', () => {
  trail.allowed(entry);
  trail.forbidden('wrongActor', { ...entry, actor: { id: anId(9), roles: SERGEANT.roles } });
  trail.forbidden('wrongActor', { ...entry, actor: { id: SERGEANT.name, roles: ['administrator', 'chief'] } });
  trail.forbidden('wrongActor', { ...entry, actor: { id: SERGEANT.name, roles: ['administrator'] } });
  trail.forbidden('wrongTime', { ...entry, at: '2026-11-22T16:57:59.999Z' });
  trail.forbidden('wrongTime', { ...entry, at: '2026-11-22T17:02:00.001Z' });
});

test('the trail is never changed, by no administrator either', () => {
  const administrator = { roles: ['_admin'] };
  trail.forbidden('appendOnly', { ...entry, outcome: 'denied' }, entry);
  trail.forbidden('appendOnly', { ...entry, outcome: 'denied' }, entry, administrator);
  trail.forbidden('appendOnly', { _id: entry._id, _rev: '1-a', _deleted: true }, entry, administrator);
});

test('a collected plate has no place in the trail', () => {
  trail.forbidden('improperRecord', { ...entry, plate: 'TST042' });
  trail.forbidden('improperRecord', { ...entry, _attachments: { 'plate.jpg': {} } });
});

test('the handler overwrites whatever the caller says of name, roles and time', async () => {
  const source = (await buildDesigns()).audit[0]?.updates?.['record'] ?? '';
  const forged = { ...entry, kind: 'other', at: '2001-01-01T00:00:00.000Z', actor: { id: anId(9), roles: ['chief'] } };
  const record = runInNewContext(`(${source})`) as (before: null, request: object) => [typeof entry, string];
  const started = Date.now();
  const [made, answer] = record(null, { body: JSON.stringify(forged), userCtx: { db: 'audit-2026-11', ...SERGEANT } });
  expect(made).toMatchObject({ kind: 'audit', actor: entry.actor, action: 'searchReads' });
  expect(Math.abs(Date.parse(made.at) - started)).toBeLessThan(5000);
  expect(JSON.parse(answer)).toEqual(made);
});

test('entries are found by person and day, by case, by plate tag and by action, in order of time, and by their place', async () => {
  expect(await rowsOf('audit', 'entries_by_seq', entry)).toEqual([[7, null]]);
  expect(await rowsOf('audit', 'entries_by_time', entry)).toEqual([[NOW, null]]);
  expect(await rowsOf('audit', 'entries_by_user_day', entry)).toEqual([[[anId(3), '2026-11-22', NOW], null]]);
  expect(await rowsOf('audit', 'entries_by_case', entry)).toEqual([[['ICR 26-1', NOW], null]]);
  expect(await rowsOf('audit', 'entries_by_plate_tag', entry)).toEqual([[[entry.plateTag, NOW], null]]);
  expect(await rowsOf('audit', 'entries_by_action', entry)).toEqual([[['searchReads', NOW], null]]);
  const { caseNumber: _case, plateTag: _tag, ...plain } = entry;
  expect(await rowsOf('audit', 'entries_by_case', plain)).toEqual([]);
  expect(await rowsOf('audit', 'entries_by_plate_tag', plain)).toEqual([]);
});
