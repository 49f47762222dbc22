import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { isInstant, type Instant } from '#domain/time/instant.ts';

/** A backup cannot be opened: another key, a damaged file, or one that was cut short. Nothing of it may be used then. */
export class BackupUnreadable extends Error {
  override readonly name = 'BackupUnreadable';
}

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const LENGTH_BYTES = 4;
/** A frame is read whole into memory; larger ones are not ours. */
const MOST_FRAME_BYTES = 64 * 1024 * 1024;

/** The 256-bit key in a file, base64. Throws BackupUnreadable for anything else. */
export function backupKeyIn(path: string): Buffer {
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64');
  if (key.length !== 32) throw new BackupUnreadable('The key file holds no 256-bit key in base64.');
  return key;
}

/**
 * A file of frames, each sealed with AES-256-GCM under a fresh random nonce. A frame is bound to the head of the file, to its place and
 * to whether it is the last, so that none can be moved, left out, or cut off unnoticed. Synchronous: what is backed up must
 * not change between two frames.
 */
export class SealedFileWriter {
  readonly #file: number;
  readonly #head: Buffer;
  #frames = 0;

  constructor(
    path: string,
    private readonly key: Buffer,
    madeAt: Instant
  ) {
    this.#file = openSync(path, 'wx', 0o600);
    const line = `${JSON.stringify({ kind: 'platekeeperBackup', schema: 1, madeAt })}\n`;
    writeSync(this.#file, line);
    this.#head = createHash('sha256').update(line).digest();
  }

  add(frame: Uint8Array): void {
    this.#write(frame, false);
  }

  /** Writes the end and flushes: only then the file is a backup. */
  end(): void {
    this.#write(new Uint8Array(0), true);
    fsyncSync(this.#file);
    closeSync(this.#file);
  }

  #write(frame: Uint8Array, isLast: boolean): void {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.key, iv).setAAD(placeOf(this.#head, this.#frames++, isLast));
    const body = Buffer.concat([cipher.update(frame), cipher.final()]);
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(body.length);
    writeSync(this.#file, Buffer.concat([iv, length, body, cipher.getAuthTag()]));
  }
}

export interface SealedFile {
  readonly madeAt: Instant;
  readonly frames: Generator<Buffer>;
}

/** Opens such a file. The frames throw BackupUnreadable as soon as one is not what was written, and at an end that is missing. */
export function readSealedFile(path: string, key: Buffer): SealedFile {
  const file = openSync(path, 'r');
  const line = readLine(file);
  const head = createHash('sha256').update(line).digest();
  return { madeAt: madeAtIn(line), frames: framesOf(file, line.length, head, key) };
}

function* framesOf(file: number, from: number, head: Buffer, key: Buffer): Generator<Buffer> {
  let at = from;
  try {
    for (let place = 0; ; place++) {
      const start = take(file, at, IV_BYTES + LENGTH_BYTES);
      const length = start.readUInt32BE(IV_BYTES);
      if (length > MOST_FRAME_BYTES) throw new BackupUnreadable('This backup is damaged.');
      const rest = take(file, at + start.length, length + TAG_BYTES);
      at += start.length + rest.length;
      const sealed = { iv: start.subarray(0, IV_BYTES), body: rest.subarray(0, length), tag: rest.subarray(length) };
      // The last frame is empty; no other is.
      const frame = opened(sealed, key, placeOf(head, place, length === 0));
      if (length === 0) return;
      yield frame;
    }
  } finally {
    closeSync(file);
  }
}

function opened(sealed: { iv: Buffer; body: Buffer; tag: Buffer }, key: Buffer, place: Buffer): Buffer {
  try {
    const decipher = createDecipheriv(ALGORITHM, key, sealed.iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(place).setAuthTag(sealed.tag);
    return Buffer.concat([decipher.update(sealed.body), decipher.final()]);
  } catch (cause) {
    throw new BackupUnreadable('This backup was sealed with another key, or it is damaged.', { cause });
  }
}

function placeOf(head: Buffer, place: number, isLast: boolean): Buffer {
  return Buffer.concat([head, Buffer.from(`${place} ${isLast ? 'last' : 'more'}`)]);
}

function take(file: number, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  if (readSync(file, bytes, 0, length, at) !== length) throw new BackupUnreadable('This backup was cut short.');
  return bytes;
}

const LONGEST_HEAD = 200;

function readLine(file: number): string {
  const bytes = Buffer.alloc(LONGEST_HEAD);
  const read = readSync(file, bytes, 0, LONGEST_HEAD, 0);
  const end = bytes.subarray(0, read).indexOf('\n');
  if (end < 0) throw new BackupUnreadable('This is no backup.');
  return bytes.subarray(0, end + 1).toString('utf8');
}

function madeAtIn(line: string): Instant {
  try {
    const { kind, schema, madeAt } = JSON.parse(line) as Record<string, unknown>;
    if (kind === 'platekeeperBackup' && schema === 1 && isInstant(madeAt)) return madeAt;
  } catch {
    // not JSON: no backup of ours
  }
  throw new BackupUnreadable('This is no backup.');
}
