/** What the status strip says: each thing the officer depends on as a state and a few words. Pure, so that it can be tested. */
import type { ListState, Scanner } from '#lib/state/scanner.svelte.ts';
import { STORAGE_WARNS_AT, type VaultStatus } from '#lib/vault/protocol.ts';
import { lengthOf } from '../format.ts';
import { STRIP } from '../words/tablet.ts';

export interface StripItem {
  readonly state: 'good' | 'warn' | 'lost' | 'off';
  readonly words: string;
}

export function cameraItem(scanner: Pick<Scanner, 'phase' | 'framesPerSecond'>): StripItem {
  switch (scanner.phase) {
    case 'scanning':
      return scanner.framesPerSecond < 2
        ? { state: 'warn', words: STRIP.cameraSlow }
        : { state: 'good', words: STRIP.camera(scanner.framesPerSecond) };
    case 'starting':
      return { state: 'off', words: STRIP.cameraStarting };
    case 'failed':
      return { state: 'lost', words: STRIP.cameraLost };
    case 'idle':
    case 'stopping':
      return { state: 'off', words: STRIP.cameraOff };
  }
}

export function positionItem(position: Scanner['position']): StripItem {
  switch (position.kind) {
    case 'fix':
      return position.accuracyM > 50
        ? { state: 'warn', words: STRIP.positionPoor(position.accuracyM) }
        : { state: 'good', words: STRIP.position(position.accuracyM) };
    case 'searching':
      return { state: 'off', words: STRIP.positionSearching };
    case 'none':
      return { state: 'lost', words: STRIP.positionNone };
    case 'denied':
      return { state: 'lost', words: STRIP.positionDenied };
  }
}

export function linkItem(status: Pick<VaultStatus, 'link' | 'waitingRecords'>): StripItem {
  const waits = status.waitingRecords === 0 ? STRIP.allSent : STRIP.waiting(status.waitingRecords);
  switch (status.link) {
    case 'idle':
      return { state: 'good', words: `${STRIP.linkIdle} · ${waits}` };
    case 'sending':
      return { state: 'good', words: `${STRIP.linkSending} · ${waits}` };
    case 'serverUnreachable':
      return { state: 'warn', words: `${STRIP.linkNone} · ${waits}` };
    case 'notAccepted':
      return { state: 'lost', words: STRIP.linkNotAccepted };
    case 'refusedByServer':
      return { state: 'lost', words: STRIP.linkRefused };
  }
}

export function listItem(list: ListState): StripItem {
  if (list.kind === 'none') return { state: 'lost', words: STRIP.listNone };
  if (list.age === 'off') return { state: 'lost', words: STRIP.listOff(list.ageHours) };
  if (list.waitsForWords) return { state: 'lost', words: STRIP.listUntyped(list.ageHours) };
  if (list.age === 'stale') return { state: 'lost', words: STRIP.listOld(list.ageHours) };
  return { state: list.age === 'fresh' ? 'good' : 'warn', words: STRIP.list(list.ageHours) };
}

/** What is shown only when something is wrong with the tablet itself. */
export function troubles(status: Pick<VaultStatus, 'storage' | 'clock' | 'damage'>): readonly StripItem[] {
  const items: StripItem[] = [];
  if (status.storage.share >= STORAGE_WARNS_AT)
    items.push({ state: 'warn', words: STRIP.storage(status.storage.share) });
  if (status.clock.kind === 'wrong')
    items.push({ state: 'warn', words: STRIP.clock(lengthOf(Math.abs(status.clock.offsetMs))) });
  if (status.clock.kind === 'setBack')
    items.push({ state: 'warn', words: STRIP.clockSetBack(lengthOf(status.clock.byMs)) });
  if (status.damage.length > 0) items.push({ state: 'lost', words: STRIP.damage });
  return items;
}
