import { isInForce } from '#domain/policy/holds.ts';
import type { Hold } from '#domain/records/hold.ts';
import type { HoldScope, HoldScopeRecord } from '#domain/records/hold-scope.ts';
import type { Designs } from '#designs/kinds.ts';
import type { Store, UserContext } from '#server/store/store.ts';
import { CASEWORK, GATEWAY, holdBoxOf } from '../register/databases.ts';
import { rowsOf } from '../register/rows.ts';
import { NotWritten, recordIn, saveNew } from '../register/written.ts';

export type HoldStepTaken =
  | { readonly kind: 'taken' }
  /** the design document refused the step; `code` names the rule */
  | { readonly kind: 'refused'; readonly code: string };

/**
 * Holds (426.4(a); 13.824 subd. 3(a)(b)): asked for, approved, reaffirmed, ended. Each step is written as the person who takes it, so
 * that the design document judges it whatever the gateway thought.
 */
export class Holds {
  readonly #beingPlaced = new Set<string>();

  constructor(
    private readonly store: Store,
    private readonly designs: Designs
  ) {}

  /** Every hold there ever was, newest first. */
  async all(): Promise<Hold[]> {
    const rows = await this.store.view(CASEWORK, 'decisions', 'by_kind', { key: 'hold', includeDocs: true });
    return rows
      .flatMap((row) => (row.doc === undefined ? [] : [recordIn<Hold>(row.doc)]))
      .sort((a, b) => (a.requested.at < b.requested.at ? 1 : -1));
  }

  async find(id: string): Promise<Hold | undefined> {
    const document = await this.store.get(CASEWORK, id);
    return document?.['kind'] === 'hold' ? recordIn<Hold>(document) : undefined;
  }

  /** Writes the request. The box with its scope comes first: a hold without a scope would spare nothing. */
  async place(hold: Hold, scope: HoldScope, by: UserContext): Promise<HoldStepTaken> {
    const box = holdBoxOf(hold._id);
    this.#beingPlaced.add(hold._id);
    try {
      await this.store.create(box, this.designs.hold);
      const record: HoldScopeRecord = { _id: 'scope', kind: 'holdScope', schema: 1, scope };
      await saveNew(this.store, box, record, GATEWAY);
      const step = await this.#write({ ...hold }, by);
      if (step.kind === 'refused') await this.store.drop(box);
      return step;
    } finally {
      this.#beingPlaced.delete(hold._id);
    }
  }

  /** Writes the next step over the hold as it was seen; one that somebody else changed meanwhile is refused as decided. */
  async step(before: Hold, after: Hold, by: UserContext): Promise<HoldStepTaken> {
    const there = await this.store.get(CASEWORK, before._id);
    if (there?._rev === undefined) return { kind: 'refused', code: 'notFound' };
    return this.#write({ ...after, _rev: there._rev }, by);
  }

  /** What a hold covers; undefined: its box is gone, the hold is over. */
  async scopeOf(holdId: string): Promise<HoldScope | undefined> {
    const box = holdBoxOf(holdId);
    if (!(await this.store.exists(box))) return undefined;
    const document = await this.store.get(box, 'scope');
    return document === undefined ? undefined : recordIn<HoldScopeRecord>(document).scope;
  }

  /** The holds that spare reads now. Throws NotWritten for one that is in force and has lost its scope: nothing may go then. */
  async inForce(): Promise<{ readonly hold: Hold; readonly scope: HoldScope }[]> {
    const found: { hold: Hold; scope: HoldScope }[] = [];
    for (const hold of (await this.all()).filter(isInForce)) {
      const scope = await this.scopeOf(hold._id);
      if (scope !== undefined) found.push({ hold, scope });
      // After a restore the casework may be older than the destruction of a hold's box, which is never done twice.
      else if (!(await this.#isDestroyed(hold._id))) throw new NotWritten('A hold in force has lost its scope.');
    }
    return found;
  }

  async #isDestroyed(holdId: string): Promise<boolean> {
    const destructions = await rowsOf(this.store, 'destruction');
    return destructions.some(
      (row) => row.schema === 2 && row.database === holdBoxOf(holdId) && row.destroyedAt !== null
    );
  }

  isBeingPlaced(holdId: string): boolean {
    return this.#beingPlaced.has(holdId);
  }

  async #write(document: Hold & { readonly _rev?: string }, by: UserContext): Promise<HoldStepTaken> {
    const outcome = await this.store.put(CASEWORK, { ...document }, by);
    if (outcome.kind === 'written') return { kind: 'taken' };
    return { kind: 'refused', code: outcome.kind === 'conflict' ? 'holdDecided' : outcome.code };
  }
}
