import type { Rig } from './rig.ts';
import { R1 } from './rigs/r1-kill.ts';
import { R4 } from './rigs/r4-damage.ts';
import { R5 } from './rigs/r5-full.ts';
import { S1 } from './rigs/s1-at-rest.ts';
import { S2 } from './rigs/s2-lock.ts';
import { S5 } from './rigs/s5-fuzz.ts';

/** Every rig, in the order of the goals. */
export const RIGS: readonly Rig[] = [R1, R4, R5, S1, S2, S5];
