import { idleLimitMs, LOCK_AFTER_MINUTES, mustLock, type LockReason } from '#domain/policy/screen-lock.ts';

/** `start`: the app was opened afresh, and no key survives that; `asked`: the officer locked it. */
export type WhyLocked = LockReason | 'start' | 'asked';

const LOOKED_AT_EVERY_MS = 1_000;
const TOUCHES = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

interface PresenceParts {
  /** never goes back, counts sleep */
  readonly steadyMs: () => number;
  /** what is touched: the window */
  readonly touched: EventTarget;
  readonly locked: () => void;
}

/** Whether the officer on duty is at the tablet. It locks by itself when nobody touches it (rule mustLock; CJIS AC-11). */
export class Presence {
  #state = $state.raw<{ readonly kind: 'in' } | { readonly kind: 'locked'; readonly why: WhyLocked }>({
    kind: 'locked',
    why: 'start'
  });
  #minutes = LOCK_AFTER_MINUTES;
  #signedInAtMs = 0;
  #touchedAtMs = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  readonly #touch = (): void => {
    // Whoever wakes a tablet that should have locked in its sleep finds it locked, not kept open by that touch.
    this.#look();
    this.#touchedAtMs = this.parts.steadyMs();
  };

  constructor(private readonly parts: PresenceParts) {}

  get isIn(): boolean {
    return this.#state.kind === 'in';
  }
  get whyLocked(): WhyLocked | null {
    return this.#state.kind === 'locked' ? this.#state.why : null;
  }

  /** The officer has signed in on this tablet; it locks after so many minutes without a touch. */
  enter(minutes: number): void {
    this.#stopWatching();
    this.#minutes = minutes;
    this.#signedInAtMs = this.#touchedAtMs = this.parts.steadyMs();
    for (const touch of TOUCHES)
      this.parts.touched.addEventListener(touch, this.#touch, { passive: true, capture: true });
    this.#timer = setInterval(() => {
      this.#look();
    }, LOOKED_AT_EVERY_MS);
    this.#state = { kind: 'in' };
  }

  useMinutes(minutes: number): void {
    this.#minutes = minutes;
  }

  lock(why: WhyLocked): void {
    if (this.#state.kind === 'locked') return;
    this.#stopWatching();
    this.#state = { kind: 'locked', why };
    this.parts.locked();
  }

  #look(): void {
    if (this.#state.kind === 'locked') return;
    const why = mustLock({
      signedInAtMs: this.#signedInAtMs,
      touchedAtMs: this.#touchedAtMs,
      nowMs: this.parts.steadyMs(),
      idleLimitMs: idleLimitMs(this.#minutes)
    });
    if (why !== null) this.lock(why);
  }

  #stopWatching(): void {
    clearInterval(this.#timer);
    for (const touch of TOUCHES) this.parts.touched.removeEventListener(touch, this.#touch, { capture: true });
  }
}
