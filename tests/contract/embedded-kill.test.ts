import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { openEmbedded } from '#server/store/embedded.ts';
import { someDesign } from './some-design.ts';

const folder = mkdtempSync(join(tmpdir(), 'kill-'));
afterAll(() => rmSync(folder, { recursive: true }));

const WRITER = fileURLToPath(new URL('./writer-process.ts', import.meta.url));
const ROUNDS = 5;

/** Runs a process that writes, and kills it as power would after so many acknowledged writes. Gives what it acknowledged. */
async function writeAndKill(database: string, after: number): Promise<string[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', WRITER, folder, database], {
    stdio: ['ignore', 'pipe', 'inherit']
  });
  const acknowledged: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(line);
    if (acknowledged.length === after) child.kill('SIGKILL');
  }
  return acknowledged;
}

test('what was acknowledged is there after a kill, once, and in its index', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const database = `killed-${round}`;
    const acknowledged = await writeAndKill(database, 20 + round * 17);
    expect(acknowledged.length).toBeGreaterThanOrEqual(20);
    const store = openEmbedded({ folder });
    const there = (await store.all(database)).map((document) => document._id);
    expect(acknowledged.filter((id) => !there.includes(id))).toEqual([]);
    const indexed = (await store.view(database, 'some', 'by_key')).map((row) => row.id);
    expect([...indexed].sort()).toEqual([...there].sort());
    expect((await store.info(database)).documents).toBe(there.length);
    await store.close();
  }
}, 60_000);

test('what a kill leaves half made is swept away at the next start', async () => {
  for (const file of ['half.sqlite.making', 'half.sqlite.making-journal', 'gone.sqlite-wal', 'gone.sqlite-shm'])
    writeFileSync(join(folder, file), 'left behind');
  const store = openEmbedded({ folder });
  expect(readdirSync(folder).filter((file) => /^(half|gone)/.test(file))).toEqual([]);
  expect(await store.exists('half')).toBe(false);
  expect(await store.create('gone', [someDesign()])).toBe('made');
  await store.close();
});
