import type { Candidate } from '#domain/voting/observation.ts';
import { mayBeCloseUp, withCloseUp } from './close-up.ts';
import type { Detection, Detector } from './detect/detect.ts';
import { OnnxDetector } from './detect/onnx-detector.ts';
import type { GrayImage } from './luma.ts';
import { loadNetwork, prepareRuntime, type Network } from './onnx.ts';
import type { EngineFiles, Quad } from './protocol.ts';
import { isWhollyIn } from './quad.ts';
import { OnnxReader } from './read/onnx-reader.ts';
import type { Reader } from './read/read.ts';
import { rectify } from './rectify/rectify.ts';
import type { PlateLook, Seen } from './seen.ts';

/** Finds the plates in one picture, straightens and reads them. Knows nothing of the frames before. */
export class Eye {
  private constructor(
    private readonly detector: Detector,
    private readonly reader: Reader,
    /** what settled reads name as their engine: changes whenever a network does */
    readonly engine: { readonly name: string; readonly version: string }
  ) {}

  /** In a browser: loads both networks from our own origin. Rejects with `ModelMissing` or with the runtime's own error. */
  static async open(files: EngineFiles, threads = 1): Promise<Eye> {
    prepareRuntime(files, threads);
    const detector = await loadNetwork(files.detectorModel);
    return Eye.of({ detector, reader: await loadNetwork(files.readerModel) });
  }

  /** The eye that sees with these two networks, wherever they were loaded from. */
  static of({ detector, reader }: { readonly detector: Network; readonly reader: Network }): Eye {
    const version = `${detector.version}-${reader.version}`;
    return new Eye(new OnnxDetector(detector), new OnnxReader(reader), { name: 'platekeeper', version });
  }

  async see(picture: GrayImage): Promise<Seen> {
    const start = performance.now();
    const detections = await this.detector.detect(picture);
    const found = performance.now();
    const plateLooks: PlateLook[] = [];
    for (const detection of detections) plateLooks.push(await this.#look(picture, detection));
    return {
      plateLooks: await this.#lookFromNear(picture, plateLooks),
      detectMs: found - start,
      readMs: performance.now() - found
    };
  }

  /** What a plate says whose place is known: the reading apart from the finding. */
  async read(picture: GrayImage, quad: Quad): Promise<readonly Candidate[]> {
    return this.reader.read(isWhollyIn(quad, picture) ? rectify(picture, quad, this.reader.strip) : []);
  }

  async #look(picture: GrayImage, detection: Detection): Promise<PlateLook> {
    return { ...detection, candidates: await this.read(picture, detection.quad) };
  }

  async #lookFromNear(picture: GrayImage, plateLooks: readonly PlateLook[]): Promise<readonly PlateLook[]> {
    const quad = mayBeCloseUp(picture, plateLooks);
    if (quad === undefined) return plateLooks;
    const whole = await this.#look(picture, { quad, score: 0 });
    // Nothing detected it, so its text is all that speaks for it.
    return withCloseUp(picture, plateLooks, {
      ...whole,
      score: whole.candidates[0]?.probability ?? 0,
      isWholePicture: true
    });
  }
}
