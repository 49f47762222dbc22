import { TreeRoot } from '#domain/ledger/tree-root.ts';
import type { Destruction } from '#domain/records/destruction.ts';
import type { Agency } from '#domain/records/agency.ts';
import type { LocalDate } from '#domain/time/instant.ts';
import type { StoredDocument } from '#server/store/store.ts';
import { foundOutAbout } from '../holds/covered.ts';
import { dayBoxOf, DESTROYER, REGISTER } from '../register/databases.ts';
import { save } from '../register/written.ts';
import { certify } from './certify.ts';
import { sha256 } from '../keys/bytes.ts';
import { documentsOf, recordHash, sharesOfDevices } from './inventory.ts';
import type { DestroyerParts } from './parts.ts';
import { rebuildWithout } from './rebuild.ts';

/**
 * Destroys reads of a date before their time, with their hits and pictures (426.4(b); 13.824 subd. 3(c)): written down first, then the
 * box is rebuilt without them, then certified. undefined: none of them is there.
 */
export async function destroyReadsEarly(
  parts: DestroyerParts,
  agency: Agency,
  date: LocalDate,
  readIds: readonly string[]
): Promise<Destruction | undefined> {
  return parts.dayBoxes.inTurn(date, async () => {
    const found = await Promise.all(readIds.map((id) => parts.store.get(dayBoxOf(date), id)));
    const reads = found.filter((document) => document?.['kind'] === 'read') as StoredDocument[];
    if (reads.length === 0) return undefined;
    const begun = await writeDown(parts, date, reads);
    return finish(parts, agency, begun);
  });
}

/** Finishes one that a kill left half done, from what was written down. */
export function finishEarly(parts: DestroyerParts, agency: Agency, begun: Destruction): Promise<Destruction> {
  if (begun.subject.kind !== 'earlyReads') return Promise.resolve(begun);
  return parts.dayBoxes.inTurn(begun.subject.date, () => finish(parts, agency, begun));
}

async function writeDown(
  parts: DestroyerParts,
  date: LocalDate,
  reads: readonly StoredDocument[]
): Promise<Destruction> {
  const { store, given, tags } = parts;
  const about = await foundOutAbout(store, date, reads);
  const _id = given.newId();
  const salt = tags.salt('earlyDestruction', _id);
  const hashes = [...reads, ...about].map((document) => recordHash(salt, document));
  const tree = new TreeRoot(sha256);
  for (const hash of hashes) tree.add(hash);
  const pictures = reads.reduce((sum, read) => sum + Object.keys(read._attachments ?? {}).length, 0);
  const record: Destruction = {
    _id,
    kind: 'destruction',
    schema: 2,
    subject: { kind: 'earlyReads', date },
    database: dayBoxOf(date),
    begunAt: given.now(),
    counts: { reads: reads.length, hits: about.filter(({ kind }) => kind === 'hit').length, pictures, setAside: 0 },
    devices: await sharesOfDevices(parts, countByPeriod(reads)),
    spared: [],
    salt,
    root: Buffer.from(tree.root()).toString('hex'),
    records: hashes.map((hash) => Buffer.from(hash).toString('hex')),
    destroyedAt: null,
    certificate: null
  };
  await save(store, REGISTER, record, DESTROYER);
  return record;
}

async function finish(parts: DestroyerParts, agency: Agency, begun: Destruction): Promise<Destruction> {
  if (begun.destroyedAt !== null) return certify(parts, agency, begun);
  const { store, designs, given } = parts;
  const goes = await named(parts, begun);
  await rebuildWithout(store, { database: begun.database, designs: designs.reads }, (document) =>
    goes.has(document._id)
  );
  const gone: Destruction = { ...begun, destroyedAt: given.now() };
  await save(store, REGISTER, gone, DESTROYER);
  return certify(parts, agency, gone);
}

// Which records are meant is known by their salted hashes alone, here as after a restore.
async function named({ store }: DestroyerParts, { database, salt, records }: Destruction): Promise<Set<string>> {
  const hashes = new Set(records);
  const ids = new Set<string>();
  if (!(await store.exists(database))) return ids;
  for await (const document of documentsOf(store, database))
    if (hashes.has(Buffer.from(recordHash(salt, document)).toString('hex'))) ids.add(document._id);
  return ids;
}

function countByPeriod(reads: readonly StoredDocument[]): Map<string, number> {
  const periods = new Map<string, number>();
  for (const read of reads) {
    const periodId = String(read['periodId']);
    periods.set(periodId, (periods.get(periodId) ?? 0) + 1);
  }
  return periods;
}
