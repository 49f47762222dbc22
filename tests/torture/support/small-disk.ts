/** A disk that is small, in memory, to be filled to its last byte. Linux, and root alone. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const DISK_BYTES = 500 * 1_048_576;

/** Why there can be no such disk here; null: there can. */
export const whyNoSmallDisk = (): string | null =>
  process.platform === 'linux' && process.getuid?.() === 0 ? null : 'a small disk can be mounted by root alone';

export class SmallDisk {
  private constructor(readonly mounted: string) {}

  /** Throws where mounting is forbidden, as in some containers. */
  static make(path: string): SmallDisk {
    mkdirSync(path, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', path], { stdio: 'ignore' });
    return new SmallDisk(path);
  }

  get freeBytes(): number {
    const { bavail, bsize } = statfsSync(this.mounted);
    return bavail * bsize;
  }

  /** Lays a ballast on it that leaves so many bytes. */
  fillUpTo(bytesLeft: number): void {
    this.makeRoom();
    writeFileSync(this.#ballast, Buffer.alloc(Math.max(0, this.freeBytes - bytesLeft)));
  }

  makeRoom(): void {
    rmSync(this.#ballast, { force: true });
  }

  unmount(): void {
    execFileSync('umount', [this.mounted]);
  }

  get #ballast(): string {
    return join(this.mounted, 'ballast');
  }
}
