/**
 * How a journal is written: frames of magic (4 bytes), payload length (4, big-endian), CRC-32 of the payload (4), payload.
 * Append-only, so a kill or a power cut can damage the tail alone; a flipped bit damages the frame it lies in. Reading
 * goes on at the next magic whose checksum holds, so an undamaged frame is never lost with a damaged one.
 */
import { crc32 } from './crc32.ts';

/** `PKJ` and the version of the frame. */
const MAGIC = [0x50, 0x4b, 0x4a, 0x01] as const;
const HEAD_BYTES = 12;

/** Bytes a payload may have: a sealed record with two full-size pictures is below half of it. */
export const MAX_PAYLOAD_BYTES = 1_048_576;

/** One payload as a frame. Throws RangeError beyond MAX_PAYLOAD_BYTES. */
export function frameOf(payload: Uint8Array): Uint8Array {
  if (payload.length > MAX_PAYLOAD_BYTES) throw new RangeError('a journal frame is too large');
  const frame = new Uint8Array(HEAD_BYTES + payload.length);
  frame.set(MAGIC);
  const head = new DataView(frame.buffer);
  head.setUint32(4, payload.length);
  head.setUint32(8, crc32(payload));
  frame.set(payload, HEAD_BYTES);
  return frame;
}

export interface Frames {
  readonly payloads: readonly Uint8Array[];
  /** stretches of bytes that are no frame; each may have held one or more */
  readonly damagedPlaces: number;
}

/** Every undamaged frame in the order written, whatever lies between them. Never throws. */
export function framesIn(bytes: Uint8Array): Frames {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const payloads: Uint8Array[] = [];
  let damagedPlaces = 0;
  let inDamage = false;
  let at = 0;
  while (at < bytes.length) {
    const payload = payloadAt(bytes, view, at);
    if (payload !== null) {
      payloads.push(payload);
      at += HEAD_BYTES + payload.length;
      inDamage = false;
      continue;
    }
    if (!inDamage) damagedPlaces++;
    inDamage = true;
    at = nextMagic(bytes, at + 1);
  }
  return { payloads, damagedPlaces };
}

function payloadAt(bytes: Uint8Array, view: DataView, at: number): Uint8Array | null {
  if (at + HEAD_BYTES > bytes.length || !isMagic(bytes, at)) return null;
  const length = view.getUint32(at + 4);
  if (length > MAX_PAYLOAD_BYTES || at + HEAD_BYTES + length > bytes.length) return null;
  const payload = bytes.subarray(at + HEAD_BYTES, at + HEAD_BYTES + length);
  return crc32(payload) === view.getUint32(at + 8) ? payload : null;
}

function nextMagic(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(MAGIC[0], from); at >= 0; at = bytes.indexOf(MAGIC[0], at + 1)) {
    if (isMagic(bytes, at)) return at;
  }
  return bytes.length;
}

const isMagic = (bytes: Uint8Array, at: number): boolean => MAGIC.every((byte, i) => bytes[at + i] === byte);
