"""Measures a detector on scenes with known plates and on scenes without any.

    python3 -m detector.measure --work work/detector --weights work/detector/detector.pt
    python3 -m detector.measure --weights work/detector/detector.pt --us-scenes ../../shared/plates/us-scenes

The second form measures real pictures; it is for reporting, never for choosing weights or a threshold.
"""

from __future__ import annotations

import argparse
import csv
import os
from dataclasses import dataclass

import cv2
import numpy as np
import torch

from detector.model import FRAME_HEIGHT, FRAME_WIDTH, MIDDLE_GRAY, SPREAD, Detector
from detector.prepare import read_frames
from detector.scenes import Marked, Stock, compose
from detector.targets import SMALLEST_WIDTH, Found, overlap, plates_in

LEAST_SCORES = (0.1, 0.15, 0.2, 0.3, 0.4, 0.5)
WIDTHS = (14, 25, 35, 50, 80, 1000)


@dataclass(frozen=True)
class Scene:
    frame: np.ndarray
    plates: list[Marked]


@dataclass(frozen=True)
class Figures:
    """Shares and counts over many scenes; a plate is found when a box covers it with more than 0.5 of both areas."""

    found: dict[float, float]
    """share of plates found, by least score"""
    found_by_width: dict[int, float]
    """share found at 0.2, by the lower bound of the plate's width in the detector's frame, in pixels"""
    false_in_empty: dict[float, float]
    """detections a scene without plates, by least score"""
    corner_error: float
    """mean distance of a corner, in shares of the plate's width"""
    corner_error_p90: float
    """the same, of the plate's worst corner, ninth decile"""

    @property
    def worth(self) -> float:
        """One number to choose weights by: recall, less false detections and inexact corners."""
        return self.found[0.2] - 0.3 * self.false_in_empty[0.2] - 3 * self.corner_error

    def __str__(self) -> str:
        found = ' '.join(f'{score}:{share:.3f}' for score, share in self.found.items())
        widths = ' '.join(f'{width}:{share:.3f}' for width, share in self.found_by_width.items())
        false = ' '.join(f'{score}:{count:.3f}' for score, count in self.false_in_empty.items())
        return (
            f'worth {self.worth:.4f} found {found} | by width {widths} | false a scene {false} | '
            f'corners {100 * self.corner_error:.2f} % p90 of worst {100 * self.corner_error_p90:.2f} %'
        )


def validation_scenes(work: str, with_plates: int, without: int, seed: int = 5) -> list[Scene]:
    """The same scenes every time, of the validation part."""
    stock = Stock.load(work, 'valid')
    rng = np.random.default_rng([seed, 99])
    return [Scene(*compose(stock, rng, with_plates=i < with_plates)[0]) for i in range(with_plates + without)]


@torch.no_grad()
def look(model: Detector, frame: np.ndarray, least: float = min(LEAST_SCORES), at_most: int = 8) -> list[Found]:
    """The plates a model finds in a frame uint8 [360, 640]."""
    out = model(((torch.from_numpy(frame).float() - MIDDLE_GRAY) / SPREAD)[None, None])[0]
    return plates_in(torch.sigmoid(out[0]).numpy(), out[1:].float().numpy(), least, at_most)


def measure(model: Detector, scenes: list[Scene]) -> Figures:
    model.eval()
    scores, widths, errors, worst = [], [], [], []
    false: list[float] = []
    empty = 0
    for scene in scenes:
        found = look(model, scene.frame)
        if not scene.plates:
            empty += 1
            false += [one.score for one in found]
        for plate in scene.plates:
            width = float(np.ptp(plate.quad[:, 0]))
            if plate.trust == 0 or width < SMALLEST_WIDTH:
                continue
            best = max(found, key=lambda one: overlap(one.quad, plate.quad), default=None)
            is_found = best is not None and overlap(best.quad, plate.quad) > 0.5
            scores.append(best.score if best is not None and is_found else 0.0)
            widths.append(width)
            if best is not None and is_found and plate.trust == 1:
                away = np.linalg.norm(best.quad - plate.quad, axis=1) / np.linalg.norm(plate.quad[1] - plate.quad[0])
                errors.append(float(away.mean()))
                worst.append(float(away.max()))
    of_scores, of_widths = np.array(scores), np.array(widths)
    by_width = {
        low: float((of_scores[(of_widths >= low) & (of_widths < high)] >= 0.2).mean())
        for low, high in zip(WIDTHS[:-1], WIDTHS[1:])
        if ((of_widths >= low) & (of_widths < high)).any()
    }
    return Figures(
        {least: float((of_scores >= least).mean()) for least in LEAST_SCORES},
        by_width,
        {least: sum(score >= least for score in false) / max(1, empty) for least in LEAST_SCORES},
        float(np.mean(errors)) if errors else 1.0,
        float(np.quantile(worst, 0.9)) if worst else 1.0,
    )


def letterbox(gray: np.ndarray) -> tuple[np.ndarray, float]:
    """The picture in the top left of the detector's frame, as the app does it, and its scale."""
    scale = min(FRAME_WIDTH / gray.shape[1], FRAME_HEIGHT / gray.shape[0])
    size = int(gray.shape[1] * scale), int(gray.shape[0] * scale)
    frame = np.full((FRAME_HEIGHT, FRAME_WIDTH), MIDDLE_GRAY, np.uint8)
    frame[: size[1], : size[0]] = cv2.resize(gray, size, interpolation=cv2.INTER_AREA)
    return frame, scale


def measure_us_scenes(model: Detector, folder: str) -> None:
    """Prints how many labeled plates the first and the first five boxes cover with more than 0.3, by width."""
    rows = []
    with open(os.path.join(folder, 'labels.csv'), newline='') as file:
        for row in csv.DictReader(file):
            gray = cv2.imread(os.path.join(folder, row['file']), cv2.IMREAD_GRAYSCALE)
            frame, scale = letterbox(gray)
            x, y, w, h = (float(row[key]) for key in ('x', 'y', 'width', 'height'))
            label = np.float32([[x, y], [x + w, y], [x + w, y + h], [x, y + h]])
            found = look(model, frame, 0.02, 5)
            covers = [overlap(one.quad / scale, label) for one in found]
            scores = [one.score for one in found]
            rows.append((w, covers, scores, row['file'], scale))
    print(f'{len(rows)} pictures', _located(rows))
    for low, high in ((0, 65), (65, 90), (90, 140), (140, 10000)):
        print(f'  {low}-{high} px wide:', _located([row for row in rows if low <= row[0] < high]))
    for width, covers, scores, name, scale in rows:
        if not covers or covers[0] <= 0.3:
            print(f'  not first: {name} {width:.0f} px ({width * scale:.0f} in the frame)', [f'{c:.2f}@{s:.2f}' for c, s in zip(covers, scores)])


def _located(rows: list[tuple[float, list[float], list[float], str, float]]) -> str:
    first = sum(bool(covers) and covers[0] > 0.3 for _, covers, _, _, _ in rows)
    five = sum(any(cover > 0.3 for cover in covers) for _, covers, _, _, _ in rows)
    sure = sum(any(c > 0.3 and s >= 0.2 for c, s in zip(covers, scores)) for _, covers, scores, _, _ in rows)
    cover = np.mean([max(covers, default=0.0) for _, covers, _, _, _ in rows]) if rows else 0.0
    return f'of {len(rows)}: first {first}, first five {five}, at a score of 0.2 {sure}, mean overlap {cover:.3f}'


def measure_road_frames(model: Detector, folder: str, work: str) -> None:
    """Prints what is found in the validation frames as they are, and in the same frames with their plates covered."""
    found_at, false_at, count = {least: 0 for least in LEAST_SCORES}, {least: 0 for least in LEAST_SCORES}, 0
    without = np.load(os.path.join(work, 'valid-frames-without.npy'))
    for (gray, boxes), bare in zip(read_frames(folder, 'valid'), without):
        frame, scale = letterbox(gray)
        found = look(model, frame)
        count += len(boxes)
        for left, top, right, bottom in boxes * scale:
            label = np.float32([[left, top], [right, top], [right, bottom], [left, bottom]])
            best = max((one.score for one in found if overlap(one.quad, label) > 0.3), default=0.0)
            for least in LEAST_SCORES:
                found_at[least] += best >= least
        for one in look(model, letterbox(bare)[0]):
            for least in LEAST_SCORES:
                false_at[least] += one.score >= least
    print('road frames, found:', {least: round(hits / count, 4) for least, hits in found_at.items()}, f'of {count}')
    print('plates covered, detections a frame:', {least: round(hits / len(without), 4) for least, hits in false_at.items()}, f'in {len(without)} frames')


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--work', default='work/detector')
    parser.add_argument('--weights', required=True)
    parser.add_argument('--frames', help='the folder of road-frames')
    parser.add_argument('--us-scenes', help='the folder of us-scenes')
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    model = Detector().eval()
    model.load_state_dict(torch.load(arguments.weights))
    if arguments.us_scenes:
        measure_us_scenes(model, arguments.us_scenes)
        return
    print(measure(model, validation_scenes(arguments.work, 600, 200, seed=6)))
    if arguments.frames:
        measure_road_frames(model, arguments.frames, arguments.work)


if __name__ == '__main__':
    main()
