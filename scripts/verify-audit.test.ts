import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { AuditEntry } from '#domain/records/audit.ts';
import {
  aSigner,
  aTrail,
  anEntry,
  headsOver,
  linesOf,
  linkedAgain,
  type ExportedTrail
} from '#tests/builders/trail.ts';
import { verifyTrail } from './verify-audit.ts';

const COUNT = 60;
const HEAD_EVERY = 7;
const PLACES = 50;
const signer = aSigner();
const clean = aTrail(COUNT, signer, HEAD_EVERY);

/** A trail that somebody tampered with at entry `place`, and the heads of elsewhere that give them away where nothing else does. */
type Tampering = (place: number) => { readonly trail: ExportedTrail; readonly witnesses?: readonly string[] };

const at = (place: number, change: (entry: AuditEntry) => object): AuditEntry[] =>
  clean.entries.map((entry) => (entry.seq === place ? { ...entry, ...change(entry) } : entry));
const without = (place: number): AuditEntry[] => clean.entries.filter(({ seq }) => seq !== place);
const withEntries = (entries: readonly AuditEntry[]): ExportedTrail => ({ ...clean, entries });
const another = (): object => ({ caseNumber: 'ICR 26-9999' });

const TAMPERINGS: Readonly<Record<string, Tampering>> = {
  'a reason is changed': (place) => ({ trail: withEntries(at(place, another)) }),
  'a name is changed': (place) => ({ trail: withEntries(at(place, () => ({ actorName: 'Inv. Somebody Else' }))) }),
  'a time is changed': (place) => ({ trail: withEntries(at(place, () => ({ at: '2026-11-20T17:00:00.000Z' }))) }),
  'a field is taken out': (place) => ({ trail: withEntries(at(place, () => ({ response: undefined }))) }),
  'an entry is taken out': (place) => ({ trail: withEntries(without(place)) }),
  'an entry is put in': (place) => ({
    trail: withEntries(clean.entries.flatMap((e) => (e.seq === place ? [e, anEntry(place + 1)] : [e])))
  }),
  'two entries change places': (place) => {
    const entries = [...clean.entries];
    [entries[place - 1], entries[place]] = [entries[place] as AuditEntry, entries[place - 1] as AuditEntry];
    return { trail: withEntries(entries) };
  },
  'an entry is doubled': (place) => ({
    trail: withEntries(clean.entries.flatMap((e) => (e.seq === place ? [e, e] : [e])))
  }),
  'the end is cut off': (place) => ({ trail: { ...withEntries(clean.entries.slice(0, place - 1)), size: place - 1 } }),
  'an entry is taken out and the rest linked again': (place) => ({
    trail: { ...withEntries(linkedAgain(without(place))), size: COUNT - 1 }
  }),
  'an entry is changed and the rest linked again': (place) => ({ trail: withEntries(linkedAgain(at(place, another))) }),
  'everything is written and signed anew with another key': (place) => {
    const entries = linkedAgain(at(place, another));
    return { trail: { ...withEntries(entries), heads: headsOver(entries, aSigner(), HEAD_EVERY) } };
  },
  'a signed head is taken out': (place) => ({
    trail: { ...clean, heads: clean.heads.filter((_, index) => index !== Math.ceil(place / HEAD_EVERY) - 1) }
  }),
  'everything is written and signed anew by who holds the key, and other heads are kept elsewhere': (place) => {
    const entries = linkedAgain(at(place, another));
    return {
      trail: { ...withEntries(entries), heads: headsOver(entries, signer, HEAD_EVERY) },
      witnesses: clean.heads
    };
  },
  'an older, shorter trail is shown, and a newer head is kept elsewhere': (place) => ({
    trail: aTrail(place - 1, signer, HEAD_EVERY),
    witnesses: clean.heads
  })
};

test('there are at least thirteen kinds of tampering', () => {
  expect(Object.keys(TAMPERINGS).length).toBeGreaterThanOrEqual(13);
});

// Not the very ends: there is nothing after the last entry, and a head over nothing is never signed.
const places = Array.from({ length: PLACES }, (_, n) => 2 + Math.round((n * (COUNT - 4)) / (PLACES - 1)));

test.each(Object.keys(TAMPERINGS))(
  'in 50 places: %s, and it is found and located',
  async (kind) => {
    const missed: number[] = [];
    for (const place of places) {
      const { trail, witnesses } = TAMPERINGS[kind]?.(place) ?? { trail: clean };
      const { faults } = await verifyTrail(linesOf(trail), witnesses);
      // Located: some fault names a stretch of entries with the place in it, no longer than from one head to the next but one.
      const named = faults.filter(({ from, to }) => from <= place + 1 && place <= to);
      const isLocated = named.some(({ from, to }) => to - from < 2 * HEAD_EVERY || to === COUNT);
      if (!isLocated) missed.push(place);
    }
    expect(missed).toEqual([]);
  },
  120_000
);

const CLEAN_RUNS = Number(process.env['CLEAN_RUNS'] ?? 100);

test('a trail that nobody touched raises no alarm, of any length and with any heads kept elsewhere', async () => {
  for (let run = 0; run < CLEAN_RUNS; run++) {
    const trail = aTrail(run % 41, signer, 1 + (run % 9));
    const witnesses = trail.heads.filter((_, index) => (index + run) % 3 === 0);
    const { faults, entries } = await verifyTrail(linesOf(trail), witnesses);
    expect([run, entries, faults]).toEqual([run, run % 41, []]);
  }
}, 600_000);

test('what is no trail, or has no key, is not taken for one', async () => {
  expect((await verifyTrail([])).faults).not.toEqual([]);
  expect((await verifyTrail(['<html>', '{"kind":"trail","size":1,"key":{}}'])).faults).not.toEqual([]);
  expect((await verifyTrail(linesOf(clean).slice(1))).faults).not.toEqual([]);
});

test('the program that verifies shares no code with the server', () => {
  const imports = [...readFileSync('scripts/verify-audit.ts', 'utf8').matchAll(/from '([^']+)'/g)].map(
    ([, from]) => from
  );
  expect(imports.length).toBeGreaterThan(0);
  expect(imports.filter((from) => from?.startsWith('node:') !== true)).toEqual([]);
});
