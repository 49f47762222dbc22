import { skeletonOf, tagIn } from '#domain/policy/address-confidentiality.ts';
import type { ConfidentialTags } from '#domain/records/confidential-tags.ts';
import { fromBase64 } from './base64.ts';

/** Whether the tags may mean this plate: of the plates of nobody in particular, one in 128 is taken for one as well. */
export async function mayBeProtected(plate: string, { key, tags }: ConfidentialTags): Promise<boolean> {
  const hmac = await crypto.subtle.importKey('raw', fromBase64(key), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign'
  ]);
  const mac = await crypto.subtle.sign('HMAC', hmac, new TextEncoder().encode(skeletonOf(plate)));
  return tags.includes(tagIn(new Uint8Array(mac)));
}
