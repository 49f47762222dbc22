import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * Files under CouchDB's data folder in which bytes of the database may lie: its shards, its view files, and whatever waits in
 * `.delete`, where CouchDB moves a file before it removes it - of which database that was its name no longer tells.
 */
export function filesInDataFolder(folder: string, database: string): string[] {
  const isOurs = new RegExp(`(^|/)[.]?shards/[^/]+/${literal(database)}[.][0-9]+([.]couch|_design/)`);
  return filesBelow(folder).filter((file) => isOurs.test(file) || file.startsWith('.delete/'));
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
