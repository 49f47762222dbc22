import { MediaQuery } from 'svelte/reactivity';
import { DISPLAY_COOKIE } from '../vault/locations.ts';

export type ThemeChoice = 'day' | 'night' | 'auto';
export type Hand = 'right' | 'left';
/** Leads of high priority sound in any case (rule leadSound). */
export type NormalLeads = 'sound' | 'silent';

/**
 * How this tablet shows and sounds: day or night, right or left hand, normal leads heard or not. Remembered on the device in
 * a cookie: three words about the tablet, nothing about people; a year; same site only.
 */
export class Display {
  #choice = $state.raw<ThemeChoice>('auto');
  #hand = $state.raw<Hand>('right');
  #normalLeads = $state.raw<NormalLeads>('sound');
  readonly #dark = new MediaQuery('prefers-color-scheme: dark');
  readonly #document: Document;

  constructor(page: Document) {
    this.#document = page;
    const [choice, hand, normalLeads] = rememberedIn(page.cookie);
    this.#choice = choice;
    this.#hand = hand;
    this.#normalLeads = normalLeads;
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

  #remember(): void {
    const words = [this.#choice, this.#hand, this.#normalLeads].join('.');
    this.#document.cookie = `${DISPLAY_COOKIE}=${words}; Path=/; Max-Age=31536000; SameSite=Strict`;
  }
}

/** A cookie from before there was a sound has two words. */
function rememberedIn(cookies: string): [ThemeChoice, Hand, NormalLeads] {
  const found = new RegExp(`(?:^|; )${DISPLAY_COOKIE}=(day|night|auto)\\.(right|left)(?:\\.(sound|silent))?`).exec(
    cookies
  );
  return [
    (found?.[1] ?? 'auto') as ThemeChoice,
    (found?.[2] ?? 'right') as Hand,
    (found?.[3] ?? 'sound') as NormalLeads
  ];
}
