/** What the tablet says of its own state; null where the browser does not tell. */
export interface Strain {
  readonly heat: Heat | null;
  readonly battery: { readonly level: number; readonly isCharging: boolean } | null;
}
/** Compute Pressure's states: from `serious` on the device cannot keep this up for long (https://www.w3.org/TR/compute-pressure/). */
export type Heat = 'nominal' | 'fair' | 'serious' | 'critical';

/** As if on power and cool: what is assumed where the browser tells nothing. */
export const NO_STRAIN: Strain = { heat: null, battery: null };

// Neither is in TypeScript's DOM library: Chromium has both, other browsers neither.
interface BatteryManager extends EventTarget {
  readonly level: number;
  readonly charging: boolean;
}
interface PressureObserver {
  observe(source: 'cpu', options: { sampleInterval: number }): Promise<void>;
  disconnect(): void;
}
type PressureObserverMaker = new (told: (records: readonly { readonly state: Heat }[]) => void) => PressureObserver;

/** The browser's parts that are asked; each may be missing. */
export interface StrainSources {
  readonly getBattery?: () => Promise<BatteryManager>;
  readonly PressureObserver?: PressureObserverMaker;
}

const HEAT_EVERY_MS = 2_000;

/** Watches heat and battery for as long as the camera is on. */
export class DeviceStrain {
  #heat: Heat | null = null;
  #battery: BatteryManager | null = null;
  #observer: PressureObserver | undefined;

  constructor(sources: StrainSources = sourcesOf(globalThis)) {
    // A browser may have them and refuse all the same: then there is nothing to know.
    void sources.getBattery?.().then(
      (battery) => {
        this.#battery = battery;
      },
      () => undefined
    );
    if (sources.PressureObserver === undefined) return;
    this.#observer = new sources.PressureObserver((records) => {
      this.#heat = records.at(-1)?.state ?? this.#heat;
    });
    this.#observer.observe('cpu', { sampleInterval: HEAT_EVERY_MS }).catch(() => undefined);
  }

  get now(): Strain {
    const battery = this.#battery;
    return {
      heat: this.#heat,
      battery: battery === null ? null : { level: battery.level, isCharging: battery.charging }
    };
  }

  stop(): void {
    this.#observer?.disconnect();
  }
}

function sourcesOf(scope: unknown): StrainSources {
  const { navigator, PressureObserver } = scope as {
    navigator?: { getBattery?: () => Promise<BatteryManager> };
    PressureObserver?: PressureObserverMaker;
  };
  return {
    ...(navigator?.getBattery && { getBattery: navigator.getBattery.bind(navigator) }),
    ...(PressureObserver && { PressureObserver })
  };
}
