/**
 * R6: the tablet saves while its link to headquarters is broken in twelve ways, flapping. What it called saved arrives, once each, and the
 * queue is empty by itself within a minute of the link's return. A captive portal's 200 is never taken for an acknowledgement. The control:
 * as long as the link stays bad, the reads must not be at headquarters.
 */
import { Chance } from '#tests/simulation/chance.ts';
import type { Asked, Rig } from '../rig.ts';
import { accountOf } from '../support/account.ts';
import { BadLink, FAULTS } from '../support/bad-link.ts';
import { startSite, through, type Site } from '../support/site.ts';
import { TabletUnderTorture } from '../support/tablet.ts';

const EMPTY_WITHIN_MS = 60_000;
const SAVED_EVERY_MS = 250;
const SAME_PLATE_FLAPS = 100;

export const R6: Rig = {
  id: 'R6',
  claim:
    '12 kinds of fault of the network, flapping: lost 0, there twice 0, queue empty within 60 s of the link’s return',
  rounds: 200,
  async run(asked) {
    const site = await startSite();
    try {
      return await flapping(site, asked);
    } finally {
      await site.stop();
    }
  }
};

async function flapping(site: Site, { rounds, seed, say }: Asked) {
  const chance = new Chance(seed);
  const link = await BadLink.to(site.url, chance);
  const tablet = new TabletUnderTorture(through(site, link.url));
  try {
    await tablet.setUp();
    await tablet.beginPeriod();

    await link.becomes('portalJson');
    await tablet.save({ plate: 'NET100', count: 20 });
    const before = (await tablet.status()).waitingRecords;
    const believed: string[] = [];
    for (const portal of ['portalJson', 'portalPage'] as const) {
      await link.becomes(portal);
      for (let tries = 0; tries < 3; tries++) await tablet.syncNow();
      if ((await tablet.status()).waitingRecords !== before) believed.push(portal);
    }
    const control = await accountOf({ told: tablet.told, site });
    await link.becomes('good');

    const flaps = new Map<string, number>();
    // Another plate now and then: a search at headquarters shows no more than 500 reads of one.
    const goOn = (flap: number): void => {
      const plate = `NET${101 + Math.floor(flap / SAME_PLATE_FLAPS)}`;
      tablet.saveOnAndOn({ plate, abreast: 1, pauseMs: SAVED_EVERY_MS }).catch(() => undefined);
    };
    goOn(0);
    for (let flap = 1; flap <= rounds; flap++) {
      const fault = FAULTS[flap % FAULTS.length] ?? 'silent';
      flaps.set(fault, (flaps.get(fault) ?? 0) + 1);
      await link.becomes(fault);
      // The app is told of a new network now and then; otherwise its own patience decides.
      if (chance.happens(0.5)) void tablet.syncNow().catch(() => undefined);
      await pause(100 + chance.below(700));
      if (chance.happens(0.5)) {
        await link.becomes('good');
        await pause(50 + chance.below(400));
      }
      if (flap % SAME_PLATE_FLAPS === 0) {
        await tablet.stopSaving();
        // Until the line that saves has seen it.
        await pause(4 * SAVED_EVERY_MS);
        goOn(flap);
      }
      if (flap % 50 === 0) say(`${flap} of ${rounds} flaps, ${tablet.told.size} reads saved`);
    }
    await tablet.stopSaving();
    await tablet.closePeriod();
    const { waitingRecords } = await tablet.status();
    await link.becomes('good');
    const emptyAfterMs = await emptyByItself(tablet, 4 * EMPTY_WITHIN_MS);
    await tablet.switchOff();
    const { told, lost, twice } = await accountOf({ told: tablet.told, site });
    return {
      figures: [
        ['flaps', `${rounds}, of ${flaps.size} kinds`],
        ['reads the tablet said were saved', String(told)],
        ['records that waited when the link came back', String(waitingRecords)],
        ['queue empty after', emptyAfterMs === null ? 'never' : `${(emptyAfterMs / 1000).toFixed(1)} s`],
        ['lost', String(lost)],
        ['there twice', String(twice)],
        ['a portal’s 200 taken for an acknowledgement', believed.length === 0 ? 'never' : believed.join(', ')],
        ['control, before the link was ever good: not there', `${control.lost} of ${control.told}`]
      ] as const,
      faults: [
        ...(lost > 0 ? [`${lost} reads are lost`] : []),
        ...(twice > 0 ? [`${twice} reads are there twice`] : []),
        ...(emptyAfterMs === null ? ['the queue does not drain'] : []),
        ...(waitingRecords === 0 ? ['nothing waited when the link came back: this rig sees nothing'] : []),
        ...(control.lost === 0 ? ['the link was bad and all of it was there: this rig sees nothing'] : []),
        ...believed.map((portal) => `${portal}: a captive portal was believed`)
      ],
      late:
        (emptyAfterMs ?? 0) > EMPTY_WITHIN_MS
          ? [`the queue was empty ${Math.round((emptyAfterMs ?? 0) / 1000)} s after the link came back`]
          : []
    };
  } finally {
    await link.stop();
  }
}

/** How long until nothing waits, without anybody asking the tablet to send; null: not within the patience. */
async function emptyByItself(tablet: TabletUnderTorture, patienceMs: number): Promise<number | null> {
  const startedAt = performance.now();
  while (performance.now() - startedAt < patienceMs) {
    const { waitingRecords, boxes } = await tablet.status();
    if (waitingRecords === 0 && boxes === 0) return performance.now() - startedAt;
    await pause(250);
  }
  return null;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
