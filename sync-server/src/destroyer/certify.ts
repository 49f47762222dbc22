import type { Agency } from '#domain/records/agency.ts';
import type { Destruction } from '#domain/records/destruction.ts';
import type { BoxParts } from '../parts.ts';
import { DESTROYER, REGISTER } from '../register/databases.ts';
import { startOfDateIn } from '../register/local-date.ts';
import { save } from '../register/written.ts';
import type { Certificates } from './certificates.ts';

/** Signs the certificate of a destruction that was verified, and remembers its number; after a kill the same one (LAW 4.11). */
export async function certify(
  parts: BoxParts & { readonly certificates: Certificates },
  agency: Agency,
  record: Destruction
): Promise<Destruction> {
  const { store, tags, certificates, dayBoxes, given } = parts;
  const { subject, counts, devices, spared, salt, root, records, database } = record;
  const hasDate = subject.kind === 'dayBox' || subject.kind === 'earlyReads';
  const certificate = await certificates.certify(record._id, {
    agency: agency.name,
    subject: subject.kind === 'holdBox' ? { kind: 'holdBox', hold: tags.id('certificateHold', subject.hold) } : subject,
    collectedFrom: hasDate ? startOfDateIn(agency, subject.date) : null,
    destroyedAt: record.destroyedAt ?? given.now(),
    counts,
    devices,
    spared,
    method: subject.kind === 'earlyReads' ? 'databaseRebuiltWithout' : 'databaseDropped',
    verified: { engine: 'gone', files: (await store.filesOf(database)) === null ? 'notVisible' : 'gone' },
    salt,
    root,
    records,
    oldestLeft: (await dayBoxes.dates()).at(-1) ?? null
  });
  const certified: Destruction = { ...record, certificate: certificate.number };
  await save(store, REGISTER, certified, DESTROYER);
  return certified;
}
