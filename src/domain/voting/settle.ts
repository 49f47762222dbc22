import { isPlateLike } from './plate-like.ts';
import type { Vote } from './vote.ts';

/** A pass that was not seen for this long is over. */
export const UNSEEN_MS = 800;
/** So many looks with the same text, and this sure together: waiting longer would only delay an alert. */
export const ENOUGH_AGREEING_LOOKS = 3;
export const ENOUGH_CONFIDENCE = 0.9;
/**
 * Two looks that agree suffice when they are as sure as this: an officer learns of a listed car a look sooner. Of 110 panned scenes
 * no read became wrong by it, and half of the reads come after 100 ms in place of 200 (`npm run bench:clips`).
 */
export const ENOUGH_CONFIDENCE_TWO_LOOKS = 0.985;
/** A parked car is never unseen: after this long it is settled with what there is. */
export const LONG_ENOUGH_MS = 3000;
/** Of texts with this confidence three in five are wrong: below it no read is made. */
export const LEAST_CONFIDENCE = 0.4;
/** A single look has nothing to agree with, and a shop sign often looks like a plate from one angle: it must be sure. */
export const LEAST_CONFIDENCE_ONE_LOOK = 0.9;
/** Two characters at least: a lone one is a house number or a dent far more often than a plate. */
export const LEAST_CHARACTERS = 2;

export type Settling =
  | { readonly kind: 'wait' }
  | { readonly kind: 'settle'; readonly because: 'agreed' | 'longEnough' | 'unseen' }
  /** over without a text that can be stood behind: nothing is kept */
  | { readonly kind: 'dismiss' };

/**
 * Whether a vote can be stood behind: sure enough, and a plate (rule isPlateLike). A single look must be surer,
 * and its text must have a digit: most plates have one, and the words that a single look takes for a plate (EXIT, a shop's
 * name) have none.
 */
export function isReadable(vote: Vote): boolean {
  const { plate, confidence, looks } = vote;
  if (plate.length < LEAST_CHARACTERS || !isPlateLike(vote)) return false;
  return looks === 1 ? confidence >= LEAST_CONFIDENCE_ONE_LOOK && /\d/.test(plate) : confidence >= LEAST_CONFIDENCE;
}

/**
 * The text to write over the picture while a plate is in view: empty until its looks agree on one that can be stood behind,
 * so that nonsense is never shown as if it had been read.
 */
export function textInView(vote: Vote): string {
  const agreed = vote.looks === 1 || vote.agreeingLooks >= 2;
  return agreed && isReadable(vote) ? vote.plate : '';
}

/** Whether a pass is to be settled at `nowMs`: as soon as enough looks agree, else when it is out of view or has been long in view. */
export function settling(
  pass: { readonly firstSeenMs: number; readonly lastSeenMs: number; readonly vote: Vote },
  nowMs: number
): Settling {
  const readable = isReadable(pass.vote);
  if (nowMs - pass.lastSeenMs >= UNSEEN_MS) {
    return readable ? { kind: 'settle', because: 'unseen' } : { kind: 'dismiss' };
  }
  if (readable && isAgreed(pass.vote)) return { kind: 'settle', because: 'agreed' };
  if (readable && nowMs - pass.firstSeenMs >= LONG_ENOUGH_MS) return { kind: 'settle', because: 'longEnough' };
  return { kind: 'wait' };
}

function isAgreed({ confidence, agreeingLooks, looks }: Vote): boolean {
  if (agreeingLooks >= ENOUGH_AGREEING_LOOKS) return confidence >= ENOUGH_CONFIDENCE;
  return agreeingLooks === 2 && looks === 2 && confidence >= ENOUGH_CONFIDENCE_TWO_LOOKS;
}
