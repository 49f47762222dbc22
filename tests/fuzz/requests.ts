import { MATRIX } from '#server/gateway/matrix.ts';
import type { Chance } from '#tests/simulation/chance.ts';
import type { Browser } from '#tests/server/support/browser.ts';
import type { Parser } from './fuzz.ts';
import { anything, wrongText } from './mutate.ts';

// Signing out would end the attack, and the live feed never ends; what these do is asked of everything else.
const LEFT_OUT = ['DELETE /api/session', 'GET /api/hits/live'];
const ROUTES = Object.keys(MATRIX).filter((route) => !LEFT_OUT.includes(route));
const TYPES = [
  'application/json',
  'application/json; charset=utf-16',
  'text/plain',
  'application/x-www-form-urlencoded',
  ''
];
const PARTS = ['..', '%2e%2e', '%00', '%ff', "'", '__proto__', 'inbox-x', 'TST042', '1'.repeat(400), '_all_docs', '0'];

/** Hostile requests to every route, as somebody whom the server knows: refused in words, never by a fault of ours. */
export function requestsOf(browsers: readonly Browser[]): Parser {
  return {
    name: 'requests',
    attack: async (chance) => {
      const [method = '', pattern = ''] = chance.oneOf(ROUTES).split(' ');
      const url = pattern.replace(/:\w+|\*/g, () => encodeURI(chance.oneOf(PARTS)));
      const headers = { 'content-type': chance.happens(0.7) ? 'application/json' : chance.oneOf(TYPES) };
      const body = method === 'GET' || method === 'DELETE' ? undefined : bodyOf(chance);
      const { status, text } = await chance.oneOf(browsers).ask(method, url, body, body === undefined ? {} : headers);
      // 503: the app of this test was never built.
      if (status >= 500 && status !== 503) return `${method} ${pattern} answers ${status}`;
      return text.includes(' at ') && text.includes('.ts:') ? 'the answer tells where the code is' : null;
    }
  };
}

function bodyOf(chance: Chance): string {
  const honest = JSON.stringify({
    [chance.oneOf(['docs', 'code', 'reason', 'kind', 'entries', '_id'])]: anything(chance)
  });
  const hostile = [
    honest,
    wrongText(chance, honest),
    '['.repeat(100_000),
    '{"a":1,"a":2}',
    '{"__proto__":{"admin":true}}',
    '{"constructor":{"prototype":{"admin":true}}}',
    '\u0000',
    'null',
    '1e999',
    `"${'x'.repeat(300_000)}"`
  ];
  return chance.oneOf(hostile);
}
