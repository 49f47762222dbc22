"""Draws whole scenes to drive past: each a street with one plate, or with things that are none.

    python3 -m evaluate.stills --out work/stills --plates 120 --things 60

Writes gray JPEG pictures, 1280x720, and `labels.csv` (file,x,y,width,height,plate) in the form of ../shared/plates;
`plate` is empty where the box holds a sign, a sticker or lettering. `npm run bench:clips` makes clips of them. The seed
is none that training uses, so that no network has seen these plates.
"""

from __future__ import annotations

import argparse
import csv
import os
import random

import cv2
import numpy as np

from detector.cars import draw_street
from detector.things import any_thing
from plates.render import render_plate

LEAST_WIDTH, MOST_WIDTH = 70.0, 230.0


def street_with_place(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """A drawn street and four corners wholly in it where a plate of a readable size fits."""
    while True:
        scene, slots = draw_street(rng)
        h, w = scene.shape
        for slot in slots:
            width = float(np.linalg.norm(slot[1] - slot[0]))
            inside = (slot > 20).all() and (slot < [w - 20, h - 20]).all()
            if inside and LEAST_WIDTH <= width <= MOST_WIDTH:
                return scene, slot


def paste(scene: np.ndarray, picture: np.ndarray, mask: np.ndarray, quad: np.ndarray, gain: float) -> None:
    """Warps a picture with a mask (0..1) onto four corners of the scene, its tones multiplied by `gain`."""
    h, w = picture.shape
    width = float(np.linalg.norm(quad[1] - quad[0]))
    # First to its size: warping a large picture to a small one would leave strokes out.
    size = max(8, round(min(w, 1.5 * width))), max(8, round(min(h, 1.5 * width * h / w)))
    picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype(np.float32) * gain
    mask = cv2.resize(mask.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    corners = np.float32([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]])
    warp = cv2.getPerspectiveTransform(corners, quad.astype(np.float32))
    target = (scene.shape[1], scene.shape[0])
    seen = cv2.warpPerspective(picture, warp, target, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    shown = cv2.warpPerspective(mask, warp, target, flags=cv2.INTER_LINEAR)
    scene[:] = np.clip(scene + (seen - scene) * shown, 0, 255).astype(np.uint8)


def still_of_plate(rng: np.random.Generator, chance: random.Random) -> tuple[np.ndarray, np.ndarray, str]:
    """A street with one plate on a car: picture, corners, text."""
    scene, slot = street_with_place(rng)
    plate = render_plate(chance)
    paste(scene, plate.gray, np.ones(plate.gray.shape), slot, float(rng.uniform(0.6, 1.1)))
    return scene, slot, plate.text


def still_of_thing(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """A street with a sign, sticker, badge or lettering where a plate could be, or near by: picture and corners."""
    scene, slot = street_with_place(rng)
    thing = any_thing(rng)
    width = float(np.linalg.norm(slot[1] - slot[0])) * float(np.exp(rng.uniform(np.log(thing.least), np.log(thing.most))))
    width = min(width, 420.0)
    height = width * thing.gray.shape[0] / thing.gray.shape[1]
    middle = slot.mean(0) + rng.normal(0, 0.3, 2) * width
    middle = np.clip(middle, [width / 2 + 10, height / 2 + 10], [1270 - width / 2, 710 - height / 2])
    half = np.float32([[-width, -height], [width, -height], [width, height], [-width, height]]) / 2
    quad = half + middle
    paste(scene, thing.gray, thing.mask, quad, float(rng.uniform(0.7, 1.1)))
    return scene, quad


def main() -> None:
    """Writes the pictures and their labels."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument('--out', default='work/stills')
    parser.add_argument('--plates', type=int, default=120)
    parser.add_argument('--things', type=int, default=60)
    parser.add_argument('--seed', type=int, default=20_261)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    os.makedirs(arguments.out, exist_ok=True)
    with open(os.path.join(arguments.out, 'labels.csv'), 'w', newline='') as file:
        rows = csv.writer(file)
        rows.writerow(['file', 'x', 'y', 'width', 'height', 'plate'])
        for i in range(arguments.plates + arguments.things):
            rng = np.random.default_rng([arguments.seed, i])
            if i < arguments.plates:
                scene, quad, text = still_of_plate(rng, random.Random(arguments.seed * 10_000 + i))
                name = f'plate-{i:04d}.jpg'
            else:
                (scene, quad), text = still_of_thing(rng), ''
                name = f'thing-{i - arguments.plates:04d}.jpg'
            cv2.imwrite(os.path.join(arguments.out, name), scene, [cv2.IMWRITE_JPEG_QUALITY, 90])
            low, high = quad.min(0), quad.max(0)
            rows.writerow([name, *(round(float(v)) for v in (*low, *(high - low))), text])


if __name__ == '__main__':
    main()
