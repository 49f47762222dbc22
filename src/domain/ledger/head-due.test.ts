import { expect, test } from 'vitest';
import type { AuditHead } from '../records/audit-head.ts';
import { isHeadDue } from './head-due.ts';

const at = '2026-11-22T17:00:00.000Z';
const head: AuditHead = { kind: 'auditHead', schema: 1, index: 1, size: 3, root: '', at, previous: null };

test('a head is signed every ten minutes while there is anything new', () => {
  expect(isHeadDue(undefined, 0, at)).toBe(false);
  expect(isHeadDue(undefined, 1, at)).toBe(true);
  expect(isHeadDue(head, 4, '2026-11-22T17:09:59.999Z')).toBe(false);
  expect(isHeadDue(head, 4, '2026-11-22T17:10:00.000Z')).toBe(true);
  expect(isHeadDue(head, 3, '2026-11-23T17:00:00.000Z')).toBe(false);
});
