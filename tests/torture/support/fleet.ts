/**
 * Tablets without a screen, for what fifty browsers cannot do on one machine: each seals real reads with the vault's own sealing and carries its
 * boxes to a real server over HTTP with the tablet's own courier and its replication, timing every request.
 */
import { destroyByOf } from '#domain/policy/retention.ts';
import { coversAll, type Receipt } from '#domain/records/receipt.ts';
import type { SealedRecord } from '#domain/records/sealed.ts';
import type { Enrollment } from '#domain/wire/answers.ts';
import { NONCE_HEADER, PROOF_HEADER } from '#domain/wire/device-proof.ts';
import { instantOf } from '#domain/time/instant.ts';
import { Courier, machineAlarm } from '#lib/replication/courier.ts';
import type { Depot, DeviceCredentials, FinishedBox, SendableBox } from '#lib/replication/depot.ts';
import type { Line, PushFailure } from '#lib/replication/line.ts';
import { Pace } from '#lib/replication/pace.ts';
import { failureOfStatus } from '#lib/replication/send-box.ts';
import type { Answer } from '#lib/replication/server.ts';
import type { PouchDatabase } from '#lib/vault/pouchdb.js';
import { RECORDS_A_BOX } from '#lib/vault/box.ts';
import { sealFor } from '#lib/vault/sealing.ts';
import type { TabletKey } from '#tests/server/support/tablet-key.ts';
import { periodFor, readIn } from './records.ts';

export interface FleetSetting {
  readonly url: string;
  readonly enrollment: Enrollment;
  readonly key: TabletKey;
  readonly memberId: string;
  readonly plate: string;
  readonly reads: number;
  readonly pictureBytes: number;
}

interface HeldBox {
  readonly boxId: string;
  readonly records: readonly SealedRecord[];
}

export class FleetTablet implements Depot {
  readonly readIds: string[] = [];
  readonly tookMs: number[] = [];
  #boxes: readonly HeldBox[] = [];
  #finishing: FinishedBox[] = [];
  readonly #courier: Courier;

  private constructor(private readonly setting: FleetSetting) {
    this.#courier = new Courier({
      depot: this,
      line: this.#line,
      alarm: machineAlarm,
      chance: Math.random,
      reach: () => Promise.resolve('idle'),
      onLink: () => undefined
    });
  }

  /** A tablet that has captured so many reads without a server. */
  static async withReads(setting: FleetSetting): Promise<FleetTablet> {
    const tablet = new FleetTablet(setting);
    const { enrollment, memberId } = setting;
    const lease = { deviceId: enrollment.deviceId, agency: enrollment.agency, memberId };
    const period = periodFor(lease);
    for (let left = setting.reads; left > 0; left -= RECORDS_A_BOX - 1) {
      const boxId = crypto.randomUUID();
      const { seal } = await sealFor(enrollment.sealingKey, enrollment.deviceId, boxId, null);
      const records = [await seal(1, { kind: 'period', period })];
      for (let seq = 2; seq <= RECORDS_A_BOX && seq - 1 <= left; seq++) {
        const read = {
          ...readIn(period, setting.plate),
          destroyBy: destroyByOf(instantOf(Date.now()), instantOf(Date.now()), enrollment.agency)
        };
        tablet.readIds.push(read._id);
        const pictures = { plateImage: noise(setting.pictureBytes), contextImage: noise(setting.pictureBytes) };
        records.push(await seal(seq, { kind: 'read', read, pictures }));
      }
      tablet.#boxes = [...tablet.#boxes, { boxId, records }];
    }
    return tablet;
  }

  get isEmpty(): boolean {
    return this.#boxes.length === 0 && this.#finishing.length === 0;
  }

  /** The link is back: it goes at once, and again as its courier's patience has it. */
  async carryAll(): Promise<void> {
    await this.#courier.goNow();
    while (!this.isEmpty) await new Promise((resolve) => setTimeout(resolve, 100));
  }

  waiting(): readonly SendableBox[] {
    return this.#boxes.map(({ boxId, records }) => ({
      boxId,
      deviceId: this.setting.enrollment.deviceId,
      closed: true,
      records: records.length,
      bytes: records.reduce((sum, { body }) => sum + body.length, 0)
    }));
  }

  credentials(): Promise<DeviceCredentials> {
    const { enrollment, key } = this.setting;
    return Promise.resolve({ ...enrollment, deviceKey: key.privateKey });
  }

  outboxOf(boxId: string): Promise<PouchDatabase> {
    return Promise.resolve({ boxId } as unknown as PouchDatabase);
  }

  receipted(receipt: Receipt): Promise<boolean> {
    const box = this.#boxes.find(({ boxId }) => boxId === receipt.boxId);
    if (box === undefined || !coversAll(receipt, box.records.length) || receipt.quarantined.length > 0)
      return Promise.resolve(false);
    this.#boxes = this.#boxes.filter((other) => other !== box);
    const { deviceId } = this.setting.enrollment;
    this.#finishing.push({ boxId: box.boxId, deviceId, count: box.records.length });
    return Promise.resolve(true);
  }

  finishing(): Promise<readonly FinishedBox[]> {
    return Promise.resolve([...this.#finishing]);
  }

  finished(boxId: string): Promise<void> {
    this.#finishing = this.#finishing.filter((box) => box.boxId !== boxId);
    return Promise.resolve();
  }

  get #line(): Line {
    return {
      ask: (method, path) => this.#ask(method, path),
      push: (_outbox, box) => this.#push(box)
    };
  }

  /** CouchDB's replication of a box that is all new: what is missing, then all of that. */
  async #push(sent: SendableBox): Promise<PushFailure | null> {
    const { boxId } = sent;
    const records = this.#boxes.find((box) => box.boxId === boxId)?.records ?? [];
    const size = new Pace().recordsOf(sent);
    for (let at = 0; at < records.length; at += size) {
      const batch = records.slice(at, at + size);
      const revisions = Object.fromEntries(batch.map((record) => [record._id, [revisionOf(record)]]));
      const asked = await this.#ask('POST', `/db/inbox-${boxId}/_revs_diff`, revisions);
      if (asked.kind !== 'ok') return failureOfStatus(statusOf(asked));
      const docs = batch
        .filter(({ _id }) => _id in (asked.body as object))
        .map((record) => ({
          ...record,
          _rev: revisionOf(record),
          _revisions: { start: 1, ids: [revisionOf(record).slice(2)] }
        }));
      if (docs.length === 0) continue;
      const body = { docs, new_edits: false };
      const taken = await this.#ask('POST', `/db/inbox-${boxId}/_bulk_docs`, body);
      if (taken.kind !== 'ok') return failureOfStatus(statusOf(taken));
      if ((taken.body as readonly unknown[]).length > 0) return 'refusedByServer';
    }
    return null;
  }

  async #ask(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await this.#askOnce(method, path, body);
    // The server told the nonce of now, and nothing was done.
    return answer.kind === 'refused' && answer.status === 401 ? this.#askOnce(method, path, body) : answer;
  }

  async #askOnce(method: string, path: string, body?: unknown): Promise<Answer> {
    const { key } = this.setting;
    const startedAt = performance.now();
    try {
      const response = await fetch(this.setting.url + path, {
        method,
        headers: {
          [PROOF_HEADER]: await key.proofFor(method, this.setting.url + path),
          ...(body === undefined ? {} : { 'content-type': 'application/json' })
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) })
      });
      key.hear(response.headers.get(NONCE_HEADER));
      const text = await response.text();
      this.tookMs.push(performance.now() - startedAt);
      const answer: unknown = text === '' ? null : JSON.parse(text);
      if (response.ok) return { kind: 'ok', status: response.status, body: answer };
      return {
        kind: 'refused',
        status: response.status,
        refusal: answer as Extract<Answer, { kind: 'refused' }>['refusal']
      };
    } catch {
      return { kind: 'unreachable' };
    }
  }
}

const revisionOf = (record: SealedRecord): string => `1-${record._id.slice(-8).padStart(32, '0')}`;
const statusOf = (answer: Answer): number | undefined => (answer.kind === 'refused' ? answer.status : undefined);
const noise = (bytes: number): Uint8Array => crypto.getRandomValues(new Uint8Array(bytes));
