import type { DeviceIdentity } from './proof.ts';
import type { Receipt } from '#domain/records/receipt.ts';
import type { PouchDatabase } from '../vault/pouchdb.js';

/** What replication may see of a box: enough to send it, nothing to read it. */
export interface SendableBox {
  readonly boxId: string;
  readonly deviceId: string;
  readonly closed: boolean;
  /** records that the tablet holds, and their bytes on disk */
  readonly records: number;
  readonly bytes: number;
}

export interface DeviceCredentials extends DeviceIdentity {
  readonly signingKey: Readonly<Record<string, string>>;
}

export interface FinishedBox {
  readonly boxId: string;
  readonly deviceId: string;
  readonly count: number;
}

/** Where replication takes boxes from; the vault is one. */
export interface Depot {
  /** boxes with records that no receipt covers yet, or that are closed and still here; oldest first */
  waiting(): readonly SendableBox[];
  /** null: this tablet is not, or no longer, able to prove that it is the device */
  credentials(deviceId: string): Promise<DeviceCredentials | null>;
  /** the outbox of a box with every saved record in it */
  outboxOf(boxId: string): Promise<PouchDatabase>;
  /** Takes a verified receipt; destroys the box when it is closed and all it holds is covered. True: destroyed. */
  receipted(receipt: Receipt): Promise<boolean>;
  /** boxes destroyed here of which the server has not been told */
  finishing(): Promise<readonly FinishedBox[]>;
  finished(boxId: string): Promise<void>;
}
