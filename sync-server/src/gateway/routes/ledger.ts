import { Readable } from 'node:stream';
import type { AuditHeadsAnswer, WitnessedHead } from '#domain/wire/answers.ts';
import { publicTrailLines, trailLines } from '../../audit/export.ts';
import type { House } from '../../house.ts';
import { dailyHeads } from '../../public-log/daily-heads.ts';
import { refused, type Route } from '../door.ts';

/** Signed heads of the audit trail for who keeps them as a witness, and the trail itself for who verifies it (426.5(c)(e)). */
export function ledgerRoutes(route: Route, house: House): void {
  const { ledger, store, keys, trail } = house;

  route('GET /api/public/audit-heads', () => ({
    kind: 'ready',
    act: null,
    answer: async () => {
      const body: AuditHeadsAnswer = { key: keys.signing.publicJwk, heads: await dailyHeads(store) };
      return { body };
    }
  }));

  // The tablet says what size it knows; the proof shows that its trail is still there, unchanged.
  route('GET /api/device/audit-head', ({ query }) => {
    const known = Number(query['size'] ?? 0);
    if (!Number.isSafeInteger(known) || known < 0) return refused(400, 'malformed');
    return {
      kind: 'ready',
      act: null,
      answer: async () => {
        const signed = ledger.head;
        if (signed === undefined) return {};
        const body: WitnessedHead = { jws: signed.jws, proof: await ledger.consistency(known, signed.head.size) };
        return { body };
      }
    };
  });

  route('GET /api/audit/trail', ({ asker: { person } }) => {
    if (person === undefined) return refused(401, 'signInFirst');
    return {
      kind: 'ready',
      act: { response: { count: ledger.size } },
      answer: async () => {
        // Over a head of now, so that the entry of this very export is in it.
        const head = await trail.sign('now');
        if (head === undefined) return { status: 404, body: undefined };
        const lines = trailLines({ store, ledger, signing: keys.signing, agency: person.agency }, head);
        return {
          type: 'application/x-ndjson; charset=utf-8',
          headers: { 'Content-Disposition': 'attachment; filename="alpr-audit-trail.ndjson"' },
          body: Readable.from(lines)
        };
      }
    };
  });

  // For a request under the data practices act; each withheld field says why.
  route('GET /api/audit/public.csv', () => {
    const size = ledger.size;
    return {
      kind: 'ready',
      act: { response: { count: size }, note: 'public export' },
      answer: () => ({
        type: 'text/csv; charset=utf-8',
        headers: { 'Content-Disposition': 'attachment; filename="alpr-audit-trail-public.csv"' },
        body: Readable.from(publicTrailLines(store, size))
      })
    };
  });
}
