import type { TestProject } from 'vitest/node';
import { build } from '../../scripts/build.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** whether build/ is what the sources say; a test about the build begins by asking */
    built: boolean;
  }
}

/** The budgets and the precache list are about the build, so the build comes first (when it is stale). */
export default async function buildFirst(project: TestProject): Promise<void> {
  project.provide('built', await build());
}
