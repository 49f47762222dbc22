import { proper } from '#domain/check/check.ts';
import { checkCertificate, type Certificate, type CertificateRecord } from '#domain/records/certificate.ts';
import type { Store } from '#server/store/store.ts';
import { sha256Hex } from '../keys/bytes.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import type { Tags } from '../keys/tags.ts';
import { DESTROYER, PUBLIC, REGISTER } from '../register/databases.ts';
import { NotWritten, recordIn, save, saveNew } from '../register/written.ts';

/** A certificate on the public page: the signed text, or its hash alone where what it tells is private (13.824 subd. 3(c)). */
interface PublishedCertificate {
  readonly _id: string;
  readonly kind: 'publicCertificate';
  readonly number: number;
  readonly jws: string | null;
  readonly sha256: string;
}

/** What the certificate of a destruction says beside its place in the chain. */
export type CertificateContent = Omit<Certificate, 'kind' | 'schema' | 'number' | 'previous'>;

/** The chain of certificates: numbered without a gap, each signed and naming the one before. Nothing is ever taken out of it. */
export class Certificates {
  constructor(
    private readonly store: Store,
    private readonly key: SigningKey,
    private readonly tags: Tags
  ) {}

  /** Certificates in their order. */
  async all(): Promise<CertificateRecord[]> {
    return this.#read({});
  }

  async latest(): Promise<CertificateRecord | undefined> {
    return (await this.#read({ descending: true, limit: 1 }))[0];
  }

  /** Signs and keeps the certificate of a destruction; asked again after a kill, it hands back the one that was written. */
  async certify(destruction: string, content: CertificateContent): Promise<CertificateRecord> {
    const latest = await this.latest();
    const record = latest?.destruction === destruction ? latest : await this.#write(destruction, content, latest);
    await this.#publish(record);
    return record;
  }

  async #write(
    destruction: string,
    content: CertificateContent,
    latest: CertificateRecord | undefined
  ): Promise<CertificateRecord> {
    const number = (latest?.number ?? 0) + 1;
    const certificate: Certificate = {
      kind: 'certificateOfDestruction',
      schema: 1,
      number,
      ...content,
      previous: latest === undefined ? null : sha256Hex(latest.jws)
    };
    const record: CertificateRecord = {
      // By its number: a second certificate of the same number would be a fork, and cannot be written.
      _id: this.tags.id('certificate', String(number)),
      kind: 'certificate',
      schema: 1,
      number,
      destruction,
      jws: await this.key.sign(proper(checkCertificate, certificate))
    };
    if ((await saveNew(this.store, REGISTER, record, DESTROYER)) === 'taken')
      throw new NotWritten('Another certificate has this number.');
    return record;
  }

  async #publish({ number, jws }: CertificateRecord): Promise<void> {
    const shown: PublishedCertificate = {
      _id: `certificate:${String(number).padStart(8, '0')}`,
      kind: 'publicCertificate',
      number,
      jws: isPublic(certificateIn(jws)) ? jws : null,
      sha256: sha256Hex(jws)
    };
    await save(this.store, PUBLIC, shown, DESTROYER);
  }

  async #read(query: { readonly descending?: boolean; readonly limit?: number }): Promise<CertificateRecord[]> {
    const rows = await this.store.view(REGISTER, 'registry', 'certificates_by_number', { ...query, includeDocs: true });
    return rows.flatMap((row) => (row.doc === undefined ? [] : [recordIn<CertificateRecord>(row.doc)]));
  }
}

/** The certificates as anybody may see them, in their order, from the public database alone. */
export async function certificatesPublished(
  store: Store
): Promise<readonly Pick<PublishedCertificate, 'number' | 'jws' | 'sha256'>[]> {
  const documents = await store.all(PUBLIC, { startId: 'certificate:', endId: 'certificate;' });
  return documents.map((document) => {
    const { number, jws, sha256 } = recordIn<PublishedCertificate>(document);
    return { number, jws, sha256 };
  });
}

/** The certificate inside a signed text of our own. */
export function certificateIn(jws: string): Certificate {
  return JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8')) as Certificate;
}

// That a hold ended, or that reads went early on request, is nobody's business but the agency's.
function isPublic({ subject }: Certificate): boolean {
  return subject.kind === 'dayBox' || subject.kind === 'setAside';
}
