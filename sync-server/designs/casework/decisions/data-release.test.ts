import { beforeAll, test } from 'vitest';
import type { DataRelease } from '#domain/records/data-release.ts';
import { CompiledValidator } from '#tests/builders/compiled-design.ts';
import { aDataRelease, SUSPICION, WRITTEN_REQUEST } from '#tests/builders/data-releases.ts';
import { anId } from '#tests/builders/records.ts';

const RECORDS = { name: anId(3), roles: ['records'] };
const SERGEANT = { name: anId(10), roles: ['administrator'] };
const NOW = '2026-11-22T17:00:00.000Z';
const approved: DataRelease['decision'] = {
  kind: 'approved',
  by: SERGEANT.name,
  at: NOW,
  reasonableSuspicion: SUSPICION,
  holdId: anId(300)
};
const made = { by: RECORDS.name, at: NOW, reads: 2, sha256: 'a'.repeat(64) };

let casework: CompiledValidator;
beforeAll(async () => {
  casework = await CompiledValidator.of('casework', RECORDS, NOW);
});

test('a request for release has all five elements in writing, and only police or prosecutors may ask', () => {
  casework.allowed(aDataRelease());
  for (const field of ['agencyName', 'requester', 'purpose', 'factualBasis', 'caseNumber', 'headAuthorization'])
    casework.forbidden('improperRecord', aDataRelease({ request: { ...WRITTEN_REQUEST, [field]: '' } }));
  casework.forbidden(
    'improperRecord',
    aDataRelease({ request: { ...WRITTEN_REQUEST, recipient: 'insurer' as 'prosecutor' } })
  );
});

test('nobody approves the request they entered, and an approval states the reasonable suspicion', () => {
  casework.allowed(aDataRelease({ decision: approved }), aDataRelease(), SERGEANT);
  const own = aDataRelease({ decision: { ...approved, by: RECORDS.name } });
  casework.forbidden('selfApproval', own, aDataRelease(), { ...RECORDS, roles: ['administrator'] });
  casework.forbidden('notAllowed', aDataRelease({ decision: { ...approved, by: anId(4) } }), aDataRelease(), {
    name: anId(4),
    roles: ['records']
  });
  const silent = aDataRelease({ decision: { ...approved, reasonableSuspicion: '' } });
  casework.forbidden('improperRecord', silent, aDataRelease(), SERGEANT);
});

test('nothing is released before the approval, and after a refusal nothing ever', () => {
  casework.forbidden('releaseNotApproved', aDataRelease({ packages: [made] }), aDataRelease());
  const declined: DataRelease['decision'] = { kind: 'declined', by: SERGEANT.name, at: NOW, reason: 'No case' };
  const before = aDataRelease({ decision: declined });
  casework.forbidden('releaseDecided', aDataRelease({ decision: declined, packages: [made] }), before);
  casework.allowed(aDataRelease({ decision: approved, packages: [made] }), aDataRelease({ decision: approved }));
});

test('the approved request is retained on file: nothing of it changes, no package is taken out, nobody removes it', () => {
  const before = aDataRelease({ decision: approved, packages: [made] });
  casework.forbidden('immutable', { ...before, request: { ...WRITTEN_REQUEST, caseNumber: 'SC 26-2003' } }, before);
  casework.forbidden('releaseDecided', { ...before, decision: { ...approved, holdId: anId(301) } }, before, SERGEANT);
  casework.forbidden('immutable', { ...before, packages: [] }, before);
  casework.allowed({ ...before, packages: [made, { ...made, reads: 3 }] }, before);
  casework.forbidden('keptByRule', { ...before, _deleted: true }, before);
});
