import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32 } from './crc32.ts';
import { frameOf, framesIn, MAX_PAYLOAD_BYTES } from './frames.ts';

const journalOf = (payloads: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const frames = payloads.map(frameOf);
  const whole = new Uint8Array(frames.reduce((sum, frame) => sum + frame.length, 0));
  let at = 0;
  for (const frame of frames) {
    whole.set(frame, at);
    at += frame.length;
  }
  return whole;
};
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const payloads = fc.array(fc.uint8Array({ maxLength: 80 }), { minLength: 1, maxLength: 12 });

test('the checksum is the one of IEEE 802.3', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
});

test('what was written is read back in order and nothing is damaged', () => {
  fc.assert(
    fc.property(payloads, (written) => {
      const read = framesIn(journalOf(written));
      expect(read.payloads.map(hex)).toEqual(written.map(hex));
      expect(read.damagedPlaces).toBe(0);
    })
  );
});

test('a journal cut off anywhere gives every whole frame before the cut', () => {
  fc.assert(
    fc.property(payloads, fc.nat(), (written, cut) => {
      const whole = journalOf(written);
      const length = cut % (whole.length + 1);
      let at = 0;
      const kept = written.filter((payload) => (at += 12 + payload.length) <= length);
      expect(framesIn(whole.slice(0, length)).payloads.map(hex)).toEqual(kept.map(hex));
    })
  );
});

test('random damage never loses an undamaged frame and is always reported', () => {
  const flips = fc.array(fc.record({ at: fc.nat(), bit: fc.integer({ min: 0, max: 7 }) }), {
    minLength: 1,
    maxLength: 6
  });
  fc.assert(
    fc.property(payloads, flips, (written, damage) => {
      const whole = journalOf(written);
      const original = whole.slice();
      for (const { at, bit } of damage) {
        const place = at % whole.length;
        whole[place] = (whole[place] ?? 0) ^ (1 << bit);
      }
      let at = 0;
      const undamaged = written.filter((payload) => {
        const from = at;
        at += 12 + payload.length;
        return hex(original.subarray(from, at)) === hex(whole.subarray(from, at));
      });
      const read = framesIn(whole);
      expect(read.payloads.map(hex)).toEqual(undamaged.map(hex));
      expect(read.damagedPlaces > 0).toBe(undamaged.length < written.length);
    }),
    { numRuns: 500 }
  );
});

test('bytes that were never a journal give nothing and throw nothing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), (bytes) => {
      expect(framesIn(bytes)).toEqual({ payloads: [], damagedPlaces: 1 });
    })
  );
});

test('a payload beyond the limit is refused when it is written', () => {
  expect(() => frameOf(new Uint8Array(MAX_PAYLOAD_BYTES + 1))).toThrow(RangeError);
});
