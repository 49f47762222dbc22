import type { CertificateRecord } from '#domain/records/certificate.ts';

/** Certificates of destruction in their order. */
export default function certificatesByNumber(document: CertificateRecord): void {
  if (document.kind === 'certificate') emit(document.number, null);
}
