import { randomUUID, webcrypto } from 'node:crypto';
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { expect, test } from 'vitest';
import { NO_ENTRIES, wordsOf, type ChainHead, type TabletEntry } from '#domain/ledger/tablet-chain.ts';
import type { AuditEntry } from '#domain/records/audit.ts';
import type { AuditAnswer, Enrollment, EnrollmentCode, ReviewAnswer } from '#domain/wire/answers.ts';
import { ENTRY_INFO, entryContext, type SealedEntry } from '#domain/wire/tablet-entries.ts';
import { fromBase64, sha256Hex, toBase64 } from '#server/keys/bytes.ts';
import { anAgencyOn } from './support/agency.ts';
import { Browser, type Answered } from './support/browser.ts';
import { TabletKey } from './support/tablet-key.ts';
import { startServer, type TestServer } from './support/server.ts';

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
const bytes = (words: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(words));

/** A tablet that keeps its own trail, with a key of its own. */
class TrailTablet {
  head: ChainHead = NO_ENTRIES;

  private constructor(
    readonly browser: Browser,
    readonly enrollment: Enrollment,
    private readonly key: TabletKey
  ) {}

  static async enroll(server: TestServer, sergeant: Browser): Promise<TrailTablet> {
    const { code } = (await sergeant.post('/api/devices/codes')).body as EnrollmentCode;
    const browser = new Browser(server);
    const key = await TabletKey.make();
    const answer = await browser.post('/api/enrollment', { code, label: 'Tablet 1', deviceKey: key.publicHalf });
    expect(answer.status, answer.text).toBe(201);
    const enrollment = answer.body as Enrollment;
    key.deviceId = enrollment.deviceId;
    browser.device = key;
    return new TrailTablet(browser, enrollment, key);
  }

  /** Writes the next entry, or one that was tampered with. */
  async write(action: TabletEntry['action'], given: Partial<TabletEntry> = {}, signed = true): Promise<SealedEntry> {
    const entry: TabletEntry = {
      kind: 'tabletEntry',
      schema: 1,
      deviceId: this.enrollment.deviceId,
      seq: this.head.seq + 1,
      previous: this.head.hash,
      at: '2026-11-22T17:00:00.000Z',
      memberId: null,
      action,
      object: null,
      count: null,
      ...given
    };
    this.head = { seq: entry.seq, hash: sha256Hex(wordsOf(entry)) };
    const words = bytes(wordsOf(signed ? entry : { ...entry, action: 'sweep' }));
    const signature = await webcrypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, this.key.privateKey, words);
    const content = bytes(JSON.stringify({ entry, signature: toBase64(new Uint8Array(signature)) }));
    const recipientPublicKey = await suite.kem.deserializePublicKey(
      fromBase64(this.enrollment.auditKey.publicKey).buffer
    );
    const aad = bytes(entryContext(entry.deviceId, entry.seq)).buffer;
    const sealed = await suite.seal({ recipientPublicKey, info: bytes(ENTRY_INFO).buffer }, content.buffer, aad);
    return {
      seq: entry.seq,
      encapsulated: toBase64(new Uint8Array(sealed.enc)),
      body: toBase64(new Uint8Array(sealed.ct))
    };
  }

  send(...entries: SealedEntry[]): Promise<Answered> {
    return this.browser.post('/api/device/entries', { entries });
  }
}

async function aTrail(): Promise<{ sergeant: Browser; tablet: TrailTablet; said: () => Promise<AuditEntry[]> }> {
  const server = await startServer();
  const sergeant = await anAgencyOn(server);
  const tablet = await TrailTablet.enroll(server, sergeant);
  const said = async (): Promise<AuditEntry[]> => {
    const { entries } = (await sergeant.get('/api/audit')).body as AuditAnswer;
    return entries.filter(({ action }) => action === 'tabletEntry' || action === 'tabletChainBroken');
  };
  return { sergeant, tablet, said };
}

const broken = (entries: readonly AuditEntry[]): string[] =>
  entries.filter(({ action }) => action === 'tabletChainBroken').map(({ note }) => note ?? '');

test('what happens on a tablet comes into the trail of headquarters, in order, once', async () => {
  const { tablet, said } = await aTrail();
  const entries = [await tablet.write('signIn'), await tablet.write('look', { count: 12 }), await tablet.write('lock')];
  expect((await tablet.send(...entries)).body).toEqual({ upTo: 3 });
  // The answer was lost on the way: the same entries come again.
  expect((await tablet.send(...entries)).body).toEqual({ upTo: 3 });
  const all = await said();
  expect(broken(all)).toEqual([]);
  expect(all.map(({ note }) => /^\w+/.exec(note ?? '')?.[0]).sort()).toEqual(['lock', 'look', 'signIn']);
  expect(all.find(({ note }) => note?.startsWith('look') === true)?.response).toEqual({ count: 12 });
});

test('an entry that was taken out is a gap, and the trail goes on behind it', async () => {
  const { tablet, said } = await aTrail();
  await tablet.send(await tablet.write('signIn'));
  await tablet.write('look');
  await tablet.write('look');
  await tablet.send(await tablet.write('lock'));
  await tablet.send(await tablet.write('signOut'));
  expect(broken(await said())).toEqual(['gap: 2 entries are missing before entry 4']);
});

test('a tablet that was set back to an earlier copy is found: its entries fork', async () => {
  const { tablet, said } = await aTrail();
  await tablet.send(await tablet.write('signIn'));
  const copy = tablet.head;
  await tablet.send(await tablet.write('look'), await tablet.write('lock'));
  tablet.head = copy;
  await tablet.send(await tablet.write('signOut'));
  expect(broken(await said())).toEqual(['fork: entry 2 does not continue what was sent before']);
});

test('a tablet whose trail does not continue is before the reviewer at once, by its name', async () => {
  const { sergeant, tablet } = await aTrail();
  const leads = async (): Promise<ReviewAnswer['leads']> =>
    ((await sergeant.get('/api/review')).body as ReviewAnswer).leads;
  await tablet.send(await tablet.write('signIn'));
  expect(await leads()).toEqual([]);
  await tablet.write('look');
  await tablet.send(await tablet.write('lock'));
  const { deviceId } = tablet.enrollment;
  expect(await leads()).toMatchObject([
    { suspicion: 'tabletTrailBroken', subjectId: deviceId, subjectName: 'Tablet 1', entryIds: [expect.any(String)] }
  ]);
});

test('a changed entry, a stranger’s entry and a moved one are no entries of this tablet', async () => {
  const { sergeant, tablet, said } = await aTrail();
  await tablet.send(await tablet.write('signIn', {}, false));
  const entry = await tablet.write('look');
  await tablet.send({ ...entry, seq: 3 });
  await tablet.send({ ...entry, body: toBase64(new Uint8Array(200)) });
  const other = await tablet.write('lock', { deviceId: randomUUID() });
  await tablet.send(other);
  expect(broken(await said())).toHaveLength(4);
  expect((await said()).filter(({ action }) => action === 'tabletEntry')).toEqual([]);
  expect((await sergeant.post('/api/device/entries', { entries: [entry] })).status).toBe(401);
});
