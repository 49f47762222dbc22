import { closed, list, oneOf, text, yesOrNo, type Check } from '#domain/check/check.ts';
import { base64, instant, personName, uuid } from '#domain/check/common.ts';
import { PRECONDITION_FAILURES } from '#domain/policy/may-capture.ts';
import { checkAgency, signInName } from '#domain/records/agency.ts';
import { compactJws } from '#domain/records/audit-head.ts';
import { sha256InHex } from '#domain/records/audit.ts';
import { checkConfidentialTags } from '#domain/records/confidential-tags.ts';
import { checkHotlistVersion } from '#domain/records/hotlist.ts';
import type { DeviceHello, Enrollment, LeaseAnswer, OfficerName, WitnessedHead } from '#domain/wire/answers.ts';

const keyWord = text({ min: 1, max: 200, pattern: /^[A-Za-z0-9_-]+$/, what: 'a part of a key' });

/** An ES256 public key as a JWK, with whatever members the server adds to it. */
const signingKey: Check<Enrollment['signingKey']> = (value, path) => {
  if (typeof value !== 'object' || value === null) return { path: path ?? '', message: 'must be a key' };
  for (const [name, word] of Object.entries(value)) {
    const found = keyWord(word, `${path ?? ''}.${name}`);
    if (found !== null) return found;
  }
  return 'x' in value && 'y' in value ? null : { path: path ?? '', message: 'must be a public key' };
};

const publicKey: Check<Enrollment['sealingKey']> = closed<Enrollment['sealingKey']>({
  id: text({ min: 8, max: 64, pattern: /^[A-Za-z0-9_-]+$/, what: 'a key id' }),
  publicKey: base64(200)
});

/** What a captive portal answers must never become an enrollment. */
export const checkEnrollment: Check<Enrollment> = closed<Enrollment>({
  deviceId: uuid,
  label: text({ min: 2, max: 60 }),
  agency: checkAgency,
  sealingKey: publicKey,
  auditKey: publicKey,
  signingKey
});

export const checkHello: Check<DeviceHello> = closed<DeviceHello>({
  serverTime: instant,
  suspended: yesOrNo,
  confidential: checkConfidentialTags,
  hotlists: list(checkHotlistVersion, { max: 100 }),
  withdrawn: list(
    closed<DeviceHello['withdrawn'][number]>({
      memberId: uuid,
      failures: list(oneOf(...PRECONDITION_FAILURES), { max: 20 })
    }),
    { max: 1_000 }
  ),
  releases: list(closed<DeviceHello['releases'][number]>({ memberId: uuid, releasedAt: instant }), {
    max: 1_000
  })
});

export const checkOfficerName: Check<OfficerName> = closed<OfficerName>({ name: personName, signInName });

export const checkLeaseAnswer: Check<LeaseAnswer> = closed<LeaseAnswer>({
  lease: text({ min: 20, max: 8_000 }),
  officer: checkOfficerName
});

/** A proof over 2^64 entries has 65 hashes at most. */
export const checkWitnessedHead: Check<WitnessedHead> = closed<WitnessedHead>({
  jws: compactJws,
  proof: list(sha256InHex, { max: 130 })
});
