import type { PouchDatabase } from '../vault/pouchdb.js';
import type { DeviceCredentials, SendableBox } from './depot.ts';
import type { Answer } from './server.ts';

/** Why a push did not end well: no server answered, it does not know this tablet, or it will never take one of the records. */
export type PushFailure = 'serverUnreachable' | 'notAccepted' | 'refusedByServer';

/** The way to headquarters. The real one is http-line.ts; a simulation gives one that loses, repeats and delays. */
export interface Line {
  /** One question as the enrolled tablet. Never rejects. */
  ask(method: 'GET' | 'PUT' | 'DELETE', path: string, credentials: DeviceCredentials): Promise<Answer>;
  /** Pushes every record of the outbox that the box's inbox lacks; null: all of them were taken. Never rejects. */
  push(outbox: PouchDatabase, box: SendableBox, credentials: DeviceCredentials): Promise<PushFailure | null>;
}
