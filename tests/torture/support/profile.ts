/** Where Chromium keeps what, inside a profile folder. */
import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** IndexedDB of all origins: the app's is the only one. */
export const indexedDbFolder = (profile: string): string => join(profile, 'Default', 'IndexedDB');

/** The origin's private file system, with Chromium's own list of it. */
export const privateFilesFolder = (profile: string): string => join(profile, 'Default', 'File System');

/** Every file below a folder, with its whole path. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false);
}

/** The name of a file as a report shows it: from the profile on. */
export const nameIn = (profile: string, path: string): string => relative(profile, path);
