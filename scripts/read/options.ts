/** What a person wants of `npm run read`. */
export interface Options {
  readonly json: boolean;
  /** the folder that pictures with corners and text are written to */
  readonly draw: string | undefined;
  /** pictures in file name order are the frames of one clip */
  readonly clip: boolean;
  /** ask the independent second reader about every read */
  readonly second: boolean;
  readonly paths: readonly string[];
}

/** What was typed makes no sense; the message says what does. */
export class WrongOptions extends Error {
  override readonly name = 'WrongOptions';
}

export const USAGE = `Reads license plates in pictures, with the tablet's own engine.

  npm run --silent read -- [--json] [--draw DIR] [--clip] [--no-second] FILE|DIR...

  --json       one line of JSON a picture instead of a table
  --draw DIR   write each picture with the corners and texts of its plates to DIR
  --clip       the pictures of a folder, in file name order, are the frames of one clip and vote together
  --no-second  leave the second reader out: faster, and "second" is null
`;

/** The options in the arguments of a command line. Throws `WrongOptions`. */
export function parseOptions(args: readonly string[]): Options {
  const paths: string[] = [];
  let options = { json: false, draw: undefined as string | undefined, clip: false, second: true };
  let onlyPaths = false;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (onlyPaths || !arg.startsWith('-')) paths.push(arg);
    else if (arg === '--') onlyPaths = true;
    else if (arg === '--json') options = { ...options, json: true };
    else if (arg === '--clip') options = { ...options, clip: true };
    else if (arg === '--no-second') options = { ...options, second: false };
    else if (arg === '--draw') {
      const draw = args[++i];
      if (draw === undefined || draw.startsWith('-')) throw new WrongOptions('--draw needs a folder to write to.');
      options = { ...options, draw };
    } else throw new WrongOptions(`There is no option ${arg}.`);
  }
  if (paths.length === 0) throw new WrongOptions('Name a picture or a folder of pictures.');
  return { ...options, paths };
}
