import { createHash } from 'node:crypto';
import type { HotlistSource, HotlistVersion, ImportedFile } from '#domain/records/hotlist.ts';
import { DAY_MS, HOUR_MS, msOf, type Instant } from '#domain/time/instant.ts';
import type { HotlistChanges } from '#domain/wire/answers.ts';
import type { Store } from '#server/store/store.ts';
import { hotlistBoxOf } from '../register/databases.ts';
import type { Register } from '../register/register.ts';
import { LineBox } from './line-box.ts';

/** What is to be published; `lines` sorted, as packList makes them. */
export interface Publication {
  readonly versionId: string;
  readonly source: HotlistSource;
  readonly asOf: Instant;
  readonly lines: readonly string[];
  readonly file?: ImportedFile;
}

/** From this share of changed lines on the whole list is less than its changes. */
const MOST_CHANGED = 0.3;
/** After so long a tablet that is still without the new version matches nothing with the old one either (LAW A22). */
const KEPT_PREVIOUS_MS = 72 * HOUR_MS;
/** A tablet that was not seen for so long is not waited for. */
const NOT_SEEN_MS = 3 * DAY_MS;

/**
 * The hotlists: one version of each source is in force, the newest. A new one is written beside it, then switched to at once; the one before is
 * kept until the tablets have the new one, so that they pull what changed and not the whole, and goes whole after that: a plate that was taken
 * off a list is not kept by us (LAW 4.3).
 */
export class Hotlists {
  /** being written, not yet in force: spared when replaced lists are dropped */
  readonly #staged = new Set<string>();
  /** by tablet: the versions it said it holds; after a restart it says so again */
  readonly #held = new Map<string, readonly string[]>();

  constructor(
    private readonly store: Store,
    private readonly register: Register
  ) {}

  /** The version in force of every source. Lists are replaced whole, never merged. */
  current(): HotlistVersion[] {
    return [...this.#newest().values()].flatMap(([version]) => version ?? []);
  }

  /** The version in force of a source. */
  currentOf(sourceId: string): HotlistVersion | undefined {
    return this.#newest().get(sourceId)?.[0];
  }

  /** Writes the lines of a version that is not in force yet; `publish` switches to it, `discard` drops it. */
  async stage(versionId: string, lines: readonly string[]): Promise<void> {
    this.#staged.add(versionId);
    try {
      await new LineBox(this.store, versionId).write(lines);
    } catch (fault) {
      await this.discard(versionId);
      throw fault;
    }
  }

  async discard(versionId: string): Promise<void> {
    this.#staged.delete(versionId);
    await new LineBox(this.store, versionId).drop();
  }

  /** Switches to a staged version at once: from the next question on every tablet is told of it. */
  async switchTo(version: HotlistVersion): Promise<void> {
    await this.register.put(version);
    this.#staged.delete(version._id);
  }

  /** Stages and switches in one go, for lists that nobody has to look at first. */
  async publish(publication: Publication, now: Instant): Promise<HotlistVersion> {
    const version = versionOf(publication, now);
    await this.stage(version._id, publication.lines);
    await this.switchTo(version);
    await this.dropReplaced(now);
    return version;
  }

  /** What a tablet may pull; undefined for a version that is not in force. */
  async offered(versionId: string): Promise<{ readonly version: HotlistVersion; readonly parts: number } | undefined> {
    const version = this.current().find((known) => known._id === versionId);
    const parts = version && (await new LineBox(this.store, versionId).parts());
    return version === undefined || parts === undefined ? undefined : { version, parts };
  }

  part(versionId: string, at: number): Promise<Buffer | undefined> {
    return new LineBox(this.store, versionId).part(at);
  }

  /** What changed from a version that is still here; undefined: pull the whole. */
  async changes(fromId: string, toId: string): Promise<HotlistChanges | undefined> {
    const [from, to] = [new LineBox(this.store, fromId), new LineBox(this.store, toId)];
    const version = this.current().find((known) => known._id === toId);
    if (version === undefined || (await from.parts()) === undefined) return undefined;
    const [removed, added]: [string[], string[]] = [[], []];
    const most = Math.max(100, version.rows * MOST_CHANGED);
    const [before, after] = [from.lines(), to.lines()];
    let [left, right] = [await before.next(), await after.next()];
    while (left.done !== true || right.done !== true) {
      if (removed.length + added.length > most) return undefined;
      if (left.done !== true && right.done !== true && left.value === right.value) {
        [left, right] = [await before.next(), await after.next()];
      } else if (right.done === true || (left.done !== true && left.value < right.value)) {
        removed.push(refOf(left.value as string));
        left = await before.next();
      } else {
        added.push(right.value);
        right = await after.next();
      }
    }
    return { removed, added: added.map((line) => line + '\n').join('') };
  }

  /** A tablet says which versions it holds. */
  holds(deviceId: string, versionIds: readonly string[]): void {
    this.#held.set(deviceId, versionIds);
  }

  /** Drops the boxes that nothing needs: replaced lists that every tablet has the follower of, and halves that a crash left. */
  async dropReplaced(now: Instant): Promise<void> {
    const kept = new Set([...this.#staged].map(hotlistBoxOf));
    for (const [current, previous] of this.#newest().values()) {
      if (current === undefined) continue;
      kept.add(hotlistBoxOf(current._id));
      if (previous !== undefined && this.#isWaitedFor(current, now)) kept.add(hotlistBoxOf(previous._id));
    }
    for (const box of await this.store.list('hotlist-')) if (!kept.has(box)) await this.store.drop(box);
  }

  /** Whether a tablet that is in use has yet to take this version. */
  #isWaitedFor(version: HotlistVersion, now: Instant): boolean {
    if (msOf(now) - msOf(version.loadedAt) > KEPT_PREVIOUS_MS) return false;
    return this.register
      .devices()
      .some(
        ({ _id, revokedAt, lastSeenAt, enrolledAt }) =>
          revokedAt === null &&
          msOf(now) - msOf(lastSeenAt ?? enrolledAt) < NOT_SEEN_MS &&
          this.#held.get(_id)?.includes(version._id) !== true
      );
  }

  /** By source the newest version and the one before it. */
  #newest(): Map<string, readonly [HotlistVersion?, HotlistVersion?]> {
    const bySource = new Map<string, readonly [HotlistVersion?, HotlistVersion?]>();
    for (const version of this.register.hotlistVersions()) {
      const [newest, previous] = bySource.get(version.source.sourceId) ?? [];
      if (newest === undefined) bySource.set(version.source.sourceId, [version]);
      else if (previous === undefined) bySource.set(version.source.sourceId, [newest, version]);
    }
    return bySource;
  }
}

/** The record of a version, with the hash over its lines. */
export function versionOf({ versionId, source, asOf, lines, file }: Publication, now: Instant): HotlistVersion {
  const hash = createHash('sha256');
  for (const line of lines) hash.update(line).update('\n');
  return {
    _id: versionId,
    kind: 'hotlistVersion',
    schema: 1,
    source,
    asOf,
    loadedAt: now,
    sha256: hash.digest('hex'),
    rows: lines.length,
    ...(file !== undefined && { file })
  };
}

const refOf = (line: string): string => line.slice(0, line.indexOf('\t'));
