import { expect, test } from 'vitest';
import { anEntry } from '#tests/builders/trail.ts';
import { isInPublicExport, PUBLIC_AUDIT_FIELDS, publicFields } from './public-audit.ts';

const entry = {
  ...anEntry(7),
  purpose: 'warrantService',
  factualBasis: 'Seen by a witness',
  authority: 'Warrant W 26-77 of J. Invented',
  plateTag: 'ab'.repeat(16)
};

test('the public export shows who, when, for what purpose and case, and withholds plate and facts with the reason', () => {
  const fields = publicFields(entry);
  expect(Object.keys(fields)).toEqual([...PUBLIC_AUDIT_FIELDS]);
  expect(fields.name).toEqual({ kind: 'shown', text: entry.actorName });
  expect(fields.caseNumber).toEqual({ kind: 'shown', text: 'ICR 26-7' });
  expect(fields.purpose).toEqual({ kind: 'shown', text: 'warrantService' });
  expect(fields.plate).toEqual({ kind: 'withheld', reason: expect.stringContaining('13.824 subd. 2(b)') as string });
  expect(fields.factualBasis).toEqual({ kind: 'withheld', reason: expect.stringContaining('13.82 subd. 7') as string });
  expect(JSON.stringify(fields)).not.toContain(entry.plateTag);
  expect(fields.authority).toEqual(fields.factualBasis);
  expect(JSON.stringify(fields)).not.toContain(entry.factualBasis);
  expect(JSON.stringify(fields)).not.toContain(entry.authority);
});

test('what was not there is not called withheld', () => {
  expect(publicFields(anEntry(1)).plate).toEqual({ kind: 'shown', text: '' });
});

test('an Address Confidentiality request is not in the public export at all', () => {
  expect(isInPublicExport(entry)).toBe(true);
  expect(isInPublicExport({ ...entry, object: { type: 'acpRequest', id: entry._id } })).toBe(false);
});
