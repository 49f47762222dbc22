import { normalizePlate } from '#domain/plate/normalize.ts';
import { nextStepOf } from '#domain/policy/hold-steps.ts';
import { isOver, reviewBy } from '#domain/policy/holds.ts';
import { may } from '#domain/policy/roles.ts';
import type { Agency } from '#domain/records/agency.ts';
import type { Hold, HoldGround, Signed } from '#domain/records/hold.ts';
import type { HoldScope } from '#domain/records/hold-scope.ts';
import type { HoldPreview, HoldRow, HoldsAnswer } from '#domain/wire/answers.ts';
import { checkEndHoldRequest, checkHoldRequest } from '#domain/wire/requests.ts';
import { askedFor } from '../../audit/asked-for.ts';
import type { Act } from '../../audit/trail.ts';
import { coveredReads } from '../../holds/covered.ts';
import type { House } from '../../house.ts';
import { holdBoxOf } from '../../register/databases.ts';
import { refused, type Asking, type Prepared, type Route } from '../door.ts';
import { withBody } from '../given-body.ts';
import { answerOfStep, asRefusal, statusOfStep } from '../step-answer.ts';
import { actorOf } from '../who.ts';

/** Holds at headquarters (426.4(a)): seen, asked for with a preview of what they cover, decided by somebody else, reaffirmed, ended. */
export function holdRoutes(route: Route, house: House): void {
  const { given, holds, keys } = house;

  route('GET /api/holds', async ({ asker: { person } }) => {
    if (person === undefined) return refused(401, 'signInFirst');
    const rows = await Promise.all((await holds.all()).map((hold) => rowOf(house, person.agency, hold)));
    const body: HoldsAnswer = { holds: rows };
    return { kind: 'ready', act: { response: { count: rows.length } }, answer: () => ({ body }) };
  });

  route('POST /api/holds/preview', ({ asker: { person }, body }) =>
    withBody(checkHoldRequest, withPlainPlate(body), async ({ ground, scope }) => {
      if (person === undefined) return refused(401, 'signInFirst');
      const preview = await previewOf(house, person.agency, scope);
      const act = { ...reasonOf(ground), ...(await plateIn(scope)), response: { count: preview.reads } };
      return { kind: 'ready', act, answer: () => ({ body: preview }) };
    })
  );

  route('POST /api/holds', ({ asker, body }) =>
    withBody(checkHoldRequest, withPlainPlate(body), async ({ ground, scope }) => {
      if (asker.person === undefined) return refused(401, 'signInFirst');
      if (ground.kind === 'exculpatoryRequest' && !may(asker.person.roles, 'placeExculpatoryHold'))
        return refused(403, 'notAllowed');
      const hold: Hold = {
        _id: given.newId(),
        kind: 'hold',
        schema: 1,
        ground,
        scopeKind: scope.kind,
        requested: { by: asker.person.member._id, at: given.now() },
        decision: null,
        reaffirmed: null,
        ended: null
      };
      return {
        kind: 'ready',
        act: { object: { type: 'hold', id: hold._id }, ...reasonOf(ground), ...(await plateIn(scope)) },
        answer: async () => answerOfStep(await holds.place(hold, scope, actorOf(asker).by), 201, hold)
      };
    })
  );

  const step = (asking: Asking, next: (hold: Hold, signed: Signed) => Hold): Promise<Prepared> =>
    prepareStep(house, asking, next);
  route('POST /api/holds/:id/approval', (asking) =>
    step(asking, (hold, signed) => ({ ...hold, decision: { kind: 'approved', ...signed } }))
  );
  route('POST /api/holds/:id/decline', (asking) =>
    step(asking, (hold, signed) => ({ ...hold, decision: { kind: 'declined', ...signed } }))
  );
  route('POST /api/holds/:id/reaffirmation', (asking) =>
    step(asking, (hold, signed) => ({ ...hold, reaffirmed: signed }))
  );
  route('POST /api/holds/:id/end', (asking) =>
    withBody(checkEndHoldRequest, asking.body, (end) =>
      step(asking, (hold, signed) => ({ ...hold, ended: { ...signed, ...end } }))
    )
  );

  const plateIn = async (scope: HoldScope): Promise<Partial<Act>> =>
    scope.kind === 'plate' ? askedFor(keys, scope.plate) : {};
}

// Judged here for a kind answer, and again by the design document for certainty.
async function prepareStep(
  { holds, given }: House,
  { asker, params }: Asking,
  next: (hold: Hold, signed: Signed) => Hold
): Promise<Prepared> {
  if (asker.person === undefined) return refused(401, 'signInFirst');
  const before = await holds.find(params['id'] ?? '');
  if (before === undefined) return refused(404, 'notFound');
  const who = asker.person.member._id;
  const object = { type: 'hold', id: before._id };
  const step = nextStepOf(before, next(before, { by: who, at: given.now() }), who);
  if (step.kind === 'refused') return refused(statusOfStep(step.code), asRefusal(step.code), { object });
  return {
    kind: 'ready',
    act: { object, ...reasonOf(before.ground) },
    answer: async () => {
      // Signed now: the entry in the trail stands.
      const after = next(before, { by: who, at: given.now() });
      return answerOfStep(await holds.step(before, after, actorOf(asker).by), 200, after);
    }
  };
}

/** A scope's reads by day, and when each day would be destroyed. */
async function previewOf({ store, dayBoxes, given }: House, agency: Agency, scope: HoldScope): Promise<HoldPreview> {
  const dates = await dayBoxes.showable(agency, given.now());
  const days = await Promise.all(
    dates.map(async (date) => ({
      date,
      reads: (await coveredReads(store, date, scope)).length,
      destroyAt: await dayBoxes.destroyAt(agency, date)
    }))
  );
  const covered = days.filter((day) => day.reads > 0);
  return { reads: covered.reduce((sum, day) => sum + day.reads, 0), days: covered };
}

async function rowOf(house: House, agency: Agency, hold: Hold): Promise<HoldRow> {
  const { holds, register, store } = house;
  const scope = isOver(hold) ? undefined : await holds.scopeOf(hold._id);
  const kept = scope === undefined ? [] : await store.all(holdBoxOf(hold._id));
  const nameOf = (signed: Signed | null): string | null =>
    signed === null ? null : (register.member(signed.by)?.name ?? '');
  return {
    hold,
    scope: scope ?? null,
    requestedBy: nameOf(hold.requested) ?? '',
    decidedBy: nameOf(hold.decision),
    endedBy: nameOf(hold.ended),
    kept: kept.filter((document) => document['kind'] === 'read').length,
    covers: scope === undefined ? null : await previewOf(house, agency, scope),
    reviewBy: reviewBy(hold)
  };
}

// The grounds of a hold are the reason of the look that it takes (13.824 subd. 7(b)).
function reasonOf(ground: HoldGround): Pick<Act, 'purpose' | 'caseNumber' | 'factualBasis'> {
  if (ground.kind === 'investigation')
    return { purpose: 'holdForInvestigation', caseNumber: ground.caseNumber, factualBasis: cut(ground.factualBasis) };
  const caseNumber = ground.caseNumber ?? ground.complaintNumber;
  return {
    purpose: 'holdOnExculpatoryRequest',
    ...(caseNumber === undefined ? {} : { caseNumber }),
    factualBasis: cut(ground.statement)
  };
}

const LONGEST_BASIS = 500;
const cut = (words: string): string => words.slice(0, LONGEST_BASIS);

// People type plates with spaces and dashes.
function withPlainPlate(body: unknown): unknown {
  const given = body as { readonly scope?: { readonly kind?: unknown; readonly plate?: unknown } | null } | null;
  const scope = given?.scope;
  return scope?.kind === 'plate' && typeof scope.plate === 'string'
    ? { ...given, scope: { ...scope, plate: normalizePlate(scope.plate) } }
    : body;
}
