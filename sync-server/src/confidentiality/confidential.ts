import { createHmac } from 'node:crypto';
import { skeletonOf, tagIn } from '#domain/policy/address-confidentiality.ts';
import type { ConfidentialForm, ConfidentialRequest } from '#domain/records/confidential.ts';
import type { ConfidentialTags } from '#domain/records/confidential-tags.ts';
import { DAY_MS, msOf, type Instant } from '#domain/time/instant.ts';
import type { Store } from '#server/store/store.ts';
import type { Given } from '../given.ts';
import { fromBase64 } from '../keys/bytes.ts';
import type { SecretBox } from '../keys/secret-box.ts';
import { CONFIDENTIAL, GATEWAY } from '../register/databases.ts';
import { save } from '../register/written.ts';
import { firstSlots, MOST_REAL_TAGS, nextSlots, type Slots } from './slots.ts';

const PUBLISHED_EVERY_MS = 7 * DAY_MS;
const STATE_ID = 'state';

interface State {
  readonly requests: readonly ConfidentialRequest[];
  /** reads that were left out at their arrival, so that what speaks of them is left out too, and until when it may come */
  readonly leftOut: readonly { readonly readId: string; readonly until: Instant }[];
  readonly tagKey: string;
  readonly slots: Slots;
  readonly publishedAt: Instant;
}

export type Added = { readonly kind: 'added'; readonly request: ConfidentialRequest } | { readonly kind: 'full' };

/**
 * The custodian's register of the Address Confidentiality Program (13.824 subd. 3(c)). All of it is one sealed record of always
 * about the same length: nobody without its key can tell whether anybody is in it. Tablets get tags, most of them decoys, the same
 * number whoever is in it; the exact answer is given here alone.
 */
export class Confidential {
  #skeletons = new Set<string>();
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    private state: State,
    private readonly parts: { readonly store: Store; readonly given: Given; readonly box: SecretBox }
  ) {
    this.#index();
  }

  static async open(parts: {
    readonly store: Store;
    readonly given: Given;
    readonly box: SecretBox;
  }): Promise<Confidential> {
    const { store, given, box } = parts;
    await store.create(CONFIDENTIAL, []);
    const kept = await store.get(CONFIDENTIAL, STATE_ID);
    if (kept !== undefined) {
      const sealed = { iv: String(kept['iv']), body: String(kept['body']) };
      return new Confidential(box.open(sealed, STATE_ID) as State, parts);
    }
    const tagKey = Buffer.from(given.randomBytes(32)).toString('base64');
    const slots = firstSlots(chanceOf(given));
    const made = new Confidential({ requests: [], leftOut: [], tagKey, slots, publishedAt: given.now() }, parts);
    await made.#become(() => ({}));
    return made;
  }

  /** For the custodian's eyes. */
  get requests(): readonly ConfidentialRequest[] {
    return this.state.requests;
  }

  /** What every tablet is given. */
  get tags(): ConfidentialTags {
    return { kind: 'confidentialTags', schema: 1, key: this.state.tagKey, tags: this.state.slots };
  }

  isProtected(plate: string): boolean {
    return this.#skeletons.has(skeletonOf(plate));
  }

  /** A request counts from now on: at arrival at once, on tablets with the next publication. */
  async add(form: ConfidentialForm, enteredBy: string): Promise<Added> {
    const { given } = this.parts;
    const request = { ...form, id: given.newId(), receivedAt: given.now(), enteredBy, endedAt: null };
    if (this.#realTags([...this.state.requests, request]).size > MOST_REAL_TAGS) return { kind: 'full' };
    await this.#become(({ requests }) => ({ requests: [...requests, request] }));
    return { kind: 'added', request };
  }

  /** A participation is over. False: there is no such request. */
  async end(id: string): Promise<boolean> {
    if (!this.state.requests.some((request) => request.id === id)) return false;
    const endedAt = this.parts.given.now();
    await this.#become(({ requests }) => ({
      requests: requests.map((one) => (one.id === id && one.endedAt === null ? { ...one, endedAt } : one))
    }));
    return true;
  }

  /** Remembers a read of which nothing is kept. */
  async leaveOut(readId: string, until: Instant): Promise<void> {
    if (!this.wasLeftOut(readId)) await this.#become(({ leftOut }) => ({ leftOut: [...leftOut, { readId, until }] }));
  }

  wasLeftOut(readId: string): boolean {
    return this.state.leftOut.some((read) => read.readId === readId);
  }

  /** Publishes anew when a week is over, with a reason or without. */
  async run(): Promise<void> {
    const { given } = this.parts;
    const now = given.now();
    if (msOf(now) - msOf(this.state.publishedAt) < PUBLISHED_EVERY_MS) return;
    await this.#become(({ slots, requests, leftOut }) => ({
      slots: nextSlots(slots, this.#realTags(requests), chanceOf(given)),
      leftOut: leftOut.filter(({ until }) => msOf(until) > msOf(now)),
      publishedAt: now
    }));
  }

  #become(change: (state: State) => Partial<State>): Promise<void> {
    const turn = this.#last.then(async () => {
      const state = { ...this.state, ...change(this.state) };
      await save(this.parts.store, CONFIDENTIAL, { _id: STATE_ID, ...this.parts.box.seal(state, STATE_ID) }, GATEWAY);
      this.state = state;
      this.#index();
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  #index(): void {
    this.#skeletons = new Set(skeletonsIn(this.state.requests));
  }

  #realTags(requests: readonly ConfidentialRequest[]): Set<number> {
    const key = fromBase64(this.state.tagKey);
    return new Set(skeletonsIn(requests).map((skeleton) => tagIn(createHmac('sha256', key).update(skeleton).digest())));
  }
}

function skeletonsIn(requests: readonly ConfidentialRequest[]): string[] {
  return requests.flatMap(({ plates, endedAt }) => (endedAt === null ? plates.map(skeletonOf) : []));
}

/** Uniform below `end`, from 32 random bits: what is over the last whole multiple is drawn again. */
const chanceOf =
  (given: Given) =>
  (end: number): number => {
    const whole = Math.floor(2 ** 32 / end) * end;
    for (;;) {
      const drawn = new DataView(new Uint8Array(given.randomBytes(4)).buffer).getUint32(0);
      if (drawn < whole) return drawn % end;
    }
  };
