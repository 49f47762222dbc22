import { nextReleaseStep } from '#domain/policy/data-release.ts';
import { isInForce } from '#domain/policy/holds.ts';
import type { DataRelease } from '#domain/records/data-release.ts';
import type { Signed } from '#domain/records/hold.ts';
import type { DataReleasesAnswer, ReleasePackageAnswer } from '#domain/wire/answers.ts';
import {
  checkApproveReleaseRequest,
  checkDataReleaseRequest,
  checkDeclineReleaseRequest
} from '#domain/wire/requests.ts';
import type { Act } from '../../audit/trail.ts';
import type { House } from '../../house.ts';
import { sha256Hex } from '../../keys/bytes.ts';
import { MOST_RELEASED, packageOf, releasedUnder } from '../../releases/package.ts';
import { refused, type Asking, type Prepared, type Route } from '../door.ts';
import { withBody } from '../given-body.ts';
import { answerOfStep, asRefusal, statusOfStep } from '../step-answer.ts';
import { actorOf } from '../who.ts';

/**
 * Releases to other agencies (426.7): the written request is entered, somebody else approves it on reasonable suspicion for the reads of
 * a hold in force, a package is made. Requests of anybody else go the way of the Records Maintenance and Release policy and are not
 * answered here.
 */
export function dataReleaseRoutes(route: Route, house: House): void {
  const { given, dataReleases, holds, register } = house;

  route('GET /api/data-releases', async () => {
    const all = await dataReleases.all();
    const nameOf = (signed: Signed): string => register.member(signed.by)?.name ?? '';
    const body: DataReleasesAnswer = {
      releases: all.map((release) => ({
        release,
        enteredBy: nameOf(release.entered),
        decidedBy: release.decision === null ? null : nameOf(release.decision)
      }))
    };
    return { kind: 'ready', act: { response: { count: all.length } }, answer: () => ({ body }) };
  });

  route('POST /api/data-releases', ({ asker, body }) =>
    withBody(checkDataReleaseRequest, body, ({ request }) => {
      if (asker.person === undefined) return refused(401, 'signInFirst');
      const release: DataRelease = {
        _id: given.newId(),
        kind: 'dataRelease',
        schema: 1,
        request,
        entered: { by: asker.person.member._id, at: given.now() },
        decision: null,
        packages: []
      };
      return {
        kind: 'ready',
        act: actOf(release),
        answer: async () => answerOfStep(await dataReleases.enter(release, actorOf(asker).by), 201, release)
      };
    })
  );

  route('POST /api/data-releases/:id/approval', (asking) =>
    withBody(checkApproveReleaseRequest, asking.body, async ({ reasonableSuspicion, holdId }) => {
      const hold = await holds.find(holdId);
      if (hold === undefined || !isInForce(hold)) return refused(409, 'holdNotInForce');
      return prepareStep(house, asking, (release, signed) => ({
        ...release,
        decision: { kind: 'approved', ...signed, reasonableSuspicion, holdId }
      }));
    })
  );

  route('POST /api/data-releases/:id/decline', (asking) =>
    withBody(checkDeclineReleaseRequest, asking.body, ({ reason }) =>
      prepareStep(house, asking, (release, signed) => ({
        ...release,
        decision: { kind: 'declined', ...signed, reason }
      }))
    )
  );

  route('POST /api/data-releases/:id/package', (asking) => preparePackage(house, asking));
}

// Judged here for a kind answer, and again by the design document for certainty.
async function prepareStep(
  { dataReleases, given }: House,
  { asker, params }: Asking,
  next: (release: DataRelease, signed: Signed) => DataRelease
): Promise<Prepared> {
  if (asker.person === undefined) return refused(401, 'signInFirst');
  const before = await dataReleases.find(params['id'] ?? '');
  if (before === undefined) return refused(404, 'notFound');
  const who = asker.person.member._id;
  const step = nextReleaseStep(before, next(before, { by: who, at: given.now() }), who);
  if (step.kind === 'refused')
    return refused(statusOfStep(step.code), asRefusal(step.code), { object: objectOf(before) });
  return {
    kind: 'ready',
    act: actOf(before),
    answer: async () => {
      // Signed now: the entry in the trail stands.
      const after = next(before, { by: who, at: given.now() });
      return answerOfStep(await dataReleases.step(before, after, actorOf(asker).by), 200, after);
    }
  };
}

async function preparePackage(house: House, { asker, params }: Asking): Promise<Prepared> {
  const { store, holds, dayBoxes, dataReleases, given, keys, register } = house;
  if (asker.person === undefined) return refused(401, 'signInFirst');
  const { agency, member } = asker.person;
  const before = await dataReleases.find(params['id'] ?? '');
  if (before === undefined) return refused(404, 'notFound');
  const { decision } = before;
  const object = objectOf(before);
  if (decision?.kind !== 'approved') return refused(409, 'releaseNotApproved', { object });
  const dates = await dayBoxes.showable(agency, given.now());
  const released = await releasedUnder({ store, holds, dates }, decision.holdId);
  if (released.length === 0) return refused(409, 'nothingToRelease', { object });
  if (released.length > MOST_RELEASED) return refused(413, 'tooLarge', { object });
  return {
    kind: 'ready',
    act: { ...actOf(before), response: { count: released.length } },
    answer: async () => {
      const madeAt = given.now();
      const approvedBy = register.member(decision.by)?.name ?? '';
      const content = await packageOf(store, released, { release: before, agency: agency.name, approvedBy, madeAt });
      const jws = await keys.signing.sign(content);
      const made = { by: member._id, at: madeAt, reads: released.length, sha256: sha256Hex(jws) };
      const after = { ...before, packages: [...before.packages, made] };
      const taken = await dataReleases.step(before, after, actorOf(asker).by);
      // On file before it leaves: what is not written down is not handed out.
      if (taken.kind === 'refused') return answerOfStep(taken, 409, after);
      return { body: { jws, key: keys.signing.publicJwk } satisfies ReleasePackageAnswer };
    }
  };
}

const objectOf = ({ _id: id }: DataRelease): NonNullable<Act['object']> => ({ type: 'dataRelease', id });

// The written request is the reason of the look that a release takes (13.824 subd. 4, 7(b)).
function actOf(release: DataRelease): Partial<Act> {
  const { caseNumber, factualBasis } = release.request;
  return {
    object: objectOf(release),
    purpose: 'releaseToAgency',
    caseNumber,
    factualBasis: factualBasis.slice(0, 500)
  };
}
