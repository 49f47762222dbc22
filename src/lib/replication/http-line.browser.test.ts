import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import PouchDB, { type PouchDatabase } from '../vault/pouchdb.js';
import type { DeviceCredentials, SendableBox } from './depot.ts';
import { httpLine } from './http-line.ts';

const BOX: SendableBox = {
  boxId: crypto.randomUUID(),
  deviceId: crypto.randomUUID(),
  closed: false,
  records: 3,
  bytes: 300
};
const RECORDS = [1, 2, 3].map((seq) => ({ _id: `${BOX.boxId}:${seq}`, sealed: 'invented' }));
let outbox: PouchDatabase;
let credentials: DeviceCredentials;

beforeEach(async () => {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  credentials = { deviceId: BOX.deviceId, deviceKey: pair.privateKey, signingKey: {} };
  outbox = new PouchDB(`outbox-${crypto.randomUUID()}`, { adapter: 'idb' });
  await outbox.bulkDocs(RECORDS);
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await outbox.destroy().catch(() => undefined);
});

/** Headquarters' inbox as CouchDB answers; `strange` may answer a question in its place. */
class Inbox {
  readonly records = new Set<string>();
  readonly asked: string[] = [];
  #checkpoint: object | null = null;
  strange: (verb: string) => Response | undefined = () => undefined;

  constructor() {
    vi.stubGlobal('fetch', async (url: URL | string, options: RequestInit) => {
      const path = new URL(url).pathname.replace(/^\/db\/inbox-[^/]+/, '');
      const verb = `${options.method ?? 'GET'} ${path.replace(/_local\/.*/, '_local')}`;
      this.asked.push(verb);
      return this.strange(verb) ?? this.#answer(verb, await new Response(options.body).text());
    });
  }

  #answer(verb: string, body: string): Response {
    if (verb === 'POST /_revs_diff') {
      const asked = Object.entries(JSON.parse(body) as Record<string, string[]>);
      const missing = asked.filter(([id]) => !this.records.has(id)).map(([id, revs]) => [id, { missing: revs }]);
      return Response.json(Object.fromEntries(missing));
    }
    if (verb === 'POST /_bulk_docs') {
      for (const { _id } of (JSON.parse(body) as { docs: { _id: string }[] }).docs) this.records.add(_id);
      return Response.json([], { status: 201 });
    }
    // A checkpoint is kept, as CouchDB keeps it: what it says was sent would not be asked for again.
    if (verb === 'PUT /_local') {
      this.#checkpoint = { ...(JSON.parse(body) as object), _rev: '0-1' };
      return Response.json({ ok: true, id: '_local/x', rev: '0-1' }, { status: 201 });
    }
    if (verb === 'GET /_local')
      return this.#checkpoint === null
        ? Response.json({ error: 'not_found', reason: 'missing' }, { status: 404 })
        : Response.json(this.#checkpoint);
    return Response.json({ db_name: 'inbox', update_seq: 0, instance_start_time: '0' });
  }

  get isWhole(): boolean {
    return RECORDS.every(({ _id }) => this.records.has(_id));
  }
}

const STRANGE: Readonly<Record<string, () => Response>> = {
  'a captive portal that speaks JSON': () => Response.json({ ok: true, kind: 'done', receipt: 'welcome' }),
  'a captive portal’s page': () =>
    new Response('<!doctype html><p>Welcome', { headers: { 'content-type': 'text/html' } }),
  nothing: () => new Response(''),
  null: () => Response.json(null),
  'an empty object': () => Response.json({}),
  'the name of another record': () => Response.json({ [`${BOX.boxId}:9`]: { missing: ['1-0'] } }),
  'a list': () => Response.json([null, 5, {}]),
  'half an answer': () => new Response('{"ok":tr', { headers: { 'content-type': 'application/json' } }),
  'a link that breaks': () => Response.error()
};

test('a push asks what is missing and sends that: two questions, and one where nothing is missing', async () => {
  const inbox = new Inbox();
  expect(await httpLine.push(outbox, BOX, credentials)).toBeNull();
  expect(inbox.isWhole).toBe(true);
  expect(await httpLine.push(outbox, BOX, credentials)).toBeNull();
  expect(inbox.asked).toEqual(['POST /_revs_diff', 'POST /_bulk_docs', 'POST /_revs_diff']);
});

test.each(Object.keys(STRANGE))(
  'whichever question is answered by %s, a push ends, and the next one brings what is missing',
  async (name) => {
    for (const strangeVerb of ['POST /_revs_diff', 'POST /_bulk_docs']) {
      const inbox = new Inbox();
      inbox.strange = (verb) => (verb === strangeVerb ? STRANGE[name]?.() : undefined);
      await httpLine.push(outbox, BOX, credentials);
      expect(inbox.isWhole).toBe(false);
      inbox.strange = () => undefined;
      expect(await httpLine.push(outbox, BOX, credentials)).toBeNull();
      expect(inbox.isWhole, strangeVerb).toBe(true);
    }
  }
);

test('a push over an outbox whose database was closed under it ends, and does not hold up the queue', async () => {
  const inbox = new Inbox();
  inbox.strange = (verb) => {
    if (verb === 'POST /_revs_diff') void outbox.close();
    return undefined;
  };
  expect(await httpLine.push(outbox, BOX, credentials)).toBe('serverUnreachable');
});

test('a replication that asks nothing any more is given up after twenty seconds, and not while a slow answer is on its way', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  const inbox = new Inbox();
  const cancel = vi.fn();
  let answer: (response: Response) => void = () => undefined;
  vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => (answer = resolve)));
  // A replication as its own outbox leaves it where a transaction was aborted: it asks once, and is never heard of again.
  const stuck: PouchDatabase['replicate'] = {
    to: (target) => {
      void target.get('anything');
      return Object.assign(new Promise<never>(() => undefined), { on: vi.fn(), cancel });
    }
  };
  const settled = vi.fn();
  const pushed = httpLine.push({ ...outbox, replicate: stuck }, BOX, credentials);
  void pushed.then(settled);
  await untilRealTimePassed();
  vi.advanceTimersByTime(50_000);
  await untilRealTimePassed();
  expect(settled).not.toHaveBeenCalled();
  answer(Response.json({}));
  await untilRealTimePassed();
  vi.advanceTimersByTime(22_000);
  expect(await pushed).toBe('serverUnreachable');
  expect(cancel).toHaveBeenCalledOnce();
  expect(inbox.asked).toEqual([]);
});

const untilRealTimePassed = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 100));
