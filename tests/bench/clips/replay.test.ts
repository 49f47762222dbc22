import { expect, test } from 'vitest';
import type { ClipLooks, FrameLooks } from './looks.ts';
import { figuresOf, replay } from './replay.ts';

type Said = readonly [text: string, probability: number, x?: number];

/** A clip whose plate stands at x = 300; each frame says what it is given. */
function aClip(plate: string, ...frames: readonly (readonly Said[])[]): ClipLooks {
  return {
    name: 'a clip',
    plate,
    frames: frames.map((said, i): FrameLooks => ({
      atMs: i * 100,
      plateAt: { x: 360, y: 330, widthPx: 120 },
      plateLooks: said.map(([text, probability, x = 300]) => ({
        quad: [
          { x, y: 300 },
          { x: x + 120, y: 300 },
          { x: x + 120, y: 360 },
          { x, y: 360 }
        ],
        score: 0.9,
        sharpness: 0.4,
        candidates: [{ text, probability }]
      }))
    }))
  };
}

test('frames that are right now and then make a right read', () => {
  const clip = aClip('TST042', [['TST042', 0.95]], [['TST04Z', 0.4]], [['TST042', 0.95]], [['TST042', 0.95]], []);
  const figures = figuresOf([replay(clip)]);
  expect(figures).toMatchObject({ frames: 5, frameErrors: 2, passErrors: 0, togetherErrors: 0, passesReadOnce: 1 });
});

test('a pass without a read is an error, and so is a wrong one', () => {
  const missed = replay(aClip('TST042', [], [], []));
  const wrong = replay(aClip('TST042', [['0XY17Z', 0.99]], [['0XY17Z', 0.99]], [['0XY17Z', 0.99]]));
  expect(figuresOf([missed, wrong])).toMatchObject({
    frameErrors: 6,
    passErrors: 2,
    passesRead: 1,
    passesReadWrong: 1
  });
});

test('what is read in another place of the picture is counted by itself', () => {
  const frame: readonly Said[] = [
    ['TST042', 0.97],
    ['0XY17Z', 0.97, 800]
  ];
  const replayed = replay(aClip('TST042', frame, frame, frame, frame));
  expect(replayed.reads.map(({ plate }) => plate)).toEqual(['TST042']);
  expect(replayed.elsewhere.map(({ plate }) => plate)).toEqual(['0XY17Z']);
});

test('whatever is read of a sign is wrong', () => {
  const sign = aClip('', [['TST042', 0.97]], [['TST042', 0.97]], [['TST042', 0.97]]);
  expect(figuresOf([replay(sign)])).toMatchObject({ passesRead: 1, passErrors: 1 });
});
