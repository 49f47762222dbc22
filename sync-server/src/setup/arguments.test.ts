import { expect, test } from 'vitest';
import { CannotRun, readArguments } from './arguments.ts';

test('without arguments the server listens on this machine alone and keeps its data in ./data', () => {
  expect(readArguments([])).toEqual({
    port: 8426,
    host: '127.0.0.1',
    data: './data',
    tls: null,
    trustProxy: false,
    demo: false,
    store: 'embedded',
    backups: null,
    resetFactors: null,
    hotlistFolder: null
  });
});

test('plain http beyond this machine is refused, and the reason is said', () => {
  for (const host of ['0.0.0.0', '::', '192.168.1.5', 'tablet.example'])
    expect(() => readArguments(['--host', host])).toThrow(/secure context/);
});

test('beyond this machine it listens with a certificate, or behind a proxy that ends TLS', () => {
  const tls = readArguments(['--host', '0.0.0.0', '--tls-cert', 'c.pem', '--tls-key', 'k.pem']);
  expect(tls).toMatchObject({ tls: { certFile: 'c.pem', keyFile: 'k.pem' } });
  expect(readArguments(['--host', '0.0.0.0', '--trust-proxy'])).toMatchObject({ trustProxy: true });
});

test('what makes no sense is refused with a sentence', () => {
  for (const wrong of [
    ['--tls-cert', 'c.pem'],
    ['--port', 'many'],
    ['--port', '70000'],
    ['--store', 'mongodb'],
    ['--demo', '--data', 'x'],
    ['--demo', '--store', 'couchdb'],
    ['--unknown'],
    ['extra']
  ])
    expect(() => readArguments(wrong)).toThrow(CannotRun);
});
