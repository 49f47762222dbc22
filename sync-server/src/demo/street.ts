import { readFileSync } from 'node:fs';
import type { HotlistEntry } from '#domain/records/hotlist.ts';
import type { Pictures } from '#domain/records/read.ts';

/**
 * Plates of the demo, all invented. The first six are those of the app's demo camera (DEMO_PLATES in the app's capture folder;
 * the server does not import the app, so they are written here again).
 */
export const STREET_PLATES = [
  'TST042',
  'FAKE77',
  'XYZ123',
  'TST815',
  'MADEUP',
  'PLATE6',
  'TST041',
  '0XY17Z',
  'FAKE42',
  'TST107'
] as const;
export type StreetPlate = (typeof STREET_PLATES)[number];

/** Two small pictures of a plate, drawn once and kept as files. */
export function picturesOf(plate: StreetPlate): Pictures {
  const picture = (kind: string): Uint8Array =>
    new Uint8Array(readFileSync(new URL(`./pictures/${plate.toLowerCase()}-${kind}.jpg`, import.meta.url)));
  return { plateImage: picture('plate'), contextImage: picture('scene') };
}

/** The small hotlist of the demo: two of these cars pass the demo camera. */
export const STREET_LIST: readonly HotlistEntry[] = [
  {
    ref: 'demo-1',
    plate: 'XYZ123',
    jurisdiction: 'MN',
    category: 'stolenVehicle',
    vehicle: { year: '2016', make: 'Invented', model: 'Sedan', color: 'green' },
    enteringAgency: 'Example County Sheriff (demo)',
    expiresAt: null
  },
  {
    ref: 'demo-2',
    plate: 'TST815',
    jurisdiction: 'MN',
    category: 'licenseSuspended',
    vehicle: { make: 'Invented', color: 'gray' },
    enteringAgency: 'Invented driver services (demo)',
    expiresAt: null
  },
  {
    ref: 'demo-3',
    plate: 'FAKE42',
    jurisdiction: 'MN',
    category: 'warrant',
    vehicle: { make: 'Invented', model: 'Pickup', color: 'tan' },
    enteringAgency: 'Example City Police Department (demo)',
    caution: 'Invented entry for trying the app',
    expiresAt: null
  }
];
