/**
 * `npm run restore -- --backup <file> --backup-key <file> --data <new folder> [--destructions <file>]`
 *
 * Restores a backup of the embedded engine. The data are opened only after every destruction since was done again; start the server on
 * the new folder afterwards.
 */
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadDesigns } from '#designs/load.ts';
import { openEmbedded } from '#server/store/embedded.ts';
import { DESTRUCTIONS_FILE } from './backups/backups.ts';
import { restore, RestoreRefused } from './backups/restore.ts';
import { backupKeyIn, BackupUnreadable } from './backups/sealed-file.ts';

const USE = 'npm run restore -- --backup <file> --backup-key <file> --data <new folder> [--destructions <file>]';

const { values } = parseArgs({
  options: {
    backup: { type: 'string' },
    'backup-key': { type: 'string' },
    data: { type: 'string' },
    destructions: { type: 'string' }
  }
});
const { backup, 'backup-key': keyFile, data } = values;
if (backup === undefined || keyFile === undefined || data === undefined) {
  console.error(USE);
  process.exit(2);
}
try {
  const { replayed } = await restore({
    backup,
    key: backupKeyIn(keyFile),
    destructions: values.destructions ?? join(dirname(backup), DESTRUCTIONS_FILE),
    data: resolve(data),
    openStore: (folder) => openEmbedded({ folder }),
    designs: (await loadDesigns()).reads
  });
  console.log(`Restored into ${data}; ${replayed} destructions since the backup were done again.`);
  console.log(`Start the server with --data ${data}.`);
} catch (error) {
  if (!(error instanceof RestoreRefused || error instanceof BackupUnreadable)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
