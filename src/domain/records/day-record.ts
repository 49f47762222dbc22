import type { Correction } from './correction.ts';
import type { Hit } from './hit.ts';
import type { Read } from './read.ts';

/** What lies in a day box: reads, and what was found out about them. All of it has one life. */
export type DayRecord = Read | Hit | Correction;

/** What speaks of a read that must be there before it. */
export type AboutRead = Hit | Correction;
