/** A server of its own for one run of a rig, with an agency on it, and the questions that a rig asks at headquarters. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Person, setUpAgency, type Agency } from '#tests/e2e/support/agency.ts';
import { startServer, type RunningServer } from '#tests/e2e/support/server.ts';

export interface Site {
  readonly folder: string;
  readonly url: string;
  readonly agency: Agency;
  readonly server: RunningServer;
  /** folder of the server's data */
  readonly data: string;
  /** ids of the reads of one plate that headquarters has; one that is there twice is named twice */
  readsOf(plate: string): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** Starts it in a throw-away folder; `stop` removes all of it. */
export async function startSite(): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'platekeeper-torture-'));
  const data = join(folder, 'data');
  const server = await startServer({ data });
  const agency = await setUpAgency(server.url, server.setupCode ?? '');
  let investigator: Person | undefined;
  return {
    folder,
    url: server.url,
    agency,
    server,
    data,
    readsOf: async (plate) => {
      investigator ??= await new Person(server.url).signIn(agency.investigator);
      const dayMs = 86_400_000;
      const on = (offset: number): string => new Date(Date.now() + offset).toISOString().slice(0, 10);
      const found = await investigator.search({ plate, from: on(-2 * dayMs), to: on(dayMs) });
      if (found.capped) throw new Error('more reads of one plate than headquarters shows at once');
      return found.rows.map(({ read }) => read._id);
    },
    stop: async () => {
      await server.stop();
      // A browser that is still there when a rig fails writes on while its folder goes.
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
    }
  };
}

/** The same site as a tablet sees it that reaches it by another address. */
export const through = (site: Site, url: string): Site => ({ ...site, url, agency: { ...site.agency, url } });
