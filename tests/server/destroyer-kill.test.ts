import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { loadDesigns } from '#designs/load.ts';
import { DAY_MS, instantOf, msOf } from '#domain/time/instant.ts';
import type { Hold } from '#domain/records/hold.ts';
import { certificateIn, certificatesPublished } from '#server/destroyer/certificates.ts';
import { INVESTIGATION } from '#tests/builders/holds.ts';
import { aLoadedHotlist, aMemberWith, anAgencyOn, aTablet } from './support/agency.ts';
import { aCapture } from './support/capture.ts';
import { houseOn } from './support/house.ts';
import { startServer } from './support/server.ts';
import { TabletBox } from './support/tablet.ts';

const PROCESS = fileURLToPath(new URL('./destroyer-process.ts', import.meta.url));
const MOST_WRITES = 60;

/** Runs the destroyer in a process of its own that dies after its n-th write. True when it came to its end. */
function runKilled(...args: readonly string[]): Promise<boolean> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ['--import', 'tsx', PROCESS, ...args], (error, stdout, stderr) => {
      if (error === null) resolve(stdout.includes('done'));
      else if (error.signal === 'SIGKILL') resolve(false);
      else reject(new Error(`The destroyer failed: ${stderr}`));
    });
  });
}

test('killed after any of its writes, the destroyer finishes at the next start: one certificate, held reads kept, nothing left', async () => {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const operator = await aMemberWith(server, sergeant, 'operator');
  const designee = await aMemberWith(server, sergeant, 'designee');
  const tablet = await aTablet(server, sergeant);
  const list = await aLoadedHotlist(server, sergeant);
  const held = aCapture(tablet.enrollment, operator.member, list, server.now());
  const other = aCapture(tablet.enrollment, operator.member, list, server.now());
  await new TabletBox(server, tablet).send(...held.contents);
  await new TabletBox(server, tablet).send(...other.contents);
  const request = { ground: INVESTIGATION, scope: { kind: 'period', periodId: held.period._id } };
  const hold = (await sergeant.post('/api/holds', request)).body as Hold;
  expect((await designee.post(`/api/holds/${hold._id}/approval`)).status).toBe(200);
  const due = instantOf(msOf(server.now()) + 30 * DAY_MS);
  await server.close();

  const work = mkdtempSync(join(tmpdir(), 'destroyer-kill-'));
  onTestFinished(() => rmSync(work, { recursive: true }));
  const designs = await loadDesigns();
  const designsFile = join(work, 'designs.json');
  writeFileSync(designsFile, JSON.stringify(designs));

  let kills = 0;
  for (let nth = 1; nth <= MOST_WRITES; nth++) {
    const folder = join(work, String(nth));
    cpSync(server.folder, folder, { recursive: true });
    const finished = await runKilled(folder, designsFile, due, String(nth));
    if (!finished) kills += 1;

    const house = await houseOn(folder, designs, due);
    const certificates = (await house.certificates.all()).map(({ jws }) => certificateIn(jws));
    expect(certificates.map(({ subject }) => subject)).toEqual([{ kind: 'dayBox', date: held.period.localDate }]);
    expect(certificates[0]).toMatchObject({ counts: { reads: 2, hits: 2, pictures: 4 } });
    expect(certificates[0]?.spared.map(({ reads }) => reads)).toEqual([1]);
    expect(await certificatesPublished(house.store)).toHaveLength(1);
    expect(await house.store.list('reads-')).toEqual([]);
    const kept = await house.store.all(`hold-${hold._id}`);
    expect(kept.map(({ _id }) => _id).sort()).toEqual([held.read._id, held.hit._id, 'scope'].sort());
    await house.store.close();
    const left = readdirSync(join(folder, 'databases')).filter((file) =>
      readFileSync(join(folder, 'databases', file)).includes(other.read._id)
    );
    expect(left).toEqual([]);
    rmSync(folder, { recursive: true });
    if (finished) break;
  }
  // The control: it was killed at many steps, and in the last round it was not.
  expect(kills).toBeGreaterThanOrEqual(12);
  expect(kills).toBeLessThan(MOST_WRITES);
}, 900_000);
