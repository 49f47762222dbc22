/** `npm run bench:audit`: how long a trail takes to verify (goal S7: a million entries in 60 s), and what an entry costs (5 ms p50). */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadDesigns } from '#designs/load.ts';
import { canonicalText } from '#domain/ledger/canonical.ts';
import { leafHash } from '#domain/ledger/merkle.ts';
import { NO_ENTRY_BEFORE } from '#domain/records/audit.ts';
import { Ledger } from '#server/audit/ledger.ts';
import { Trail } from '#server/audit/trail.ts';
import { sha256 } from '#server/keys/bytes.ts';
import { loadKeys } from '#server/keys/keys.ts';
import { openEmbedded } from '#server/store/embedded.ts';
import { anEntry, signed } from '#tests/builders/trail.ts';
import { randomBytes, randomUUID } from 'node:crypto';
import { verifyTrail } from '../../../scripts/verify-audit.ts';

const ENTRIES = Number(process.argv[2] ?? 1_000_000);
const LOOKS = 500;

/** An exported trail that is made while it is read; its one head says nothing true, since nothing here asks for more than the work. */
function* aLongTrail(count: number): Generator<string> {
  const signer = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const head = { kind: 'auditHead', schema: 1, index: 1, size: count, root: NO_ENTRY_BEFORE, previous: null } as const;
  yield canonicalText({ kind: 'trail', schema: 1, size: count, key: signer.publicKey.export({ format: 'jwk' }) });
  yield canonicalText({ kind: 'head', jws: signed({ ...head, at: '2026-11-22T17:00:00.000Z' }, signer) });
  let previous = NO_ENTRY_BEFORE;
  for (let seq = 1; seq <= count; seq++) {
    const text = canonicalText({ ...anEntry(seq), previous });
    previous = Buffer.from(leafHash(sha256, Buffer.from(text))).toString('hex');
    yield text;
  }
}

async function verifying(): Promise<void> {
  // Made first and kept as one text, so that only the verifying is timed.
  const lines = [...aLongTrail(ENTRIES)];
  const started = performance.now();
  const { entries, faults } = await verifyTrail(lines);
  const seconds = (performance.now() - started) / 1000;
  console.log(`${entries} entries verified in ${seconds.toFixed(1)} s (goal: a million in 60 s).`);
  if (faults.length !== 1) throw new Error('The made-up head alone should have been found.');
}

async function writing(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-audit-'));
  const store = openEmbedded({ folder: join(folder, 'databases') });
  const given = {
    now: () => new Date().toISOString(),
    newId: () => randomUUID(),
    randomBytes: (count: number) => new Uint8Array(randomBytes(count))
  };
  const [designs, { signing }] = [await loadDesigns(), await loadKeys(join(folder, 'keys'))];
  const failed = (error: unknown): void => console.error(error);
  const trail = new Trail(store, designs, given, await Ledger.open({ store, designs, given, signing, failed }));
  const by = { name: randomUUID(), roles: ['investigator'] };
  const times: number[] = [];
  for (let look = 0; look < LOOKS; look++) {
    const started = performance.now();
    await trail.record({ action: 'searchReads', caseNumber: 'ICR 26-1', response: { count: 3 } }, by);
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): string => (times[Math.floor(times.length * share)] ?? 0).toFixed(1);
  console.log(`An entry costs ${at(0.5)} ms p50, ${at(0.95)} ms p95 on the embedded engine (goal: 5 ms p50).`);
  await store.close();
  rmSync(folder, { recursive: true });
}

await writing();
await verifying();
