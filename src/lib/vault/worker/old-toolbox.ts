import { Dexie } from 'dexie';
import { OLD_TOOLBOX_NAME } from '../locations.ts';
import { enrollmentOfNow } from './kept-enrollment.ts';
import { toolboxOptions, type Toolbox } from './toolbox.ts';

/**
 * Upgrade step: the first toolbox had names, a case number and a token in clear. Rows that are written over stay on the disk for long, a
 * database that is dropped does not (FIELD-NOTES 3): so what is still needed moves into a new one, and the old one goes whole. Cut short
 * it is simply done again. `seal` takes the record of a period that was under way.
 */
export async function moveOldToolbox(
  factory: IDBFactory,
  toolbox: Toolbox,
  seal: (period: unknown) => Promise<void>
): Promise<void> {
  const names = (await factory.databases()).map(({ name }) => name);
  if (!names.includes(OLD_TOOLBOX_NAME)) return;
  const old = new Dexie(OLD_TOOLBOX_NAME, toolboxOptions(factory));
  await old.open();
  const rowsOf = async (table: string): Promise<object[]> =>
    old.tables.some(({ name }) => name === table) ? old.table<object>(table).toArray() : [];
  let period: unknown = null;
  for (const table of ['boxes', 'finishing', 'destructions', 'ownKeys', 'enrollments', 'officers', 'kept'] as const) {
    for (const row of await rowsOf(table)) {
      const kept = row as { readonly key?: unknown; readonly value?: unknown };
      if (table === 'kept' && kept.key === 'period') period = kept.value;
      else if (table === 'kept' && kept.key === 'lease') continue;
      else if (table === 'enrollments') await toolbox.putAsIs(table, enrollmentOfNow(row));
      else if (table === 'officers') await toolbox.putAsIs(table, await officerOfNow(row, toolbox));
      else await toolbox.putAsIs(table, row);
    }
  }
  if (period !== null) await seal(period);
  old.close();
  await old.delete();
}

/** Schema 1 had the sign-in name in clear, and a lease that names the officer: it is asked for anew. The counts of wrong tries stay. */
async function officerOfNow(row: object, toolbox: Toolbox): Promise<object> {
  const { signInName = '', ...rest } = row as { readonly signInName?: string };
  return {
    ...rest,
    schema: 2,
    nameTag: await toolbox.nameTagOf(signInName),
    name: null,
    confidential: null,
    lease: null
  };
}
