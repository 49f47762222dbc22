/**
 * A picture that is nothing but a plate: cut out by somebody, or taken from very near. A detector that looks for plates
 * among other things finds stickers and state names in it. So such a picture is read as a whole too, and what it says
 * decides. Measured with the first reader: of 107 road frames read that way none gave a text of more than 0.12, of 32
 * rendered streets none of more than 0.42; half of the rendered close-ups gave more than 0.5, all more than 0.06.
 */
import type { PlateLook } from './seen.ts';
import type { GrayImage } from './luma.ts';
import type { Quad } from './protocol.ts';
import { topEdge } from './quad.ts';

/** US plates are 2:1; cut a little too tight or too wide they are this. */
const LEAST_ASPECT = 1.5;
const MOST_ASPECT = 2.9;
/** No camera's frame is so narrow, so the picture was cut out by somebody. */
const CUT_OUT_WIDTH_PX = 480;
/** A text at least so likely shows that the whole picture is a plate, whatever else is in it. */
const LEAST_PROBABILITY = 0.5;
/** Enough from a picture that was cut out, unless a sure plate is in it: then it is a small street scene. */
const LEAST_PROBABILITY_CUT_OUT = 0.05;
/** With a plate this sure and this long in view nobody holds another one against the lens. */
const SURE = 0.9;
const SURE_CHARACTERS = 5;
/** A detection at least so wide, in picture widths, is the plate itself and no sticker on it. */
const NEARLY_ALL = 0.5;

type Size = Pick<GrayImage, 'width' | 'height'>;

/** The picture's own corners when it may be a plate as a whole and nothing that was read in it speaks against that. */
export function mayBeCloseUp(picture: Size, plateLooks: readonly PlateLook[]): Quad | undefined {
  const { width, height } = picture;
  const aspect = width / height;
  if (aspect < LEAST_ASPECT || aspect > MOST_ASPECT) return undefined;
  if (hasSurePlate(plateLooks) && width > CUT_OUT_WIDTH_PX) return undefined;
  return [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height }
  ];
}

function hasSurePlate(plateLooks: readonly PlateLook[]): boolean {
  return plateLooks.some(
    ({ candidates: [best] }) => best !== undefined && best.probability >= SURE && best.text.length >= SURE_CHARACTERS
  );
}

/** What is in view once the whole picture was read too: it alone when it is the plate, else what was found before. */
export function withCloseUp(picture: Size, plateLooks: readonly PlateLook[], whole: PlateLook): readonly PlateLook[] {
  const probability = whole.candidates[0]?.probability ?? 0;
  const isCutOut = picture.width <= CUT_OUT_WIDTH_PX && !hasSurePlate(plateLooks);
  const enough = isCutOut ? LEAST_PROBABILITY_CUT_OUT : LEAST_PROBABILITY;
  if (probability < enough) return plateLooks;
  const better = plateLooks.filter(
    ({ quad, candidates: [best] }) =>
      topEdge(quad) >= NEARLY_ALL * picture.width && (best?.probability ?? 0) > probability
  );
  return better.length > 0 ? better : [whole];
}
