"""Renders plates whose print is known, line by line, for the network to learn to read names and slogans.

    python3 -m jurisdiction.lines --out work/jurisdiction/lines --count 3000 --seed 1

Writes `part-<seed>.npy` (uint8 [count, 160, 320]) and `part-<seed>.json`: for each plate what is written above and below its
serial, in capitals and digits only. Nothing covers the print; stickers beside it are no part of it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import unicodedata

import cv2
import numpy as np

from jurisdiction.names import Lettered, lettered_design
from jurisdiction.samples import STORED
from plates.jurisdictions import HEIGHT, JURISDICTIONS, Design
from plates.render import plate_of


def folded(text: str) -> str:
    """Capitals and digits of a line: accents, spaces and points left out."""
    plain = unicodedata.normalize('NFD', text.upper())
    return ''.join(c for c in plain if c.isascii() and c.isalnum())


def print_of(design: Design) -> tuple[str, str]:
    """What a lettered design says above and below its serial."""
    lines = [shape for shape in design.shapes if isinstance(shape, Lettered)]
    above = ''.join(folded(line.text) for line in lines if line.y < HEIGHT / 2)
    below = ''.join(folded(line.text) for line in lines if line.y >= HEIGHT / 2)
    return above, below


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--out', default='work/jurisdiction/lines')
    parser.add_argument('--count', type=int, default=3000)
    parser.add_argument('--seed', type=int, default=1)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    os.makedirs(arguments.out, exist_ok=True)
    rng = random.Random(arguments.seed)
    path = os.path.join(arguments.out, f'part-{arguments.seed:03d}')
    grays = np.empty((arguments.count, STORED[1], STORED[0]), np.uint8)
    texts = []
    for i in range(arguments.count):
        design = lettered_design(rng, '' if rng.random() < 0.1 else rng.choice(JURISDICTIONS))
        grays[i] = cv2.resize(plate_of(rng, design, mounted=False).gray, STORED, interpolation=cv2.INTER_AREA)
        texts.append(print_of(design))
    np.save(f'{path}.npy', grays)
    with open(f'{path}.json', 'w') as file:
        json.dump(texts, file)


if __name__ == '__main__':
    main()
