import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { WatchFolder } from '#server/hotlists/watch-folder.ts';
import { msOf } from '#domain/time/instant.ts';
import { aFile, anAgencyOn } from './support/agency.ts';
import { startServer, type TestServer } from './support/server.ts';

const TEN = Array.from({ length: 10 }, (_, i) => `TST10${i},MN,stolen vehicle,V-${i},`);

function aFolderOf(server: TestServer) {
  const folder = mkdtempSync(join(tmpdir(), 'platekeeper-watch-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const watch = new WatchFolder(folder, server.house);
  return {
    run: () => watch.run(),
    files: () => readdirSync(folder, { recursive: true }).map(String).sort(),
    put: (name: string, text: string, ageMs = 60_000) => {
      writeFileSync(join(folder, name), text);
      const at = new Date(msOf(server.now()) - ageMs);
      utimesSync(join(folder, name), at, at);
    }
  };
}

test('a file that a transfer puts into the folder is put in force and removed, and written down', async () => {
  const server = await startServer();
  await anAgencyOn(server);
  const folder = aFolderOf(server);
  folder.put('night.csv', aFile(TEN));
  expect(await folder.run()).toBe(1);
  expect(server.house.hotlists.current().map(({ rows }) => rows)).toEqual([10]);
  expect(folder.files()).toEqual([]);
  folder.put('noon.csv', aFile(TEN.slice(1)));
  expect(await folder.run()).toBe(1);
  expect(server.house.hotlists.current().map(({ rows }) => rows)).toEqual([9]);
});

test('a file that is broken, or differs by more than a fifth, is set aside for a person and changes nothing', async () => {
  const server = await startServer();
  await anAgencyOn(server);
  const folder = aFolderOf(server);
  folder.put('night.csv', aFile(TEN));
  await folder.run();
  folder.put('short.csv', aFile(TEN.slice(0, 5)));
  folder.put('wrong.csv', 'plate,category\nTST042,warrant\n');
  expect(await folder.run()).toBe(0);
  expect(server.house.hotlists.current().map(({ rows }) => rows)).toEqual([10]);
  expect(folder.files()).toEqual(['held', 'held/short.csv', 'held/wrong.csv']);
  expect(await server.store.list('hotlist-')).toHaveLength(1);
});

test('a file that is still being written, and one of another kind, are left alone', async () => {
  const server = await startServer();
  await anAgencyOn(server);
  const folder = aFolderOf(server);
  folder.put('night.csv', aFile(TEN), 1_000);
  folder.put('readme.md', 'not a list');
  expect(await folder.run()).toBe(0);
  expect(folder.files()).toEqual(['night.csv', 'readme.md']);
});
