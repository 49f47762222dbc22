import { canonicalText } from '#domain/ledger/canonical.ts';
import type { Agency } from '#domain/records/agency.ts';
import type { SignedAuditHead } from '#domain/records/audit-head.ts';
import type { Store } from '#server/store/store.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import { entriesFrom } from './entries.ts';
import type { Ledger } from './ledger.ts';

/**
 * The whole trail as lines of JSON for `npm run verify:audit`: what it is, every entry in its order as it was hashed, every signed
 * head. A page at a time, so that a million entries need no more memory than a thousand.
 */
export async function* trailLines(
  { store, ledger, signing, agency }: { store: Store; ledger: Ledger; signing: SigningKey; agency: Agency },
  upTo: SignedAuditHead
): AsyncGenerator<string> {
  const { size, index, at } = upTo.head;
  yield line({ kind: 'trail', schema: 1, agencyName: agency.name, exportedAt: at, size, key: signing.publicJwk });
  for await (const entry of entriesFrom(store, 1, size)) yield line(entry);
  for await (const { head, jws } of ledger.heads()) if (head.index <= index) yield line({ kind: 'head', jws });
}

const line = (record: object): string => `${canonicalText(record)}\n`;
