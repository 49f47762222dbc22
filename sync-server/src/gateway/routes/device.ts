import { uuid } from '#domain/check/common.ts';
import type { BoxRecord } from '#domain/records/box.ts';
import { mayCapture } from '#domain/policy/may-capture.ts';
import { coversAll, type Receipt } from '#domain/records/receipt.ts';
import { MINUTE_MS, msOf } from '#domain/time/instant.ts';
import type { DeviceHello, HotlistOffer } from '#domain/wire/answers.ts';
import { checkEntriesRequest, type EntriesTaken } from '#domain/wire/tablet-entries.ts';
import type { Device } from '#domain/records/agency.ts';
import type { House } from '../../house.ts';
import { receiptOf } from '../../ingest/receipts.ts';
import { localDateIn } from '../../register/local-date.ts';
import { withBody } from '../given-body.ts';
import { refused, type Asking, type Prepared, type Route } from '../door.ts';

const MOST_LISTS = 50;

/** What an enrolled tablet may ask for by its token: the time and the lists, its own boxes, and what became of them. */
export function deviceRoutes(route: Route, house: House): void {
  const { register, given, store, boxes, keys, hotlists } = house;

  const seen = async (device: Device): Promise<void> => {
    const now = given.now();
    // Told at most once a minute; nobody needs it finer.
    if (device.lastSeenAt === null || msOf(now) - msOf(device.lastSeenAt) > MINUTE_MS)
      await register.put({ ...device, lastSeenAt: now });
  };

  const withBox = async (
    { asker: { device }, params }: Asking,
    then: (device: Device, boxId: string) => Promise<Prepared>
  ): Promise<Prepared> => {
    const boxId = params['boxId'] ?? '';
    if (device === undefined || uuid(boxId) !== null) return refused(400, 'malformed');
    return then(device, boxId);
  };

  const receiptFor = async (box: BoxRecord): Promise<Receipt | undefined> => {
    const agency = register.agency();
    return agency && receiptOf({ store, dayBoxes: house.dayBoxes, agency, now: given.now() }, box);
  };

  // What has become of the officers who hold a lease on this tablet: revocation reaches it at its next contact.
  const standingOn = async (device: Device | undefined): Promise<Pick<DeviceHello, 'withdrawn' | 'releases'>> => {
    const agency = register.agency();
    if (device === undefined || agency === undefined) return { withdrawn: [], releases: [] };
    const now = given.now();
    const [withdrawn, releases]: [DeviceHello['withdrawn'][number][], DeviceHello['releases'][number][]] = [[], []];
    for (const { memberId, releasedAt } of await house.releases.on(device._id)) {
      const member = register.member(memberId);
      if (member === undefined) continue;
      const permission = mayCapture(register.standing(member, agency, localDateIn(agency, now)), now);
      if (permission.kind === 'refused') withdrawn.push({ memberId, failures: permission.failures });
      if (releasedAt !== null) releases.push({ memberId, releasedAt });
    }
    return { withdrawn, releases };
  };

  route('GET /api/device/hello', ({ asker: { device }, query }) => ({
    kind: 'ready',
    act: null,
    answer: async () => {
      if (device !== undefined) {
        await seen(device);
        if (query['lists'] !== undefined) hotlists.holds(device._id, query['lists'].split(',').slice(0, MOST_LISTS));
      }
      const hello: DeviceHello = {
        serverTime: given.now(),
        suspended: register.agency()?.suspended ?? true,
        hotlists: hotlists.current(),
        ...(await standingOn(device))
      };
      return { body: hello };
    }
  }));

  route('POST /api/device/entries', ({ asker: { device }, body }) =>
    withBody(checkEntriesRequest, body, ({ entries }) => {
      if (device === undefined) return refused(401, 'tabletNotAccepted');
      return {
        kind: 'ready',
        // Each entry becomes one of the trail itself, with the name of the officer it speaks of.
        act: null,
        answer: async () => {
          const taken: EntriesTaken = { upTo: await house.tabletChains.take(device, entries) };
          return { body: taken };
        }
      };
    })
  );

  route('GET /api/device/hotlists/:versionId', async ({ params }) => {
    const id = params['versionId'] ?? '';
    const offered = await hotlists.offered(id);
    if (offered === undefined) return refused(404, 'notFound');
    const { version, parts } = offered;
    return {
      kind: 'ready',
      act: { object: { type: 'hotlistVersion', id }, response: { count: version.rows } },
      answer: async () => {
        const offer: HotlistOffer = { signed: await keys.signing.sign(version), parts };
        return { body: offer };
      }
    };
  });

  route('GET /api/device/hotlists/:versionId/parts/:part', async ({ params }) => {
    const id = params['versionId'] ?? '';
    const at = Number(params['part']);
    if (!Number.isInteger(at) || at < 0) return refused(400, 'malformed');
    const part = (await hotlists.offered(id)) && (await hotlists.part(id, at));
    if (part === undefined) return refused(404, 'notFound');
    return {
      kind: 'ready',
      act: { object: { type: 'hotlistVersion', id } },
      answer: () => ({ type: 'application/gzip', body: part })
    };
  });

  route('GET /api/device/hotlists/:versionId/changes/:fromId', async ({ params }) => {
    const [id, fromId] = [params['versionId'] ?? '', params['fromId'] ?? ''];
    if (uuid(id) !== null || uuid(fromId) !== null) return refused(400, 'malformed');
    const changes = await hotlists.changes(fromId, id);
    if (changes === undefined) return refused(404, 'notFound');
    return {
      kind: 'ready',
      act: { object: { type: 'hotlistVersion', id }, response: { count: changes.removed.length } },
      answer: () => ({ body: changes })
    };
  });

  route('PUT /api/device/boxes/:boxId', (asking) =>
    withBox(asking, async (device, boxId) => {
      if ((await boxes.stateFor(boxId, device._id))?.kind === 'notYours') return refused(403, 'notYourBox');
      return {
        kind: 'ready',
        act: { object: { type: 'box', id: boxId } },
        answer: async () => {
          await seen(device);
          const { kind } = await boxes.open(boxId, device._id);
          return { status: kind === 'notYours' ? 403 : 200, body: { kind } };
        }
      };
    })
  );

  route('GET /api/device/boxes/:boxId/receipt', (asking) =>
    withBox(asking, async (device, boxId) => {
      const box = await boxes.find(boxId);
      if (box === undefined) return refused(404, 'notFound');
      if (box.deviceId !== device._id) return refused(403, 'notYourBox');
      const receipt = await receiptFor(box);
      if (receipt === undefined) return { kind: 'ready', act: null, answer: () => ({ status: 204 }) };
      return {
        kind: 'ready',
        act: { object: { type: 'box', id: boxId } },
        answer: async () => ({ body: { receipt: await keys.signing.sign(receipt) } })
      };
    })
  );

  // The tablet's last word on a box: how many records it had, and that its own copy is destroyed.
  route('DELETE /api/device/boxes/:boxId', (asking) =>
    withBox(asking, async (device, boxId) => {
      const count = Number(asking.query['count']);
      if (!Number.isInteger(count) || count < 0 || count > 99_999_999) return refused(400, 'malformed');
      const box = await boxes.find(boxId);
      if (box === undefined) return refused(404, 'notFound');
      if (box.deviceId !== device._id) return refused(403, 'notYourBox');
      if (box.finishedAt === null && count > 0) {
        const receipt = await receiptFor(box);
        if (receipt === undefined || !coversAll(receipt, count)) return refused(409, 'notAllHere');
      }
      return {
        kind: 'ready',
        act: { object: { type: 'box', id: boxId }, response: { count } },
        answer: async () => {
          await boxes.finish(box, count);
          keys.sealing.forget(boxId);
          return { body: { kind: 'done' } };
        }
      };
    })
  );
}
