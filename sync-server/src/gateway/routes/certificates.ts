import type { CertificatesAnswer } from '#domain/wire/answers.ts';
import { certificatesPublished } from '../../destroyer/certificates.ts';
import type { House } from '../../house.ts';
import { sha256Hex } from '../../keys/bytes.ts';
import type { Route } from '../door.ts';

/**
 * Certificates of destruction: for anybody from the public database, with the private ones as hashes; whole for those who answer for
 * the program. Both are what `npm run verify:certificates` reads.
 */
export function certificateRoutes(route: Route, { store, certificates: chain, register, keys }: House): void {
  const answerWith = (certificates: CertificatesAnswer['certificates']): CertificatesAnswer => ({
    agencyName: register.agency()?.name ?? '',
    publicKey: keys.certificates.publicJwk,
    certificates
  });

  route('GET /api/public/certificates', () => ({
    kind: 'ready',
    act: null,
    answer: async () => ({ body: answerWith(await certificatesPublished(store)) })
  }));

  route('GET /api/certificates', async () => {
    const certificates = (await chain.all()).map(({ number, jws }) => ({ number, jws, sha256: sha256Hex(jws) }));
    return {
      kind: 'ready',
      act: { response: { count: certificates.length } },
      answer: () => ({ body: answerWith(certificates) })
    };
  });
}
