import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { filesInDataFolder } from './data-folder.ts';

test('the files of a database are its shards, its views, and what waits to be removed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'couch-data-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const ours = [
    'shards/00000000-ffffffff/reads-2026-11-22.1780000000.couch',
    '.shards/00000000-ffffffff/reads-2026-11-22.1780000000_design/mrview/3f.view',
    '.delete/5d2c'
  ];
  const others = [
    'shards/00000000-ffffffff/reads-2026-11-23.1780000000.couch',
    'shards/00000000-ffffffff/reads-2026-11-22-x.1780000000.couch',
    '_dbs.couch'
  ];
  for (const file of [...ours, ...others]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  expect(filesInDataFolder(folder, 'reads-2026-11-22').sort()).toEqual([...ours].sort());
  expect(filesInDataFolder(join(folder, 'nowhere'), 'reads-2026-11-22')).toEqual([]);
});
