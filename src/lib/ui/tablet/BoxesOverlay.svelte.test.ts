import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { PlateInView } from '#recognition/protocol.ts';
import BoxesOverlay from './BoxesOverlay.svelte';

const aPlate = (passId: number, text: string): PlateInView => ({
  passId,
  quad: [
    { x: 100, y: 200 },
    { x: 220, y: 200 },
    { x: 220, y: 260 },
    { x: 100, y: 260 }
  ],
  detectionScore: 0.9,
  text,
  looks: 4,
  widthPx: 120
});

test('a plate that is read has a full box with its text, one that is only found a dashed box', () => {
  const { container } = render(BoxesOverlay, {
    plates: [aPlate(1, 'TST042'), aPlate(2, '')],
    frame: { width: 1280, height: 720 },
    view: { width: 640, height: 360 }
  });
  const boxes = [...container.querySelectorAll('polygon:not(.halo)')];
  expect(boxes.map((box) => box.classList.contains('unread'))).toEqual([false, true]);
  expect(boxes[0]?.getAttribute('points')).toBe('50.0,100.0 110.0,100.0 110.0,130.0 50.0,130.0');
  expect([...container.querySelectorAll('p')].map((words) => words.textContent.trim())).toEqual(['TST042 4 looks']);
});
