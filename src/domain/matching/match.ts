import { lookAlikesOf } from '../plate/confusable.ts';
import { foldPlate } from '../plate/fold.ts';
import { mayMatchAgainst } from '../policy/match-sources.ts';
import { listAge } from '../policy/list-age.ts';
import type { HotlistEntry, HotlistPackage, HotlistVersion } from '../records/hotlist.ts';
import { msOf, type Instant } from '../time/instant.ts';

/** Entries by folded plate; built once when a list arrives. */
export interface HotlistIndex {
  readonly version: HotlistVersion;
  readonly byPlate: ReadonlyMap<string, readonly HotlistEntry[]>;
}

export interface Match {
  readonly entry: HotlistEntry;
  readonly version: HotlistVersion;
  /** exact: the same plate with O and zero taken for one; confusable: one look-alike character apart */
  readonly kind: 'exact' | 'confusable';
  readonly jurisdictionCheck: 'match' | 'mismatch' | 'unknown';
}

/**
 * Indexes a list for matching. A source that may not be matched gives `refused` (426.3.1(b)): such a list is never even
 * in memory in a form that could match.
 */
export function indexHotlist(
  list: HotlistPackage
): { readonly kind: 'indexed'; readonly index: HotlistIndex } | { readonly kind: 'refused'; readonly reason: string } {
  const source = mayMatchAgainst(list.version.source);
  if (source.kind === 'refused') return { kind: 'refused', reason: source.reason };
  const byPlate = new Map<string, HotlistEntry[]>();
  for (const entry of list.entries) {
    const plate = foldPlate(entry.plate);
    const there = byPlate.get(plate);
    if (there === undefined) byPlate.set(plate, [entry]);
    else there.push(entry);
  }
  return { kind: 'indexed', index: { version: list.version, byPlate } };
}

/**
 * Compares a read with the lists (426.3.1(b)). An exact match goes before a look-alike; characters are never added or
 * dropped. The issuing jurisdiction is compared apart and never decides silently: 426.3(f) wants it checked by a person.
 * A list older than 72 h and an expired entry match nothing (LAW A22).
 */
export function matchRead(
  read: { readonly plate: string; readonly jurisdiction: string },
  lists: readonly HotlistIndex[],
  now: Instant
): Match | null {
  const plate = foldPlate(read.plate);
  const usable = lists.filter((list) => listAge(list.version.asOf, now) !== 'off');
  for (const kind of ['exact', 'confusable'] as const) {
    const texts = kind === 'exact' ? [plate] : oneLookAlikeApart(plate);
    for (const list of usable)
      for (const text of texts) {
        const entry = (list.byPlate.get(text) ?? []).find((e) => e.expiresAt === null || msOf(e.expiresAt) > msOf(now));
        if (entry !== undefined)
          return {
            entry,
            version: list.version,
            kind,
            jurisdictionCheck: compareJurisdiction(read.jurisdiction, entry)
          };
      }
  }
  return null;
}

function compareJurisdiction(seen: string, entry: HotlistEntry): Match['jurisdictionCheck'] {
  if (seen === 'unknown' || entry.jurisdiction === 'unknown') return 'unknown';
  return seen === entry.jurisdiction ? 'match' : 'mismatch';
}

function oneLookAlikeApart(plate: string): string[] {
  const texts: string[] = [];
  for (let at = 0; at < plate.length; at++)
    for (const other of lookAlikesOf(plate.charAt(at))) texts.push(plate.slice(0, at) + other + plate.slice(at + 1));
  return texts;
}
