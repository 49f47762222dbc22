/** POST /api/device/entries: a tablet's own audit trail on its way to headquarters. */
import { closed, list, number, type Check } from '../check/check.ts';
import { base64 } from '../check/common.ts';
import type { TabletEntry } from '../ledger/tablet-chain.ts';

/** Entries that travel at once. */
export const ENTRIES_A_REQUEST = 100;

/** What is inside a sealed entry: the entry and the tablet's ES256 signature of its words, base64. */
export interface SignedEntry {
  readonly entry: TabletEntry;
  readonly signature: string;
}

/** An entry sealed by HPKE for the audit key: who finds or copies the tablet cannot read who did what on it. */
export interface SealedEntry {
  readonly seq: number;
  readonly encapsulated: string;
  readonly body: string;
}

/** What the seal is bound to: an entry moved to another tablet or number does not open. */
export const entryContext = (deviceId: string, seq: number): string => `${deviceId}|${seq}`;

/** What both sides write into the seal besides; tablet and server must agree on the words. */
export const ENTRY_INFO = 'platekeeper tablet entry v1';

export interface EntriesRequest {
  readonly entries: readonly SealedEntry[];
}

export const checkSealedEntry: Check<SealedEntry> = closed<SealedEntry>({
  seq: number({ min: 1, max: 999_999_999, integer: true }),
  encapsulated: base64(200),
  body: base64(4_000)
});

export const checkEntriesRequest: Check<EntriesRequest> = closed<EntriesRequest>({
  entries: list(checkSealedEntry, { min: 1, max: ENTRIES_A_REQUEST })
});

/** The server's word: everything up to here is in the trail of headquarters. */
export interface EntriesTaken {
  readonly upTo: number;
}
