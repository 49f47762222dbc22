import { resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';

/** How the server was asked to run. */
export interface Asked {
  readonly port: number;
  readonly host: string;
  readonly data: string;
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
  readonly trustProxy: boolean;
  readonly demo: boolean;
  readonly store: 'embedded' | 'couchdb';
  /** where encrypted backups go and the file with their key; null: none are made */
  readonly backups: { readonly folder: string; readonly keyFile: string } | null;
  /** sign-in name of a member whose second factors are taken at the start; null: nobody's */
  readonly resetFactors: string | null;
  /** folder into which list files are put; null: lists are imported at headquarters alone */
  readonly hotlistFolder: string | null;
}

/** The arguments cannot be followed; the message says what to do. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}

export const HELP = `Platekeeper server

  --port N            port to listen on (8426)
  --host ADDRESS      address to listen on (127.0.0.1)
  --data FOLDER       where everything is kept (./data)
  --tls-cert FILE     certificate and key, for tablets on a network
  --tls-key FILE
  --trust-proxy       a reverse proxy on this machine ends TLS
  --store couchdb     keep documents in the CouchDB of COUCH_URL instead of the folder
  --backups FOLDER    keep encrypted backups there, as long as the agency's settings say
  --backup-key FILE   their key; made when it is not there. Keep it apart from both
  --hotlist-folder FOLDER  take list files from there (.txt: NCIC rows, .csv: with names) and remove them
  --reset-factors NAME  take the second factors of a member when nobody at headquarters can any more
  --demo              an invented agency in a throw-away folder
`;

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/** Reads the arguments. Throws CannotRun for what would not be safe or makes no sense. */
export function readArguments(given: readonly string[]): Asked | 'help' {
  const { values } = parse(given);
  if (values.help === true) return 'help';
  const port = Number(values.port ?? 8426);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new CannotRun('--port must be a number from 0 to 65535.');
  const certFile = values['tls-cert'];
  const keyFile = values['tls-key'];
  if ((certFile === undefined) !== (keyFile === undefined))
    throw new CannotRun('--tls-cert and --tls-key go together.');
  const tls = certFile === undefined || keyFile === undefined ? null : { certFile, keyFile };
  const store = values.store ?? 'embedded';
  if (store !== 'embedded' && store !== 'couchdb') throw new CannotRun('--store is "embedded" or "couchdb".');
  const asked: Asked = {
    port,
    host: values.host ?? '127.0.0.1',
    data: values.data ?? './data',
    tls,
    trustProxy: values['trust-proxy'] === true,
    demo: values.demo === true,
    store,
    backups: backupsIn(values),
    resetFactors: values['reset-factors'] ?? null,
    hotlistFolder: values['hotlist-folder'] ?? null
  };
  if (tls === null && !asked.trustProxy && !LOOPBACK.includes(asked.host))
    throw new CannotRun(
      `Plain http is served on this machine only, not on ${asked.host}: a browser gives a page its camera, its service worker and ` +
        'its private file system in a secure context alone, and plates must not cross a network in clear.\n' +
        'Give --tls-cert and --tls-key, or put a reverse proxy with TLS in front and say --trust-proxy.'
    );
  if (asked.demo && (store !== 'embedded' || values.data !== undefined))
    throw new CannotRun(
      '--demo keeps everything in a folder of its own and throws it away: leave out --data and --store.'
    );
  return asked;
}

function backupsIn(values: ReturnType<typeof parseAll>['values']): Asked['backups'] {
  const { backups: folder, 'backup-key': keyFile, data = './data', store } = values;
  if (folder === undefined && keyFile === undefined) return null;
  if (folder === undefined || keyFile === undefined) throw new CannotRun('--backups and --backup-key go together.');
  if (store === 'couchdb')
    throw new CannotRun('Backups of a CouchDB are made from its own folder; see docs/operations/backups.md.');
  // With the key beside them, whoever takes the backups can open them.
  if ([folder, data].some((other) => resolve(keyFile).startsWith(resolve(other) + sep)))
    throw new CannotRun('The key of the backups must lie neither with the backups nor with the data.');
  if (resolve(folder) === resolve(data) || resolve(folder).startsWith(resolve(data) + sep))
    throw new CannotRun('Backups must not lie inside the folder they are backups of.');
  return { folder, keyFile };
}

function parse(given: readonly string[]): ReturnType<typeof parseAll> {
  try {
    return parseAll(given);
  } catch (error) {
    throw new CannotRun(`${error instanceof Error ? error.message : 'Unknown arguments.'}\n\n${HELP}`, {
      cause: error
    });
  }
}

function parseAll(given: readonly string[]) {
  return parseArgs({
    args: [...given],
    allowPositionals: false,
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      data: { type: 'string' },
      'tls-cert': { type: 'string' },
      'tls-key': { type: 'string' },
      'trust-proxy': { type: 'boolean' },
      store: { type: 'string' },
      backups: { type: 'string' },
      'backup-key': { type: 'string' },
      'reset-factors': { type: 'string' },
      'hotlist-folder': { type: 'string' },
      demo: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' }
    }
  });
}
