import { closed, list, nullable, number, oneOf, optional, tagged, text, type Check } from '../check/check.ts';
import { instant, jurisdiction, plateText, share, utcOffsetMinutes, uuid } from '../check/common.ts';
import type { Instant } from '../time/instant.ts';

export const READ_SCHEMA = 1;

export type Classification =
  'privateNonpublic' | 'activeCriminalInvestigative' | 'public1382' | 'inactiveInvestigative';

/** Where the read comes from: this agency's own device, or another agency by a release. */
export type Origin =
  { readonly kind: 'own' } | { readonly kind: 'received'; readonly agency: string; readonly releaseRef: string };

/** The settled capture of one plate. LAW 4.1 is the whole list of fields: 426.3.1(a), Minn. Stat. 13.824 subd. 2(a). */
export interface Read {
  readonly _id: string;
  readonly kind: 'read';
  readonly schema: typeof READ_SCHEMA;
  // What the law lets an ALPR collect
  readonly plate: string;
  readonly jurisdiction: string;
  readonly jurisdictionSource: 'officer' | 'ocr' | 'unknown';
  readonly collectedAt: Instant;
  readonly utcOffsetMinutes: number;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly accuracyM: number | null;
  readonly fix: 'gps' | 'site' | 'manual' | 'none';
  // What audit, classification and destruction need
  readonly agencyId: string;
  readonly periodId: string;
  readonly classification: Classification;
  readonly destroyBy: Instant;
  readonly holdIds: readonly string[];
  readonly origin: Origin;
  readonly ocr: { readonly engine: string; readonly version: string; readonly confidence: number };
  readonly plateCorrectedBy?: string;
  /** server time minus this device's time when it was last measured; null: never measured */
  readonly clockOffsetMs: number | null;
}

const origin: Check<Origin> = tagged<Origin>('kind', {
  own: closed<{ kind: 'own' }>({ kind: oneOf('own') }) as Check<never>,
  received: closed<Extract<Origin, { kind: 'received' }>>({
    kind: oneOf('received'),
    agency: text({ min: 2, max: 120 }),
    releaseRef: text({ min: 1, max: 80 })
  }) as Check<never>
});

export const checkRead: Check<Read> = closed<Read>({
  _id: uuid,
  kind: oneOf('read'),
  schema: oneOf(READ_SCHEMA),
  plate: plateText,
  jurisdiction,
  jurisdictionSource: oneOf('officer', 'ocr', 'unknown'),
  collectedAt: instant,
  utcOffsetMinutes,
  lat: nullable(number({ min: -90, max: 90 })),
  lon: nullable(number({ min: -180, max: 180 })),
  accuracyM: nullable(number({ min: 0, max: 100_000 })),
  fix: oneOf('gps', 'site', 'manual', 'none'),
  agencyId: uuid,
  periodId: uuid,
  classification: oneOf('privateNonpublic', 'activeCriminalInvestigative', 'public1382', 'inactiveInvestigative'),
  destroyBy: instant,
  holdIds: list(uuid, { max: 50 }),
  origin,
  ocr: closed<Read['ocr']>({
    engine: text({ min: 1, max: 40 }),
    version: text({ min: 1, max: 40 }),
    confidence: share
  }),
  plateCorrectedBy: optional(uuid),
  clockOffsetMs: nullable(number({ min: -1e12, max: 1e12, integer: true }))
});

/** The two pictures of a read: JPEG files without metadata. */
export interface Pictures {
  readonly plateImage: Uint8Array;
  readonly contextImage: Uint8Array;
}

/** Attachment names of the two pictures in a day box. */
export const PICTURE_NAMES = { plateImage: 'plate.jpg', contextImage: 'scene.jpg' } as const;
export type PictureName = keyof typeof PICTURE_NAMES;

/** Bytes a picture may have at most; the recognition worker encodes below it. */
export const MAX_PICTURE_BYTES = 120_000;
