import type { Hit } from '../records/hit.ts';

// What an officer adds to a hit after it happened; everything else about it is a fact and stays.
const ADDED: readonly (keyof Hit)[] = ['answer', 'answeredAt', 'checks', 'verification', 'enforcement'];

/**
 * Whether a hit may be written over: only with the same facts, and only to add what was still open - the officer's answer, the
 * check through MNJIS or NLETS, the outcome. Nothing once said is changed or taken back (policy 426.3(f), 426.5(e)).
 */
export function mayRewriteHit(before: Hit, after: Hit): boolean {
  const names = Object.keys(before).concat(Object.keys(after)) as (keyof Hit)[];
  return names.every((name) => {
    const same = sameJson(before[name], after[name]);
    if (ADDED.indexOf(name) < 0) return same;
    return same || before[name] === null || (name === 'checks' && before[name] === undefined);
  });
}

// Fields of one record are written in one order by one maker; a different order is at worst taken for a change.
function sameJson(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
