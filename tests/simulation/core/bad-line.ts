/**
 * The way from one tablet to headquarters as a rural road gives it: requests and answers are lost, come twice, come later, or go to a portal. Each
 * request carries a proof of the tablet's key; what comes twice is refused as used.
 */
import type { Refusal } from '#domain/wire/answers.ts';
import type { SealedRecord } from '#domain/records/sealed.ts';
import { NONCE_HEADER, PROOF_HEADER } from '#domain/wire/device-proof.ts';
import type { Line } from '#lib/replication/line.ts';
import { failureOfStatus } from '#lib/replication/send-box.ts';
import type { Answer } from '#lib/replication/server.ts';
import type { Chance } from '../chance.ts';
import type { TabletKey } from '#tests/server/support/tablet-key.ts';
import { ORIGIN, type Question, type Reply } from './gateway.ts';
import type { Headquarters } from './headquarters.ts';
import type { Mortal } from './mortal.ts';
import { recordsIn } from './tablet-disk.ts';

export type Weather = 'good' | 'bad' | 'none' | 'portal';

const UNREACHABLE: Answer = { kind: 'unreachable' };
const MOST_A_BATCH = 5;

export class BadLine {
  weather: Weather = 'good';
  /** requests that are still under way somewhere */
  readonly #late: Question[] = [];

  constructor(
    private readonly headquarters: Headquarters,
    private readonly chance: Chance,
    private readonly key: TabletKey
  ) {}

  /** What was thought lost arrives after all, in whatever order. */
  async lateOnesArrive(): Promise<void> {
    while (this.#late.length > 0) {
      const [question] = this.#late.splice(this.chance.below(this.#late.length), 1);
      if (question !== undefined) await this.headquarters.ask(question);
    }
  }

  /** The line of a tablet for as long as it lives. */
  for(life: Mortal): Line {
    return {
      ask: (method, path) => life.step(() => this.#answerTo({ method, path })),
      push: (outbox, { boxId }) => life.step(() => this.#push(recordsIn(outbox), `/db/inbox-${boxId}`, life))
    };
  }

  async #answerTo(question: Question): Promise<Answer> {
    if (this.weather === 'portal') return { kind: 'ok', status: 200, body: { welcome: 'to the guest network' } };
    const reply = await this.#carry(question);
    if (reply === undefined) return UNREACHABLE;
    const { status, body } = reply;
    if (status < 300) return { kind: 'ok', status, body };
    return isRefusal(body) ? { kind: 'refused', status, refusal: body } : UNREACHABLE;
  }

  /** As PouchDB replicates: what is missing is asked for, then sent in batches, each of which may be the last. */
  async #push(records: readonly SealedRecord[], inbox: string, life: Mortal) {
    if (this.weather === 'portal') return 'serverUnreachable' as const;
    const revisions = Object.fromEntries(records.map((record) => [record._id, [revisionOf(record)]]));
    const asked = await this.#carry({ method: 'POST', path: `${inbox}/_revs_diff`, body: revisions });
    if (asked?.status !== 200) return failureOfStatus(asked?.status);
    const missing = records.filter(({ _id }) => _id in (asked.body as object));
    for (let at = 0; at < missing.length;) {
      const batch = missing.slice(at, at + 1 + this.chance.below(MOST_A_BATCH));
      at += batch.length;
      const docs = batch.map((record) => ({
        ...record,
        _rev: revisionOf(record),
        _revisions: { start: 1, ids: [revisionOf(record).slice(2)] }
      }));
      const body = { docs, new_edits: false };
      const taken = await life.step(() => this.#carry({ method: 'POST', path: `${inbox}/_bulk_docs`, body }));
      if (taken?.status !== 201) return failureOfStatus(taken?.status);
      if ((taken.body as readonly unknown[]).length > 0) return 'refusedByServer' as const;
    }
    return null;
  }

  async #carry(question: Question): Promise<Reply | undefined> {
    const { chance } = this;
    if (this.weather === 'none') return undefined;
    if (this.weather === 'good' || !chance.happens(0.35)) return this.#deliver(question);
    switch (chance.below(4)) {
      case 0: // It never arrives.
        return undefined;
      case 1: // Its answer is lost.
        await this.#deliver(question);
        return undefined;
      case 2: // It arrives twice.
        return this.#deliver(question, true);
      default: // It arrives much later, when nobody waits for its answer.
        this.#late.push(await this.#proven(question));
        return undefined;
    }
  }

  /** As the tablet's own fetchAs: a server that finds the nonce too old has done nothing and is asked once more. */
  async #deliver(question: Question, twice = false): Promise<Reply | undefined> {
    const first = await this.#once(question, twice);
    return first?.status === 401 && NONCE_HEADER in first.headers ? this.#once(question, twice) : first;
  }

  async #once(question: Question, twice: boolean): Promise<Reply | undefined> {
    const proven = await this.#proven(question);
    const reply = await this.headquarters.ask(proven);
    this.key.hear(reply?.headers[NONCE_HEADER]);
    if (twice) await this.headquarters.ask(proven);
    return reply;
  }

  async #proven(question: Question): Promise<Question> {
    return {
      ...question,
      headers: { [PROOF_HEADER]: await this.key.proofFor(question.method, ORIGIN + question.path) }
    };
  }
}

const revisionOf = (record: SealedRecord): string => `1-${record._id.slice(-8).padStart(32, '0')}`;

const isRefusal = (body: unknown): body is Refusal => typeof body === 'object' && body !== null && 'sentence' in body;
