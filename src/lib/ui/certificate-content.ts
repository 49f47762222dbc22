import type { Certificate } from '#domain/records/certificate.ts';

/** What a signed certificate says. The signature is for `npm run verify:certificates`; this page shows what its own server sent. */
export function contentOf(jws: string): Certificate {
  const payload = (jws.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
  const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes)) as Certificate;
}
