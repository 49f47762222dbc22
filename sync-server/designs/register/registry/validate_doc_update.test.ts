import { beforeAll, test } from 'vitest';
import { CompiledValidator } from '#tests/builders/compiled-design.ts';
import { aGrant, aHit, aMember, anAgency, aPeriod, aPolicy, aRead, aTraining } from '#tests/builders/records.ts';

let register: CompiledValidator;
beforeAll(async () => {
  register = await CompiledValidator.of('register', { name: 'server', roles: ['system'] });
});

test('the register keeps its own kinds of record, and their changes', () => {
  for (const record of [anAgency(), aMember(), aTraining(), aGrant(), aPolicy(), aPeriod()]) {
    register.allowed(record);
    register.allowed(record, record);
  }
});

test('no plate gets into the register', () => {
  register.forbidden('unknownKind', aRead());
  register.forbidden('unknownKind', aHit());
  register.forbidden('improperRecord', { ...aPeriod(), plates: ['TST042'] });
});

test('a kind nobody knows is refused, whatever it is called', () => {
  for (const kind of ['note', '', 'constructor', '__proto__', 7, null, undefined])
    register.forbidden('unknownKind', { _id: 'x', kind });
});

test('a tablet does not write into the register, and nothing is taken out of it', () => {
  register.forbidden('notADevice', aMember(), null, { roles: ['device'] });
  register.forbidden('keptByRule', { _id: aMember()._id, _deleted: true }, aMember());
});
