import { expect, test } from 'vitest';
import { malformed } from './malformed.ts';

test('a replicated document brings revisions that agree with each other', () => {
  const ids = ['b'.repeat(32), 'a'.repeat(32)];
  const good = { _id: 'x', _rev: `2-${ids[0]}`, _revisions: { start: 2, ids } };
  expect(malformed(good, 'replicated')).toBeUndefined();
  expect(malformed({ ...good, _revisions: { start: 3, ids } }, 'replicated')).toMatchObject({ code: 'malformed' });
  expect(malformed({ ...good, _revisions: { start: 1, ids } }, 'replicated')).toMatchObject({ code: 'malformed' });
  expect(malformed({ ...good, _revisions: { start: 2, ids: [ids[0], 'not hex'] } }, 'replicated')).toMatchObject({
    code: 'malformed'
  });
  expect(malformed({ _id: 'x' }, 'replicated')).toMatchObject({ code: 'malformed' });
});
