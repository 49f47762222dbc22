import { closed, number, oneOf, text, type Check } from '../check/check.ts';
import { base64 } from '../check/common.ts';

/** Hashes in a tile. */
export const TILE_WIDTH = 256;

/**
 * 256 neighboring hashes of the trail's tree, written once they are complete: of level 0 leaf hashes, of each further level the
 * roots of 256 leaves, of 65,536, and so on. They stay when the entries themselves have passed their date (AU-11).
 */
export interface AuditTile {
  /** `tile:<level>:<10-digit index>` */
  readonly _id: string;
  readonly kind: 'auditTile';
  readonly schema: 1;
  readonly level: number;
  readonly index: number;
  /** 256 hashes of 32 bytes, one after the other */
  readonly hashes: string;
}

export function tileId(level: number, index: number): string {
  return `tile:${level}:${`000000000${index}`.slice(-10)}`;
}

export const checkAuditTile: Check<AuditTile> = closed<AuditTile>({
  _id: text({ min: 17, max: 17, pattern: /^tile:\d:\d+$/, what: 'the id of a tile' }),
  kind: oneOf('auditTile'),
  schema: oneOf(1),
  level: number({ min: 0, max: 4, integer: true }),
  index: number({ min: 0, max: 9_999_999_999, integer: true }),
  hashes: base64(10_924)
});
