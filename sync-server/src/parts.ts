import type { Trail } from './audit/trail.ts';
import type { Given } from './given.ts';
import type { Tags } from './keys/tags.ts';
import type { DayBoxes } from './register/day-boxes.ts';
import type { Register } from './register/register.ts';
import type { Store } from './store/store.ts';

/** What every duty that touches boxes works with; the house puts it together once. */
export interface BoxParts {
  readonly store: Store;
  readonly given: Given;
  readonly tags: Tags;
  readonly register: Register;
  readonly dayBoxes: DayBoxes;
  readonly trail: Trail;
}
