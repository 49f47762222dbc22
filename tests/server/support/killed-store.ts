import type { Store } from '#server/store/store.ts';

const WRITES = ['create', 'drop', 'put', 'bulk', 'putLocal', 'update'] as const;

/**
 * The store of a process that dies, as by a power cut, right after its n-th write was acknowledged. Counted from the first entry in the
 * trail, or from the very first write.
 */
export function killedAfter(store: Store, nth: number, die: () => void, fromTheFirst = false): Store {
  let writes = 0;
  let begun = fromTheFirst;
  // Each engine makes its store of functions that need no `this`.
  const calls = store as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>;
  const counted = { ...store };
  for (const name of WRITES) {
    Object.assign(counted, {
      [name]: async (...given: unknown[]) => {
        const answer = await calls[name]?.(...given);
        begun ||= name === 'update';
        if (begun) writes += 1;
        if (writes === nth) die();
        return answer;
      }
    });
  }
  return counted;
}
