import { beforeAll, test } from 'vitest';
import { CompiledValidator } from '#tests/builders/compiled-design.ts';
import { anEntry } from '#tests/builders/entries.ts';
import { anId } from '#tests/builders/records.ts';

const AUTHOR = { db: 'entries', name: anId(7), roles: ['investigator'] };
const SUPERVISOR = { db: 'entries', name: anId(8), roles: ['supervisor'] };
const BOTH = { db: 'entries', name: anId(7), roles: ['investigator', 'supervisor'] };
const AT = '2026-11-22T15:00:00.000Z';
const approvedBy = (by: string) => ({ kind: 'approved', by, at: AT }) as const;

let entries: CompiledValidator;
beforeAll(async () => {
  entries = await CompiledValidator.of('entries', AUTHOR, AT);
});

test('an own entry with its ground in writing is proposed by its author', () => {
  entries.allowed(anEntry());
  entries.forbidden('notTheAuthor', anEntry(), null, SUPERVISOR);
  for (const field of ['caseNumber', 'offense', 'factualBasis', 'attested'])
    entries.forbidden('improperRecord', { ...anEntry(), [field]: undefined });
  entries.forbidden('improperRecord', { ...anEntry(), plate: 'TST042' });
  entries.forbidden('improperRecord', anEntry({ days: 31 }));
});

test('a self-approved entry is refused, whatever roles its author has', () => {
  entries.allowed(anEntry({ decision: approvedBy(anId(8)) }), anEntry(), SUPERVISOR);
  entries.forbidden('selfApproval', anEntry({ decision: approvedBy(anId(7)) }), anEntry(), BOTH);
  entries.forbidden('notTheAuthor', anEntry({ decision: approvedBy(anId(8)) }), anEntry(), BOTH);
  entries.forbidden('notAllowed', anEntry({ decision: approvedBy(anId(9)) }), anEntry(), {
    ...AUTHOR,
    name: anId(9)
  });
});

test('looking for a person needs a warrant or exigency, and who may approve that', () => {
  const tracking = {
    kind: 'warrant',
    number: 'W 26-18',
    judge: 'J. Example',
    until: '2026-12-01T00:00:00.000Z'
  } as const;
  entries.forbidden('improperRecord', anEntry({ looksFor: 'person' }));
  const person = anEntry({ looksFor: 'person', tracking });
  entries.allowed(person);
  entries.forbidden('notAllowed', { ...person, decision: approvedBy(anId(8)) }, person, SUPERVISOR);
  entries.allowed({ ...person, decision: approvedBy(anId(8)) }, person, { ...SUPERVISOR, roles: ['designee'] });
  const late = { ...tracking, until: '2026-11-22T14:00:00.000Z' };
  entries.forbidden('expired', anEntry({ looksFor: 'person', tracking: late }));
});

test('what was said or decided is never changed, and nothing is taken out', () => {
  const approved = anEntry({ decision: approvedBy(anId(8)) });
  entries.forbidden('immutable', { ...approved, days: 30 }, approved, SUPERVISOR);
  entries.forbidden(
    'entryDecided',
    { ...approved, decision: { ...approvedBy(anId(8)), kind: 'declined' } },
    approved,
    SUPERVISOR
  );
  entries.allowed({ ...approved, ended: { by: anId(8), at: AT } }, approved, SUPERVISOR);
  entries.forbidden(
    'wrongTime',
    { ...approved, ended: { by: anId(8), at: '2026-11-22T16:00:00.000Z' } },
    approved,
    SUPERVISOR
  );
});
