import { DEMO_PLATES, drawStreet, loopMs, PLATE_FACE, SCENE_HEIGHT, SCENE_WIDTH } from './demo-scene.ts';
import plateFace from './plate-face/barlow-condensed-latin-600-normal.woff2?url';

export { DEMO_PLATES } from './demo-scene.ts';

const FRAMES_A_SECOND = 15;

/** A short street scene with invented plates, to show and try the app without a camera. Says "DEMO" in the picture. */
export class DemoStreet {
  readonly #context: CanvasRenderingContext2D;
  readonly #plates: readonly string[];
  #timer: ReturnType<typeof setInterval> | undefined;

  /** Makes the canvas 1280x720. */
  constructor(
    private readonly canvas: HTMLCanvasElement,
    { plates = DEMO_PLATES }: { readonly plates?: readonly string[] } = {}
  ) {
    canvas.width = SCENE_WIDTH;
    canvas.height = SCENE_HEIGHT;
    const context = canvas.getContext('2d', { alpha: false });
    if (context === null) throw new TypeError('This browser cannot draw the demo street.');
    this.#context = context;
    this.#plates = plates;
  }

  /** Lets the cars drive, from the first, over and over. Resolves when the first picture is drawn. */
  async start(): Promise<void> {
    this.stop();
    await loadPlateFace();
    const began = performance.now();
    const draw = (): void => {
      drawStreet(this.#context, this.#plates, (performance.now() - began) % loopMs(this.#plates));
    };
    draw();
    // A timer, not an animation frame: a demo goes on while another window is in front.
    this.#timer = setInterval(draw, 1000 / FRAMES_A_SECOND);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** The scene as a camera would give it. */
  stream(): MediaStream {
    return this.canvas.captureStream(FRAMES_A_SECOND);
  }
}

/** Makes the face known that plates are drawn in: a system's own faces differ, and with them what can be read. */
export async function loadPlateFace(): Promise<void> {
  if ([...document.fonts].some((face) => face.family.includes(PLATE_FACE))) return;
  document.fonts.add(await new FontFace(PLATE_FACE, `url("${plateFace}")`).load());
}
