import { expect, onTestFinished, test } from 'vitest';
import { outboxDatabaseName } from './locations.ts';
import { Outbox } from './worker/outbox.ts';

const record = (boxId: string, seq: number) => ({ _id: `${boxId}:${seq}` }) as never;

test('an outbox whose connection was closed under it is opened afresh and takes records again', async () => {
  const outbox = new Outbox();
  const boxId = crypto.randomUUID();
  onTestFinished(() => outbox.destroy(boxId));
  await outbox.put(boxId, [record(boxId, 1)]);
  const whole = await outbox.usable(boxId);
  expect(whole, 'one that works is kept').toBe(outbox.database(boxId));
  // What an aborted transaction does too: the browser asks PouchDB to let go, and it closes without a word.
  await new Promise((resolve, reject) => {
    const gone = indexedDB.deleteDatabase(outboxDatabaseName(boxId));
    gone.onsuccess = resolve;
    gone.onerror = reject;
  });
  await expect(outbox.database(boxId).info(), 'control: the dead one stays').rejects.toBeDefined();
  await expect(outbox.put(boxId, [record(boxId, 2)])).rejects.toBeDefined();
  await outbox.usable(boxId);
  await outbox.put(boxId, [record(boxId, 2)]);
  expect(await outbox.sequences(boxId)).toEqual([2]);
});
