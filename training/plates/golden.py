"""Renders the pictures that every change of the recognition is tried on: tests/golden/plates.

    python3 -m plates.golden --out ../tests/golden/plates --seed 20261124

Whole street scenes with one plate, close-ups that are nothing but a plate, and scenes with signs and stickers but no plate;
`labels.csv` says what is to be read. Few and small, for they live in the repository: they show that reading moved, the real
pictures show how well it reads. No seed of the training sets is used here.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
from dataclasses import dataclass

import cv2
import numpy as np

from detector.cars import draw_street
from detector.things import any_thing
from plates.render import Plate, render_plate

SCENES, CLOSE_UPS, WITHOUT = 20, 28, 12
SCENE_SIZE = (960, 540)
LEAST_PLATE_WIDTH, MOST_PLATE_WIDTH = 55, 230
JPEG_QUALITY = 62


@dataclass(frozen=True)
class Golden:
    """A picture, its label ('' for no plate), who issued the plate, and the plate's box (x, y, width, height), if any."""

    kind: str
    gray: np.ndarray
    plate: str
    jurisdiction: str
    box: tuple[int, int, int, int] | None


def scene(rng: np.random.Generator, plate: Plate) -> Golden:
    """A street with the plate on its nearest car; tried anew until the plate is wholly in view and of a legible size."""
    while True:
        street, slots = draw_street(rng)
        small = cv2.resize(street, SCENE_SIZE, interpolation=cv2.INTER_AREA)
        quads = slots * (SCENE_SIZE[0] / street.shape[1])
        fitting = [quad for quad in quads if _is_in_view(quad)]
        if fitting:
            quad = max(fitting, key=_width)
            _paste(small, plate.gray, quad, rng)
            left, top = np.floor(quad.min(0)).astype(int)
            right, bottom = np.ceil(quad.max(0)).astype(int)
            box = (int(left), int(top), int(right - left), int(bottom - top))
            return Golden('scene', _through_camera(small, rng, 0.7), plate.text, plate.jurisdiction, box)


def close_up(rng: np.random.Generator, plate: Plate) -> Golden:
    """The plate cut out by a person: a little too tight or too wide, seen a little from a side."""
    width = int(rng.integers(150, 330))
    height = int(width * rng.uniform(0.47, 0.53))
    jitter = rng.normal(0, 0.015, (4, 2)) + rng.uniform(-0.01, 0.05) * np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]])
    quad = (np.array([[0, 0], [1, 0], [1, 1], [0, 1]]) + jitter) * [width, height]
    gray = np.full((height, width), int(rng.integers(20, 160)), np.uint8)
    _paste(gray, plate.gray, quad.astype(np.float32), rng)
    return Golden('closeUp', _through_camera(gray, rng, 1.0), plate.text, plate.jurisdiction, None)


def without(rng: np.random.Generator) -> Golden:
    """A street whose cars carry no plates, but stickers, badges and lettering; signs stand around."""
    street, slots = draw_street(rng)
    small = cv2.resize(street, SCENE_SIZE, interpolation=cv2.INTER_AREA)
    quads = slots * (SCENE_SIZE[0] / street.shape[1])
    for at in range(int(rng.integers(3, 7))):
        thing = any_thing(rng)
        if at < len(quads):
            middle, width = quads[at].mean(0), _width(quads[at]) * rng.uniform(0.5, 1.0)
        else:
            middle, width = rng.uniform(0.1, 0.9, 2) * SCENE_SIZE, rng.uniform(40, 200)
        height = width * thing.gray.shape[0] / thing.gray.shape[1]
        corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) / 2 * [width, height] + middle
        _paste(small, thing.gray, corners.astype(np.float32), rng, thing.mask)
    return Golden('none', _through_camera(small, rng, 0.7), '', '', None)


def _width(quad: np.ndarray) -> float:
    return float(np.linalg.norm(quad[1] - quad[0]))


def _is_in_view(quad: np.ndarray) -> bool:
    inside = quad.min() > 4 and (quad.max(0) < np.array(SCENE_SIZE) - 4).all()
    return bool(inside) and LEAST_PLATE_WIDTH <= _width(quad) <= MOST_PLATE_WIDTH


def _paste(onto: np.ndarray, gray: np.ndarray, quad: np.ndarray, rng: np.random.Generator, mask: np.ndarray | None = None) -> None:
    """Warps a picture onto the quadrilateral, lit a little differently than what is around."""
    across = max(8, round(min(gray.shape[1], _width(quad) * 1.5)))
    size = (across, max(6, round(across * gray.shape[0] / gray.shape[1])))
    small = cv2.resize(gray, size, interpolation=cv2.INTER_AREA).astype(np.float32) * rng.uniform(0.65, 1.05)
    cover = np.ones(small.shape, np.float32)
    if mask is not None:
        cover = cv2.resize(mask.astype(np.float32), size, interpolation=cv2.INTER_AREA)
        cover /= max(1.0, float(cover.max()))
    source = np.float32([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]])
    warp = cv2.getPerspectiveTransform(source, quad.astype(np.float32))
    target = (onto.shape[1], onto.shape[0])
    seen = cv2.warpPerspective(small, warp, target, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    shown = cv2.warpPerspective(cover, warp, target, flags=cv2.INTER_LINEAR)
    onto[:] = np.clip(onto + (seen - onto) * shown, 0, 255).astype(np.uint8)


def _through_camera(gray: np.ndarray, rng: np.random.Generator, blur_most: float) -> np.ndarray:
    """Light, softness and grain of an ordinary camera by day or dusk."""
    seen = gray.astype(np.float32) * rng.uniform(0.55, 1.1) + rng.uniform(-5, 20)
    seen = cv2.GaussianBlur(seen, (0, 0), max(0.05, rng.uniform(0, blur_most)))
    seen += rng.normal(0, rng.uniform(0.5, 5), seen.shape)
    return np.clip(seen, 0, 255).astype(np.uint8)


def render_all(seed: int) -> list[Golden]:
    """All pictures of the set, in order."""
    chance, rng = random.Random(seed), np.random.default_rng(seed)
    found = [scene(rng, render_plate(chance)) for _ in range(SCENES)]
    found += [close_up(rng, render_plate(chance)) for _ in range(CLOSE_UPS)]
    return found + [without(rng) for _ in range(WITHOUT)]


def main() -> None:
    """Writes the pictures and labels.csv; what else the folder holds is left alone."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--out', default='../tests/golden/plates')
    parser.add_argument('--seed', type=int, default=20261124)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    os.makedirs(arguments.out, exist_ok=True)
    total = 0
    with open(os.path.join(arguments.out, 'labels.csv'), 'w', newline='') as file:
        rows = csv.writer(file, lineterminator='\n')
        rows.writerow(['file', 'kind', 'plate', 'jurisdiction', 'x', 'y', 'width', 'height'])
        for at, golden in enumerate(render_all(arguments.seed)):
            name = f'{at + 1:02d}-{golden.kind}.jpg'
            path = os.path.join(arguments.out, name)
            cv2.imwrite(path, golden.gray, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY, cv2.IMWRITE_JPEG_OPTIMIZE, 1])
            total += os.path.getsize(path)
            rows.writerow([name, golden.kind, golden.plate, golden.jurisdiction, *(golden.box or [''] * 4)])
    print(f'{SCENES + CLOSE_UPS + WITHOUT} pictures, {total / 1e6:.2f} MB, in {arguments.out}')


if __name__ == '__main__':
    main()
