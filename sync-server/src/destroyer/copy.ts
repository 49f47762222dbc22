import type { Attachment, Store, StoredDocument, UserContext } from '#server/store/store.ts';
import { toBase64 } from '../keys/bytes.ts';
import { NotWritten } from '../register/written.ts';

// It is there already; or its time came while the box was rebuilt, and it had to go anyway.
const FINE = ['immutable', 'pastItsDate'];
// Fifty reads with two pictures are a few megabytes.
const BULK = 50;

/**
 * Copies documents from one box into another with their pictures. One that is there already stays as it is. Throws NotWritten when
 * the box refuses one.
 */
export async function copyDocuments(
  store: Store,
  documents: readonly StoredDocument[],
  { from, to, by }: { readonly from: string; readonly to: string; readonly by: UserContext }
): Promise<void> {
  for (let at = 0; at < documents.length; at += BULK) {
    const whole = await Promise.all(
      documents.slice(at, at + BULK).map((document) => withPictures(store, from, document))
    );
    for (const outcome of await store.bulk(to, whole, by, 'new')) {
      if (outcome.kind === 'refused' && !FINE.includes(outcome.code))
        throw new NotWritten(`A box refused a copy: ${outcome.code}.`);
    }
  }
}

async function withPictures(store: Store, box: string, document: StoredDocument): Promise<StoredDocument> {
  const { _rev, _attachments, ...fields } = document;
  const names = Object.keys(_attachments ?? {});
  if (names.length === 0) return fields;
  const pictures: Record<string, Attachment> = {};
  for (const name of names) {
    const picture = await store.attachment(box, document._id, name);
    if (picture === undefined) throw new NotWritten('A picture of a read is not there.');
    pictures[name] = { content_type: picture.type, data: toBase64(picture.bytes) };
  }
  return { ...fields, _attachments: pictures };
}
