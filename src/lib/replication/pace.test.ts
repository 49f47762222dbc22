import { expect, test } from 'vitest';
import { Pace } from './pace.ts';

/** Bytes a second and the seconds that one request may take. */
function throughput(bytesASecond: number, patienceS = 60, rounds = 40): { arrived: number; failed: number } {
  const pace = new Pace();
  let [arrived, failed] = [0, 0];
  for (let round = 0; round < rounds; round++)
    if (pace.bytes / bytesASecond <= patienceS) {
      arrived++;
      pace.arrived();
    } else {
      failed++;
      pace.failed();
    }
  return { arrived, failed };
}

test('over a link of 64 kbit/s most requests arrive within their minute, and over a good one all of them', () => {
  expect(throughput(8_000).arrived).toBeGreaterThan(25);
  expect(throughput(1_000_000)).toEqual({ arrived: 40, failed: 0 });
});

test('a link that carries a quarter of a megabyte a minute still gets something through', () => {
  expect(throughput(4_200).arrived).toBeGreaterThan(15);
});
