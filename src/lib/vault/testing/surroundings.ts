/** Replaces two things around the real vault worker, before it starts: the network, and how late it is. */
import type { Answered, WorkerSetting } from './line.ts';

const setting = JSON.parse(self.name) as WorkerSetting;

const trueNow = Date.now.bind(Date);
Date.now = () => trueNow() + setting.aheadMs;

const line = new BroadcastChannel(setting.channel);
const waiting = new Map<number, (answer: Answered) => void>();
line.addEventListener('message', ({ data }: MessageEvent<Answered | { readonly method: string }>) => {
  if (!('status' in data)) return;
  waiting.get(data.id)?.(data);
  waiting.delete(data.id);
});

let lastId = 0;
self.fetch = async (input: RequestInfo | URL, options: RequestInit = {}) => {
  const address = new URL(input instanceof Request ? input.url : input, location.origin);
  const id = ++lastId;
  const answer = await new Promise<Answered>((resolve) => {
    waiting.set(id, resolve);
    line.postMessage({
      id,
      method: options.method ?? 'GET',
      path: address.pathname + address.search,
      token: new Headers(options.headers).get('authorization')?.replace('Bearer ', '') ?? null,
      body: typeof options.body === 'string' ? (JSON.parse(options.body) as unknown) : null
    });
  });
  if (answer.status === 0) throw new TypeError('Failed to fetch');
  if (answer.body instanceof Uint8Array) return new Response(Uint8Array.from(answer.body), { status: answer.status });
  const text = answer.body === null ? null : JSON.stringify(answer.body);
  return new Response(text, { status: answer.status, headers: { 'content-type': 'application/json' } });
};
