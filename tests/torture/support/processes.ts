/** The processes of one browser: those whose arguments name its profile folder, which nobody else has. Linux only. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Whether processes can be told by their arguments here. */
export const canTellProcesses = (): boolean => existsSync('/proc/self/cmdline');

function processesOf(profile: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        // Of this process itself the arguments do not name a profile; a process that is gone cannot be read.
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(profile);
      } catch {
        return false;
      }
    });
}

/** kill -9 of every process of the browser with this profile; answers when none is left. */
export async function killBrowser(profile: string): Promise<number> {
  let killed = 0;
  for (let left = processesOf(profile); left.length > 0; left = processesOf(profile)) {
    for (const pid of left) {
      try {
        process.kill(pid, 'SIGKILL');
        killed++;
      } catch {
        // It ended by itself in between.
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return killed;
}

/** Stops every process of the browser where it stands, works meanwhile, and lets them go on. */
export function whileStopped<T>(profile: string, work: () => T): T {
  const stopped = processesOf(profile);
  const tell = (signal: NodeJS.Signals): void => {
    for (const pid of stopped) {
      try {
        process.kill(pid, signal);
      } catch {
        // It ended by itself in between.
      }
    }
  };
  tell('SIGSTOP');
  try {
    return work();
  } finally {
    tell('SIGCONT');
  }
}
