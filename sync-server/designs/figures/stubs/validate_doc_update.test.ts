import { beforeAll, test } from 'vitest';
import { stubOf } from '#domain/policy/hit-figures.ts';
import { CompiledValidator } from '#tests/builders/compiled-design.ts';
import { aHit } from '#tests/builders/records.ts';

let figures: CompiledValidator;
beforeAll(async () => {
  figures = await CompiledValidator.of('figures', { db: 'figures', name: 'ingest', roles: ['ingest'] });
});

test('what stays of a hit has no room for a plate, a place, a read or a moment', () => {
  figures.allowed(stubOf(aHit()));
  for (const field of ['plate', 'readId', 'periodId', 'collectedAt', 'entryRef', 'lat'])
    figures.forbidden('improperRecord', { ...stubOf(aHit()), [field]: 'TST042' });
  figures.forbidden('improperRecord', { ...stubOf(aHit()), month: '2026-11-22' });
  figures.forbidden('notIngest', stubOf(aHit()), null, { db: 'figures', name: 'x', roles: ['administrator'] });
});
