import { beforeAll, test } from 'vitest';
import { CompiledValidator } from '#tests/builders/compiled-design.ts';
import { aHit, anId, aRead } from '#tests/builders/records.ts';

const DESTROYER = { name: 'destroyer', roles: ['destroyer'] };
const GATEWAY = { name: 'gateway', roles: ['gateway'] };
const scope = { _id: 'scope', kind: 'holdScope', schema: 1, scope: { kind: 'period', periodId: anId(4) } };
const jpeg = { content_type: 'image/jpeg', length: 12_000, stub: true };

let box: CompiledValidator;
beforeAll(async () => {
  box = await CompiledValidator.of('hold', DESTROYER, '2027-12-22T16:00:00.000Z');
});

test('what a hold spares is kept with its pictures past its date, and never changed', () => {
  box.allowed({ ...aRead(), _attachments: { 'plate.jpg': jpeg, 'scene.jpg': jpeg } });
  box.allowed(aHit());
  box.forbidden('immutable', aRead(), aRead());
  box.forbidden('immutable', { _id: aRead()._id, _deleted: true }, aRead());
});

test('a hold keeps reads and hits as the law lets an ALPR collect them, from the destroyer alone', () => {
  box.forbidden('unlawfulField', { ...aRead(), color: 'red' });
  box.forbidden('unknownKind', { _id: 'x', kind: 'note' });
  for (const roles of [['ingest'], ['gateway'], ['administrator'], ['device']])
    box.forbidden('notDestroyer', aRead(), null, { roles });
});

test('the scope is said once, with the request', () => {
  box.allowed(scope, null, GATEWAY);
  box.forbidden('notGateway', scope);
  box.forbidden('immutable', { ...scope, scope: { kind: 'period', periodId: anId(5) } }, scope, GATEWAY);
  box.forbidden('improperRecord', { ...scope, scope: { kind: 'everything' } }, null, GATEWAY);
});
