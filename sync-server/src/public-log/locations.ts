import type { FixedLocation } from '#domain/records/agency.ts';
import type { ActivePeriod } from '#domain/records/period.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Store } from '#server/store/store.ts';
import type { Tags } from '../keys/tags.ts';
import { INGEST, PUBLIC, REGISTER } from '../register/databases.ts';
import { rowsOf } from '../register/rows.ts';
import { save } from '../register/written.ts';

/** A row of the public list; not the device. */
export type PublicLocation = Omit<FixedLocation, 'deviceId' | 'kind' | 'schema'> & { readonly kind: 'publicLocation' };

/**
 * Keeps the list of current and previous places up to date with a period of a stationary or fixed reader: a new place opens a
 * row and closes the row of the place before; a tripod's row ends with its period, a fixed reader's stays open (426.4.1; LAW A20).
 */
export async function showLocation(store: Store, tags: Tags, period: ActivePeriod): Promise<void> {
  const { deployment, place, deviceId } = period;
  const from = period.intervals[0]?.startedAt;
  if ((deployment !== 'stationary' && deployment !== 'fixed') || place === undefined || from === undefined) return;
  const known = (await rowsOf(store, 'fixedLocation')).filter((row) => row.deviceId === deviceId);
  const id = tags.id('location', period._id);
  const here = known.find((row) => row._id === id) ?? known.find((row) => isStillThere(row, deployment, place));
  for (const other of known) {
    if (other !== here && other.removedAt === null && other.installedAt < from)
      await keep(store, tags, { ...other, removedAt: from });
  }
  const removedAt: Instant | null = deployment === 'stationary' ? period.closedAt : (here?.removedAt ?? null);
  const row: FixedLocation = here ?? {
    _id: id,
    kind: 'fixedLocation',
    schema: 1,
    deviceId,
    description: place,
    deployment,
    installedAt: from,
    removedAt: null
  };
  if (here === undefined || row.removedAt !== removedAt) await keep(store, tags, { ...row, removedAt });
}

const isStillThere = (row: FixedLocation, deployment: string, place: string): boolean =>
  deployment === 'fixed' && row.deployment === 'fixed' && row.removedAt === null && row.description === place;

async function keep(store: Store, tags: Tags, row: FixedLocation): Promise<void> {
  await save(store, REGISTER, row, INGEST);
  const { description, deployment, installedAt, removedAt } = row;
  const _id = `place:${tags.id('publicPlace', row._id)}`;
  const shown: PublicLocation = { _id, kind: 'publicLocation', description, deployment, installedAt, removedAt };
  await save(store, PUBLIC, shown, INGEST);
}
