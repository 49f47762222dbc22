import { MediaQuery } from 'svelte/reactivity';

export type ThemeChoice = 'day' | 'night' | 'auto';
export type Hand = 'right' | 'left';

/** Kept in a cookie: two words about the screen, nothing about people. A year; same site only. */
const COOKIE = 'platekeeper-display';

/** How this screen shows itself: day or night, right or left hand. Remembered on the device. */
export class Display {
  #choice = $state.raw<ThemeChoice>('auto');
  #hand = $state.raw<Hand>('right');
  readonly #dark = new MediaQuery('prefers-color-scheme: dark');
  readonly #document: Document;

  constructor(page: Document) {
    this.#document = page;
    const [choice, hand] = rememberedIn(page.cookie);
    this.#choice = choice;
    this.#hand = hand;
  }

  get choice(): ThemeChoice {
    return this.#choice;
  }
  get hand(): Hand {
    return this.#hand;
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

  #remember(): void {
    this.#document.cookie = `${COOKIE}=${this.#choice}.${this.#hand}; Path=/; Max-Age=31536000; SameSite=Strict`;
  }
}

function rememberedIn(cookies: string): [ThemeChoice, Hand] {
  const found = new RegExp(`(?:^|; )${COOKIE}=(day|night|auto)\\.(right|left)`).exec(cookies);
  return [(found?.[1] ?? 'auto') as ThemeChoice, (found?.[2] ?? 'right') as Hand];
}
