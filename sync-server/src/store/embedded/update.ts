import { asKnownPerson, isStranger, STRANGER } from '../person.ts';
import { refused } from '../refusal.ts';
import { NoSuchView, type StoredDocument, type UpdateAnswer, type UserContext } from '../store.ts';
import { nameOfDesign } from '../design-name.ts';
import { DesignFault } from '../design-fault.ts';
import { runner } from './functions.ts';
import { findLeaf, textOf } from './leaf.ts';
import type { OpenDatabase } from './open-database.ts';
import { requestOf, textOfAnswer } from './update-request.ts';
import { writeAll } from './writing.ts';

type Ran = { readonly made: readonly [StoredDocument | null, unknown] } | { readonly fault: string };

// A handler cannot refuse: what it throws is a fault, as in CouchDB. Refusing is the validators' work.
const UPDATE = runner(`
  var ran;
  try { ran = { made: f(input.document, input.request) }; }
  catch (e) { ran = { fault: e && e.name ? String(e.name) : 'thrown' }; }
  return JSON.stringify(ran);
`);

/** Runs an update handler and writes the document it made, past the validators like any other. Throws NoSuchView, DesignFault. */
export function runUpdate(
  database: OpenDatabase,
  design: string,
  handler: string,
  id: string | null,
  body: unknown,
  by: UserContext
): UpdateAnswer {
  if (isStranger(by)) return { outcome: refused(id ?? '', STRANGER), body: '' };
  const source = database.designs.documents.find((d) => nameOfDesign(d) === design)?.updates?.[handler];
  if (source === undefined) throw new NoSuchView(`${design}/_update/${handler}`);
  const found = id === null ? undefined : findLeaf(database.db, id);
  const document = found === undefined || found.deleted ? 'null' : textOf(found, false);
  const input = `{"document":${document},"request":${JSON.stringify(requestOf(database.name, id, body, asKnownPerson(by)))}}`;
  const ran = database.functions.run(source, UPDATE, input) as Ran;
  if ('fault' in ran) throw new DesignFault(`The update handler failed (${ran.fault}).`);
  const [made, said] = ran.made;
  if (made === null) return { outcome: { kind: 'nothing' }, body: textOfAnswer(said) };
  const outcome = writeAll(database, [made], by, 'new')[0] ?? { kind: 'nothing' };
  return { outcome, body: outcome.kind === 'written' ? textOfAnswer(said) : '' };
}
