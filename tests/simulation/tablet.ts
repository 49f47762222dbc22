/**
 * A tablet without a screen: it seals with the vault's own sealing, keeps its boxes, and speaks the five replication verbs
 * over a bad link. Stores of the browser are not simulated here (tests/torture does that in a real one).
 */
import { coversAll, type Receipt } from '#domain/records/receipt.ts';
import type { Read } from '#domain/records/read.ts';
import type { SealedContent, SealedRecord } from '#domain/records/sealed.ts';
import { instantOf, localDateOf, msOf, utcOffsetMinutesOf } from '#domain/time/instant.ts';
import { destroyByOf } from '#domain/policy/retention.ts';
import type { ActivePeriod } from '#domain/records/period.ts';
import type { Enrollment } from '#domain/wire/answers.ts';
import { beginPeriod, closePeriod, nextMidnight } from '#lib/scanning/period-life.ts';
import { TabletKey } from '#tests/server/support/tablet-key.ts';
import { sealFor, type Seal } from '#lib/vault/sealing.ts';
import { NO_COUNTS } from '#domain/records/period.ts';
import type { Chance } from './chance.ts';
import type { Asked, World } from './world.ts';

interface Box {
  readonly boxId: string;
  readonly seal: Seal;
  readonly records: SealedRecord[];
  closed: boolean;
}

/** What the link does to one request. */
type Fate = 'arrives' | 'isLost' | 'answerIsLost';

export class SimulatedTablet {
  readonly saved: Read[] = [];
  #boxes: Box[] = [];
  #finishing: { boxId: string; count: number }[] = [];
  #period: ActivePeriod | null = null;

  private constructor(
    private readonly world: World,
    private readonly chance: Chance,
    private readonly enrollment: Enrollment,
    private readonly key: TabletKey,
    private readonly operatorId: string
  ) {}

  static async enroll(world: World, cookie: string, operatorId: string): Promise<SimulatedTablet> {
    const { code } = await world.must<{ code: string }>({
      method: 'POST',
      path: '/api/devices/codes',
      cookie,
      body: {}
    });
    const key = await TabletKey.make();
    const body = { code, label: `Tablet ${world.chance.below(1000)}`, deviceKey: key.publicHalf };
    const enrollment = await world.must<Enrollment>({ method: 'POST', path: '/api/enrollment', body });
    key.deviceId = enrollment.deviceId;
    return new SimulatedTablet(world, world.chance, enrollment, key, operatorId);
  }

  get isEmpty(): boolean {
    return this.#boxes.length === 0 && this.#finishing.length === 0;
  }

  get isCapturing(): boolean {
    return this.#period !== null;
  }

  async beginPeriod(): Promise<void> {
    const { agency, deviceId } = this.enrollment;
    this.#period = beginPeriod(
      { purpose: 'routinePatrol', deployment: 'handheld' },
      {
        id: this.chance.uuid(),
        agencyId: agency._id,
        timeZone: agency.timeZone,
        deviceId,
        operatorId: this.operatorId,
        now: this.world.now(),
        databases: []
      }
    );
    await this.#keep({ kind: 'period', period: this.#period });
  }

  async capture(): Promise<void> {
    if (this.#period === null) return;
    const collectedAt = this.world.now();
    const midnight = nextMidnight(this.#period, this.enrollment.agency.timeZone);
    if (collectedAt >= midnight) {
      await this.endPeriod(instantOf(msOf(midnight) - 1));
      await this.beginPeriod();
    }
    const read: Read = {
      _id: this.chance.uuid(),
      kind: 'read',
      schema: 1,
      plate: `TST${100 + this.chance.below(900)}`,
      jurisdiction: 'unknown',
      jurisdictionSource: 'unknown',
      collectedAt,
      utcOffsetMinutes: utcOffsetMinutesOf(collectedAt, this.enrollment.agency.timeZone),
      lat: null,
      lon: null,
      accuracyM: null,
      fix: 'none',
      agencyId: this.enrollment.agency._id,
      periodId: this.#period._id,
      classification: 'privateNonpublic',
      destroyBy: destroyByOf(collectedAt, collectedAt, this.enrollment.agency),
      holdIds: [],
      origin: { kind: 'own' },
      ocr: { engine: 'simulated', version: '1', confidence: 0.9 },
      clockOffsetMs: null
    };
    const jpeg = Uint8Array.from([0xff, 0xd8, 0xff, 0xd9]);
    await this.#keep({ kind: 'read', read, pictures: { plateImage: jpeg, contextImage: jpeg } });
    this.saved.push(read);
  }

  async endPeriod(at = this.world.now()): Promise<void> {
    if (this.#period === null) return;
    const closed = closePeriod(this.#period, at, 'operator', NO_COUNTS);
    await this.#keep({ kind: 'period', period: closed });
    this.#period = null;
    this.#closeBox();
  }

  /** The tablet dies and comes back: keys are gone, so a new box is begun. */
  restart(): void {
    this.#closeBox();
  }

  /** One round of replication; every request may be lost on its way, or its answer. */
  async replicate(link: { readonly loss: number }): Promise<void> {
    for (const box of [...this.#boxes]) await this.#send(box, link.loss);
    for (const done of [...this.#finishing]) {
      const reply = await this.#ask(
        { method: 'DELETE', path: `/api/device/boxes/${done.boxId}?count=${done.count}` },
        link.loss
      );
      if (reply?.status === 200) this.#finishing = this.#finishing.filter((one) => one !== done);
    }
  }

  async #send(box: Box, loss: number): Promise<void> {
    const opened = await this.#ask({ method: 'PUT', path: `/api/device/boxes/${box.boxId}` }, loss);
    if (opened?.status !== 200) return;
    const inbox = `/db/inbox-${box.boxId}`;
    const revision = (record: SealedRecord): string => `1-${record._id.slice(-8).padStart(32, '0')}`;
    const asked = Object.fromEntries(box.records.map((record) => [record._id, [revision(record)]]));
    const missing = await this.#ask({ method: 'POST', path: `${inbox}/_revs_diff`, body: asked }, loss);
    if (missing?.status !== 200) return;
    const wanted = box.records.filter((record) => record._id in (missing.body as object));
    // A batch may be cut anywhere, and a record may be sent again although it is there.
    const again = this.chance.happens(0.2) ? box.records.slice(0, 2) : [];
    const docs = [...wanted.slice(0, 1 + this.chance.below(Math.max(1, wanted.length))), ...again].map((record) => ({
      ...record,
      _rev: revision(record),
      _revisions: { start: 1, ids: [revision(record).slice(2)] }
    }));
    if (docs.length > 0)
      await this.#ask({ method: 'POST', path: `${inbox}/_bulk_docs`, body: { docs, new_edits: false } }, loss);
    await this.#collectReceipt(box, loss);
  }

  async #collectReceipt(box: Box, loss: number): Promise<void> {
    const answer = await this.#ask({ method: 'GET', path: `/api/device/boxes/${box.boxId}/receipt` }, loss);
    if (answer?.status !== 200) return;
    const { receipt: jws } = answer.body as { receipt: string };
    const receipt = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as Receipt;
    if (receipt.quarantined.length > 0) throw new Error(`Set aside: ${JSON.stringify(receipt.quarantined)}`);
    if (!box.closed || !coversAll(receipt, box.records.length)) return;
    this.#boxes = this.#boxes.filter((one) => one !== box);
    this.#finishing.push({ boxId: box.boxId, count: box.records.length });
  }

  async #ask(asked: Asked, loss: number) {
    const fate: Fate = !this.chance.happens(loss) ? 'arrives' : this.chance.happens(0.5) ? 'isLost' : 'answerIsLost';
    if (fate === 'isLost') return undefined;
    const reply = await this.world.ask({ ...asked, device: this.key });
    return fate === 'answerIsLost' ? undefined : reply;
  }

  async #keep(content: SealedContent): Promise<void> {
    let box = this.#boxes.find((one) => !one.closed);
    if (box === undefined) {
      const boxId = this.chance.uuid();
      box = {
        boxId,
        seal: (await sealFor(this.enrollment.sealingKey, this.enrollment.deviceId, boxId, null)).seal,
        records: [],
        closed: false
      };
      this.#boxes.push(box);
      // As the vault does: each box begins with its period, so that boxes may arrive in any order.
      if (this.#period !== null && content.kind !== 'period')
        box.records.push(await box.seal(1, { kind: 'period', period: this.#period }));
    }
    box.records.push(await box.seal(box.records.length + 1, content));
    if (box.records.length >= 8) box.closed = true;
  }

  #closeBox(): void {
    for (const box of this.#boxes) box.closed = true;
  }
}

/** The local date whose box a saved read belongs to. */
export const dateOf = (read: Read): string => localDateOf(read.collectedAt, read.utcOffsetMinutes);
