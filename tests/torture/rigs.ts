import type { Rig } from './rig.ts';
import { R1 } from './rigs/r1-kill.ts';

/** Every rig, in the order of the goals. */
export const RIGS: readonly Rig[] = [R1];
