import { beforeAll, expect, test } from 'vitest';
import { tileId, TILE_WIDTH } from '#domain/records/audit-tile.ts';
import { CompiledValidator } from '#tests/builders/compiled-design.ts';
import { aSignedHead } from '#tests/builders/records.ts';

const head = aSignedHead();
const tile = {
  _id: tileId(0, 7),
  kind: 'auditTile',
  schema: 1,
  level: 0,
  index: 7,
  hashes: Buffer.alloc(32 * TILE_WIDTH).toString('base64')
};

let ledger: CompiledValidator;
beforeAll(async () => {
  ledger = await CompiledValidator.of('ledger', { name: 'gateway', roles: ['gateway'] });
});

test('the gateway keeps heads and tiles, in their form', () => {
  ledger.allowed(head);
  ledger.allowed(tile);
  expect(tile._id).toBe('tile:0:0000000007');
  ledger.forbidden('improperRecord', { ...head, head: { ...head.head, root: 'short' } });
  ledger.forbidden('improperRecord', { ...tile, plate: 'TST042' });
});

test('nobody else signs, and nobody changes or takes away what was signed, administrators included', () => {
  for (const roles of [['administrator'], ['_admin'], ['device'], []]) {
    ledger.forbidden('notGateway', head, null, { roles });
    ledger.forbidden('appendOnly', { ...head, jws: 'eyJh.eyJr.b3Ro' }, head, { roles });
    ledger.forbidden('appendOnly', { _id: head._id, _rev: '1-a', _deleted: true }, head, { roles });
  }
  ledger.forbidden('appendOnly', { ...tile, hashes: '' }, tile);
});
