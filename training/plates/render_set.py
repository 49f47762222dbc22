"""Renders a set of plates to a folder, in parts, so that training can begin while more are drawn.

    python3 -m plates.render_set --out work/plates --parts 12 --count 5000 --seed 1
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time

import cv2
import numpy as np

from plates.render import HEIGHT, WIDTH, render_plate

STORED_WIDTH, STORED_HEIGHT = 320, 160
"""Stored smaller than drawn: finer than any strip the networks see."""


def render_part(path: str, count: int, seed: int) -> None:
    """Writes PATH.npy (uint8 [count, 160, 320]) and PATH.json (text and jurisdiction of each)."""
    rng = random.Random(seed)
    grays = np.zeros((count, STORED_HEIGHT, STORED_WIDTH), np.uint8)
    labels = []
    for i in range(count):
        plate = render_plate(rng)
        assert plate.gray.shape == (HEIGHT, WIDTH)
        grays[i] = cv2.resize(plate.gray, (STORED_WIDTH, STORED_HEIGHT), interpolation=cv2.INTER_AREA)
        labels.append([plate.text, plate.jurisdiction])
    with open(f'{path}.json.part', 'w') as file:
        json.dump(labels, file)
    np.save(f'{path}.npy', grays)
    os.replace(f'{path}.json.part', f'{path}.json')


def main() -> None:
    """Renders the parts one after the other; a part that is there already is kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--out', default='work/plates')
    parser.add_argument('--parts', type=int, default=12)
    parser.add_argument('--count', type=int, default=5000, help='plates a part')
    parser.add_argument('--seed', type=int, default=1)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    os.makedirs(arguments.out, exist_ok=True)
    for part in range(arguments.parts):
        path = os.path.join(arguments.out, f'part-{arguments.seed:03d}-{part:03d}')
        if os.path.exists(f'{path}.json'):
            continue
        started = time.time()
        render_part(path, arguments.count, arguments.seed * 1000 + part)
        print(f'{path}: {arguments.count} plates in {time.time() - started:.0f} s', flush=True)


if __name__ == '__main__':
    main()
