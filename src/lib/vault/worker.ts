import { expose } from 'comlink';
import { instantOf } from '#domain/time/instant.ts';
import { makeIndexedDbStrict } from './worker/strict-indexed-db.ts';
import { Vault } from './worker/vault.ts';

makeIndexedDbStrict();

/** The vault's worker: the one place here that reads the clock and chance. */
expose(
  new Vault({
    now: () => instantOf(Date.now()),
    monotonicMs: () => performance.now(),
    chance: () => Math.random(),
    newId: () => crypto.randomUUID()
  })
);
