import type { BoxRecord } from '#domain/records/box.ts';
import type { Designs } from '#designs/kinds.ts';
import type { Store } from '#server/store/store.ts';
import type { Given } from '../given.ts';
import { GATEWAY, inboxOf, REGISTER } from '../register/databases.ts';
import { rowOf } from '../register/rows.ts';
import { save, saveNew } from '../register/written.ts';

export type BoxState =
  | { readonly kind: 'open' }
  | { readonly kind: 'done' }
  /** the box belongs to another tablet */
  | { readonly kind: 'notYours' };

/** The tablets' boxes at the server: an inbox each, which is dropped when all in it is safe and the tablet's copy is gone. */
export class Boxes {
  constructor(
    private readonly store: Store,
    private readonly designs: Designs,
    private readonly given: Given
  ) {}

  find(boxId: string): Promise<BoxRecord | undefined> {
    return rowOf(this.store, 'box', boxId);
  }

  /** Makes the inbox of a box; said twice, nothing changes. */
  async open(boxId: string, deviceId: string): Promise<BoxState> {
    const record: BoxRecord = {
      _id: boxId,
      kind: 'box',
      schema: 1,
      deviceId,
      openedAt: this.given.now(),
      finishedAt: null,
      records: null
    };
    const known = await this.find(boxId);
    // First whose it is, then the inbox: an inbox without an owner would be open to nobody and dropped by nobody.
    if (known === undefined && (await saveNew(this.store, REGISTER, record, GATEWAY)) === 'taken')
      return this.open(boxId, deviceId);
    const state = stateFor(known ?? record, deviceId);
    if (state.kind === 'open') await this.store.create(inboxOf(boxId), this.designs.inbox);
    return state;
  }

  /** Whether this tablet may use this box now; undefined: there is no such box. */
  async stateFor(boxId: string, deviceId: string): Promise<BoxState | undefined> {
    const known = await this.find(boxId);
    return known === undefined ? undefined : stateFor(known, deviceId);
  }

  /** Remembers that the box is finished, then drops its inbox; a crash between the two is mended at the next start. */
  async finish(box: BoxRecord, records: number): Promise<void> {
    if (box.finishedAt === null)
      await save(this.store, REGISTER, { ...box, finishedAt: this.given.now(), records } as BoxRecord, GATEWAY);
    await this.store.drop(inboxOf(box._id));
  }

  /** Drops inboxes of finished boxes that a crash left behind; gives the ids of the boxes still under way. */
  async mend(): Promise<string[]> {
    const open: string[] = [];
    for (const database of await this.store.list('inbox-')) {
      const box = await this.find(database.slice('inbox-'.length));
      if (box?.finishedAt === null) open.push(box._id);
      else await this.store.drop(database);
    }
    return open;
  }
}

function stateFor(box: BoxRecord, deviceId: string): BoxState {
  if (box.deviceId !== deviceId) return { kind: 'notYours' };
  return box.finishedAt === null ? { kind: 'open' } : { kind: 'done' };
}
