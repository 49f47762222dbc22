import type { Rig } from './rig.ts';
import { R1 } from './rigs/r1-kill.ts';
import { R11 } from './rigs/r11-upgrade.ts';
import { R2 } from './rigs/r2-replicating.ts';
import { R3 } from './rigs/r3-power-cut.ts';
import { R4 } from './rigs/r4-damage.ts';
import { R5 } from './rigs/r5-full.ts';
import { R6 } from './rigs/r6-bad-network.ts';
import { R7 } from './rigs/r7-all-at-once.ts';
import { R9 } from './rigs/r9-server-down.ts';
import { S1 } from './rigs/s1-at-rest.ts';
import { S2 } from './rigs/s2-lock.ts';
import { S5 } from './rigs/s5-fuzz.ts';

/** Every rig, in the order of the goals. */
export const RIGS: readonly Rig[] = [R1, R2, R3, R4, R5, R6, R7, R9, R11, S1, S2, S5];
