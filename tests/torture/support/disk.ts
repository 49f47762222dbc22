/** A disk in a file: an ext4 image behind a loop device, so that it can be copied as it stands, or filled. Linux, and root alone. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statfsSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** On a disk with 4 GB free Chromium did not keep the app's largest file. The image is sparse: what is not used takes no room. */
const DISK_BYTES = 40 * 1_073_741_824;
const BALLAST_STEP = 65_536;

/** Why there can be no such disk here; null: there can. */
export function whyNoDisk(): string | null {
  if (process.getuid?.() !== 0) return 'a disk image can be mounted by root alone';
  if (!existsSync('/dev/loop-control')) return 'this machine has no loop devices';
  return existsSync('/usr/sbin/mkfs.ext4') || existsSync('/sbin/mkfs.ext4') ? null : 'mkfs.ext4 is not installed';
}

export class Disk {
  private constructor(private readonly path: string) {}

  get mounted(): string {
    return `${this.path}.mounted`;
  }

  /** An empty one, mounted. */
  static make(path: string): Disk {
    const disk = new Disk(path);
    writeFileSync(disk.#image, '');
    truncateSync(disk.#image, DISK_BYTES);
    // No room is kept for root alone: full is full.
    execFileSync('mkfs.ext4', ['-q', '-m', '0', '-N', '100000', '-J', 'size=32', disk.#image]);
    disk.mount();
    return disk;
  }

  mount(): void {
    mkdirSync(this.mounted, { recursive: true });
    execFileSync('mount', ['-o', 'loop', this.#image, this.mounted]);
  }

  /** Waits for processes that were killed a moment ago to let go of it. */
  async unmount(): Promise<void> {
    for (let triesLeft = 100; ; triesLeft--) {
      try {
        execFileSync('umount', [this.mounted], { stdio: 'ignore' });
        return;
      } catch (error) {
        if (triesLeft === 0) throw error;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
  }

  /** Everything written so far reaches the disk, as it would have long ago on a tablet that was set up last week. */
  flush(): void {
    execFileSync('sync', ['-f', this.mounted]);
  }

  get freeBytes(): number {
    const { bavail, bsize } = statfsSync(this.mounted);
    return bavail * bsize;
  }

  /** Lays a ballast on it that leaves so many bytes, as good as it goes. */
  fillUpTo(bytesLeft: number): void {
    this.makeRoom();
    // Somebody else writes meanwhile: what no longer fits is tried a little smaller.
    for (let bytes = this.freeBytes - bytesLeft; bytes > 0; bytes -= BALLAST_STEP) {
      try {
        execFileSync('fallocate', ['-l', String(bytes), this.#ballast], { stdio: 'ignore' });
        return;
      } catch {
        this.makeRoom();
      }
    }
  }

  makeRoom(): void {
    rmSync(this.#ballast, { force: true });
  }

  /** What the disk holds at this moment, what waits in memory left out. Not mounted. */
  copyTo(path: string): Disk {
    const copy = new Disk(path);
    execFileSync('cp', ['--sparse=always', this.#image, copy.#image]);
    return copy;
  }

  remove(): void {
    rmSync(this.#image);
  }

  get #ballast(): string {
    return join(this.mounted, 'ballast');
  }

  get #image(): string {
    return `${this.path}.img`;
  }
}
