import type { PolicyAdoption } from '#domain/records/agency.ts';
import type { PolicyGiven } from '#domain/wire/requests.ts';
import { sha256Hex } from '../keys/bytes.ts';

/** The record of an adopted policy. The checksum is over what was stated of it, so that a later change of words shows. */
export function adoptPolicy(given: PolicyGiven, id: string): PolicyAdoption {
  const { title, version, adoptedOn, adoptedBy } = given;
  return {
    _id: id,
    kind: 'policy',
    schema: 1,
    title,
    version,
    sha256: sha256Hex(JSON.stringify([title, version, adoptedOn, adoptedBy])),
    adoptedOn,
    adoptedBy
  };
}
