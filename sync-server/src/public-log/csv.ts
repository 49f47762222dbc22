import type { PublicLogRow } from '#domain/policy/public-log.ts';
import { instantOf, MINUTE_MS, msOf, type Instant } from '#domain/time/instant.ts';
import type { PublicLogAnswer } from '#domain/wire/answers.ts';
import { csvLine } from './csv-cell.ts';

const COLUMNS = [
  'agency',
  'date',
  'period',
  'deployment',
  'times',
  'reads',
  'license plates',
  'databases compared with',
  'stolen',
  'warrant',
  'license suspended or revoked',
  'active investigation',
  'other',
  'place',
  'generated at'
] as const;

/** The public log as a table for a spreadsheet (RFC 4180), local times with their offset (LAW 5.1). */
export function logAsCsv(agencyName: string, rows: readonly PublicLogRow[]): string {
  const lines = rows.map((row) => [
    agencyName,
    row.localDate,
    row.periodNumber,
    row.deployment,
    row.times.map(({ from, to }) => `${localTime(from, row)} - ${localTime(to, row)}`).join('; '),
    row.counts.reads,
    row.counts.distinctPlates,
    row.comparedWith.join('; '),
    row.counts.stolen,
    row.counts.warrant,
    row.counts.license,
    row.counts.investigative,
    row.counts.other,
    row.placeIsWithheld === true ? 'withheld (13.37)' : (row.place ?? ''),
    row.generatedAt
  ]);
  return [COLUMNS, ...lines].map(csvLine).join('');
}

/** The list of places as a table; the last line says how many are withheld (LAW 5.2). */
export function locationsAsCsv({ agencyName, locations, withheldLocations }: PublicLogAnswer): string {
  const lines = locations.map((place) => [
    agencyName,
    place.description,
    place.deployment,
    place.installedAt,
    place.removedAt ?? 'current'
  ]);
  const withheld = `${withheldLocations} withheld: Minn. Stat. 13.37 subd. 2; explanation on request`;
  return [
    ['agency', 'place', 'kind', 'from', 'to'],
    ...lines,
    ...(withheldLocations === 0 ? [] : [[agencyName, withheld, '', '', '']])
  ]
    .map(csvLine)
    .join('');
}

function localTime(at: Instant, { utcOffsetMinutes }: PublicLogRow): string {
  const local = instantOf(msOf(at) + utcOffsetMinutes * MINUTE_MS)
    .slice(0, 19)
    .replace('T', ' ');
  const minutes = Math.abs(utcOffsetMinutes);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${local} ${utcOffsetMinutes < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
