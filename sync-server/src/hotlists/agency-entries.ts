import { createHash } from 'node:crypto';
import { packLine } from '#domain/matching/packed-line.ts';
import { entryEnd, isEntryInForce } from '#domain/policy/agency-entry.ts';
import { isLive } from '#domain/policy/match-sources.ts';
import type { AgencyEntry, AgencyEntryPlate } from '#domain/records/agency-entry.ts';
import type { HotlistEntry, HotlistSource } from '#domain/records/hotlist.ts';
import { HOUR_MS, msOf, type Instant } from '#domain/time/instant.ts';
import type { Store, UserContext } from '#server/store/store.ts';
import type { Given } from '../given.ts';
import { ENTRIES, entryBoxOf, GATEWAY } from '../register/databases.ts';
import type { Register } from '../register/register.ts';
import { recordIn, saveNew } from '../register/written.ts';
import type { Hotlists } from './hotlists.ts';

export type EntryStepTaken =
  | { readonly kind: 'taken' }
  /** the design document refused the step; `code` names the rule */
  | { readonly kind: 'refused'; readonly code: string };

/** The own list is said anew so often: its age on a tablet tells how long it had no word from us, as with any list. */
const SAID_ANEW_MS = 6 * HOUR_MS;

/**
 * The department's own entries (426.3.1(b)(c)): proposed, approved by somebody else, ended or expired. Each step is written as the person who
 * takes it, so that the design document judges it whatever the gateway thought. What is in force becomes one list of its own kind of source;
 * the plate of an entry lies in its own box and goes with it.
 */
export class AgencyEntries {
  constructor(
    private readonly store: Store,
    private readonly register: Register,
    private readonly hotlists: Hotlists,
    private readonly given: Given
  ) {}

  /** Every entry there ever was, newest first; no plate is in it. */
  async all(): Promise<AgencyEntry[]> {
    const documents = await this.store.all(ENTRIES);
    return documents
      .map((document) => recordIn<AgencyEntry>(document))
      .sort((a, b) => (a.proposed.at < b.proposed.at ? 1 : -1));
  }

  async find(id: string): Promise<AgencyEntry | undefined> {
    const document = await this.store.get(ENTRIES, id);
    return document === undefined ? undefined : recordIn<AgencyEntry>(document);
  }

  /** The plate of an entry; undefined: the entry is over, and its plate went with its box. */
  async plateOf(id: string): Promise<string | undefined> {
    const box = entryBoxOf(id);
    if (!(await this.store.exists(box))) return undefined;
    return ((await this.store.get(box, 'plate')) as AgencyEntryPlate | undefined)?.plate;
  }

  /** Writes a proposal. The box with its plate comes first: an entry without a plate would match nothing and look as if it did. */
  async propose(entry: AgencyEntry, plate: string, by: UserContext): Promise<EntryStepTaken> {
    const box = entryBoxOf(entry._id);
    await this.store.create(box, []);
    const record: AgencyEntryPlate = { _id: 'plate', plate };
    await saveNew(this.store, box, record, GATEWAY);
    const taken = await this.#write({ ...entry }, by);
    if (taken.kind === 'refused') await this.store.drop(box);
    return taken;
  }

  /** Writes the next step over the entry as it was seen, and tells the tablets what is in force now. */
  async step(before: AgencyEntry, after: AgencyEntry, by: UserContext): Promise<EntryStepTaken> {
    const there = await this.store.get(ENTRIES, before._id);
    if (there?._rev === undefined) return { kind: 'refused', code: 'notFound' };
    const taken = await this.#write({ ...after, _rev: there._rev }, by);
    if (taken.kind === 'taken') await this.run();
    return taken;
  }

  /** Drops the plates of entries that are over, and says the own list anew where it changed or has grown old. */
  async run(): Promise<void> {
    const now = this.given.now();
    const entries = await this.all();
    const kept = new Set(entries.filter((entry) => !isOver(entry, now)).map(({ _id }) => entryBoxOf(_id)));
    for (const box of await this.store.list('entry-')) if (!kept.has(box)) await this.store.drop(box);
    await this.#publish(entries, now);
  }

  async #publish(entries: readonly AgencyEntry[], now: Instant): Promise<void> {
    const agency = this.register.agency();
    if (agency === undefined) return;
    // The agency is the source; its id never was that of any other record's source.
    const source: HotlistSource = {
      sourceId: agency._id,
      kind: 'agencyInvestigative',
      compareName: 'Active investigations of this agency',
      existencePublic: true
    };
    const lines: string[] = [];
    for (const entry of entries.filter((one) => isEntryInForce(one, now))) {
      const plate = await this.plateOf(entry._id);
      const listed = plate === undefined ? null : hotlistEntryOf(entry, plate);
      if (listed !== null && isLive(listed, source, now)) lines.push(packLine(listed));
    }
    lines.sort();
    const current = this.hotlists.currentOf(source.sourceId);
    if (current === undefined && lines.length === 0) return;
    const isSame = current?.sha256 === sha256Of(lines);
    if (isSame && msOf(now) - msOf(current.asOf) < SAID_ANEW_MS) return;
    await this.hotlists.publish({ versionId: this.given.newId(), source, asOf: now, lines }, now);
  }

  async #write(document: AgencyEntry & { readonly _rev?: string }, by: UserContext): Promise<EntryStepTaken> {
    const outcome = await this.store.put(ENTRIES, { ...document }, by);
    if (outcome.kind === 'written') return { kind: 'taken' };
    return { kind: 'refused', code: outcome.kind === 'conflict' ? 'entryDecided' : outcome.code };
  }
}

/** Whether nothing more can come of an entry: declined, ended, expired, or left undecided for all its days. */
export function isOver(entry: AgencyEntry, now: Instant): boolean {
  return entry.ended !== null || entry.decision?.kind === 'declined' || msOf(entryEnd(entry)) <= msOf(now);
}

/** An approved entry as a tablet matches it. */
function hotlistEntryOf(entry: AgencyEntry, plate: string): HotlistEntry | null {
  if (entry.decision === null) return null;
  return {
    ref: entry._id,
    plate,
    jurisdiction: entry.jurisdiction,
    category: 'agencyInvestigative',
    caseNumber: entry.caseNumber,
    expiresAt: entryEnd(entry),
    approval: { author: entry.proposed.by, approver: entry.decision.by, at: entry.decision.at },
    ...(entry.vehicle !== undefined && { vehicle: entry.vehicle }),
    ...(entry.caution !== undefined && { caution: entry.caution }),
    ...(entry.covert && { covert: true as const })
  };
}

function sha256Of(lines: readonly string[]): string {
  const hash = createHash('sha256');
  for (const line of lines) hash.update(line).update('\n');
  return hash.digest('hex');
}
