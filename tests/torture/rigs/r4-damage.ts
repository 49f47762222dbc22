/**
 * R4: eleven kinds of damage to the files in which the browser keeps what waits on the tablet. Each must be reported, and no
 * unsent read may be lost. Controls: without damage nothing is reported, and damage to both copies at once must lose.
 */
import { cpSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chance } from '#tests/simulation/chance.ts';
import type { Rig } from '../rig.ts';
import { accountOf } from '../support/account.ts';
import { cutInHalf, flipBits } from '../support/damage.ts';
import { indexedDbFiles, indexedDbFolder, privateFiles, privateFilesFolder } from '../support/profile.ts';
import { startSite, type Site } from '../support/site.ts';
import { TabletUnderTorture } from '../support/tablet.ts';

const PLATE = 'DMG417';
const BEGINS_ANEW_WITHIN_MS = 11_000;

type Harm = (profile: string, chance: Chance) => void;

const flipOneBitIn =
  (files: (profile: string) => readonly string[]): Harm =>
  (profile, chance) => {
    for (const file of files(profile)) flipBits(file, 1, chance);
  };

const logs = (profile: string): readonly string[] => atLeastOne(indexedDbFiles(profile, /\.log$/));
const tables = (profile: string): readonly string[] => atLeastOne(indexedDbFiles(profile, /\.ldb$/));
const journals = (profile: string): readonly string[] => atLeastOne(privateFiles(profile));

/** Damage to no file at all would prove nothing. */
function atLeastOne(files: readonly string[]): readonly string[] {
  if (files.length === 0) throw new NothingToDamage('there is no such file');
  return files;
}

class NothingToDamage extends Error {
  override readonly name = 'NothingToDamage';
}

const KINDS: Readonly<Record<string, Harm>> = {
  'IndexedDB is gone': (profile) => rmSync(indexedDbFolder(profile), { recursive: true }),
  'the manifest of IndexedDB is gone': (profile) => {
    for (const file of indexedDbFiles(profile, /MANIFEST-/)) rmSync(file);
  },
  'the pointer to the manifest of IndexedDB is empty': (profile) => {
    for (const file of indexedDbFiles(profile, /CURRENT$/)) truncateSync(file, 0);
  },
  'the log of IndexedDB is cut in half': (profile) => logs(profile).forEach(cutInHalf),
  'one bit of the log of IndexedDB is flipped': flipOneBitIn(logs),
  'one bit of each table of IndexedDB is flipped': flipOneBitIn(tables),
  'the tables of IndexedDB are gone': (profile) => {
    for (const file of tables(profile)) rmSync(file);
  },
  'the journals are cut in half': (profile) => journals(profile).forEach(cutInHalf),
  'one bit of each journal is flipped': flipOneBitIn(journals),
  'the journals are overwritten with zeros': (profile) => {
    for (const file of journals(profile)) writeFileSync(file, Buffer.alloc(4_096));
  },
  'the browser’s list of private files is gone': (profile) =>
    rmSync(join(privateFilesFolder(profile), '000', 't', 'Paths'), { recursive: true })
};

const NO_HARM: Harm = () => {};
const ALL_HARM: Harm = (profile) => {
  rmSync(indexedDbFolder(profile), { recursive: true });
  rmSync(privateFilesFolder(profile), { recursive: true });
};

interface Case {
  readonly told: number;
  readonly lost: number;
  readonly twice: number;
  /** what the tablet said about it, in its own names */
  readonly said: readonly string[];
}

export const R4: Rig = {
  id: 'R4',
  claim: '11 kinds of damage to the browser’s files: unsent reads lost 0, each reported',
  rounds: 11,
  async run({ rounds, seed, say }) {
    const site = await startSite();
    const chance = new Chance(seed);
    const figures: [string, string][] = [];
    const faults: string[] = [];
    try {
      const scene = await Scene.set(site);
      const kinds = Object.entries(KINDS);
      for (let round = 0; round < rounds; round++) {
        const [name, harm] = kinds[round % kinds.length] as [string, Harm];
        const found = await scene.after(harm, chance).catch((error: unknown) => {
          if (!(error instanceof NothingToDamage)) throw error;
          return null;
        });
        if (found === null) {
          faults.push(`${name}: there was no such file to damage`);
          continue;
        }
        const words = found.said.join(', ') || 'nothing';
        say(`${round + 1} of ${rounds}: ${name}: lost ${found.lost} of ${found.told}, it said: ${words}`);
        figures.push([name, `lost ${found.lost} of ${found.told}; it said: ${words}`]);
        if (found.lost > 0) faults.push(`${name}: ${found.lost} unsent reads are lost`);
        if (found.twice > 0) faults.push(`${name}: ${found.twice} reads are there twice`);
        if (found.said.length === 0) faults.push(`${name}: nothing was said about it`);
      }
      const sound = await scene.after(NO_HARM, chance);
      figures.push([
        'control, no damage',
        `lost ${sound.lost} of ${sound.told}; it said: ${sound.said.join(', ') || 'nothing'}`
      ]);
      if (sound.said.length > 0) faults.push('the control without damage reports damage');
      const both = await scene.after(ALL_HARM, chance);
      figures.push(['control, both copies gone', `lost ${both.lost} of ${both.told}`]);
      if (both.lost === 0) faults.push('the control with both copies gone lost nothing: this rig sees nothing');
      return { figures, faults };
    } finally {
      await site.stop();
    }
  }
};

/** A tablet that saved without a server and was killed, and the server beside it: both as they were then, for each case anew. */
class Scene {
  private constructor(
    private readonly site: Site,
    private readonly tablet: TabletUnderTorture
  ) {}

  static async set(site: Site): Promise<Scene> {
    const tablet = new TabletUnderTorture(site);
    await tablet.setUp();
    await site.readsOf(PLATE);
    await site.server.kill();
    await tablet.beginPeriod();
    await tablet.save({ plate: PLATE, count: 110 });
    // A box that was closed in order, and one that was being written.
    await tablet.closePeriod();
    await tablet.beginPeriod();
    await tablet.save({ plate: PLATE, count: 110 });
    await tablet.kill();
    cpSync(tablet.profile, `${tablet.profile}.then`, { recursive: true });
    cpSync(site.data, `${site.data}.then`, { recursive: true });
    return new Scene(site, tablet);
  }

  /** Damages the tablet, switches it on with the server there, lets it send, and counts. */
  async after(harm: Harm, chance: Chance): Promise<Case> {
    const { site, tablet } = this;
    for (const folder of [tablet.profile, site.data]) {
      rmSync(folder, { recursive: true });
      cpSync(`${folder}.then`, folder, { recursive: true });
    }
    harm(tablet.profile, chance);
    await site.server.restart();
    // Some damage is found while the vault opens; then the app begins anew by itself.
    const { opening } = await tablet.switchOn().catch(async () => {
      await new Promise((resolve) => setTimeout(resolve, BEGINS_ANEW_WITHIN_MS));
      return tablet.openedAgain();
    });
    const said = new Set<string>();
    const look = async (): Promise<void> => {
      for (const damage of (await tablet.status()).damage) said.add(damage);
    };
    if (opening.kind === 'open') {
      await look();
      // What is only found when it is read lets the app begin anew, once.
      if (!(await tablet.drain(60_000).catch(() => false))) {
        await tablet.openedAgain();
        await look();
        await tablet.drain(60_000);
      }
    } else said.add(opening.kind);
    await tablet.switchOff();
    const found = await accountOf(tablet);
    await site.server.kill();
    return { ...found, said: [...said] };
  }
}
