import type { Designs } from '#designs/kinds.ts';
import type { Holds } from '../holds/holds.ts';
import type { BoxParts } from '../parts.ts';
import type { Certificates } from './certificates.ts';

/** What destroying works with. */
export interface DestroyerParts extends BoxParts {
  readonly designs: Designs;
  readonly holds: Holds;
  readonly certificates: Certificates;
}
