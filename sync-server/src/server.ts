import type { FastifyInstance } from 'fastify';
import { MINUTE_MS } from '#domain/time/instant.ts';
import { buildApp, ROUTES, type Serving } from './gateway/app.ts';
import { openHouse, tidy, type Ground, type House } from './house.ts';

export interface RunningServer {
  readonly house: House;
  readonly app: FastifyInstance;
  /** Takes no new requests, finishes those under way and the ingest's turn, then closes the store. */
  close(): Promise<void>;
}

/** Opens the house, builds the gateway and starts the minute's round. Nothing listens yet. */
export async function makeServer(ground: Ground, serving: Serving, routes = ROUTES): Promise<RunningServer> {
  const house = await openHouse(ground);
  const app = await buildApp(house, serving, routes);
  let round: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    round = round.then(() => tidy(house)).catch(ground.failed);
  }, MINUTE_MS);
  timer.unref();
  return {
    house,
    app,
    close: async () => {
      clearInterval(timer);
      await app.close();
      await house.queue.close();
      await round;
      await ground.store.close();
    }
  };
}
