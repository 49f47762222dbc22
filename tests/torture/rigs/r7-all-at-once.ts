/**
 * R7: fifty tablets that were without a server reconnect at the same moment, each with two hundred sealed reads. Nothing is lost, no request
 * waits long, and the server's memory stays small. The control asks for reads that no tablet had.
 */
import { readFileSync } from 'node:fs';
import type { Enrollment, SessionView } from '#domain/wire/answers.ts';
import { Person } from '#tests/e2e/support/agency.ts';
import { ms, percentile, type Rig } from '../rig.ts';
import { TabletKey } from '#tests/server/support/tablet-key.ts';
import { FleetTablet } from '../support/fleet.ts';
import { startSite } from '../support/site.ts';

const TABLETS = 50;
const PICTURE_BYTES = 15_000;
const ENROLL_EVERY_MS = 3_200;
const plateOf = (tablet: number): string => `FLT${100 + tablet}`;
const SLOWEST_MS = 2_000;
const MOST_MEMORY = 1_073_741_824;

export const R7: Rig = {
  id: 'R7',
  claim: '50 tablets reconnect at once with 200 reads each: lost 0, p99 of a request at most 2 s, memory at most 1 GiB',
  rounds: 200,
  cannotRun: () => (process.platform === 'linux' ? null : 'the memory of the server is read from /proc'),
  async run({ rounds, say }) {
    const site = await startSite();
    try {
      const operator = new Person(site.url);
      await operator.signIn(site.agency.operator);
      const { member } = await operator.ask<SessionView>('GET', '/api/session');
      const tablets: FleetTablet[] = [];
      for (let n = 0; n < TABLETS; n++) {
        const enrolledAt = performance.now();
        const code = await site.agency.newEnrollmentCode();
        const key = await TabletKey.make();
        const body = { code, label: `Tablet ${n + 1}`, deviceKey: key.publicHalf };
        const enrollment = await new Person(site.url).ask<Enrollment>('POST', '/api/enrollment', body);
        key.deviceId = enrollment.deviceId;
        const setting = {
          key,
          url: site.url,
          memberId: member._id,
          plate: plateOf(n),
          reads: rounds,
          pictureBytes: PICTURE_BYTES
        };
        tablets.push(await FleetTablet.withReads({ ...setting, enrollment }));
        // The server enrolls no more than 20 a minute from one address.
        const restMs = ENROLL_EVERY_MS - (performance.now() - enrolledAt);
        if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs));
      }
      say(`${TABLETS * rounds} reads are sealed`);
      let memory = 0;
      const watch = setInterval(() => {
        memory = Math.max(memory, residentBytes(site.server.pid));
      }, 250);
      const startedAt = performance.now();
      await Promise.all(tablets.map((tablet) => tablet.carryAll()));
      const seconds = (performance.now() - startedAt) / 1_000;
      clearInterval(watch);
      let [lost, twice] = [0, 0];
      for (const [n, tablet] of tablets.entries()) {
        const arrived = await site.readsOf(plateOf(n));
        const there = new Set(arrived);
        lost += tablet.readIds.filter((id) => !there.has(id)).length;
        twice += arrived.length - there.size;
      }
      const nobodys = (await site.readsOf('FLT999')).length;
      const tookMs = tablets.flatMap((tablet) => tablet.tookMs);
      const slowest = percentile(tookMs, 0.99);
      return {
        figures: [
          ['tablets, reads', `${TABLETS}, ${TABLETS * rounds}`],
          ['all of it receipted in', `${seconds.toFixed(0)} s`],
          ['requests', String(tookMs.length)],
          ['a request (median, p95, p99)', [0.5, 0.95, 0.99].map((part) => ms(percentile(tookMs, part))).join(', ')],
          ['most memory of the server', `${Math.round(memory / 1_048_576)} MiB`],
          ['lost', String(lost)],
          ['there twice', String(twice)],
          ['control, reads of a plate that no tablet had', String(nobodys)]
        ],
        faults: [
          ...(lost > 0 ? [`${lost} reads are lost`] : []),
          ...(twice > 0 ? [`${twice} reads are there twice`] : []),
          ...(memory > MOST_MEMORY ? [`the server took ${Math.round(memory / 1_048_576)} MiB`] : []),
          ...(nobodys > 0 || memory === 0 ? ['the control fails: this rig sees nothing'] : [])
        ],
        late: slowest > SLOWEST_MS ? [`one request in a hundred took ${ms(slowest)} or more`] : []
      };
    } finally {
      await site.stop();
    }
  }
};

function residentBytes(pid: number | undefined): number {
  try {
    const pages = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(pages?.[1] ?? 0) * 1_024;
  } catch {
    return 0;
  }
}
