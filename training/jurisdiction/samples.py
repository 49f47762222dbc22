"""Renders plates with their jurisdictions for the network to learn from.

    python3 -m jurisdiction.samples --out work/jurisdiction/plates --count 8000 --seed 1

Writes `part-<seed>.npy` (uint8 [count, 160, 320]) and `part-<seed>.json` (the classes). Of the plates with a class about half
follow a design, most with their print set otherwise, and half share only the name and the slogans (`jurisdiction.names`).
One in seven is unknown: a plate that nobody issued, one from elsewhere, or a thing that is no plate.
"""

from __future__ import annotations

import argparse
import json
import os
import random

import cv2
import numpy as np

from detector.things import any_thing
from jurisdiction.model import CLASSES
from jurisdiction.names import lettered_design, restyled
from plates.jurisdictions import JURISDICTIONS, choose_design
from plates.render import HEIGHT, WIDTH, designed_plate, plate_of

STORED = (320, 160)
"""Width and height that plates are kept at."""


def known(rng: random.Random, code: str) -> np.ndarray:
    """A plate of the jurisdiction: after a design, after one with its print set otherwise, or with nothing but the name."""
    chance = rng.random()
    if chance < 0.15:
        return designed_plate(rng, code).gray
    if chance < 0.5:
        return plate_of(rng, restyled(rng, choose_design(rng, code))).gray
    return plate_of(rng, lettered_design(rng, code)).gray


def unknown(rng: random.Random) -> np.ndarray:
    """A plate that nobody issued, one from elsewhere, or something else that was cut out by mistake.

    Not `render_plate(rng, '')`: that one also prints the names of states on grounds of nobody's, for the reader's sake.
    """
    chance = rng.random()
    if chance < 0.4:
        return designed_plate(rng, '').gray
    if chance < 0.8:
        return plate_of(rng, lettered_design(rng, '')).gray
    thing = any_thing(np.random.default_rng(rng.getrandbits(32)))
    return cv2.resize(thing.gray, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--out', default='work/jurisdiction/plates')
    parser.add_argument('--count', type=int, default=3000)
    parser.add_argument('--seed', type=int, default=1)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    os.makedirs(arguments.out, exist_ok=True)
    rng = random.Random(arguments.seed)
    path = os.path.join(arguments.out, f'part-{arguments.seed:03d}')
    grays = np.empty((arguments.count, STORED[1], STORED[0]), np.uint8)
    classes = []
    for i in range(arguments.count):
        code = '' if rng.random() < 1 / 7 else rng.choice(JURISDICTIONS)
        gray = known(rng, code) if code else unknown(rng)
        grays[i] = cv2.resize(gray, STORED, interpolation=cv2.INTER_AREA)
        classes.append(CLASSES.index(code))
    np.save(f'{path}.npy', grays)
    with open(f'{path}.json', 'w') as file:
        json.dump(classes, file)


if __name__ == '__main__':
    main()
