import { expect, test } from 'vitest';
import { jsonLine, tableLine, type Line } from './lines.ts';

const line: Line = {
  file: 'street.jpg',
  ms: { detect: 20.04, read: 10.06, total: 50.123 },
  reads: [
    {
      plate: 'TST042',
      confidence: 0.987654,
      certain: true,
      jurisdiction: 'MN',
      quad: [
        { x: 10, y: 21 },
        { x: 110.04, y: 20 },
        { x: 110, y: 70 },
        { x: 10, y: 71 }
      ],
      alternatives: [
        { text: 'TST042', probability: 0.98 },
        { text: 'T5T042', probability: 0.01 }
      ],
      second: { plate: 'TST042', confidence: 0.9 }
    }
  ]
};

test('a line for programs has the keys that were promised, and no others', () => {
  expect(JSON.parse(jsonLine(line))).toEqual({
    file: 'street.jpg',
    ms: { detect: 20, read: 10.1, total: 50.1 },
    reads: [
      {
        plate: 'TST042',
        confidence: 0.9877,
        certain: true,
        jurisdiction: 'MN',
        box: [10, 20, 100, 51],
        corners: [
          [10, 21],
          [110, 20],
          [110, 70],
          [10, 71]
        ],
        alternatives: [
          { plate: 'TST042', confidence: 0.98 },
          { plate: 'T5T042', confidence: 0.01 }
        ],
        second: { plate: 'TST042', confidence: 0.9 }
      }
    ]
  });
});

test('a line is one line, whatever the file is called', () => {
  const odd = { file: 'a\nb\u001b[2J.jpg', error: 'The file is no picture.' };
  expect(jsonLine(odd)).not.toContain('\n');
  expect(JSON.parse(jsonLine(odd))).toEqual(odd);
  expect(tableLine(odd)).toMatch(/^a\?b\?\[2J\.jpg +\(The file is no picture\.\)$/);
});

test('a person sees the plate, how sure it is, and what else it may be', () => {
  expect(tableLine(line)).toMatch(/^street\.jpg +TST042 +99 % \* +MN +TST042 +T5T042$/);
  expect(tableLine({ ...line, reads: [] })).toMatch(/^street\.jpg +\(no plate\)$/);
});
