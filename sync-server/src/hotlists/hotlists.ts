import {
  checkHotlistEntry,
  type HotlistEntry,
  type HotlistPackage,
  type HotlistVersion
} from '#domain/records/hotlist.ts';
import { msOf, type Instant } from '#domain/time/instant.ts';
import type { LoadHotlistRequest } from '#domain/wire/requests.ts';
import type { Store } from '#server/store/store.ts';
import { GATEWAY, hotlistBoxOf } from '../register/databases.ts';
import type { Register } from '../register/register.ts';
import { NotWritten } from '../register/written.ts';
import { sha256Hex } from '../keys/bytes.ts';

const LINES_A_DOCUMENT = 1000;

interface Lines {
  readonly _id: string;
  readonly lines: readonly HotlistEntry[];
}

/** The version in force of every source: the newest. Lists are replaced whole, never merged. */
export function currentVersions(register: Register): HotlistVersion[] {
  const newest = new Map<string, HotlistVersion>();
  for (const version of register.hotlistVersions()) {
    if (!newest.has(version.source.sourceId)) newest.set(version.source.sourceId, version);
  }
  return [...newest.values()];
}

/**
 * Keeps a list in a box of its own, shows its version, then drops the boxes of the versions it replaces: a plate that was
 * taken off a list is not kept by us (LAW 4.3).
 */
export async function loadHotlist(
  store: Store,
  register: Register,
  request: LoadHotlistRequest,
  given: { readonly id: string; readonly now: Instant }
): Promise<HotlistVersion> {
  const version: HotlistVersion = {
    _id: given.id,
    kind: 'hotlistVersion',
    schema: 1,
    source: request.source,
    asOf: request.asOf,
    loadedAt: given.now,
    sha256: sha256Hex(JSON.stringify(request.entries)),
    rows: request.entries.length
  };
  const box = hotlistBoxOf(version._id);
  await store.create(box, []);
  for (let at = 0; at < request.entries.length; at += LINES_A_DOCUMENT) {
    const lines: Lines = {
      _id: `lines:${String(at).padStart(9, '0')}`,
      lines: request.entries.slice(at, at + LINES_A_DOCUMENT)
    };
    const outcome = await store.put(box, { ...lines }, GATEWAY);
    if (outcome.kind !== 'written') throw new NotWritten('A list could not be kept.');
  }
  await register.put(version);
  await dropReplaced(store, register);
  return version;
}

/** Drops the boxes of lists that no version in force uses: replaced ones, and halves that a crash left. */
export async function dropReplaced(store: Store, register: Register): Promise<void> {
  const inForce = new Set(currentVersions(register).map((version) => hotlistBoxOf(version._id)));
  for (const box of await store.list('hotlist-')) if (!inForce.has(box)) await store.drop(box);
}

/** What a tablet pulls: the lines of a version in force that have not expired at `now`. */
export async function hotlistPackage(
  store: Store,
  register: Register,
  versionId: string,
  now: Instant
): Promise<HotlistPackage | undefined> {
  const version = currentVersions(register).find((known) => known._id === versionId);
  if (version === undefined) return undefined;
  const documents = await store.all(hotlistBoxOf(versionId));
  const entries = documents.flatMap((document) => (document as unknown as Lines).lines);
  return {
    version,
    entries: entries.filter(
      (e) => checkHotlistEntry(e) === null && (e.expiresAt === null || msOf(e.expiresAt) > msOf(now))
    )
  };
}
