import { isWithheld, publicLocation } from '#domain/policy/locations.ts';
import type { FixedLocation } from '#domain/records/location.ts';
import type { ActivePeriod } from '#domain/records/period.ts';
import type { Store } from '#server/store/store.ts';
import type { Tags } from '../keys/tags.ts';
import { INGEST, PUBLIC, REGISTER } from '../register/databases.ts';
import { rowOf, rowsOf } from '../register/rows.ts';
import { save } from '../register/written.ts';

/** The list of current and previous places: the register's rows, and what the public sees of each (426.4.1; 13.824 subd. 5(b)). */
export class Locations {
  constructor(
    private readonly store: Store,
    private readonly tags: Tags
  ) {}

  /** All rows, newest first. */
  async all(): Promise<FixedLocation[]> {
    return (await rowsOf(this.store, 'fixedLocation')).sort((a, b) => (a.installedAt < b.installedAt ? 1 : -1));
  }

  find(id: string): Promise<FixedLocation | undefined> {
    return rowOf(this.store, 'fixedLocation', id);
  }

  /** Writes a row, and what the public sees of it. The design document judges it by the rule nextLocation. */
  async keep(row: FixedLocation): Promise<void> {
    await save(this.store, REGISTER, row, INGEST);
    await save(this.store, PUBLIC, publicLocation(row, `place:${this.tags.id('publicPlace', row._id)}`), INGEST);
  }

  /**
   * Keeps the list up to date with a period of a stationary or fixed reader: a new place opens a row and closes the row of the place
   * before; a tripod's row ends with its period, a fixed reader's stays open (LAW A20). Answers whether the place is withheld.
   */
  async show(period: ActivePeriod): Promise<{ readonly isWithheld: boolean }> {
    const { deployment, place, deviceId } = period;
    const from = period.intervals[0]?.startedAt;
    if ((deployment !== 'stationary' && deployment !== 'fixed') || place === undefined || from === undefined)
      return { isWithheld: false };
    const known = (await rowsOf(this.store, 'fixedLocation')).filter((row) => row.deviceId === deviceId);
    const id = this.tags.id('location', period._id);
    const here = known.find((row) => row._id === id) ?? known.find((row) => isStillThere(row, deployment, place));
    for (const other of known) {
      if (other !== here && other.removedAt === null && other.installedAt < from)
        await this.keep({ ...other, removedAt: from });
    }
    const removedAt = deployment === 'stationary' ? period.closedAt : (here?.removedAt ?? null);
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
    // A snapshot of before the close may come after it; what was left stays left.
    if (here === undefined || (removedAt !== null && row.removedAt !== removedAt))
      await this.keep({ ...row, removedAt });
    return { isWithheld: isWithheld(row) };
  }

  /** Whether this period is one of the place's. */
  isOf(location: FixedLocation, { _id, deviceId, deployment, place, intervals }: ActivePeriod): boolean {
    if (location.deviceId !== deviceId || location.deployment !== deployment) return false;
    if (deployment === 'stationary') return location._id === this.tags.id('location', _id);
    const from = intervals[0]?.startedAt ?? '';
    const until = location.removedAt;
    return location.description === place && from >= location.installedAt && (until === null || from < until);
  }
}

const isStillThere = (row: FixedLocation, deployment: string, place: string): boolean =>
  deployment === 'fixed' && row.deployment === 'fixed' && row.removedAt === null && row.description === place;
