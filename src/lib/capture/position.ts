import { instantOf, type Instant } from '#domain/time/instant.ts';

/** Where the tablet is, as far as it knows. */
export type Position =
  | { readonly kind: 'searching' }
  | { readonly kind: 'denied' }
  | { readonly kind: 'none' }
  | {
      readonly kind: 'fix';
      readonly lat: number;
      readonly lon: number;
      readonly accuracyM: number;
      readonly atMs: number;
      /** the time as whoever located the tablet tells it: satellites, or the tablet's own clock */
      readonly told: Instant;
    };

/** A fix older than this says nothing about where a plate was read. */
const FRESH_MS = 30_000;

/** Follows the tablet's position. Reads without a fix say so; auditors count them (LAW 5.4). */
export class PositionWatch {
  #position: Position = { kind: 'searching' };
  readonly #id: number | undefined;

  constructor(
    private readonly changed: (position: Position) => void,
    private readonly geolocation: Geolocation | undefined = navigator.geolocation
  ) {
    this.#id = this.geolocation?.watchPosition(
      ({ coords, timestamp }) => {
        this.#set({
          kind: 'fix',
          lat: coords.latitude,
          lon: coords.longitude,
          accuracyM: coords.accuracy,
          atMs: performance.now(),
          told: instantOf(timestamp)
        });
      },
      (error) => {
        this.#set({ kind: error.code === error.PERMISSION_DENIED ? 'denied' : 'none' });
      },
      { enableHighAccuracy: true, maximumAge: 5_000 }
    );
    if (this.geolocation === undefined) this.#set({ kind: 'none' });
  }

  /** The fix that counts at `atMs` of the monotonic clock, or null. */
  fixAt(atMs: number): Extract<Position, { kind: 'fix' }> | null {
    const position = this.#position;
    return position.kind === 'fix' && atMs - position.atMs <= FRESH_MS ? position : null;
  }

  stop(): void {
    if (this.#id !== undefined) this.geolocation?.clearWatch(this.#id);
  }

  #set(position: Position): void {
    this.#position = position;
    this.changed(position);
  }
}
