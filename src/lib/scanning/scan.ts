import type { Match, Matched } from '#domain/matching/match.ts';
import type { Agency } from '#domain/records/agency.ts';
import type { ActivePeriod } from '#domain/records/period.ts';
import type { Read } from '#domain/records/read.ts';
import type { SealedContent } from '#domain/records/sealed.ts';
import { instantOf, msOf, startOfLocalDate, type Instant } from '#domain/time/instant.ts';
import { RecognitionClient, type Looked, type RecognitionFailed } from '#recognition/client.ts';
import type { EngineFiles, SettledRead } from '#recognition/protocol.ts';
import type { Camera } from '../capture/camera.ts';
import type { Strain } from '../capture/device-strain.ts';
import type { PositionWatch } from '../capture/position.ts';
import type { Keeping } from '../vault/protocol.ts';
import { FramePace } from './frame-pace.ts';
import { collectedAtOf, makeRead, picturesOf } from './make-read.ts';

/** The collaborators of a scan; each is a folder of its own. */
export interface ScanParts {
  readonly camera: Camera;
  readonly makeRecognitionWorker: () => Worker;
  readonly engines: EngineFiles;
  readonly position: PositionWatch;
  /** heat and battery of this device now: how many frames are looked at follows from it */
  readonly strain: () => Strain;
  /** what of the lists a read matches: at most one entry for the officer's eyes, and one covert one */
  readonly match: (read: Matched, now: Instant) => Promise<readonly Match[]>;
  readonly keep: (content: SealedContent) => Promise<Keeping>;
  readonly agency: Agency;
  /** the period that data collected at an instant belongs to; splits it when local midnight has passed */
  readonly periodAt: (collectedAt: Instant) => Promise<ActivePeriod>;
  readonly clockOffsetMs: () => number | null;
  readonly clock: { readonly nowMs: () => number; readonly monotonicMs: () => number };
  readonly newId: () => string;
}

export interface ScanEvents {
  looked(looked: Looked): void;
  /** the read is flushed to the journal; with what it matches, and the second reader's word */
  saved(read: Read, settled: SettledRead, matches: readonly Match[], second: SettledRead['secondReader']): void;
  notSaved(outcome: Exclude<Keeping, { kind: 'saved' }>): void;
  cameraLost(): void;
  /** `isOver`: recognition is given up, not just one frame */
  recognitionFailed(failure: RecognitionFailed, isOver: boolean): void;
}

/**
 * The journey of a read on the tablet: take a frame, find and read plates, match, keep, tell. Frames go straight from the
 * camera to the recognition worker and are gone; only a settled read leaves it.
 */
export class Scan {
  readonly #recognition: RecognitionClient;
  readonly #pace: FramePace;
  readonly #keeping = new Set<Promise<void>>();

  constructor(
    private readonly parts: ScanParts,
    private readonly events: ScanEvents
  ) {
    this.#pace = new FramePace(parts.strain);
    this.#recognition = new RecognitionClient(parts.makeRecognitionWorker, parts.engines, {
      onLooked: (looked) => {
        this.#pace.looked(looked.detectMs + looked.readMs);
        this.events.looked(looked);
      },
      onSettled: (settled) => {
        const work = this.#keepAndTell(settled);
        this.#keeping.add(work);
        void work.finally(() => this.#keeping.delete(work));
      },
      onFailure: (failure, isOver) => {
        this.events.recognitionFailed(failure, isOver);
      }
    });
  }

  /** Loads the engines, then looks at as many frames as the tablet can bear, the newest first. Rejects with RecognitionFailed. */
  async start(): Promise<void> {
    await this.#recognition.load();
    this.parts.camera.watch(
      (frame, atMs) => {
        if (this.#pace.takes(atMs)) this.#recognition.look(frame, atMs);
        else frame.close();
      },
      () => {
        this.events.cameraLost();
      }
    );
  }

  /** Stops the camera, settles what is in view and waits until the last read is saved. */
  async stop(): Promise<void> {
    this.parts.camera.stop();
    // A recognition that has crashed settles nothing more; what was settled is still saved.
    await this.#recognition.finish().catch(() => undefined);
    await Promise.all(this.#keeping);
    this.#recognition.close();
  }

  async #keepAndTell(settled: SettledRead): Promise<void> {
    const { parts } = this;
    const now = instantOf(parts.clock.nowMs());
    const nowMs = parts.clock.monotonicMs();
    const firstInView = collectedAtOf(settled, now, nowMs);
    const period = await parts.periodAt(firstInView);
    const read = makeRead(settled, {
      id: parts.newId(),
      agency: parts.agency,
      periodId: period._id,
      // A plate that stood in view since before midnight was in view after it too: it is collected on the new date.
      collectedAt: laterOf(firstInView, startOfLocalDate(period.localDate, period.utcOffsetMinutes)),
      now,
      fix: parts.position.fixAt(nowMs),
      clockOffsetMs: parts.clockOffsetMs()
    });
    const [kept, { matches, second }] = await Promise.all([
      parts.keep({ kind: 'read', read, pictures: picturesOf(settled) }),
      this.#compare(settled, now)
    ]);
    if (kept.kind === 'saved') this.events.saved(read, settled, matches, second);
    else this.events.notSaved(kept);
  }

  /** The second reader is asked about every read on a list, while the read is being saved. */
  async #compare(
    settled: SettledRead,
    now: Instant
  ): Promise<{ readonly matches: readonly Match[]; readonly second: SettledRead['secondReader'] }> {
    const matches = await this.parts.match(settled, now);
    const asks = matches.length > 0 && settled.secondReader === 'notAsked';
    return { matches, second: asks ? await this.#recognition.secondLook(settled.passId) : settled.secondReader };
  }
}

const laterOf = (a: Instant, b: Instant): Instant => (msOf(a) >= msOf(b) ? a : b);
