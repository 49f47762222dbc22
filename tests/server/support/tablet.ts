import { randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import type { Receipt } from '#domain/records/receipt.ts';
import type { SealedContent, SealedRecord } from '#domain/records/sealed.ts';
import type { Enrollment } from '#domain/wire/answers.ts';
import { Sealer } from '#server/demo/sealer.ts';
import type { Answered, Browser } from './browser.ts';
import type { TestServer } from './server.ts';

const REV = '1-0123456789abcdef0123456789abcdef';

/** A box of a tablet, pushed as PouchDB's replicator pushes it. */
export class TabletBox {
  readonly boxId = randomUUID();
  readonly sealed: SealedRecord[] = [];
  #sealer: Sealer | undefined;

  constructor(
    private readonly server: TestServer,
    private readonly tablet: Browser & { readonly enrollment: Enrollment }
  ) {}

  get path(): string {
    return `/db/inbox-${this.boxId}`;
  }

  open(): Promise<Answered> {
    return this.tablet.put(`/api/device/boxes/${this.boxId}`);
  }

  async seal(...contents: readonly (SealedContent | Uint8Array)[]): Promise<void> {
    const { deviceId, sealingKey } = this.tablet.enrollment;
    this.#sealer ??= await Sealer.forBox(deviceId, this.boxId, sealingKey);
    for (const content of contents) {
      this.sealed.push(
        await (content instanceof Uint8Array ? this.#sealer.sealBytes(content) : this.#sealer.seal(content))
      );
    }
  }

  /** `new_edits: false`, with the revisions, as a replicator does. */
  push(records: readonly SealedRecord[] = this.sealed): Promise<Answered> {
    const [start, hash] = REV.split('-');
    const docs = records.map((record) => ({ ...record, _rev: REV, _revisions: { start: Number(start), ids: [hash] } }));
    return this.tablet.post(`${this.path}/_bulk_docs`, { docs, new_edits: false });
  }

  /** Opens the box, seals, pushes, and waits until the server has taken it in. */
  async send(...contents: readonly (SealedContent | Uint8Array)[]): Promise<void> {
    await this.open();
    await this.seal(...contents);
    await this.push();
    await this.server.house.queue.idle();
  }

  receiptAnswer(): Promise<Answered> {
    return this.tablet.get(`/api/device/boxes/${this.boxId}/receipt`);
  }

  async receipt(): Promise<Receipt> {
    const { receipt } = (await this.receiptAnswer()).body as { receipt: string };
    return decodeJwt(receipt) as unknown as Receipt;
  }

  finish(count = this.sealed.length): Promise<Answered> {
    return this.tablet.delete(`/api/device/boxes/${this.boxId}?count=${String(count)}`);
  }
}
