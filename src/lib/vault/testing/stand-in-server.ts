import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { CompactSign, decodeProtectedHeader, exportJWK, generateKeyPair, importJWK, jwtVerify } from 'jose';
import type { ConfidentialTags } from '#domain/records/confidential-tags.ts';
import type { Agency } from '#domain/records/agency.ts';
import { skeletonOf, tagIn } from '#domain/policy/address-confidentiality.ts';
import type { AuditHead } from '#domain/records/audit-head.ts';
import type { HotlistVersion } from '#domain/records/hotlist.ts';
import { rangesOf, type Receipt } from '#domain/records/receipt.ts';
import {
  checkSealedRecord,
  sealedContext,
  unpackContent,
  type SealedContent,
  type SealedRecord
} from '#domain/records/sealed.ts';
import type { DeviceHello, Enrollment, Lease, LeaseAnswer } from '#domain/wire/answers.ts';
import { ENTRY_INFO, entryContext, type SealedEntry, type SignedEntry } from '#domain/wire/tablet-entries.ts';
import { fromBase64, toBase64 } from '../base64.ts';
import type { Answered, Asked } from './line.ts';

type Reply = readonly [status: number, body: unknown, headers?: Readonly<Record<string, string>>];
type JsonRecord = Record<string, unknown>;

/** the code that releases an officer, and its SHA-256 */
export const RELEASE = {
  code: 'TEST-CODE-ABCD',
  hash: 'd89adeddb056bdb1147c31f47b502493506396ad14c88e8441a6480e4c604fe5'
};
const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** A head over so many entries; what its root is made of is no matter here. */
const headOver = (size: number): AuditHead => ({
  kind: 'auditHead',
  schema: 1,
  index: 1,
  size,
  root: 'a'.repeat(64),
  at: new Date().toISOString(),
  previous: null
});

/**
 * The server's side of the line, small, with real keys: five replication verbs, receipts it signs for what it could open.
 * What the real server does besides is tested end to end.
 */
export class StandInServer {
  readonly channel = `stand-in-${crypto.randomUUID()}`;
  readonly deviceId = crypto.randomUUID();
  readonly asked: string[] = [];
  /** enrollments that were asked for */
  readonly enrolled: JsonRecord[] = [];
  readonly finished = new Map<string, number>();
  /** the key of the tablet that was enrolled last */
  deviceKey: JsonRecord | undefined;
  /** proofs that were accepted; each counts once */
  readonly proofs: string[] = [];
  #nonce = 'first';
  /** what stands before the server's answers: nothing, no network, a revoked tablet, a captive portal, a strict inbox */
  mood: 'well' | 'gone' | 'revokes' | 'portal' | 'denies' = 'well';
  receiptsSignedBy: 'us' | 'stranger' = 'us';
  /** who is signed in at the server, and gets the lease */
  member = { _id: crypto.randomUUID(), name: 'Ofc. A. Example', signInName: 'a.example' };
  leaseMs = 86_400_000;
  /** entries of the tablet's own trail, as they came */
  readonly entries: SealedEntry[] = [];
  /** what may not be collected; `tag 0` alone at first, and its decoys */
  confidential: ConfidentialTags = {
    kind: 'confidentialTags',
    schema: 1,
    key: toBase64(new Uint8Array(32).fill(4)),
    tags: Array.from({ length: 128 }, (_, tag) => tag)
  };
  /** what the server says of the officers at the next contact */
  standing: Pick<DeviceHello, 'withdrawn' | 'releases'> = { withdrawn: [], releases: [] };
  /** versions of hotlists in force here, with their lines */
  readonly lists = new Map<string, { readonly version: HotlistVersion; readonly lines: string }>();
  /** size of the audit trail, as its signed head says; null: no head is signed yet */
  trailSize: number | null = null;
  /** what is put in place of a list's lines on the way */
  tampered: string | null = null;
  readonly #inboxes = new Map<
    string,
    { readonly records: Map<string, SealedRecord>; readonly locals: Map<string, unknown> }
  >();
  readonly #line = new BroadcastChannel(this.channel);

  private constructor(
    private readonly agency: Agency,
    private readonly sealing: CryptoKeyPair,
    private readonly signing: { readonly own: CryptoKeyPair; readonly strange: CryptoKeyPair }
  ) {
    this.#line.addEventListener('message', ({ data }: MessageEvent<Asked>) => {
      if ('method' in data) void this.#hear(data);
    });
  }

  static async start(agency: Agency): Promise<StandInServer> {
    const [own, strange] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')]);
    return new StandInServer(agency, await suite.kem.generateKeyPair(), { own, strange });
  }

  close(): void {
    this.#line.close();
  }

  records(boxId?: string): SealedRecord[] {
    const inboxes = boxId === undefined ? [...this.#inboxes.values()] : [this.#inboxes.get(boxId)];
    return inboxes.flatMap((inbox) => [...(inbox?.records.values() ?? [])]);
  }

  /** Opens a seal as headquarters does. Rejects when anything of it was changed. */
  async openSeal(record: SealedRecord): Promise<SealedContent> {
    const raw = await suite.open(
      {
        recipientKey: this.sealing.privateKey,
        enc: fromBase64(record.encapsulated).buffer,
        info: bytes('platekeeper box key v1').buffer
      },
      fromBase64(record.wrappedKey).buffer,
      bytes(`${record.deviceId}|${record.boxId}`).buffer
    );
    const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt']);
    const packed = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: fromBase64(record.iv), additionalData: bytes(sealedContext(record)) },
      key,
      fromBase64(record.body)
    );
    const unpacked = unpackContent(new Uint8Array(packed));
    if (unpacked.kind === 'improper') throw new Error(unpacked.reason);
    return unpacked.content;
  }

  /** Opens an entry of the tablet's trail as headquarters does. */
  async openEntry(sealed: SealedEntry): Promise<SignedEntry> {
    const opened = await suite.open(
      {
        recipientKey: this.sealing.privateKey,
        enc: fromBase64(sealed.encapsulated).buffer,
        info: bytes(ENTRY_INFO).buffer
      },
      fromBase64(sealed.body).buffer,
      bytes(entryContext(this.deviceId, sealed.seq)).buffer
    );
    return JSON.parse(new TextDecoder().decode(opened)) as SignedEntry;
  }

  async #hear(asked: Asked): Promise<void> {
    const path = asked.path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, ':id').replace(/_local\/.*/, '_local/:id');
    this.asked.push(`${asked.method} ${path}`);
    const [status, body, headers = {}] = await this.#reply(asked);
    this.#line.postMessage({ id: asked.id, status, body, headers } satisfies Answered);
  }

  async #reply(asked: Asked): Promise<Reply> {
    const { method, path } = asked;
    if (this.mood === 'gone') return [0, null];
    if (this.mood === 'portal') return [200, { welcome: 'to the guest network' }];
    if (path === '/api/enrollment') return [201, await this.#enrollment(asked)];
    const proven = await this.#isProven(asked);
    if (proven === 'notFresh')
      return [401, { code: 'staleProof', sentence: 'Not fresh.' }, { 'dpop-nonce': this.#nonce }];
    if (!proven || this.mood === 'revokes') return [401, { code: 'tabletNotAccepted', sentence: 'Not accepted.' }];
    if (path === '/api/lease') return [200, await this.#leaseAnswer()];
    if (path.startsWith('/api/device/hello')) {
      return [
        200,
        {
          serverTime: new Date(Date.now() + 90_000).toISOString(),
          suspended: false,
          hotlists: [...this.lists.values()].map(({ version }) => version),
          confidential: this.confidential,
          ...this.standing
        }
      ];
    }
    if (path.startsWith('/api/device/hotlists/')) return this.#hotlist(path);
    if (path.startsWith('/api/device/audit-head') && this.trailSize !== null)
      return [200, { jws: await this.#sign(headOver(this.trailSize)), proof: [] }];
    if (path === '/api/device/entries') {
      const { entries } = asked.body as { readonly entries: readonly SealedEntry[] };
      this.entries.push(...entries);
      return [200, { upTo: entries.at(-1)?.seq }];
    }
    const [, boxId = '', rest = ''] = /([0-9a-f]{8}-[0-9a-f-]{27})(.*)$/.exec(path.replace(/_local.*/, '_local')) ?? [];
    if (path.startsWith('/db/')) return this.#verb(boxId, rest, asked);
    if (rest.startsWith('/receipt')) return [200, { receipt: await this.#receipt(boxId) }];
    if (method === 'PUT') {
      if (!this.#inboxes.has(boxId)) this.#inboxes.set(boxId, { records: new Map(), locals: new Map() });
      return [200, { kind: 'open' }];
    }
    if (method === 'DELETE') this.finished.set(boxId, Number(/count=(\d+)/.exec(path)?.[1]));
    return method === 'DELETE' ? [200, { kind: 'done' }] : [404, { code: 'notFound', sentence: 'Not found.' }];
  }

  async #hotlist(path: string): Promise<Reply> {
    const [, id = '', rest = ''] = /hotlists\/([0-9a-f-]{36})(.*)$/.exec(path) ?? [];
    const list = this.lists.get(id);
    if (list === undefined || rest.startsWith('/changes')) return [404, { code: 'notFound', sentence: 'Not found.' }];
    if (rest === '') return [200, { signed: await this.#sign(list.version), parts: 1 }];
    const packed = new Blob([this.tampered ?? list.lines]).stream().pipeThrough(new CompressionStream('gzip'));
    return [200, new Uint8Array(await new Response(packed).arrayBuffer())];
  }

  #verb(boxId: string, rest: string, { method, path, body }: Asked): Reply {
    const inbox = this.#inboxes.get(boxId);
    if (inbox === undefined) return [404, { error: 'not_found', reason: 'missing' }];
    if (rest === '/' || rest === '')
      return [200, { db_name: `inbox-${boxId}`, update_seq: inbox.records.size, doc_count: inbox.records.size }];
    if (rest === '/_local') {
      if (method === 'PUT') inbox.locals.set(path, body);
      const found = inbox.locals.get(path);
      if (method === 'PUT') return [201, { ok: true, id: path, rev: '0-1' }];
      return found === undefined
        ? [404, { error: 'not_found', reason: 'missing' }]
        : [200, { ...(found as JsonRecord), _rev: '0-1' }];
    }
    if (rest === '/_revs_diff') {
      const unknown = Object.entries(body as JsonRecord).filter(([id]) => !inbox.records.has(id));
      return [200, Object.fromEntries(unknown.map(([id, missing]) => [id, { missing }]))];
    }
    if (rest === '/_bulk_docs')
      return [201, this.#take((body as { docs: (SealedRecord & JsonRecord)[] }).docs, inbox.records)];
    return [404, { error: 'not_found', reason: 'missing' }];
  }

  #take(documents: (SealedRecord & JsonRecord)[], records: Map<string, SealedRecord>): unknown {
    return documents.flatMap(({ _rev, _revisions, ...record }) => {
      const denied = this.mood === 'denies' || checkSealedRecord(record) !== null;
      if (denied)
        return [{ id: record._id, rev: _rev, revisions: _revisions, error: 'forbidden', reason: 'no: refused' }];
      records.set(record._id, record);
      return [];
    });
  }

  async #receipt(boxId: string): Promise<string> {
    const opened: number[] = [];
    for (const record of this.records(boxId)) {
      await this.openSeal(record);
      opened.push(record.seq);
    }
    const receipt: Receipt = {
      kind: 'receipt',
      schema: 1,
      deviceId: this.deviceId,
      boxId,
      kept: rangesOf(opened),
      quarantined: [],
      issuedAt: new Date().toISOString()
    };
    return this.#sign(receipt, this.receiptsSignedBy === 'us' ? this.signing.own : this.signing.strange);
  }

  async #leaseAnswer(): Promise<LeaseAnswer> {
    const { name, signInName } = this.member;
    return { lease: await this.#sign(this.#lease()), officer: { name, signInName } };
  }

  #lease(): Lease {
    const now = Date.now();
    return {
      kind: 'lease',
      schema: 2,
      deviceId: this.deviceId,
      memberId: this.member._id,
      roles: ['operator'],
      agency: this.agency,
      policyVersion: '1',
      trainingUntil: null,
      grantUntil: null,
      releaseHash: RELEASE.hash,
      issuedAt: new Date(now).toISOString(),
      expiresAt: new Date(now + this.leaseMs).toISOString()
    };
  }

  /** From now on this plate is a participant's. */
  async protect(plate: string): Promise<void> {
    const key = await crypto.subtle.importKey(
      'raw',
      fromBase64(this.confidential.key),
      { name: 'HMAC', hash: 'SHA-256' },
      false,
      ['sign']
    );
    const tag = tagIn(new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes(skeletonOf(plate)))));
    this.confidential = { ...this.confidential, tags: [...this.confidential.tags.slice(1), tag] };
  }

  /** A new nonce: proofs with the one before are too old. */
  turnNonce(): void {
    this.#nonce = crypto.randomUUID();
  }

  async #isProven({ method, path, proof }: Asked): Promise<boolean | 'notFresh'> {
    if (proof === null || this.deviceKey === undefined) return false;
    if (decodeProtectedHeader(proof).kid !== this.deviceId) return false;
    const key = await importJWK({ kty: 'EC', crv: 'P-256', ...this.deviceKey }, 'ES256');
    const verified = await jwtVerify(proof, key, { typ: 'dpop+jwt' }).catch(() => null);
    const { htm, htu, nonce, jti } = verified?.payload ?? {};
    if (htm !== method || htu !== location.origin + (path.split('?', 1)[0] ?? '') || jti === undefined) return false;
    if (nonce !== this.#nonce || this.proofs.includes(jti)) return 'notFresh';
    this.proofs.push(jti);
    return true;
  }

  async #enrollment({ body }: Asked): Promise<Enrollment> {
    const { deviceKey } = body as { readonly deviceKey: JsonRecord };
    this.deviceKey = deviceKey;
    this.enrolled.push(body as JsonRecord);
    const publicKey = new Uint8Array(await suite.kem.serializePublicKey(this.sealing.publicKey));
    const { kty = '', crv = '', x = '', y = '' } = await exportJWK(this.signing.own.publicKey);
    return {
      deviceId: this.deviceId,
      label: 'Test tablet',
      agency: this.agency,
      sealingKey: { id: 'test-sealing-key', publicKey: toBase64(publicKey) },
      auditKey: { id: 'test-audit-key', publicKey: toBase64(publicKey) },
      signingKey: { kty, crv, x, y }
    };
  }

  #sign(payload: unknown, key: CryptoKeyPair = this.signing.own): Promise<string> {
    return new CompactSign(bytes(JSON.stringify(payload))).setProtectedHeader({ alg: 'ES256' }).sign(key.privateKey);
  }
}
