"""Draws the street that the app's test of the detector looks at: drawn cars with plates, signs, and nothing else.

    python3 -m detector.fixture --out ../src/recognition/detect/fixtures

Writes street.jpg (1280x720) and street.json with the plates' corners in pixels. Nothing of a real picture is in it.
"""

from __future__ import annotations

import argparse
import json
import os
import random

import cv2
import numpy as np

from detector.cars import draw_ground, draw_street
from detector.scenes import paste
from detector.things import any_thing
from plates.render import render_plate


def draw(seed: int) -> tuple[np.ndarray, list[np.ndarray]]:
    """A street whose plates are 60 px wide at least and wholly in view, and its plates' corners."""
    for attempt in range(1000):
        rng = np.random.default_rng([seed, attempt])
        scene, slots = draw_street(rng, draw_ground(rng))
        widths = slots[:, 1, 0] - slots[:, 0, 0]
        in_view = (slots > 8).all() and (slots < [1272, 712]).all()
        if len(slots) >= 2 and in_view and (widths > 60).all() and (widths < 200).all():
            break
    letters = random.Random(seed)
    for slot in slots:
        paste(scene, render_plate(letters).gray, None, slot, (0.85, 10), 0.5)
    for _ in range(6):
        thing = any_thing(rng)
        width = float(rng.uniform(60, 160))
        left, top = rng.uniform(0, 1100), rng.uniform(0, 330)
        low, high = np.float32([left, top]), np.float32([left + width, top + width / (thing.gray.shape[1] / thing.gray.shape[0])])
        if any((high > slot.min(0) - 60).all() and (low < slot.max(0) + 60).all() for slot in slots):
            continue
        quad = np.float32([low, [high[0], low[1]], high, [low[0], high[1]]])
        paste(scene, thing.gray, (thing.mask * 255).astype(np.uint8), quad, (0.9, 0), 0.5)
    return scene, list(slots)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--out', default='../src/recognition/detect/fixtures')
    parser.add_argument('--seed', type=int, default=3)
    arguments = parser.parse_args()
    scene, plates = draw(arguments.seed)
    os.makedirs(arguments.out, exist_ok=True)
    cv2.imwrite(os.path.join(arguments.out, 'street.jpg'), scene, [cv2.IMWRITE_JPEG_QUALITY, 72])
    with open(os.path.join(arguments.out, 'street.json'), 'w') as file:
        json.dump({'plates': [[[round(float(x), 1), round(float(y), 1)] for x, y in plate] for plate in plates]}, file)
        file.write('\n')


if __name__ == '__main__':
    main()
