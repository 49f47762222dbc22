import { createHash } from 'node:crypto';
import type { Refusal } from '../refusal.ts';
import type { Attachment, StoredDocument } from '../store.ts';
import type { Leaf } from './leaf.ts';
import type { Sqlite } from './sqlite.ts';

interface NewAttachment {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

export interface PreparedAttachments {
  readonly stubs: Readonly<Record<string, Attachment>>;
  readonly fresh: readonly NewAttachment[];
}

/** Splits a document's attachments into stubs and bytes. A stub must name what the document here already has. */
export function prepareAttachments(
  document: StoredDocument,
  before: Leaf | undefined,
  generation: number
): PreparedAttachments | Refusal {
  const stubs: Record<string, Attachment> = {};
  const fresh: NewAttachment[] = [];
  for (const [name, given] of Object.entries(document._attachments ?? {})) {
    if (given.data === undefined) {
      const kept = before?.stubs[name];
      if (kept === undefined)
        return { code: 'missingAttachment', reason: 'An attachment is named but was never sent.' };
      stubs[name] = kept;
      continue;
    }
    const bytes = Buffer.from(given.data, 'base64');
    const digest = 'md5-' + createHash('md5').update(bytes).digest('base64');
    stubs[name] = stubOf(given.content_type, bytes.length, digest, generation);
    fresh.push({ name, type: given.content_type, bytes });
  }
  return { stubs, fresh };
}

function stubOf(type: string, length: number, digest: string, revpos: number): Attachment {
  return { content_type: type, revpos, digest, length, stub: true } as Attachment;
}

/** Keeps the new bytes, forgets those the document no longer names. */
export function keepAttachments(db: Sqlite, id: string, before: Leaf | undefined, now: PreparedAttachments): void {
  for (const name of Object.keys(before?.stubs ?? {})) {
    if (now.stubs[name] === undefined) db.run('DELETE FROM attachments WHERE document = ? AND name = ?', id, name);
  }
  for (const { name, type, bytes } of now.fresh) {
    db.run(
      'INSERT OR REPLACE INTO attachments (document, name, type, bytes) VALUES (?, ?, ?, ?)',
      id,
      name,
      type,
      bytes
    );
  }
}

export function readAttachment(
  db: Sqlite,
  id: string,
  name: string
): { readonly type: string; readonly bytes: Uint8Array } | undefined {
  const row = db.get<[string, Uint8Array]>(
    'SELECT type, bytes FROM attachments WHERE document = ? AND name = ?',
    id,
    name
  );
  return row === undefined ? undefined : { type: row[0], bytes: new Uint8Array(row[1]) };
}
