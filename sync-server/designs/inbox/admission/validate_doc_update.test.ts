import { beforeAll, test } from 'vitest';
import { sealedId } from '#domain/records/sealed.ts';
import { CompiledValidator } from '#tests/builders/compiled-design.ts';
import { anId } from '#tests/builders/records.ts';

const boxId = anId(40);
const sealed = {
  _id: sealedId(boxId, 7),
  kind: 'sealed',
  schema: 1,
  deviceId: anId(2),
  boxId,
  seq: 7,
  sealedFor: 'key-0001',
  encapsulated: 'AAAA',
  wrappedKey: 'AAAA',
  iv: 'AAAA',
  body: 'AAAA'
};

let inbox: CompiledValidator;
beforeAll(async () => {
  inbox = await CompiledValidator.of('inbox', { name: anId(2), roles: ['device'] });
});

test('a tablet puts its own sealed record into its inbox', () => {
  inbox.allowed(sealed);
  inbox.allowed({ ...sealed, _rev: '1-a', _revisions: { start: 1, ids: ['a'] } });
});

test('a sealed record is neither changed nor taken back', () => {
  inbox.forbidden('appendOnly', sealed, sealed);
  inbox.forbidden('appendOnly', { _id: sealed._id, _deleted: true }, sealed);
  inbox.forbidden('appendOnly', { _id: sealed._id, _deleted: true });
});

test('nothing in clear travels beside the seal', () => {
  inbox.forbidden('improperRecord', { ...sealed, plate: 'TST042' });
  inbox.forbidden('unlawfulField', { ...sealed, _attachments: { 'plate.jpg': { content_type: 'image/jpeg' } } });
  inbox.forbidden('improperRecord', { _id: sealed._id, kind: 'read' });
});

test('only the tablet that is named in the record writes it', () => {
  inbox.forbidden('wrongDevice', sealed, null, { name: anId(9) });
  inbox.forbidden('notADevice', sealed, null, { roles: ['operator', 'administrator'] });
  inbox.forbidden('notADevice', sealed, null, { name: null, roles: [] });
});

test('the id is the box and the place in it', () => {
  inbox.forbidden('improperRecord', { ...sealed, _id: sealedId(boxId, 8) });
  inbox.forbidden('improperRecord', { ...sealed, _id: sealedId(anId(41), 7) });
});
