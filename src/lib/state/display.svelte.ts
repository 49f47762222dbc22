import { MediaQuery } from 'svelte/reactivity';
import { LOCK_AFTER_MINUTES } from '#domain/policy/screen-lock.ts';
import { DISPLAY_COOKIE } from '../vault/locations.ts';

export type ThemeChoice = 'day' | 'night' | 'auto';
export type Hand = 'right' | 'left';
/** Leads of high priority sound in any case (rule leadSound). */
export type NormalLeads = 'sound' | 'silent';

/** Minutes without a touch that a tablet offers; the rule idleLimitMs has the last word. */
export const LOCK_MINUTES = [1, 5, 10, 15] as const;

/**
 * How this tablet shows, sounds and locks: day or night, right or left hand, normal leads heard or not. Remembered on the device in
 * a cookie: four words about the tablet, nothing about people; a year; same site only.
 */
export class Display {
  #choice = $state.raw<ThemeChoice>('auto');
  #hand = $state.raw<Hand>('right');
  #normalLeads = $state.raw<NormalLeads>('sound');
  #lockMinutes = $state.raw<number>(LOCK_AFTER_MINUTES);
  readonly #dark = new MediaQuery('prefers-color-scheme: dark');
  readonly #document: Document;

  constructor(page: Document) {
    this.#document = page;
    const [choice, hand, normalLeads, lockMinutes] = rememberedIn(page.cookie);
    this.#choice = choice;
    this.#hand = hand;
    this.#normalLeads = normalLeads;
    this.#lockMinutes = lockMinutes;
  }

  get choice(): ThemeChoice {
    return this.#choice;
  }
  get hand(): Hand {
    return this.#hand;
  }
  get normalLeads(): NormalLeads {
    return this.#normalLeads;
  }
  /** Minutes without a touch after which the tablet locks. */
  get lockMinutes(): number {
    return this.#lockMinutes;
  }
  /** What is shown now. */
  get theme(): 'day' | 'night' {
    if (this.#choice !== 'auto') return this.#choice;
    return this.#dark.current ? 'night' : 'day';
  }

  choose(choice: ThemeChoice): void {
    this.#choice = choice;
    this.#remember();
  }
  useHand(hand: Hand): void {
    this.#hand = hand;
    this.#remember();
  }
  letNormalLeads(normalLeads: NormalLeads): void {
    this.#normalLeads = normalLeads;
    this.#remember();
  }

  lockAfter(minutes: number): void {
    this.#lockMinutes = minutes;
    this.#remember();
  }

  #remember(): void {
    const words = [this.#choice, this.#hand, this.#normalLeads, this.#lockMinutes].join('.');
    this.#document.cookie = `${DISPLAY_COOKIE}=${words}; Path=/; Max-Age=31536000; SameSite=Strict`;
  }
}

/** A cookie from before there was a sound or a lock has fewer words. */
function rememberedIn(cookies: string): [ThemeChoice, Hand, NormalLeads, number] {
  const found = new RegExp(
    `(?:^|; )${DISPLAY_COOKIE}=(day|night|auto)\\.(right|left)(?:\\.(sound|silent))?(?:\\.(\\d{1,2}))?`
  ).exec(cookies);
  return [
    (found?.[1] ?? 'auto') as ThemeChoice,
    (found?.[2] ?? 'right') as Hand,
    (found?.[3] ?? 'sound') as NormalLeads,
    LOCK_MINUTES.find((minutes) => String(minutes) === found?.[4]) ?? LOCK_AFTER_MINUTES
  ];
}
