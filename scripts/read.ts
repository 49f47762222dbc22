/**
 * Reads license plates in pictures with the tablet's own engine, for measuring and for integrators:
 * npm run --silent read -- [--json] [--draw DIR] [--clip] FILE|DIR...
 * One line a file, in the order given; with --clip one line a folder. Exit code 1 when a file was no picture, 2 when the options make no sense.
 */
import { readClip } from './read/clip.ts';
import { openEngines, type Engines } from './read/engines.ts';
import { Drawings } from './read/draw.ts';
import { jsonLine, TABLE_FOOT, TABLE_HEAD, tableLine, type ErrorLine, type Line } from './read/lines.ts';
import { parseOptions, USAGE, WrongOptions, type Options } from './read/options.ts';
import { isFolder, NoPicture, openPicture, picturesIn } from './read/pictures.ts';
import { readPicture } from './read/reading.ts';

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write(USAGE);
    return 0;
  }
  let options: Options;
  try {
    options = parseOptions(args);
  } catch (error) {
    if (!(error instanceof WrongOptions)) throw error;
    process.stderr.write(`${error.message}\n\n${USAGE}`);
    return 2;
  }
  const work: Work = {
    engines: await openEngines(options.second),
    drawings: options.draw === undefined ? undefined : new Drawings(options.draw)
  };
  if (!options.json) print(TABLE_HEAD);
  let failed = false;
  for (const path of options.paths) {
    for await (const line of linesOf(work, path, options.clip)) {
      failed ||= 'error' in line;
      print(options.json ? jsonLine(line) : tableLine(line));
    }
  }
  if (!options.json) print(TABLE_FOOT);
  return failed ? 1 : 0;
}

/** What every file of one call goes through. */
interface Work {
  readonly engines: Engines;
  readonly drawings: Drawings | undefined;
}

async function* linesOf(work: Work, path: string, clip: boolean): AsyncGenerator<Line | ErrorLine> {
  if (!(await isFolder(path))) {
    yield await lineOf(work, path);
    return;
  }
  try {
    const files = await picturesIn(path);
    if (clip) yield await readClip(work.engines, path, files, work.drawings);
    else for (const file of files) yield await lineOf(work, file);
  } catch (error) {
    yield errorLine(path, error);
  }
}

async function lineOf({ engines, drawings }: Work, file: string): Promise<Line | ErrorLine> {
  const start = performance.now();
  try {
    const picture = await openPicture(file);
    const line = await readPicture(engines, file, picture, performance.now() - start);
    await drawings?.draw(file, picture, line.reads);
    return line;
  } catch (error) {
    return errorLine(file, error);
  }
}

/** A file that is no picture is a line among the others; any other failure is ours, and ends the command. */
function errorLine(file: string, error: unknown): ErrorLine {
  if (!(error instanceof NoPicture)) throw error;
  return { file, error: error.message };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

// Whoever reads our output may have seen enough (`| head`): that is no fault of ours.
process.stdout.on('error', () => process.exit());

process.exitCode = await main(process.argv.slice(2));
// The engines' threads would keep the process alive.
process.stdout.end(() => process.exit());
