import type { Incident } from '#domain/records/incident.ts';
import type { BcaNotice, FixedLocation } from '#domain/records/location.ts';
import type { BoxRecord } from '#domain/records/box.ts';
import type { CertificateRecord } from '#domain/records/certificate.ts';
import type { AnyDestruction } from '#domain/records/destruction.ts';
import type { ActivePeriod } from '#domain/records/period.ts';
import type { Store } from '#server/store/store.ts';
import { REGISTER } from './databases.ts';
import { recordIn } from './written.ts';

/** Records of the register that grow with use and are asked of the store each time. */
type Row = ActivePeriod | BoxRecord | CertificateRecord | AnyDestruction | FixedLocation | BcaNotice | Incident;

export async function rowOf<K extends Row['kind']>(
  store: Store,
  kind: K,
  id: string
): Promise<Extract<Row, { kind: K }> | undefined> {
  const document = await store.get(REGISTER, id);
  return document?.['kind'] === kind ? recordIn<Extract<Row, { kind: K }>>(document) : undefined;
}

export async function rowsOf<K extends Row['kind']>(store: Store, kind: K): Promise<Extract<Row, { kind: K }>[]> {
  const rows = await store.view(REGISTER, 'registry', 'by_kind', { key: kind, includeDocs: true, reduce: false });
  return rows.flatMap((row) => (row.doc === undefined ? [] : [recordIn<Extract<Row, { kind: K }>>(row.doc)]));
}
