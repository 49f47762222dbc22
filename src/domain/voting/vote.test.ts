import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Observation } from './observation.ts';
import { calibrated } from './calibration.ts';
import { vote, weightOf } from './vote.ts';

const look = (...candidates: (readonly [string, number])[]): Observation => ({
  atMs: 0,
  widthPx: 120,
  candidates: candidates.map(([text, probability]) => ({ text, probability }))
});

const anObservation: fc.Arbitrary<Observation> = fc.record({
  atMs: fc.nat(10_000),
  widthPx: fc.integer({ min: 20, max: 400 }),
  candidates: fc
    .uniqueArray(fc.constantFrom('TST042', 'TST041', 'TSTO42', 'T5T042', '0XY17Z', '0XY17'), { maxLength: 6 })
    .chain((texts) =>
      fc
        .array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: texts.length, maxLength: texts.length })
        .map((shares) => {
          const sum = Math.max(
            1,
            shares.reduce((a, b) => a + b, 0)
          );
          return texts.map((text, i) => ({ text, probability: (shares[i] ?? 0) / sum }));
        })
    )
});

test('a single look keeps its own word and its own share', () => {
  const said = vote([look(['TST042', 0.9], ['TST047', 0.05])]);
  expect(said.plate).toBe('TST042');
  expect(said.share).toBeCloseTo(0.9, 5);
  expect(said.confidence).toBe(calibrated({ share: said.share, looks: 1, agreeingLooks: 1 }));
  expect(said).toMatchObject({ looks: 1, agreeingLooks: 1 });
});

test('two sure looks outvote a blurred one that says otherwise', () => {
  const said = vote([look(['TST042', 0.9]), look(['TST04Z', 0.5], ['TST042', 0.3]), look(['TST042', 0.85])]);
  expect(said).toMatchObject({ plate: 'TST042', looks: 3, agreeingLooks: 2 });
});

test('agreeing looks raise the confidence, but ten frames are not ten witnesses', () => {
  const one = vote([look(['TST042', 0.7], ['TST04Z', 0.2])]);
  const ten = vote(Array.from({ length: 10 }, () => look(['TST042', 0.7], ['TST04Z', 0.2])));
  expect(ten.confidence).toBeGreaterThan(one.confidence);
  expect(ten.share).toBeGreaterThan(one.share);
  expect(ten.share).toBeLessThan(0.95);
});

test('O and 0 join forces instead of splitting the vote', () => {
  const said = vote([look(['TSTO42', 0.4], ['TST042', 0.35], ['TSTQ42', 0.2])]);
  expect(said.plate).toBe('TSTO42');
  expect(said.share).toBeCloseTo(0.75, 5);
});

test('the doubtful character is the one with the low confidence', () => {
  const { characterConfidences, confidence } = vote([look(['TST042', 0.6], ['TST04Z', 0.35])]);
  expect(characterConfidences).toHaveLength(6);
  expect(Math.min(...characterConfidences)).toBe(characterConfidences[5]);
  expect(characterConfidences[5]).toBeCloseTo(confidence, 5);
  expect(characterConfidences[0]).toBeGreaterThan(confidence);
});

test('a larger plate has more say than a smaller one', () => {
  const near = { ...look(['TST042', 0.8]), widthPx: 120 };
  const far = { ...look(['TST04Z', 0.8]), widthPx: 30 };
  expect(vote([near, far]).plate).toBe('TST042');
  expect(vote([far, near]).plate).toBe('TST042');
});

test('a sharp look has more say than a blurred one', () => {
  const sharp = { ...look(['TST042', 0.8]), sharpness: 0.4 };
  const blurred = { ...look(['TST04Z', 0.8]), sharpness: 0.05 };
  expect(vote([sharp, blurred]).plate).toBe('TST042');
  expect(vote([blurred, sharp]).plate).toBe('TST042');
});

test('a look weighs at most 1 and never nothing, more when larger and when sharper', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1, max: 500, noNaN: true }),
      fc.double({ min: 0, max: 4, noNaN: true }),
      (width, sharp) => {
        const weight = weightOf({ ...look(), widthPx: width, sharpness: sharp });
        expect(weight).toBeGreaterThanOrEqual(0.1);
        expect(weight).toBeLessThanOrEqual(1);
        expect(weightOf({ ...look(), widthPx: width * 2, sharpness: sharp })).toBeGreaterThanOrEqual(weight);
        expect(weightOf({ ...look(), widthPx: width, sharpness: sharp * 2 })).toBeGreaterThanOrEqual(weight);
      }
    )
  );
});

test('looks that cannot decide between two texts leave it to how serials are built', () => {
  const undecided = [look(['TST1Z3', 0.45], ['TST123', 0.4]), look(['TST1Z3', 0.4], ['TST123', 0.4])];
  expect(vote(undecided).plate).toBe('TST123');
  expect(vote(undecided, 'MN').plate).toBe('TST123');
  expect(vote([look(['TST1Z3', 0.9], ['TST123', 0.05])], 'MN').plate).toBe('TST1Z3');
});

test('where nothing could be read, nothing is said', () => {
  expect(vote([])).toMatchObject({ plate: '', confidence: 0, looks: 0 });
  expect(vote([look(), look()])).toMatchObject({ plate: '', confidence: 0, looks: 0 });
});

test('confidences stay within 0 and 1, agreeing looks within looks, and the order of frames does not matter', () => {
  fc.assert(
    fc.property(fc.array(anObservation, { maxLength: 8 }), (observations) => {
      const said = vote(observations);
      for (const number of [said.confidence, ...said.characterConfidences]) {
        expect(number).toBeGreaterThanOrEqual(0);
        expect(number).toBeLessThanOrEqual(1 + 1e-9);
      }
      for (const number of said.characterConfidences) expect(number).toBeGreaterThanOrEqual(said.confidence - 1e-9);
      expect(said.characterConfidences).toHaveLength(said.plate.length);
      expect(said.agreeingLooks).toBeLessThanOrEqual(said.looks);
      expect(vote([...observations].reverse()).confidence).toBeCloseTo(said.confidence, 6);
    })
  );
});
