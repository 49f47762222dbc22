import { closed, list, nullable, number, oneOf, yesOrNo, type Check } from '#domain/check/check.ts';
import { instant } from '#domain/check/common.ts';
import type { Instant } from '#domain/time/instant.ts';
import { DAMAGE, type Damage } from '../protocol.ts';
import type { Toolbox } from './toolbox.ts';

interface Notice {
  readonly damage: Damage;
  readonly noticedAt: Instant;
  readonly seen: boolean;
  /** number of its entry in the tablet's trail; null: not written yet */
  readonly entry: number | null;
}

const checkNotices: Check<readonly Notice[]> = list(
  closed<Notice>({
    damage: oneOf(...DAMAGE),
    noticedAt: instant,
    seen: yesOrNo,
    entry: nullable(number({ min: 1, max: 1e9, integer: true }))
  }),
  { max: DAMAGE.length }
);

/** What was found damaged on this tablet: kept over restarts until an officer has seen it and headquarters has its entry. */
export class DamageNotices {
  #notices: readonly Notice[] = [];
  #toolbox: Pick<Toolbox, 'kept' | 'keep'> | null = null;

  constructor(private readonly now: () => Instant) {}

  /** Takes up what earlier starts found; what this one found before stays. */
  async keepIn(toolbox: Pick<Toolbox, 'kept' | 'keep'>): Promise<void> {
    this.#toolbox = toolbox;
    const kept = await toolbox.kept('damage');
    const earlier = checkNotices(kept) === null ? (kept as readonly Notice[]) : [];
    await this.#become([...earlier.filter(({ damage }) => !this.#has(damage)), ...this.#notices]);
  }

  get all(): readonly Damage[] {
    return this.#notices.map(({ damage }) => damage);
  }

  get areSeen(): boolean {
    return this.#notices.every(({ seen }) => seen);
  }

  /** What has no entry in the trail yet. */
  get untold(): readonly Damage[] {
    return this.#notices.flatMap(({ damage, entry }) => (entry === null ? [damage] : []));
  }

  /** Found now; found again, it is to be seen and told again. */
  add(damage: Damage): void {
    const notice: Notice = { damage, noticedAt: this.now(), seen: false, entry: null };
    void this.#become([...this.#notices.filter((known) => known.damage !== damage), notice]);
  }

  /** It is mended. */
  remove(damage: Damage): Promise<void> {
    return this.#become(this.#notices.filter((known) => known.damage !== damage));
  }

  told(damage: Damage, entry: number): Promise<void> {
    return this.#become(this.#notices.map((known) => (known.damage === damage ? { ...known, entry } : known)));
  }

  see(): Promise<void> {
    return this.#become(this.#notices.map((known) => ({ ...known, seen: true })));
  }

  /** Lets go of what was seen here and is known at headquarters, which has every entry below `firstWaiting`. */
  async letGo(firstWaiting: number): Promise<void> {
    const isOver = ({ seen, entry }: Notice): boolean => seen && entry !== null && entry < firstWaiting;
    if (this.#notices.some(isOver)) await this.#become(this.#notices.filter((notice) => !isOver(notice)));
  }

  #has(damage: Damage): boolean {
    return this.#notices.some((notice) => notice.damage === damage);
  }

  async #become(notices: readonly Notice[]): Promise<void> {
    this.#notices = notices;
    await this.#toolbox?.keep('damage', notices);
  }
}
