import { outboxDatabaseName } from '../locations.ts';
import { VaultClient } from '../client.ts';
import type { Opening } from '../protocol.ts';
import type { WorkerSetting } from './line.ts';
import type { StandInServer } from './stand-in-server.ts';

const open = new Set<VaultClient>();

/** Switches a tablet on: a new vault worker on whatever is stored. */
export async function switchOn(
  server: StandInServer,
  aheadMs = 0
): Promise<{ readonly vault: VaultClient; readonly opening: Opening }> {
  const setting: WorkerSetting = { channel: server.channel, aheadMs };
  const vault = new VaultClient(
    () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: JSON.stringify(setting) })
  );
  open.add(vault);
  return { vault, opening: await vault.open() };
}

/** A tablet with an enrollment and an officer's lease. */
export async function switchOnEnrolled(server: StandInServer): Promise<VaultClient> {
  const { vault } = await switchOn(server);
  await vault.enroll('TEST-CODE', 'Test tablet');
  await vault.renewLease();
  return vault;
}

/** The worker is gone at once, as when the browser is killed. */
export function switchOff(vault: VaultClient): void {
  vault.close();
  open.delete(vault);
}

/** A worker that holds a file, made where it is not there, as that of a page that was just left: for so long, from when this resolves. */
export async function heldByAnother(folder: string, name: string, forMs: number): Promise<void> {
  const source = `onmessage = async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('${folder}', { create: true });
    const handle = await (await folder.getFileHandle('${name}', { create: true })).createSyncAccessHandle();
    postMessage('held');
    setTimeout(() => { handle.close(); close(); }, ${forMs});
  }`;
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const holder = new Worker(url);
  await new Promise((held) => {
    holder.onmessage = held;
    holder.postMessage('hold');
  });
  URL.revokeObjectURL(url);
}

/** Takes everything off the tablet. */
export async function wipe(): Promise<void> {
  for (const vault of open) switchOff(vault);
  const root = await navigator.storage.getDirectory();
  await eventually(async () => {
    await removeIfThere(root, 'journal');
    await removeIfThere(root, 'standby');
    await removeIfThere(root, 'officers');
    await removeIfThere(root, 'lists');
    await removeIfThere(root, 'audit');
    await removeIfThere(root, 'room');
    for (const { name = '' } of await indexedDB.databases()) await dropDatabase(name);
    await dropKeySafe();
  });
}

/** The second copy of the tablet's key is lost too, as with a browser that has no buckets. */
export async function dropKeySafe(): Promise<void> {
  await eventually(() => storageBuckets().delete('device-key'));
}

/** The storage buckets of this origin, by name. */
export const buckets = (): Promise<readonly string[]> => storageBuckets().keys();

interface Buckets {
  delete(name: string): Promise<void>;
  keys(): Promise<readonly string[]>;
}
const storageBuckets = (): Buckets => (navigator as unknown as { readonly storageBuckets: Buckets }).storageBuckets;

export async function journalFiles(): Promise<string[]> {
  const names: string[] = [];
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('journal', { create: true });
  for await (const name of folder.keys()) names.push(name);
  return names;
}

export async function standbyFiles(): Promise<string[]> {
  const names: string[] = [];
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('standby', { create: true });
  for await (const name of folder.keys()) names.push(name);
  return names;
}

/** Fills so many bytes of the storage; answers how to take them away again. */
export async function useUp(bytes: number): Promise<() => Promise<void>> {
  const root = await navigator.storage.getDirectory();
  const stream = await (await root.getFileHandle('ballast', { create: true })).createWritable();
  await stream.write(new Uint8Array(bytes));
  await stream.close();
  return () => removeIfThere(root, 'ballast');
}

export async function journalBytes(boxId: string): Promise<Uint8Array<ArrayBuffer>> {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('journal');
  return new Uint8Array(await (await (await folder.getFileHandle(`${boxId}.pkj`)).getFile()).arrayBuffer());
}

export async function writeJournal(boxId: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('journal', { create: true });
  await eventually(async () => {
    const stream = await (await folder.getFileHandle(`${boxId}.pkj`, { create: true })).createWritable();
    await stream.write(bytes);
    await stream.close();
  });
}

export async function removeJournal(boxId: string): Promise<void> {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('journal');
  await eventually(() => removeIfThere(folder, `${boxId}.pkj`));
}

export function removeOutbox(boxId: string): Promise<void> {
  return eventually(() => dropDatabase(outboxDatabaseName(boxId)));
}

export async function databases(): Promise<string[]> {
  return (await indexedDB.databases()).map(({ name = '' }) => name).sort();
}

/** Removes one database; a worker that is still dying may hold it for a moment. */
export function dropDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => {
      resolve();
    };
    request.onerror = () => {
      reject(new Error('a database could not be removed'));
    };
  });
}

/** Repeats until it succeeds, for ten seconds at most. */
export async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  const endsAt = performance.now() + 10_000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > endsAt) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function removeIfThere(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  await folder.removeEntry(name, { recursive: true }).catch((error: unknown) => {
    if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error;
  });
}
