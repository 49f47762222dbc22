/**
 * The recognition worker: takes a frame, finds plates, straightens and reads them, follows each one, lets its looks vote,
 * and settles. Frames and what is read live in memory only; a frame that gives no read leaves nothing behind.
 */
import { isCertain } from '#domain/voting/certain.ts';
import { Eye } from './eye.ts';
import { Keepsake, worthOf } from './keepsake.ts';
import { lumaOf, type Frame, type GrayImage } from './luma.ts';
import { ModelMissing } from './onnx.ts';
import { PROTOCOL_VERSION, type FromWorker, type RecognitionFailure, type ToWorker } from './protocol.ts';
import { JurisdictionReader } from './read/jurisdiction.ts';
import { secondWord, type SecondReader } from './read/second-reader.ts';
import { TesseractReader } from './read/tesseract-reader.ts';
import { Lookout } from './track/lookout.ts';
import { measured, type MeasuredLook } from './track/measured-look.ts';
import type { Pass } from './track/pass.ts';
import { RecentStrips } from './track/recent-strips.ts';

const scope = self as unknown as DedicatedWorkerGlobalScope;

let eye: Eye | undefined;
let jurisdictionReader: JurisdictionReader | undefined;
let secondReader: SecondReader | undefined;
let lookout = new Lookout();
const recentStrips = new RecentStrips();
const underWay = new Set<Promise<void>>();
/** Raised by `forget`: what was begun before it is not sent any more. */
let era = 0;

async function load({ protocol, files, firstPassId }: ToWorker & { kind: 'load' }): Promise<void> {
  if (protocol !== PROTOCOL_VERSION) return fail('wrongProtocol');
  try {
    eye = await Eye.open(files);
  } catch (error) {
    return fail(error instanceof ModelMissing ? 'modelMissing' : 'engineUnavailable');
  }
  lookout = new Lookout(firstPassId);
  jurisdictionReader = await JurisdictionReader.open(files.jurisdictionModel);
  secondReader = await TesseractReader.open(files);
  const engines = [eye.engine.name, ...(secondReader ? ['tesseract.js'] : [])];
  send({ kind: 'ready', protocol: PROTOCOL_VERSION, engines, secondReader: secondReader !== undefined });
}

async function look({ frameId, frame, atMs }: ToWorker & { kind: 'look' }): Promise<void> {
  try {
    if (eye === undefined) return fail('engineUnavailable', frameId);
    const picture = await lumaOf(frame).catch(() => undefined);
    if (picture === undefined) return fail('frameUnreadable', frameId);

    const { plateLooks, detectMs, readMs } = await eye.see(picture);
    const looks = measured(plateLooks, picture);
    const passes = lookout.see(looks, atMs);
    passes.forEach((pass, i) => {
      const plateLook = looks[i];
      if (plateLook !== undefined && !pass.isSettled) keepLook(pass, plateLook, { frameId, frame }, picture);
    });
    send({ kind: 'looked', frameId, plates: passes.map((pass) => pass.inView()), detectMs, readMs });
    recentStrips.forgetOld(atMs);
    for (const pass of lookout.due(atMs)) await tell(pass);
  } finally {
    frame.close();
  }
}

function keepLook(
  pass: Pass,
  { quad, sharpness, candidates: [best] }: MeasuredLook,
  from: { readonly frameId: number; readonly frame: Frame },
  picture: GrayImage
): void {
  if (best === undefined) return;
  pass.keepsake ??= new Keepsake();
  pass.keepsake.keepIfBetter(worthOf(quad, best.probability, sharpness), from, picture, quad);
}

/** Sends the read that a pass has become, with its pictures; those are no longer kept here. */
async function tell(pass: Pass): Promise<void> {
  const keepsake = pass.keepsake;
  pass.keepsake = undefined;
  if (keepsake === undefined) return;
  const jurisdiction = await jurisdictionOf(keepsake, pass.vote.plate);
  if (jurisdiction !== 'unknown') pass.issuedBy(jurisdiction);
  const work = sendRead(pass, keepsake, jurisdiction, era).catch(() => fail('engineCrashed'));
  underWay.add(work);
  void work.finally(() => underWay.delete(work));
}

/**
 * Who issued the plate, or unknown. Awaited in turn with the frames: the runtime keeps one stack for all networks, and two
 * runs that overlap would take each other's numbers. A read is good without it, so a failure only leaves it unknown.
 */
async function jurisdictionOf({ wholePlate }: Keepsake, plate: string): Promise<string> {
  if (wholePlate === undefined || jurisdictionReader === undefined) return 'unknown';
  const named = await jurisdictionReader.name(wholePlate, plate).catch(() => undefined);
  return named?.jurisdiction ?? 'unknown';
}

async function sendRead(pass: Pass, keepsake: Keepsake, jurisdiction: string, begunIn: number): Promise<void> {
  const { plate, confidence, characterConfidences, looks, agreeingLooks } = pass.vote;
  const { id: passId, firstSeenMs, lastSeenMs } = pass;
  recentStrips.keep(passId, { plate, strip: keepsake.strip, atMs: lastSeenMs });
  const [pictures, second] = await Promise.all([
    keepsake.pictures().catch(() => undefined),
    // What is not certain by itself is shown to the independent reader.
    isCertain({ confidence }) ? ('notAsked' as const) : secondWord(secondReader, keepsake.strip, plate)
  ]);
  // A read without its pictures cannot be verified and is dropped; the engines are well, so this is no crash.
  if (pictures === undefined) return fail('frameUnreadable', keepsake.frameId);
  const { plateImage, contextImage } = pictures;
  if (begunIn !== era || eye === undefined) return;
  send(
    {
      kind: 'settled',
      read: {
        passId,
        plate,
        jurisdiction,
        confidence,
        characterConfidences,
        looks,
        agreeingLooks,
        secondReader: second,
        firstSeenMs,
        lastSeenMs,
        plateImage,
        contextImage,
        engine: eye.engine
      }
    },
    [plateImage, contextImage]
  );
}

async function secondLook({ passId }: ToWorker & { kind: 'secondLook' }): Promise<void> {
  const kept = recentStrips.of(passId);
  const word = kept ? await secondWord(secondReader, kept.strip, kept.plate) : 'unavailable';
  send({ kind: 'secondLooked', passId, word });
}

/** The camera stops: every pass is over now. */
async function finish(): Promise<void> {
  for (const pass of lookout.finish()) await tell(pass);
  await Promise.all(underWay);
  send({ kind: 'finished' });
}

function forget(): void {
  era++;
  lookout.forget();
  recentStrips.forgetAll();
}

function send(message: FromWorker, transfer: Transferable[] = []): void {
  scope.postMessage(message, transfer);
}

function fail(failure: RecognitionFailure, frameId?: number): void {
  send(frameId === undefined ? { kind: 'failed', failure } : { kind: 'failed', failure, frameId });
}

async function handle(message: Exclude<ToWorker, { kind: 'secondLook' }>): Promise<void> {
  switch (message.kind) {
    case 'load':
      return load(message);
    case 'look':
      return look(message);
    case 'finish':
      return finish();
    case 'forget':
      forget();
  }
}

/**
 * One message after the other: a look must not overtake the one before it. The second reader has a worker of its own, and an
 * officer waits for its word: it does not wait for the frame that is being looked at.
 */
let turn: Promise<void> = Promise.resolve();
scope.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'secondLook') {
    void secondLook(data);
    return;
  }
  const frameId = data.kind === 'look' ? data.frameId : undefined;
  turn = turn.then(() => handle(data)).catch(() => fail('engineCrashed', frameId));
});
