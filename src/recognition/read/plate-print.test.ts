import { expect, test } from 'vitest';
import { ALPHABET } from './ctc.ts';
import { CODES } from './jurisdiction.ts';
import PRINT from './plate-print.json';
import { ELSEWHERE, spokenFor } from './plate-print.ts';

const STEPS = 40;
const WEIGHTS = { letter: 1, lack: 1, slogan: 0.5 };

/** A strip on which the reader is sure of each step: a letter or digit, or - for blank; blank after the end. */
function strip(steps: string): Float32Array {
  const outputs = new Float32Array((ALPHABET.length + 1) * STEPS);
  for (let step = 0; step < STEPS; step++) {
    const one = ALPHABET.indexOf(steps[step] ?? '-') + 1;
    outputs[one * STEPS + step] = 12;
  }
  return outputs;
}

/** What the steps of two strips speak for a jurisdiction. */
function spoken(code: string, above: string, below = ''): number {
  return spokenFor([strip(above), strip(below)], WEIGHTS).get(code) ?? NaN;
}

test('every jurisdiction has a name to look for', () => {
  expect(Object.keys(PRINT).sort()).toEqual([...CODES, ELSEWHERE].sort());
  for (const { names } of Object.values(PRINT)) expect(names.length).toBeGreaterThan(0);
});

test('a name is worth its letters, above the serial or below it, wherever it stands', () => {
  expect(spoken('IA', 'IOWA')).toBeCloseTo(4, 3);
  expect(spoken('IA', '-----II--OWWW-A--')).toBeCloseTo(4, 3);
  expect(spoken('IA', '', '---IOWA')).toBeCloseTo(4, 3);
});

test('a sticker or a county beside the name costs nothing', () => {
  expect(spoken('ID', 'MAY-SCENIC-IDAHO-07')).toBeCloseTo('SCENICIDAHO'.length, 3);
  expect(spoken('TX', '12-TEXAS-08')).toBeCloseTo(5, 3);
});

test('the longer of two names that both stand there speaks louder', () => {
  expect(spoken('WV', 'WEST-VIRGINIA')).toBeGreaterThan(spoken('VA', 'WEST-VIRGINIA'));
  expect(spoken('VA', 'VIRGINIA')).toBeGreaterThan(spoken('WV', 'VIRGINIA'));
  expect(spoken('DC', 'WASHINGTON-DC')).toBeGreaterThan(spoken('WA', 'WASHINGTON-DC'));
});

test('Baja California is not California, and Manitoba is no state', () => {
  expect(spoken(ELSEWHERE, 'BAJA-CALIFORNIA')).toBeGreaterThan(spoken('CA', 'BAJA-CALIFORNIA'));
  expect(spoken(ELSEWHERE, 'MANITOBA')).toBeCloseTo('MANITOBA'.length, 3);
});

test('a letter that is not there takes from a name, but does not silence it', () => {
  const lacking = spoken('OR', 'OREXON');
  expect(lacking).toBeLessThan(spoken('OR', 'OREGON'));
  expect(lacking).toBeGreaterThan(spoken('NV', 'OREXON'));
});

test('two letters alike are two only with a blank between', () => {
  expect(spoken('MO', 'MIS-SOURI')).toBeCloseTo(8, 3);
  expect(spoken('MO', 'MISOURI')).toBeLessThan(4);
});

test('a slogan speaks too, but less than a name', () => {
  expect(spoken('HI', '', 'ALOHA-STATE')).toBeCloseTo(0.5 * 'ALOHASTATE'.length, 3);
});

test('points, spaces and small letters make no difference', () => {
  expect(spoken('FL', 'MYFLORIDACOM')).toBeCloseTo('MYFLORIDA.COM'.length - 1, 3);
});
