import { beforeAll, test } from 'vitest';
import type { Hold } from '#domain/records/hold.ts';
import { CompiledValidator } from '#tests/builders/compiled-design.ts';
import { aHold, APPROVED, EXCULPATORY, INVESTIGATION } from '#tests/builders/holds.ts';
import { anId, aRead } from '#tests/builders/records.ts';

const AUTHOR = { name: anId(3), roles: ['supervisor'] };
const SERGEANT = { name: anId(10), roles: ['administrator'] };
const NOW = '2026-11-22T17:00:00.000Z';
const ended: Hold['ended'] = { by: anId(10), at: NOW, reason: 'resolved', afterwards: { kind: 'destroy' } };

let casework: CompiledValidator;
beforeAll(async () => {
  casework = await CompiledValidator.of('casework', AUTHOR, NOW);
});

test('a hold is asked for in writing: each thing the law wants must be there', () => {
  casework.allowed(aHold());
  for (const field of ['caseNumber', 'offense', 'investigator', 'factualBasis'])
    casework.forbidden('improperRecord', aHold({ ground: { ...INVESTIGATION, [field]: '' } }));
  const exculpatory = aHold({ ground: EXCULPATORY, requested: { by: SERGEANT.name, at: NOW } });
  casework.allowed(exculpatory, null, SERGEANT);
  for (const field of ['requester', 'requestedOn', 'requestDocument', 'statement'])
    casework.forbidden('improperRecord', { ...exculpatory, ground: { ...EXCULPATORY, [field]: '' } }, null, SERGEANT);
});

test('an exculpatory request names its case or complaint, or why there is no number yet', () => {
  const requested = { by: SERGEANT.name, at: NOW };
  const { caseNumber, ...without } = EXCULPATORY;
  casework.forbidden('improperRecord', aHold({ ground: without, requested }), null, SERGEANT);
  casework.allowed(aHold({ ground: { ...without, complaintNumber: caseNumber ?? '' }, requested }), null, SERGEANT);
  casework.allowed(
    aHold({ ground: { ...without, numberMissing: 'The complaint is not filed yet' }, requested }),
    null,
    SERGEANT
  );
});

test('nobody approves the hold they asked for, and nobody signs for another', () => {
  const approvedByAuthor = aHold({ decision: { kind: 'approved', by: AUTHOR.name, at: NOW } });
  casework.forbidden('selfApproval', approvedByAuthor, aHold(), { roles: ['administrator'] });
  casework.forbidden('notTheAuthor', aHold({ decision: APPROVED }), aHold(), AUTHOR);
  casework.forbidden('notTheAuthor', aHold(), null, SERGEANT);
  casework.allowed(aHold({ decision: APPROVED }), aHold(), SERGEANT);
});

test('who asks and who decides is a matter of roles', () => {
  casework.forbidden('notAllowed', aHold(), null, { roles: ['operator'] });
  casework.forbidden('notAllowed', aHold({ ground: EXCULPATORY }), null, AUTHOR);
  casework.forbidden('notAllowed', aHold({ decision: APPROVED }), aHold(), { name: anId(10), roles: ['investigator'] });
  // One's own request may be taken back.
  casework.allowed(aHold({ decision: { kind: 'declined', by: AUTHOR.name, at: NOW } }), aHold());
});

test('what was asked, decided or ended is never changed', () => {
  const approved = aHold({ decision: APPROVED });
  casework.forbidden('immutable', aHold({ scopeKind: 'plate', decision: APPROVED }), aHold(), SERGEANT);
  casework.forbidden('immutable', aHold({ ground: EXCULPATORY, decision: APPROVED }), aHold(), SERGEANT);
  casework.forbidden('holdDecided', aHold({ decision: APPROVED }), null);
  casework.forbidden('holdDecided', aHold(), approved, SERGEANT);
  casework.forbidden('holdNotInForce', aHold({ decision: APPROVED, ended }), aHold(), SERGEANT);
  casework.allowed(aHold({ decision: APPROVED, reaffirmed: { by: SERGEANT.name, at: NOW } }), approved, SERGEANT);
  casework.allowed(aHold({ decision: APPROVED, ended }), approved, SERGEANT);
  casework.forbidden('holdDecided', approved, aHold({ decision: APPROVED, ended }), SERGEANT);
  casework.forbidden('keptByRule', { _id: approved._id, _deleted: true }, approved, SERGEANT);
});

test('a step is signed when it is taken', () => {
  casework.forbidden('wrongTime', aHold({ requested: { by: AUTHOR.name, at: '2026-11-20T17:00:00.000Z' } }));
});

test('casework holds no reads and nothing it does not know', () => {
  casework.forbidden('unknownKind', aRead());
  casework.forbidden('unknownKind', { _id: 'x', kind: 'note' });
  casework.forbidden('improperRecord', { ...aHold(), plate: 'TST042' });
});
