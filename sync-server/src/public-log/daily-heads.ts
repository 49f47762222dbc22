import type { SignedAuditHead } from '#domain/records/audit-head.ts';
import type { Agency } from '#domain/records/agency.ts';
import type { LocalDate } from '#domain/time/instant.ts';
import type { DailyAuditHead } from '#domain/wire/answers.ts';
import type { Store } from '#server/store/store.ts';
import { GATEWAY, PUBLIC } from '../register/databases.ts';
import { localDateIn } from '../register/local-date.ts';
import { recordIn, saveNew } from '../register/written.ts';

const idOf = (date: LocalDate): string => `auditHead:${date}`;
const MOST_HEADS = 1000;

/**
 * Puts the first head of each day on the public page. Who keeps one can tell later whether the trail of that day is still the
 * same; nothing can be read in it.
 */
export async function publishDailyHead(store: Store, agency: Agency, signed: SignedAuditHead): Promise<void> {
  const { at, size, root } = signed.head;
  const date = localDateIn(agency, at);
  if ((await store.get(PUBLIC, idOf(date))) !== undefined) return;
  await saveNew(store, PUBLIC, { _id: idOf(date), date, at, size, root, jws: signed.jws } as { _id: string }, GATEWAY);
}

/** The heads on the public page, newest first. */
export async function dailyHeads(store: Store): Promise<DailyAuditHead[]> {
  const range = { startId: idOf('9999'), endId: idOf(''), descending: true, limit: MOST_HEADS };
  return (await store.all(PUBLIC, range)).map((document) => {
    const { date, at, size, root, jws } = recordIn<DailyAuditHead>(document);
    return { date, at, size, root, jws };
  });
}
