"""Draws what scenes are put together from, once: plates, things that are none, streets with cars, frames without plates.

    python3 -m detector.prepare --frames ../../shared/plates/road-frames --work work/detector --seed 1

Writes WORK/<part>.npz and .npy, part train and valid: the validation set has its own plates, things, streets and frames.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import time

import cv2
import numpy as np

from detector.cars import HEIGHT, WIDTH, draw_ground, draw_street, texture
from detector.things import any_thing
from plates.render import render_plate

PLATE_SIZE = (288, 144)
THING_SIZE = (256, 128)


def read_frames(folder: str, part: str) -> list[tuple[np.ndarray, np.ndarray]]:
    """Road frames as gray uint8 and their boxes float32 [n, 4] (left, top, right, bottom)."""
    boxes: dict[str, list[list[float]]] = {}
    with open(os.path.join(folder, part, 'boxes.csv'), newline='') as file:
        for row in csv.DictReader(file):
            of_frame = boxes.setdefault(row['file'], [])
            if row['xmin']:
                of_frame.append([float(row[key]) for key in ('xmin', 'ymin', 'xmax', 'ymax')])
    frames = []
    for name, of_frame in sorted(boxes.items()):
        gray = cv2.imread(os.path.join(folder, part, name), cv2.IMREAD_GRAYSCALE)
        if gray.shape != (HEIGHT, WIDTH):
            raise ValueError(f'{name} is not {WIDTH}x{HEIGHT}')
        frames.append((gray, np.array(of_frame, np.float32).reshape(-1, 4)))
    return frames


def covered(gray: np.ndarray, boxes: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The frame with its plates painted over from what surrounds them, with grain, so that no smear tells the place."""
    mask = np.zeros_like(gray)
    for left, top, right, bottom in boxes:
        margin = 3 + 0.05 * (right - left)
        cv2.rectangle(mask, (int(left - margin), int(top - margin)), (int(right + margin), int(bottom + margin)), 255, -1)
    out = cv2.inpaint(gray, mask, 4, cv2.INPAINT_TELEA).astype(np.float32)
    grain = texture(rng, *gray.shape, rng.uniform(2, 10))
    return np.clip(out + grain * (mask > 0), 0, 255).astype(np.uint8)


def _plates(count: int, seed: int) -> np.ndarray:
    rng = random.Random(seed)
    return np.stack([cv2.resize(render_plate(rng).gray, PLATE_SIZE, interpolation=cv2.INTER_AREA) for _ in range(count)])


def _things(count: int, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Things in one size each; their true proportion and how wide they are in plate widths beside them."""
    grays, masks, shapes = [], [], []
    for _ in range(count):
        thing = any_thing(rng)
        grays.append(cv2.resize(thing.gray, THING_SIZE, interpolation=cv2.INTER_AREA))
        masks.append(cv2.resize((thing.mask * 255).astype(np.uint8), THING_SIZE, interpolation=cv2.INTER_AREA))
        shapes.append([thing.gray.shape[1] / thing.gray.shape[0], thing.least, thing.most])
    return {'things': np.stack(grays), 'thing_masks': np.stack(masks), 'thing_shapes': np.array(shapes, np.float32)}


def _brightened(gray: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A dusk frame as ground for drawn cars by day."""
    gain, gamma = rng.uniform(1.0, 2.5), rng.uniform(0.4, 1.0)
    return np.clip((gray.astype(np.float32) / 255) ** gamma * 255 * gain, 0, 255)


def _padded(groups: list[np.ndarray], shape: tuple[int, ...]) -> np.ndarray:
    most = max(1, max(len(group) for group in groups))
    out = np.full((len(groups), most, *shape), np.nan, np.float32)
    for i, group in enumerate(groups):
        out[i, : len(group)] = group
    return out


def prepare(frames_folder: str, work: str, part: str, plates: int, things: int, streets: int, seed: int) -> None:
    """Writes one part; the random numbers of the parts do not meet."""
    started = time.time()
    rng = np.random.default_rng([seed, 0 if part == 'train' else 1])
    frames = read_frames(frames_folder, part)
    without = np.stack([covered(gray, boxes, rng) for gray, boxes in frames])
    drawn, slots = [], []
    for i in range(streets):
        on_frame = rng.random() < 0.35
        ground = _brightened(without[rng.integers(len(without))], rng) if on_frame else draw_ground(rng)
        street, places = draw_street(rng, ground)
        drawn.append(street)
        slots.append(places)
    os.makedirs(work, exist_ok=True)
    np.save(os.path.join(work, f'{part}-streets.npy'), np.stack(drawn))
    np.save(os.path.join(work, f'{part}-frames.npy'), np.stack([gray for gray, _ in frames]))
    np.save(os.path.join(work, f'{part}-frames-without.npy'), without)
    np.savez(
        os.path.join(work, f'{part}.npz'),
        plates=_plates(plates, seed * 2 + (part == 'valid')),
        slots=_padded(slots, (4, 2)),
        boxes=_padded([boxes for _, boxes in frames], (4,)),
        **_things(things, rng),
    )
    print(f'{part}: {plates} plates, {things} things, {streets} streets, {len(frames)} frames in {time.time() - started:.0f} s', flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--frames', required=True, help='the folder of road-frames')
    parser.add_argument('--work', default='work/detector')
    parser.add_argument('--plates', type=int, default=6000)
    parser.add_argument('--things', type=int, default=6000)
    parser.add_argument('--streets', type=int, default=1000)
    parser.add_argument('--seed', type=int, default=1)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    counts = {'plates': arguments.plates, 'things': arguments.things, 'streets': arguments.streets}
    prepare(arguments.frames, arguments.work, 'valid', **{name: max(60, count // 10) for name, count in counts.items()}, seed=arguments.seed)
    prepare(arguments.frames, arguments.work, 'train', **counts, seed=arguments.seed)


if __name__ == '__main__':
    main()
