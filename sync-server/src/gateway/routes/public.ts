import type { House } from '../../house.ts';
import { locationsAsCsv, logAsCsv } from '../../public-log/csv.ts';
import { published } from '../../public-log/published.ts';
import type { Route } from '../door.ts';

/** The public log of use and the list of places: no account, and nothing but the public database behind it (426.4.1, 426.6). */
export function publicRoutes(route: Route, { store }: House): void {
  route('GET /api/public/log', () => ({
    kind: 'ready',
    act: null,
    answer: async () => ({ body: await published(store) })
  }));

  route('GET /api/public/locations', () => ({
    kind: 'ready',
    act: null,
    answer: async () => ({ body: { ...(await published(store)), rows: [] } })
  }));

  route('GET /api/public/locations.csv', () => ({
    kind: 'ready',
    act: null,
    answer: async () => ({
      type: 'text/csv; charset=utf-8',
      headers: { 'Content-Disposition': 'attachment; filename="alpr-locations.csv"' },
      body: locationsAsCsv(await published(store))
    })
  }));

  route('GET /api/public/log.csv', () => ({
    kind: 'ready',
    act: null,
    answer: async () => {
      const { agencyName, rows } = await published(store);
      return {
        type: 'text/csv; charset=utf-8',
        headers: { 'Content-Disposition': 'attachment; filename="alpr-log-of-use.csv"' },
        body: logAsCsv(agencyName, rows)
      };
    }
  }));
}
