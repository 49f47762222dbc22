import { indexHotlist, matchRead, type HotlistIndex, type Match, type Matched } from '#domain/matching/match.ts';
import type { HotlistVersion } from '#domain/records/hotlist.ts';
import type { Instant } from '#domain/time/instant.ts';

/**
 * The lists of a tablet, packed and ready to match. It lives in a worker: a million entries are indexed while the page goes on scanning, and no
 * list is ever in the page's own memory.
 */
export class Shelf {
  #lists: readonly HotlistIndex[] = [];

  /** Takes a version, in place of an older one of its source. `refused`: reads may not be matched with it (426.3.1(b)). */
  take(version: HotlistVersion, lines: Uint8Array): 'taken' | 'refused' {
    const decoder = new TextDecoder();
    const indexed = indexHotlist(version, lines, (bytes) => decoder.decode(bytes));
    if (indexed.kind === 'refused') return 'refused';
    const others = this.#lists.filter((list) => list.version.source.sourceId !== version.source.sourceId);
    this.#lists = [...others, indexed.index];
    return 'taken';
  }

  /** Forgets every version but these. */
  keepOnly(versionIds: readonly string[]): void {
    this.#lists = this.#lists.filter(({ version }) => versionIds.includes(version._id));
  }

  match(read: Matched, now: Instant): readonly Match[] {
    return matchRead(read, this.#lists, now);
  }
}
