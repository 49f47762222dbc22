import { leadSound, type LeadSound } from '#domain/policy/alert-sound.ts';
import { foldPlate } from '#domain/plate/fold.ts';
import type { Lead } from './lead.ts';
import type { AlertSound } from './sound.ts';

/** Lets leads be heard as the policy says (rule leadSound). Which cars sounded lately is known in memory only. */
export class LeadSounds {
  readonly #soundedMs = new Map<string, number>();

  constructor(
    private readonly sound: Pick<AlertSound, 'arm' | 'play'>,
    private readonly muteNormal: () => boolean
  ) {}

  /** Call it in the tap that starts a period. */
  arm(): void {
    this.sound.arm();
  }

  /** A lead has come up; `nowMs` of any clock that does not jump. Says what was done. */
  tell(lead: Pick<Lead, 'plate' | 'level' | 'entry'>, nowMs: number): LeadSound {
    const plate = foldPlate(lead.plate);
    const decided = leadSound(
      { level: lead.level, category: lead.entry.category },
      { nowMs, lastSoundedMs: this.#soundedMs.get(plate), muteNormal: this.muteNormal() }
    );
    if (decided.kind === 'sound') {
      this.#soundedMs.set(plate, nowMs);
      this.sound.play(decided.priority);
    }
    return decided;
  }

  /** The period is over: no plate outlives it. */
  forget(): void {
    this.#soundedMs.clear();
  }
}
