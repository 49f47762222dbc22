import type { Candidate } from '#domain/voting/observation.ts';
import type { Detection, Detector } from './detect/detect.ts';
import { OnnxDetector } from './detect/onnx-detector.ts';
import type { GrayImage } from './luma.ts';
import { loadNetwork, prepareRuntime } from './onnx.ts';
import type { EngineFiles } from './protocol.ts';
import { isWhollyIn } from './quad.ts';
import { OnnxReader } from './read/onnx-reader.ts';
import type { Reader } from './read/read.ts';
import { rectify } from './rectify/rectify.ts';

/** A detection that was read: where a plate is in this frame and what it may say. */
export interface PlateLook extends Detection {
  readonly candidates: readonly Candidate[];
}

/** Everything seen in one picture, and how long it took. */
export interface Seen {
  readonly plateLooks: readonly PlateLook[];
  readonly detectMs: number;
  readonly readMs: number;
}

/** Finds the plates in one picture, straightens and reads them. Knows nothing of the frames before. */
export class Eye {
  private constructor(
    private readonly detector: Detector,
    private readonly reader: Reader,
    /** what settled reads name as their engine: changes whenever a network does */
    readonly engine: { readonly name: string; readonly version: string }
  ) {}

  /** Loads both networks from our own origin. Rejects with `ModelMissing` or with the runtime's own error. */
  static async open(files: EngineFiles): Promise<Eye> {
    prepareRuntime(files);
    const detector = await loadNetwork(files.detectorModel);
    const reader = await loadNetwork(files.readerModel);
    const version = `${detector.version}-${reader.version}`;
    return new Eye(new OnnxDetector(detector), new OnnxReader(reader), { name: 'platekeeper', version });
  }

  async see(picture: GrayImage): Promise<Seen> {
    const start = performance.now();
    const detections = await this.detector.detect(picture);
    const found = performance.now();
    const plateLooks: PlateLook[] = [];
    for (const detection of detections) {
      const strips = isWhollyIn(detection.quad, picture) ? rectify(picture, detection.quad) : [];
      plateLooks.push({ ...detection, candidates: await this.reader.read(strips) });
    }
    return { plateLooks, detectMs: found - start, readMs: performance.now() - found };
  }
}
