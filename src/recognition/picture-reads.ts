import { isPlateLikeAtOneLook } from '#domain/voting/plate-like.ts';
import { vote } from '#domain/voting/vote.ts';
import type { Candidate } from '#domain/voting/observation.ts';
import type { PlateLook } from './seen.ts';
import type { Quad } from './protocol.ts';
import { topEdge } from './quad.ts';

/** What a single picture says of one plate. Nothing votes here: a clip is followed by the tracker instead. */
export interface PictureRead {
  readonly plate: string;
  /** 0..1, the chance that every character is right */
  readonly confidence: number;
  readonly quad: Quad;
  readonly detectionScore: number;
  /** up to ten texts, likeliest first, the read's own among them */
  readonly alternatives: readonly Candidate[];
}

/** A plate that is found for certain but hardly legible still comes before a sign that is hardly a plate. */
const LEGIBLE_AT_LEAST = 0.02;
/** A text that is twenty times likelier wrong than right is no read. */
const LEAST_CONFIDENCE = 0.05;
/** There are plates of one character, but an edge or a dent reads as I far more often. */
const LEAST_CONFIDENCE_ONE_CHARACTER = 0.9;

/** The reads of one picture, best first: the one whose place and text are surest together. */
export function readsOfPicture(plateLooks: readonly PlateLook[]): readonly PictureRead[] {
  return plateLooks.flatMap(readsOfLook).sort((a, b) => worth(b) - worth(a));
}

function readsOfLook({ quad, score, candidates, isWholePicture }: PlateLook): readonly PictureRead[] {
  if (candidates.length === 0) return [];
  const { plate, confidence } = vote([{ atMs: 0, widthPx: topEdge(quad), candidates }]);
  const evidence = { plate, confidence, detectionScore: isWholePicture ? null : score };
  if (confidence < leastConfidence(plate) || !isPlateLikeAtOneLook(evidence)) return [];
  return [{ plate, confidence, quad, detectionScore: score, alternatives: candidates }];
}

/** The same read, once it is known who issued the plate: near-ties go to that jurisdiction's formats (rule rankedByFormat). */
export function readOf<T extends Pick<PictureRead, 'quad' | 'alternatives'>>(
  read: T,
  jurisdiction: string
): T & Pick<PictureRead, 'plate' | 'confidence'> {
  const { quad, alternatives } = read;
  const { plate, confidence } = vote([{ atMs: 0, widthPx: topEdge(quad), candidates: alternatives }], jurisdiction);
  return { ...read, plate, confidence };
}

function worth({ detectionScore, confidence }: PictureRead): number {
  return detectionScore * (confidence + LEGIBLE_AT_LEAST);
}

function leastConfidence(plate: string): number {
  return plate.length === 1 ? LEAST_CONFIDENCE_ONE_CHARACTER : LEAST_CONFIDENCE;
}
