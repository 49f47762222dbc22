import { dropDatabase, eventually } from './tablet.ts';

type Row = Readonly<Record<string, unknown>>;

const KEYS: Readonly<Record<string, string>> = {
  boxes: 'boxId',
  enrollments: 'deviceId',
  finishing: 'boxId',
  destructions: 'id',
  kept: 'key',
  officers: 'memberId',
  ownKeys: 'boxId'
};

/** Everything in the tables of an IndexedDB, as text; bytes as their characters. */
export async function everythingIn(name: string): Promise<string> {
  const tables = await tablesOf(name);
  return JSON.stringify(Object.fromEntries(tables), (_, value: unknown) =>
    value instanceof Uint8Array ? String.fromCharCode(...value) : value
  );
}

/** A toolbox as the first version of the app had it. */
export class OldToolbox {
  private constructor(private readonly tables: Map<string, Row[]>) {}

  static async from(name: string): Promise<OldToolbox> {
    const tables = await tablesOf(name);
    await eventually(() => dropDatabase(name));
    return new OldToolbox(tables);
  }

  change(table: string, to: (row: Row) => Row): void {
    this.tables.set(table, (this.tables.get(table) ?? []).map(to));
  }

  async writeAs(name: string): Promise<void> {
    const opening = indexedDB.open(name, 20);
    opening.onupgradeneeded = () => {
      for (const [table, keyPath] of Object.entries(KEYS)) opening.result.createObjectStore(table, { keyPath });
    };
    const database = await settled(opening);
    const work = database.transaction([...this.tables.keys()], 'readwrite');
    for (const [table, rows] of this.tables) for (const row of rows) work.objectStore(table).put(row);
    await new Promise((resolve) => (work.oncomplete = resolve));
    database.close();
  }
}

async function tablesOf(name: string): Promise<Map<string, Row[]>> {
  const database = await settled(indexedDB.open(name));
  const tables = new Map<string, Row[]>();
  for (const table of database.objectStoreNames) {
    const rows = await settled(database.transaction(table).objectStore(table).getAll() as IDBRequest<Row[]>);
    tables.set(table, rows);
  }
  database.close();
  return tables;
}

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('IndexedDB refused'));
    };
  });
