/**
 * A third engine behind the Store interface, for simulations: databases in memory, which can be copied in a moment. The contract suite
 * runs on it as on the others. Documents, revisions and design functions are those of the embedded engine; only the disk is missing.
 */
import { DesignFault } from '#server/store/design-fault.ts';
import { nameOfDesign } from '#server/store/design-name.ts';
import { prepareAttachments, type PreparedAttachments } from '#server/store/embedded/attachments.ts';
import { decodeKey, encodeKey } from '#server/store/embedded/collation.ts';
import {
  bodyOf,
  documentOf,
  knows,
  nextHash,
  pathOf,
  revOf,
  REVISIONS_KEPT,
  textOf,
  type Leaf
} from '#server/store/embedded/leaf.ts';
import { localId } from '#server/store/embedded/locals.ts';
import { requestOf, textOfAnswer } from '#server/store/embedded/update-request.ts';
import { malformed } from '#server/store/malformed.ts';
import { checkedDatabaseName } from '#server/store/names.ts';
import { asKnownPerson, BOX_SECURITY, isStranger, STRANGER } from '#server/store/person.ts';
import { readRefusal, refused, type Refusal } from '#server/store/refusal.ts';
import {
  NoSuchDatabase,
  NoSuchView,
  type DesignDocument,
  type Store,
  type StoredDocument,
  type UpdateAnswer,
  type UserContext,
  type ViewQuery,
  type ViewRow,
  type WriteOutcome
} from '#server/store/store.ts';
import { compiled, emittedBy } from './compiled.ts';

interface Picture {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A document as it is kept; never changed, so that a copy of a store shares it. */
interface Kept {
  readonly leaf: Leaf;
  readonly pictures: ReadonlyMap<string, Picture>;
}

interface Box {
  designs: readonly DesignDocument[];
  readonly documents: Map<string, Kept>;
  readonly locals: Map<string, { readonly revision: number; readonly body: string }>;
  sequence: number;
}

interface Row {
  readonly bytes: Buffer;
  readonly id: string;
  readonly part: number;
  readonly value: unknown;
}

/** What a document emits into a view: it never changes, so it is asked once, whatever store the document is in. */
const emitted = new WeakMap<Leaf, Map<string, readonly Row[]>>();

export class MemoryStore implements Store {
  readonly #boxes: Map<string, Box>;

  constructor(boxes = new Map<string, Box>()) {
    this.#boxes = boxes;
  }

  /** The same databases once more, each of which goes its own way from here. */
  copy(): MemoryStore {
    const boxes = [...this.#boxes].map(
      ([name, box]) => [name, { ...box, documents: new Map(box.documents), locals: new Map(box.locals) }] as const
    );
    return new MemoryStore(new Map(boxes));
  }

  create = later((name: string, designs: readonly DesignDocument[]): 'made' | 'existed' => {
    const known = this.#boxes.get(checkedDatabaseName(name));
    const before = known?.designs ?? [];
    const names = designs.map(nameOfDesign);
    const after = [...before.filter((design) => !names.includes(nameOfDesign(design))), ...designs];
    after.sort((a, b) => (nameOfDesign(a) < nameOfDesign(b) ? -1 : 1));
    for (const source of designs.filter((design) => !before.includes(design)).flatMap(sourcesOf))
      demandFunction(source);
    if (known !== undefined) {
      known.designs = after;
      return 'existed';
    }
    this.#boxes.set(name, { designs: after, documents: new Map(), locals: new Map(), sequence: 0 });
    return 'made';
  });

  drop = later((name: string): 'dropped' | 'absent' =>
    this.#boxes.delete(checkedDatabaseName(name)) ? 'dropped' : 'absent'
  );

  exists = later((name: string) => this.#boxes.has(checkedDatabaseName(name)));

  filesOf = later((name: string): readonly string[] => (this.#boxes.has(name) ? [name] : []));

  list = later((prefix: string) => [...this.#boxes.keys()].filter((name) => name.startsWith(prefix)).sort());

  info = later((name: string) => {
    const box = this.#box(name);
    return { name, documents: living(box).length, updateSequence: String(box.sequence) };
  });

  get = later((name: string, id: string) => documentIn(this.#box(name), id));

  attachment = later((name: string, id: string, attachment: string) => {
    const kept = this.#box(name).documents.get(id);
    return kept?.leaf.deleted === false ? kept.pictures.get(attachment) : undefined;
  });

  all = later(
    (
      name: string,
      range: {
        readonly startId?: string;
        readonly endId?: string;
        readonly limit?: number;
        readonly descending?: boolean;
      } = {}
    ) => {
      const [low, high] = range.descending === true ? [range.endId, range.startId] : [range.startId, range.endId];
      const ids = living(this.#box(name))
        .map(({ leaf }) => leaf.id)
        .filter((id) => (low === undefined || id >= low) && (high === undefined || id <= high))
        .sort();
      if (range.descending === true) ids.reverse();
      return ids.slice(0, range.limit).flatMap((id) => documentIn(this.#box(name), id) ?? []);
    }
  );

  put = later((name: string, document: StoredDocument, by: UserContext): WriteOutcome =>
    this.#write(name, document, by, 'new')
  );

  bulk = later((name: string, documents: readonly StoredDocument[], by: UserContext, edits: 'new' | 'replicated') =>
    documents.map((document) => this.#write(name, document, by, edits))
  );

  revsDiff = later((name: string, revisions: Readonly<Record<string, readonly string[]>>) => {
    const box = this.#box(name);
    const lacking = Object.entries(revisions).map(([id, revs]) => {
      const leaf = box.documents.get(id)?.leaf;
      return [id, { missing: revs.filter((rev) => leaf === undefined || !knows(leaf, rev)) }] as const;
    });
    return Object.fromEntries(lacking.filter(([, { missing }]) => missing.length > 0));
  });

  getLocal = later((name: string, id: string): StoredDocument | undefined => {
    const found = this.#box(name).locals.get(localId(id));
    if (found === undefined) return undefined;
    const fields = JSON.parse(found.body) as Record<string, unknown>;
    return { _id: localId(id), _rev: `0-${found.revision}`, ...fields };
  });

  putLocal = later((name: string, document: StoredDocument): WriteOutcome => {
    const { locals } = this.#box(name);
    const id = localId(document._id);
    const revision = Number(/^0-(\d+)$/.exec(document._rev ?? '')?.[1] ?? 0) + 1;
    if (document._deleted === true) locals.delete(id);
    else locals.set(id, { revision, body: bodyOf(document) });
    return { kind: 'written', id, rev: document._deleted === true ? '0-0' : `0-${revision}` };
  });

  view = later((name: string, design: string, view: string, query: ViewQuery = {}): readonly ViewRow[] => {
    const box = this.#box(name);
    const found = box.designs.find((published) => nameOfDesign(published) === design)?.views?.[view];
    if (found === undefined) throw new NoSuchView(`${design}/${view}`);
    const rows = rowsOf(box, found.map);
    const skip = query.skip ?? 0;
    const answer =
      query.reduce === true
        ? reduced(rows, query, found.reduce)
        : rangesOf(query).flatMap((range) =>
            within(rows, range, query.descending === true).map((row) => rowShown(box, row, query))
          );
    return answer.slice(skip, query.limit === undefined ? undefined : skip + query.limit);
  });

  update = later(
    (
      name: string,
      design: string,
      handler: string,
      id: string | null,
      body: unknown,
      by: UserContext
    ): UpdateAnswer => {
      if (isStranger(by)) return { outcome: refused(id ?? '', STRANGER), body: '' };
      const box = this.#box(name);
      const source = box.designs.find((published) => nameOfDesign(published) === design)?.updates?.[handler];
      if (source === undefined) throw new NoSuchView(`${design}/_update/${handler}`);
      const leaf = id === null ? undefined : box.documents.get(id)?.leaf;
      const document = leaf?.deleted === false ? (JSON.parse(textOf(leaf, false)) as unknown) : null;
      const [made, said] = answered(source, document, requestOf(name, id, body, asKnownPerson(by)));
      if (made === null) return { outcome: { kind: 'nothing' }, body: textOfAnswer(said) };
      const outcome = this.#write(name, made, by, 'new');
      return { outcome, body: outcome.kind === 'written' ? textOfAnswer(said) : '' };
    }
  );

  close = (): Promise<void> => Promise.resolve();

  #box(name: string): Box {
    const box = this.#boxes.get(checkedDatabaseName(name));
    if (box === undefined) throw new NoSuchDatabase(name);
    return box;
  }

  #write(name: string, document: StoredDocument, by: UserContext, edits: 'new' | 'replicated'): WriteOutcome {
    const box = this.#box(name);
    if (isStranger(by)) return refused(document._id, STRANGER);
    const bad = malformed(document, edits);
    if (bad !== undefined) return refused(document._id, bad);
    const next = edits === 'new' ? prepareNew(box, document) : prepareReplicated(box, document);
    if ('kind' in next) return next;
    if ('code' in next) return refused(document._id, next);
    const { leaf, before } = next;
    const refusal = judged(box, name, next, asKnownPerson(by));
    if (refusal !== null) return refused(leaf.id, refusal);
    const pictures = new Map<string, Picture>();
    const earlier = box.documents.get(leaf.id)?.pictures;
    for (const picture of Object.keys(leaf.stubs)) {
      const kept = before === undefined ? undefined : earlier?.get(picture);
      if (kept !== undefined) pictures.set(picture, kept);
    }
    for (const { name: picture, type, bytes } of next.attachments.fresh)
      pictures.set(picture, { type, bytes: new Uint8Array(bytes) });
    box.documents.set(leaf.id, { leaf, pictures });
    box.sequence++;
    return { kind: 'written', id: leaf.id, rev: revOf(leaf) };
  }
}

interface Prepared {
  readonly leaf: Leaf;
  readonly shown: string;
  readonly before: Leaf | undefined;
  readonly attachments: PreparedAttachments;
}

function prepareNew(box: Box, document: StoredDocument): WriteOutcome | Refusal | Prepared {
  const found = box.documents.get(document._id)?.leaf;
  const isStale =
    document._rev === undefined ? found?.deleted === false : found === undefined || revOf(found) !== document._rev;
  if (isStale) return { kind: 'conflict', id: document._id };
  const before = document._rev === undefined ? undefined : found;
  const generation = (found?.generation ?? 0) + 1;
  const attachments = prepareAttachments(document, before, generation);
  if ('code' in attachments) return attachments;
  const body = bodyOf(document);
  const deleted = document._deleted === true;
  const hash = nextHash(found?.revisions[0], deleted, body, attachments.stubs);
  const revisions = [hash, ...(found?.revisions ?? [])].slice(0, REVISIONS_KEPT);
  const leaf: Leaf = { id: document._id, generation, revisions, deleted, body, stubs: attachments.stubs };
  const shown = textOf({ ...leaf, generation: before?.generation ?? 0, revisions: before?.revisions ?? [] }, true);
  return { leaf, shown, before, attachments };
}

function prepareReplicated(box: Box, document: StoredDocument): WriteOutcome | Refusal | Prepared {
  const found = box.documents.get(document._id)?.leaf;
  const rev = document._rev ?? '';
  if (found !== undefined && knows(found, rev)) return { kind: 'written', id: document._id, rev };
  const path = pathOf(document);
  if (found !== undefined && path.ids[path.start - found.generation] !== found.revisions[0])
    return { kind: 'conflict', id: document._id };
  const attachments = prepareAttachments(document, found, path.start);
  if ('code' in attachments) return attachments;
  const leaf: Leaf = {
    id: document._id,
    generation: path.start,
    revisions: path.ids.slice(0, REVISIONS_KEPT),
    deleted: document._deleted === true,
    body: bodyOf(document),
    stubs: attachments.stubs
  };
  return { leaf, shown: textOf(leaf, true), before: found, attachments };
}

function judged(box: Box, database: string, { shown, before }: Prepared, by: UserContext): Refusal | null {
  const person = { db: database, name: by.name, roles: by.roles };
  for (const { validate_doc_update: source } of box.designs) {
    if (source === undefined) continue;
    try {
      const old: unknown = before === undefined ? null : JSON.parse(textOf(before, false));
      compiled(source)(JSON.parse(shown), old, person, BOX_SECURITY);
    } catch (error) {
      const { forbidden, unauthorized } = (error ?? {}) as Readonly<Record<string, string | undefined>>;
      if (forbidden !== undefined) return readRefusal(forbidden);
      if (unauthorized !== undefined) return readRefusal(unauthorized, 'unauthorized');
      const { name = 'thrown' } = (error ?? {}) as { readonly name?: string };
      return { code: 'designFault', reason: `The design document failed (${name}).` };
    }
  }
  return null;
}

function answered(source: string, document: unknown, request: unknown): [StoredDocument | null, unknown] {
  try {
    return JSON.parse(JSON.stringify(compiled(source)(document, request))) as [StoredDocument | null, unknown];
  } catch {
    throw new DesignFault('The update handler failed.');
  }
}

const living = (box: Box): readonly Kept[] => [...box.documents.values()].filter(({ leaf }) => !leaf.deleted);

function documentIn(box: Box, id: string): StoredDocument | undefined {
  const leaf = box.documents.get(id)?.leaf;
  return leaf?.deleted === false ? documentOf(leaf) : undefined;
}

function rowsOf(box: Box, map: string): readonly Row[] {
  return living(box)
    .flatMap(({ leaf }) => rowsFor(leaf, map))
    .sort((a, b) => Buffer.compare(a.bytes, b.bytes) || (a.id < b.id ? -1 : a.id > b.id ? 1 : a.part - b.part));
}

function rowsFor(leaf: Leaf, map: string): readonly Row[] {
  let known = emitted.get(leaf);
  if (known === undefined) emitted.set(leaf, (known = new Map<string, readonly Row[]>()));
  let rows = known.get(map);
  if (rows === undefined) {
    rows = emittedBy(map, JSON.parse(textOf(leaf, false))).map(([key, value], part) => ({
      bytes: encodeKey(key),
      id: leaf.id,
      part,
      value: JSON.parse(JSON.stringify(value)) as unknown
    }));
    known.set(map, rows);
  }
  return rows;
}

interface Range {
  readonly low: Buffer | undefined;
  readonly high: Buffer | undefined;
  /** whether a row at the far end, in the direction of reading, belongs to it */
  readonly endInclusive: boolean;
}

function rangesOf(query: ViewQuery): readonly Range[] {
  const exactly = (key: unknown): Range => ({ low: encodeKey(key), high: encodeKey(key), endInclusive: true });
  if (query.keys !== undefined) return query.keys.map(exactly);
  if ('key' in query && query.key !== undefined) return [exactly(query.key)];
  const start = query.startKey === undefined ? undefined : encodeKey(query.startKey);
  const end = query.endKey === undefined ? undefined : encodeKey(query.endKey);
  const endInclusive = query.inclusiveEnd !== false;
  return [
    query.descending === true ? { low: end, high: start, endInclusive } : { low: start, high: end, endInclusive }
  ];
}

function within(rows: readonly Row[], { low, high, endInclusive }: Range, descending: boolean): readonly Row[] {
  const isAbove = (bytes: Buffer): boolean => {
    const order = low === undefined ? 1 : Buffer.compare(bytes, low);
    return order > 0 || (order === 0 && (endInclusive || !descending));
  };
  const isBelow = (bytes: Buffer): boolean => {
    const order = high === undefined ? -1 : Buffer.compare(bytes, high);
    return order < 0 || (order === 0 && (endInclusive || descending));
  };
  const found = rows.filter(({ bytes }) => isAbove(bytes) && isBelow(bytes));
  return descending ? found.reverse() : found;
}

function rowShown(box: Box, { bytes, id, value }: Row, query: ViewQuery): ViewRow {
  const row = { id, key: decodeKey(bytes), value };
  const doc = query.includeDocs === true ? documentIn(box, id) : undefined;
  return doc === undefined ? row : { ...row, doc };
}

function reduced(rows: readonly Row[], query: ViewQuery, reduce: '_count' | '_sum' | undefined): ViewRow[] {
  if (reduce === undefined) throw new DesignFault('The view has no reduce.');
  const isGrouped = query.group === true || query.keys !== undefined;
  const groups: { bytes: Buffer; value: number }[] = [];
  for (const range of rangesOf(query)) {
    let group: (typeof groups)[number] | undefined;
    for (const row of within(rows, range, query.descending === true)) {
      const bytes = isGrouped ? row.bytes : encodeKey(null);
      if (group?.bytes.equals(bytes) !== true) groups.push((group = { bytes, value: 0 }));
      if (reduce === '_sum' && typeof row.value !== 'number') throw new DesignFault('_sum needs numbers.');
      group.value += reduce === '_count' ? 1 : Number(row.value);
    }
  }
  return groups.map(({ bytes, value }) => ({ id: null, key: decodeKey(bytes), value }));
}

const sourcesOf = (design: DesignDocument): readonly string[] =>
  [
    design.validate_doc_update,
    ...Object.values(design.updates ?? {}),
    ...Object.values(design.views ?? {}).map(({ map }) => map)
  ].filter((source) => source !== undefined);

function demandFunction(source: string): void {
  let found: unknown;
  try {
    found = compiled(source);
  } catch {
    found = undefined;
  }
  if (typeof found !== 'function') throw new DesignFault('A design function does not compile to a function.');
}

/** Memory is at hand at once; a fault of it becomes a rejected promise, as with the other engines. */
function later<A extends readonly unknown[], R>(work: (...given: A) => R): (...given: A) => Promise<R> {
  return (...given) =>
    new Promise((resolve) => {
      resolve(work(...given));
    });
}
