/** A frame of the camera in memory; whoever gets it closes it. */
export type FrameTaker = (frame: VideoFrame, atMs: number) => void;

export type CameraOutcome =
  | { readonly kind: 'open'; readonly camera: Camera }
  /** the officer or the browser said no */
  | { readonly kind: 'denied' }
  /** there is none, or another program holds it */
  | { readonly kind: 'missing' };

// 1280x720 is what the detector was made for; a larger picture costs time and finds little more.
const WANTED: MediaTrackConstraints = {
  facingMode: { ideal: 'environment' },
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30 }
};

/** Opens this device's own camera. Sound is never asked for (Minn. Stat. 13.824 subd. 2(a): pictures only). */
export async function openCamera(devices: MediaDevices = navigator.mediaDevices): Promise<CameraOutcome> {
  try {
    return { kind: 'open', camera: new Camera(await devices.getUserMedia({ video: WANTED, audio: false })) };
  } catch (error) {
    const denied =
      error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'SecurityError');
    return { kind: denied ? 'denied' : 'missing' };
  }
}

/** A camera that is on: gives frames until it is stopped or lost. */
export class Camera {
  readonly #track: MediaStreamTrack;
  readonly #ended = new AbortController();

  constructor(readonly stream: MediaStream) {
    const [track] = stream.getVideoTracks();
    if (track === undefined) throw new Error('A camera stream has a video track.');
    this.#track = track;
  }

  get size(): { readonly width: number; readonly height: number } {
    const { width = 0, height = 0 } = this.#track.getSettings();
    return { width, height };
  }

  /** Hands every frame to `take` as it comes. `lost` is called when the camera ends by itself: unplugged, taken, covered by the system. */
  watch(take: FrameTaker, lost: () => void): void {
    const { signal } = this.#ended;
    this.#track.addEventListener('ended', lost, { signal });
    if ('MediaStreamTrackProcessor' in globalThis) void takeFromTrack(this.#track, take, signal);
    else takeFromVideo(this.stream, take, signal);
  }

  stop(): void {
    this.#ended.abort();
    for (const track of this.stream.getTracks()) track.stop();
  }
}

// Not yet in TypeScript's DOM library: https://www.w3.org/TR/mediacapture-transform/
declare const MediaStreamTrackProcessor: new (init: { track: MediaStreamTrack }) => {
  readonly readable: ReadableStream<VideoFrame>;
};

/** Frames straight from the track: they come even while the picture is not drawn, as on a tripod with a dark screen. */
async function takeFromTrack(track: MediaStreamTrack, take: FrameTaker, signal: AbortSignal): Promise<void> {
  const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
  signal.addEventListener('abort', () => void reader.cancel().catch(() => undefined));
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    if (signal.aborted) value.close();
    else take(value, performance.now());
  }
}

/** For browsers without track processors: a video element that nobody sees. */
function takeFromVideo(stream: MediaStream, take: FrameTaker, signal: AbortSignal): void {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  void video.play();
  const next = (): void => {
    if (signal.aborted) {
      video.srcObject = null;
      return;
    }
    take(new VideoFrame(video), performance.now());
    video.requestVideoFrameCallback(next);
  };
  video.requestVideoFrameCallback(next);
}
