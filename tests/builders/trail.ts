import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { canonicalBytes, canonicalText } from '#domain/ledger/canonical.ts';
import { leafHash, nodeHash } from '#domain/ledger/merkle.ts';
import type { AuditHead } from '#domain/records/audit-head.ts';
import { NO_ENTRY_BEFORE, type AuditEntry } from '#domain/records/audit.ts';
import { instantOf, MINUTE_MS, msOf } from '#domain/time/instant.ts';
import { anId } from './records.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const START = msOf('2026-11-22T17:00:00.000Z');

/** A trail as it is exported, in pieces that a test can bend. */
export interface ExportedTrail {
  readonly key: object;
  readonly size: number;
  readonly heads: readonly string[];
  readonly entries: readonly AuditEntry[];
}

export const aSigner = (): { publicKey: KeyObject; privateKey: KeyObject } =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** An invented trail of so many entries, with a head after every `headEvery` of them and one at its end. */
export function aTrail(
  count: number,
  signer = aSigner(),
  headEvery = 7,
  change: (entry: AuditEntry) => AuditEntry = (entry) => entry
): ExportedTrail {
  const entries: AuditEntry[] = [];
  let previous = NO_ENTRY_BEFORE;
  for (let seq = 1; seq <= count; seq++) {
    const entry = change({ ...anEntry(seq), previous });
    previous = leafOf(entry);
    entries.push(entry);
  }
  return {
    key: signer.publicKey.export({ format: 'jwk' }),
    size: count,
    heads: headsOver(entries, signer, headEvery),
    entries
  };
}

export function anEntry(seq: number): AuditEntry {
  return {
    _id: anId(seq),
    kind: 'audit',
    schema: 1,
    seq,
    previous: NO_ENTRY_BEFORE,
    at: instantOf(START + seq * MINUTE_MS),
    actor: { id: anId(900 + (seq % 5)), roles: ['investigator'] },
    actorName: `Inv. Zoë ${String(seq % 5)}`,
    action: 'searchReads',
    object: null,
    outcome: 'ok',
    caseNumber: `ICR 26-${String(seq)}`,
    response: { count: seq % 9 }
  };
}

/** Entries from `at` on that name each other again, as somebody would make them who changed one. */
export function linkedAgain(entries: readonly AuditEntry[]): AuditEntry[] {
  let previous = NO_ENTRY_BEFORE;
  return entries.map((entry, at) => {
    const linked = { ...entry, seq: at + 1, previous };
    previous = leafOf(linked);
    return linked;
  });
}

export function headsOver(
  entries: readonly AuditEntry[],
  signer: { readonly privateKey: KeyObject },
  headEvery = 7
): string[] {
  const leaves = entries.map((entry) => leafHash(sha256, canonicalBytes(entry)));
  const heads: string[] = [];
  for (let size = 1; size <= entries.length; size++) {
    if (size % headEvery !== 0 && size !== entries.length) continue;
    const last = heads.at(-1);
    const head: AuditHead = {
      kind: 'auditHead',
      schema: 1,
      index: heads.length + 1,
      size,
      root: Buffer.from(rootOf(leaves.slice(0, size))).toString('hex'),
      at: instantOf(START + size * MINUTE_MS),
      previous: last === undefined ? null : createHash('sha256').update(last).digest('hex')
    };
    heads.push(signed(head, signer));
  }
  return heads;
}

export function signed(head: AuditHead, { privateKey }: { readonly privateKey: KeyObject }): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const content = `${part({ alg: 'ES256' })}.${part(head)}`;
  const signature = sign('sha256', Buffer.from(content), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${content}.${signature.toString('base64url')}`;
}

export function linesOf({ key, size, heads, entries }: ExportedTrail): string[] {
  const records = [{ kind: 'trail', schema: 1, size, key }, ...heads.map((jws) => ({ kind: 'head', jws })), ...entries];
  return records.map((record) => canonicalText(record));
}

const leafOf = (entry: AuditEntry): string => Buffer.from(leafHash(sha256, canonicalBytes(entry))).toString('hex');

function rootOf(hashes: readonly Uint8Array[]): Uint8Array {
  const [only = sha256(new Uint8Array())] = hashes;
  if (hashes.length < 2) return only;
  const split = 2 ** (Math.ceil(Math.log2(hashes.length)) - 1);
  return nodeHash(sha256, rootOf(hashes.slice(0, split)), rootOf(hashes.slice(split)));
}
