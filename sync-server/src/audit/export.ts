import { canonicalText } from '#domain/ledger/canonical.ts';
import { isInPublicExport, PUBLIC_AUDIT_FIELDS, publicFields } from '#domain/policy/public-audit.ts';
import type { Agency } from '#domain/records/agency.ts';
import type { SignedAuditHead } from '#domain/records/audit-head.ts';
import type { Store } from '#server/store/store.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import { csvLine } from '../public-log/csv-cell.ts';
import { entriesFrom } from './entries.ts';
import type { Ledger } from './ledger.ts';

/**
 * The whole trail as lines of JSON for `npm run verify:audit`: what it is, every signed head, every entry in its order as it was
 * hashed. A page at a time, so that a million entries need no more memory than a thousand.
 */
export async function* trailLines(
  { store, ledger, signing, agency }: { store: Store; ledger: Ledger; signing: SigningKey; agency: Agency },
  upTo: SignedAuditHead
): AsyncGenerator<string> {
  const { size, index, at } = upTo.head;
  yield line({ kind: 'trail', schema: 1, agencyName: agency.name, exportedAt: at, size, key: signing.publicJwk });
  for await (const { head, jws } of ledger.heads()) if (head.index <= index) yield line({ kind: 'head', jws });
  for await (const entry of entriesFrom(store, 1, size)) yield line(entry);
}

const line = (record: object): string => `${canonicalText(record)}\n`;

/** The trail for who asks for it under the data practices act: a table, each withheld field with its reason (13.03; LAW A17). */
export async function* publicTrailLines(store: Store, size: number): AsyncGenerator<string> {
  yield csvLine(PUBLIC_AUDIT_FIELDS);
  for await (const entry of entriesFrom(store, 1, size)) {
    if (!isInPublicExport(entry)) continue;
    const fields = publicFields(entry);
    yield csvLine(
      PUBLIC_AUDIT_FIELDS.map((name) => {
        const field = fields[name];
        return field.kind === 'shown' ? field.text : `[withheld: ${field.reason}]`;
      })
    );
  }
}
