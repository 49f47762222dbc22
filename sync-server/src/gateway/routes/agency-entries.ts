import { normalizePlate } from '#domain/plate/normalize.ts';
import { accessReason } from '#domain/policy/access-reason.ts';
import { entryEnd, isEntryInForce, nextEntryStep } from '#domain/policy/agency-entry.ts';
import { may } from '#domain/policy/roles.ts';
import type { AgencyEntry } from '#domain/records/agency-entry.ts';
import type { AgencyEntryRow } from '#domain/wire/answers.ts';
import { checkAgencyEntryRequest } from '#domain/wire/requests.ts';
import { askedFor } from '../../audit/asked-for.ts';
import type { Act } from '../../audit/trail.ts';
import { isOver, type EntryStepTaken } from '../../hotlists/agency-entries.ts';
import type { House } from '../../house.ts';
import { refused, type Answer, type Asking, type Prepared, type Route } from '../door.ts';
import { withBody } from '../given-body.ts';
import { isRefusalCode, refusal, type RefusalCode } from '../sentences.ts';
import { actorOf } from '../who.ts';

/** The department's own entries (426.3.1(b)(c)): seen, proposed with their ground, decided by somebody else, ended. */
export function agencyEntryRoutes(route: Route, house: House): void {
  const { given, agencyEntries, keys, register } = house;

  route('GET /api/agency-entries', async () => {
    const now = given.now();
    const nameOf = (id: string | undefined): string | null =>
      id === undefined ? null : (register.member(id)?.name ?? '');
    const rows: AgencyEntryRow[] = await Promise.all(
      (await agencyEntries.all()).map(async (entry) => ({
        entry,
        plate: (await agencyEntries.plateOf(entry._id)) ?? null,
        proposedBy: nameOf(entry.proposed.by) ?? '',
        decidedBy: nameOf(entry.decision?.by),
        expiresAt: entryEnd(entry),
        standing: isEntryInForce(entry, now) ? 'inForce' : isOver(entry, now) ? 'over' : 'proposed'
      }))
    );
    return { kind: 'ready', act: { response: { count: rows.length } }, answer: () => ({ body: rows }) };
  });

  route('POST /api/agency-entries', ({ asker, body }) =>
    withBody(checkAgencyEntryRequest, withPlainPlate(body), async ({ plate, ...words }) => {
      if (asker.person === undefined) return refused(401, 'signInFirst');
      const { caseNumber, factualBasis } = words;
      const reason = accessReason({ purpose: 'criminalInvestigation', caseNumber, factualBasis: cut(factualBasis) });
      if (reason.kind === 'refused') return refused(400, reason.code);
      const entry: AgencyEntry = {
        _id: given.newId(),
        kind: 'agencyEntry',
        schema: 1,
        ...words,
        proposed: { by: asker.person.member._id, at: given.now() },
        decision: null,
        ended: null
      };
      const act = {
        object: { type: 'agencyEntry', id: entry._id },
        ...groundOf(entry),
        ...(await askedFor(keys, plate))
      };
      const step = nextEntryStep(null, entry, entry.proposed.by);
      if (step.kind === 'refused') return refused(400, asRefusal(step.code), act);
      if (!may(asker.person.roles, entry.tracking === null ? 'proposeEntry' : 'proposeTracking'))
        return refused(403, 'notAllowed', act);
      return {
        kind: 'ready',
        act,
        answer: async () => answerOf(await agencyEntries.propose(entry, plate, actorOf(asker).by), 201, entry)
      };
    })
  );

  const step = (asking: Asking, next: (entry: AgencyEntry, by: string) => AgencyEntry): Promise<Prepared> =>
    prepareStep(house, asking, next);
  route('POST /api/agency-entries/:id/approval', (asking) =>
    step(asking, (entry, by) => ({ ...entry, decision: { kind: 'approved', by, at: given.now() } }))
  );
  route('POST /api/agency-entries/:id/decline', (asking) =>
    step(asking, (entry, by) => ({ ...entry, decision: { kind: 'declined', by, at: given.now() } }))
  );
  route('POST /api/agency-entries/:id/end', (asking) =>
    step(asking, (entry, by) => ({ ...entry, ended: { by, at: given.now() } }))
  );
}

// Judged here for a kind answer, and again by the design document for certainty.
async function prepareStep(
  { agencyEntries }: House,
  { asker, params }: Asking,
  next: (entry: AgencyEntry, by: string) => AgencyEntry
): Promise<Prepared> {
  if (asker.person === undefined) return refused(401, 'signInFirst');
  const before = await agencyEntries.find(params['id'] ?? '');
  if (before === undefined) return refused(404, 'notFound');
  const who = asker.person.member._id;
  const act: Partial<Act> = { object: { type: 'agencyEntry', id: before._id }, ...groundOf(before) };
  const step = nextEntryStep(before, next(before, who), who);
  if (step.kind === 'refused') return refused(statusOf(step.code), asRefusal(step.code), act);
  return {
    kind: 'ready',
    act,
    answer: async () => {
      // Signed now: the entry in the trail stands.
      const after = next(before, who);
      return answerOf(await agencyEntries.step(before, after, actorOf(asker).by), 200, after);
    }
  };
}

function answerOf(taken: EntryStepTaken, status: number, entry: AgencyEntry): Answer {
  if (taken.kind === 'taken') return { status, body: entry };
  return { status: statusOf(taken.code), body: refusal(asRefusal(taken.code)) };
}

const asRefusal = (code: string): RefusalCode =>
  code === 'selfApproval' ? 'entrySelfApproval' : isRefusalCode(code) ? code : 'refusedByDesign';
const statusOf = (code: string): number => (code === 'selfApproval' || code === 'notAllowed' ? 403 : 409);

const MOST_BASIS = 500;
const cut = (words: string): string => words.slice(0, MOST_BASIS);

const groundOf = ({ caseNumber, factualBasis }: AgencyEntry): Pick<Act, 'caseNumber' | 'factualBasis'> => ({
  caseNumber,
  factualBasis: cut(factualBasis)
});

/** The body with its plate as it is stored, however it was typed. */
function withPlainPlate(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('plate' in body) || typeof body.plate !== 'string') return body;
  return { ...body, plate: normalizePlate(body.plate) };
}
