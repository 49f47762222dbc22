import { confusionShare, lookAlikesOf } from '../plate/confusable.ts';
import { foldPlate } from '../plate/fold.ts';
import { alertPriority } from '../policy/alert-sound.ts';
import { listAge } from '../policy/list-age.ts';
import { isLive, mayMatchAgainst } from '../policy/match-sources.ts';
import type { HotlistEntry, HotlistVersion } from '../records/hotlist.ts';
import type { Instant } from '../time/instant.ts';
import { HotlistTable } from './hotlist-table.ts';
import { listedShareOf, matchOdds, type ListedShares, type ReadEvidence } from './match-odds.ts';

/** A list that may be matched, indexed once when it arrives. */
export interface HotlistIndex {
  readonly version: HotlistVersion;
  readonly table: HotlistTable;
}

export interface Match {
  readonly entry: HotlistEntry;
  readonly version: HotlistVersion;
  /** exact: the same plate with O and zero taken for one; confusable: one or two look-alike characters apart */
  readonly kind: 'exact' | 'confusable';
  readonly jurisdictionCheck: 'match' | 'mismatch' | 'unknown';
  /** for the odds that it is right (rule matchOdds) */
  readonly listed: ListedShares;
}

/** A read as it is compared with a list. */
export type Matched = ReadEvidence & { readonly jurisdiction: string };

/** More would match too many innocent cars ("not more than two", as the field's own manuals say). */
export const MOST_LOOK_ALIKES = 2;

/**
 * Indexes a list for matching: lines as packList makes them, in UTF-8. A source that may not be matched gives `refused` (426.3.1(b)): such a list
 * is never even in memory in a form that could match.
 */
export function indexHotlist(
  version: HotlistVersion,
  lines: Uint8Array,
  decode: (bytes: Uint8Array) => string
): { readonly kind: 'indexed'; readonly index: HotlistIndex } | { readonly kind: 'refused'; readonly reason: string } {
  const source = mayMatchAgainst(version.source);
  if (source.kind === 'refused') return { kind: 'refused', reason: source.reason };
  return { kind: 'indexed', index: { version, table: new HotlistTable(lines, decode) } };
}

/**
 * Compares a read with the lists (426.3.1(b)): at most one match that the officer may see, and at most one covert one for headquarters alone.
 * An exact match goes before a look-alike, the likelier look-alike before the other; characters are never added or dropped. The issuing
 * jurisdiction is compared apart and never decides silently: 426.3(f) wants it checked by a person. A list older than 72 h, an expired
 * entry and an agency entry without its lawful ground match nothing (LAW A22).
 */
export function matchRead(read: Matched, lists: readonly HotlistIndex[], now: Instant): readonly Match[] {
  const usable = lists.filter((list) => listAge(list.version.asOf, now) !== 'off');
  const plate = foldPlate(read.plate);
  const exact = usable.flatMap((list) => found(read, list, plate, 'exact', now));
  const openExact = best(read, exact.filter(isOpen));
  const covertExact = best(read, exact.filter(isCovert));
  if (openExact !== undefined && covertExact !== undefined) return [openExact, covertExact];
  const alike = usable.flatMap((list) =>
    lookAlikeTexts(plate).flatMap((text) => found(read, list, text, 'confusable', now))
  );
  const open = openExact ?? best(read, alike.filter(isOpen));
  const covert = covertExact ?? best(read, alike.filter(isCovert));
  return [open, covert].filter((match) => match !== undefined);
}

/** The chance, 0..1, that the match is right as far as the plate's text goes (rule matchOdds). */
export const oddsOf = (read: ReadEvidence, { entry, listed }: Pick<Match, 'entry' | 'listed'>): number =>
  matchOdds(read, entry.plate, listed);

const isCovert = ({ entry }: Match): boolean => entry.covert === true;
const isOpen = (match: Match): boolean => !isCovert(match);

function found(read: Matched, list: HotlistIndex, text: string, kind: Match['kind'], now: Instant): Match[] {
  const entries = list.table.find(text).filter((entry) => isLive(entry, list.version.source, now));
  if (entries.length === 0) return [];
  const listed = { density: list.table.density(text), listedShare: listedShareOf(list.table.size) };
  return entries.map((entry) => ({
    entry,
    version: list.version,
    kind,
    listed,
    jurisdictionCheck: compareJurisdiction(read.jurisdiction, entry)
  }));
}

/** The match to tell: the likeliest text, then the state that agrees, then where somebody may be in danger. */
function best(read: Matched, matches: readonly Match[]): Match | undefined {
  const worth = (match: Match): number =>
    1000 * oddsOf(read, match) +
    { match: 20, unknown: 10, mismatch: 0 }[match.jurisdictionCheck] +
    (alertPriority(match.entry.category) === 'high' ? 1 : 0);
  let chosen: Match | undefined;
  for (const match of matches) if (chosen === undefined || worth(match) > worth(chosen)) chosen = match;
  return chosen;
}

function compareJurisdiction(seen: string, entry: HotlistEntry): Match['jurisdictionCheck'] {
  if (seen === 'unknown' || entry.jurisdiction === 'unknown') return 'unknown';
  return seen === entry.jurisdiction ? 'match' : 'mismatch';
}

/** Every text one or two look-alike characters away: some three hundred for a plate of seven. */
function lookAlikeTexts(plate: string): string[] {
  const texts: string[] = [];
  const replaced = (from: number, text: string, left: number): void => {
    for (let at = from; at < text.length; at++) {
      for (const other of lookAlikesOf(text.charAt(at))) {
        if (confusionShare(text.charAt(at), other) === 0) continue;
        const next = text.slice(0, at) + other + text.slice(at + 1);
        texts.push(next);
        if (left > 1) replaced(at + 1, next, left - 1);
      }
    }
  };
  replaced(0, plate, MOST_LOOK_ALIKES);
  return texts;
}
