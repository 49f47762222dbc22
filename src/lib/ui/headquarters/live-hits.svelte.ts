import type { HitRow } from '#domain/wire/answers.ts';

/** Hits as they come in at headquarters, told by the server; the browser asks anew by itself when a stream has ended. */
export class LiveHits {
  #isLive = $state.raw(false);
  #latest = $state.raw<HitRow | null>(null);
  #source: EventSource | undefined;

  /** `told` is called for each hit that comes in or was answered. */
  constructor(private readonly told: () => void) {}

  get isLive(): boolean {
    return this.#isLive;
  }
  /** the newest hit that nobody has answered yet; null: none came while this screen was open */
  get latest(): HitRow | null {
    return this.#latest;
  }

  /** Call it when the screen opens; the function that comes back ends it. */
  open(): () => void {
    const source = new EventSource('/api/hits/live');
    this.#source = source;
    source.onopen = () => {
      this.#isLive = true;
    };
    source.onerror = () => {
      this.#isLive = false;
    };
    source.addEventListener('hit', ({ data }: MessageEvent<string>) => {
      const row = JSON.parse(data) as HitRow;
      if (row.hit.answer === null) this.#latest = row;
      this.told();
    });
    return () => {
      this.#source?.close();
    };
  }
}
