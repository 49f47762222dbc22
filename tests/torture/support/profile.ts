/** Where Chromium keeps what, inside a profile folder. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** IndexedDB of all origins: the app's is the only one. */
export const indexedDbFolder = (profile: string): string => join(profile, 'Default', 'IndexedDB');

/** The origin's private file system, with Chromium's own list of it. */
export const privateFilesFolder = (profile: string): string => join(profile, 'Default', 'File System');

export const indexedDbFiles = (profile: string, name: RegExp): readonly string[] =>
  filesBelow(indexedDbFolder(profile)).filter((path) => name.test(path));

/** The bytes of the private files; their names are in Chromium's own list. */
export const privateFiles = (profile: string): readonly string[] =>
  filesBelow(privateFilesFolder(profile)).filter((path) => /[/\\]t[/\\]\d\d[/\\]\d+$/.test(path));

/** Every file below a folder, with its whole path. */
export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false);
}
