import { expect, test } from 'vitest';
import { read } from './repository.ts';

const FOLDER = 'sync-server/couchdb';
const COMPOSED = ['compose.single.yaml', 'compose.cluster.yaml'];
const FILES = ['local.ini', 'single.ini', 'cluster.ini', ...COMPOSED];
const textOf = (file: string): string => read(`${FOLDER}/${file}`);

/** The settings of an ini file as `section.key = value`. */
function settingsOf(file: string): string[] {
  let section = '';
  return textOf(file)
    .split('\n')
    .flatMap((line) => {
      const heading = /^\[(.+)\]$/.exec(line.trim())?.[1];
      if (heading !== undefined) section = heading;
      return heading === undefined && /^[a-z_]+ = /.test(line) ? [`${section}.${line.trim()}`] : [];
    });
}

test('CouchDB knows everybody who asks, keeps nothing it dropped, and runs design documents in QuickJS', () => {
  expect(settingsOf('local.ini')).toEqual(
    expect.arrayContaining([
      'chttpd.require_valid_user = true',
      'chttpd.authentication_handlers = {chttpd_auth, jwt_authentication_handler}, {chttpd_auth, default_authentication_handler}',
      'jwt_auth.required_claims = exp',
      'couchdb.enable_database_recovery = false',
      'couchdb.default_security = admin_only',
      'couchdb.js_engine = quickjs',
      'cluster.q = 1'
    ])
  );
});

test('CouchDB is opened on loopback only, and never to a network', () => {
  const ports = COMPOSED.flatMap((file) => textOf(file).match(/ports: .*/g) ?? []);
  expect(ports).toHaveLength(2);
  for (const line of ports) expect(line).toBe("ports: ['127.0.0.1:5984:5984']");
  // Outside a container CouchDB's own default holds, which is loopback.
  for (const file of FILES) expect(textOf(file)).not.toMatch(/^bind_address/m);
});

test('no secret of CouchDB is in the repository', () => {
  for (const file of FILES) expect(textOf(file)).not.toMatch(/^\s*(\[admins\]|\[jwt_keys\]|hmac:|password\s*=)/m);
});
