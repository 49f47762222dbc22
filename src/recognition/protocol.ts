/**
 * Messages between the page and the recognition worker. Only this file and client.ts are visible outside the folder.
 * A message carries plain values; pixels are transferred, never copied.
 */

export const PROTOCOL_VERSION = 1;

/** Where the worker finds what it runs. All of it ships with the app; the page resolves the URLs so that they are precached. */
export interface EngineFiles {
  readonly detectorModel: string;
  readonly readerModel: string;
  readonly jurisdictionModel: string;
  /** onnxruntime-web's two files: the WebAssembly and the script that starts it */
  readonly onnxWasm: string;
  readonly onnxScript: string;
  readonly tesseractWorker: string;
  readonly tesseractCore: string;
  /** the gzipped `traineddata` file */
  readonly tesseractData: string;
}

/** Four corners in pixels of the frame: top left, top right, bottom right, bottom left. */
export type Quad = readonly [Point, Point, Point, Point];
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What the engine sees in one frame, for the live view. */
export interface PlateInView {
  readonly passId: number;
  readonly quad: Quad;
  readonly detectionScore: number;
  /** the text the looks so far agree on and that can be stood behind (rule textInView); empty while unread */
  readonly text: string;
  readonly looks: number;
  readonly widthPx: number;
}

/** One passing vehicle's plate, settled from all its looks (STYLE: a read). */
export interface SettledRead {
  readonly passId: number;
  readonly plate: string;
  /** who issued the plate by its look: a two-letter code, or `unknown` */
  readonly jurisdiction: string;
  /** 0..1, the chance that every character is right */
  readonly confidence: number;
  readonly characterConfidences: readonly number[];
  readonly looks: number;
  /** looks whose own best text equals `plate` */
  readonly agreeingLooks: number;
  /** the second, independent reader's word on the best strip */
  readonly secondReader: SecondWord | 'notAsked';
  /** milliseconds of the page's monotonic clock: first and last frame of the pass */
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  /** JPEG without metadata: the plate, and its surroundings */
  readonly plateImage: ArrayBuffer;
  readonly contextImage: ArrayBuffer;
  readonly engine: { readonly name: string; readonly version: string };
}

/** What the second, independent reader says of a read; `unavailable` also when its picture is no longer kept. */
export type SecondWord = 'agrees' | 'differs' | 'unavailable';

export type ToWorker =
  /** `firstPassId`: a worker started after a crash goes on counting, so that a pass id is never given twice */
  | { readonly kind: 'load'; readonly protocol: number; readonly files: EngineFiles; readonly firstPassId: number }
  /** `frame` is transferred; `atMs` is the page's monotonic clock */
  | { readonly kind: 'look'; readonly frameId: number; readonly frame: VideoFrame | ImageBitmap; readonly atMs: number }
  /** Ask the second reader about a pass that was settled in the last 30 seconds (it matches a hotlist). */
  | { readonly kind: 'secondLook'; readonly passId: number }
  /** Settle every pass that is under way (the camera stops). */
  | { readonly kind: 'finish' }
  /** Forget everything seen: passes, pictures, texts. Nothing is settled. */
  | { readonly kind: 'forget' };

export type FromWorker =
  | {
      readonly kind: 'ready';
      readonly protocol: number;
      readonly engines: readonly string[];
      readonly secondReader: boolean;
    }
  | {
      readonly kind: 'looked';
      readonly frameId: number;
      readonly plates: readonly PlateInView[];
      readonly detectMs: number;
      readonly readMs: number;
    }
  | { readonly kind: 'settled'; readonly read: SettledRead }
  | { readonly kind: 'secondLooked'; readonly passId: number; readonly word: SecondWord }
  | { readonly kind: 'finished' }
  | { readonly kind: 'failed'; readonly failure: RecognitionFailure; readonly frameId?: number };

export type RecognitionFailure =
  'wrongProtocol' | 'modelMissing' | 'engineUnavailable' | 'frameUnreadable' | 'engineCrashed';
