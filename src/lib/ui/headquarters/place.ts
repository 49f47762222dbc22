import type { Read } from '#domain/records/read.ts';
import { SEARCH } from '../words/headquarters.ts';

/** Where a read was collected, as exactly as its fix was: about eleven meters a digit. */
export function placeOf({ lat, lon, accuracyM }: Pick<Read, 'lat' | 'lon' | 'accuracyM'>): string {
  if (lat === null || lon === null) return SEARCH.noPosition;
  const place = `${lat.toFixed(4)}, ${lon.toFixed(4)}`;
  return accuracyM === null ? place : `${place} ±${Math.round(accuracyM)} m`;
}
