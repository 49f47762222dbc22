import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createLocalJWKSet, compactVerify } from 'jose';
import type { CertificateRecord } from '#domain/records/certificate.ts';
import type { AnyDestruction, Destruction } from '#domain/records/destruction.ts';
import { msOf } from '#domain/time/instant.ts';
import type { DesignDocument, Store } from '#server/store/store.ts';
import { certificateIn } from '../destroyer/certificates.ts';
import { documentsOf, recordHash } from '../destroyer/inventory.ts';
import { rebuildWithout } from '../destroyer/rebuild.ts';
import { sha256Hex } from '../keys/bytes.ts';
import { SigningKey } from '../keys/signing-key.ts';
import { DESTROYER, REGISTER } from '../register/databases.ts';
import { rowsOf } from '../register/rows.ts';
import { save, saveNew } from '../register/written.ts';
import { readSealedFile } from './sealed-file.ts';

/** A backup must not be opened as asked; the message says why and what to do. */
export class RestoreRefused extends Error {
  override readonly name = 'RestoreRefused';
}

const QUARANTINE = '.quarantine';

/** What the list of destructions holds. */
type Listed = AnyDestruction | CertificateRecord;

export interface RestoreOrder {
  readonly backup: string;
  readonly key: Buffer;
  /** the list of destructions as it is now; it lies beside the backups */
  readonly destructions: string;
  /** where the data go; must not be there yet */
  readonly data: string;
  readonly openStore: (folder: string) => Store;
  /** of a day box that is rebuilt without reads that went early */
  readonly designs: readonly DesignDocument[];
}

/**
 * Restores a backup into quarantine, replays every destruction since it was made, and only then gives the folder its name (R12): what
 * was destroyed does not come back. Begun again after a kill it starts over. Throws RestoreRefused, BackupUnreadable.
 */
export async function restore(order: RestoreOrder): Promise<{ readonly replayed: number }> {
  const { data } = order;
  if (existsSync(data)) throw new RestoreRefused(`${data} is there already. Give a folder that is not.`);
  if (!existsSync(order.destructions))
    throw new RestoreRefused(
      `The list of destructions is missing (${order.destructions}). Without it destroyed reads would come back: copy it from the folder of the backups.`
    );
  const quarantine = data + QUARANTINE;
  rmSync(quarantine, { recursive: true, force: true });
  unpack(order, quarantine);
  const store = order.openStore(join(quarantine, 'databases'));
  try {
    const records = JSON.parse(readFileSync(order.destructions, 'utf8')) as Listed[];
    await adoptCertificates(store, join(quarantine, 'keys'), records);
    const replayed = await replay(store, order.designs, records);
    await store.close();
    renameSync(quarantine, data);
    return { replayed };
  } catch (error) {
    await store.close();
    rmSync(quarantine, { recursive: true, force: true });
    throw error;
  }
}

function unpack({ backup, key }: RestoreOrder, quarantine: string): void {
  for (const folder of ['databases', 'keys']) mkdirSync(join(quarantine, folder), { recursive: true, mode: 0o700 });
  try {
    for (const frame of readSealedFile(backup, key).frames) {
      const end = frame.indexOf('\n');
      const name = frame.subarray(0, end).toString('utf8');
      // A name out of the file never leads out of the folder.
      const folder = dirname(name);
      if ((folder !== 'databases' && folder !== 'keys') || basename(name).startsWith('.'))
        throw new RestoreRefused('The backup holds something that is none of ours.');
      appendFileSync(join(quarantine, folder, basename(name)), frame.subarray(end + 1), { mode: 0o600 });
    }
  } catch (error) {
    rmSync(quarantine, { recursive: true, force: true });
    throw error;
  }
}

// The list must continue the chain that is in the backup, and every certificate in it must be our own: else it is not the list.
async function adoptCertificates(store: Store, keys: string, records: readonly Listed[]): Promise<void> {
  const key = await SigningKey.load(join(keys, 'certificates.json'), 'EdDSA');
  const known = (await rowsOf(store, 'certificate')).sort((a, b) => a.number - b.number);
  const listed = records.filter((record) => record.kind === 'certificate').sort((a, b) => a.number - b.number);
  if (known.some((certificate, at) => listed[at]?.jws !== certificate.jws))
    throw new RestoreRefused(
      'This list of destructions is older than the backup, or of another agency. Copy the newest.'
    );
  const jwks = createLocalJWKSet({ keys: [key.publicJwk] });
  for (const [at, record] of listed.entries()) {
    const before = listed[at - 1];
    await compactVerify(record.jws, jwks).catch(() => {
      throw new RestoreRefused('A certificate in the list of destructions has a wrong signature.');
    });
    const { number, previous } = certificateIn(record.jws);
    if (
      number !== at + 1 ||
      record.number !== number ||
      previous !== (before === undefined ? null : sha256Hex(before.jws))
    )
      throw new RestoreRefused('A certificate is missing from the list of destructions.');
    await saveNew(store, REGISTER, record, DESTROYER);
  }
}

async function replay(store: Store, designs: readonly DesignDocument[], records: readonly Listed[]): Promise<number> {
  const known = new Set(
    (await rowsOf(store, 'destruction')).flatMap((row) =>
      row.schema === 2 && row.certificate !== null ? [row._id] : []
    )
  );
  const since = records
    .filter((record): record is Destruction => record.kind === 'destruction' && record.schema === 2)
    .filter((record) => record.destroyedAt !== null && !known.has(record._id))
    .sort((a, b) => msOf(a.begunAt) - msOf(b.begunAt));
  for (const destruction of since) {
    if (await store.exists(destruction.database)) await replayOne(store, designs, destruction);
    await save(store, REGISTER, destruction, DESTROYER);
  }
  return since.length;
}

async function replayOne(
  store: Store,
  designs: readonly DesignDocument[],
  { subject, database, salt, records }: Destruction
): Promise<void> {
  if (subject.kind !== 'earlyReads') {
    await store.drop(database);
    return;
  }
  const gone = new Set(records);
  const ids = new Set<string>();
  for await (const document of documentsOf(store, database))
    if (gone.has(Buffer.from(recordHash(salt, document)).toString('hex'))) ids.add(document._id);
  await rebuildWithout(store, { database, designs }, (document) => ids.has(document._id));
}
