"""From marked plates to what the network should say, and from what it says back to plates."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from detector.model import CELL, CORNER_UNIT
from detector.scenes import Marked

SMALLEST_WIDTH = 14
"""Below this width in the detector's frame nobody can read a plate: neither asked for nor punished."""

LEAST_WARMTH = 0.3
"""A neighbor of a peak says something of its corners when it is at least so warm, as a share of the peak."""


@dataclass(frozen=True)
class Target:
    """heat and the weight of its error [rows, columns]; corners [8, rows, columns] and the weight of each's error, per pixel."""

    heat: np.ndarray
    heat_weight: np.ndarray
    corners: np.ndarray
    corner_weight: np.ndarray


def target_of(plates: list[Marked], frame_width: int, frame_height: int) -> Target:
    """The heat of a plate is a bell as wide as a quarter of it; corners are asked of the cells near its top."""
    columns, rows = frame_width // CELL, frame_height // CELL
    heat, heat_weight = np.zeros((rows, columns), np.float32), np.ones((rows, columns), np.float32)
    corners, corner_weight = np.zeros((8, rows, columns), np.float32), np.zeros((8, rows, columns), np.float32)
    ys, xs = np.mgrid[0:rows, 0:columns].astype(np.float32)
    for plate in plates:
        width, height = np.ptp(plate.quad[:, 0]), np.ptp(plate.quad[:, 1])
        x, y = plate.quad.mean(0) / CELL - 0.5
        bell = np.exp(-(((xs - x) / max(0.9, width / CELL * 0.2)) ** 2) - ((ys - y) / max(0.9, height / CELL * 0.25)) ** 2)
        if plate.trust == 0 or width < SMALLEST_WIDTH:  # cut by the edge, or too small
            heat_weight[(np.abs(xs - x) * CELL < width * 0.6 + 8) & (np.abs(ys - y) * CELL < height * 0.6 + 8)] = 0
            continue
        heat = np.maximum(heat, bell)
        column, row = int(np.clip(round(float(x)), 0, columns - 1)), int(np.clip(round(float(y)), 0, rows - 1))
        heat[row, column], heat_weight[row, column] = 1, 1
        asked = (bell > 0.4) & (bell >= heat - 1e-6) & (np.abs(xs - column) <= 3) & (np.abs(ys - row) <= 3)
        asked[row, column] = True
        share = plate.trust * bell[asked] / (np.hypot(*(plate.quad[1] - plate.quad[0])) / CORNER_UNIT)
        tall = max(0.5, min(1.0, 2 * height / max(width, 1)))
        for i, (corner_x, corner_y) in enumerate(plate.quad):
            corners[2 * i][asked] = (corner_x - (xs[asked] + 0.5) * CELL) / CORNER_UNIT
            corners[2 * i + 1][asked] = (corner_y - (ys[asked] + 0.5) * CELL) / CORNER_UNIT
            corner_weight[2 * i][asked] = share
            corner_weight[2 * i + 1][asked] = share * 1.5 / tall
    return Target(heat, heat_weight, corners, corner_weight)


@dataclass(frozen=True)
class Found:
    """A plate that the network found: corners float32 [4, 2] in pixels of its frame, score 0..1."""

    quad: np.ndarray
    score: float


def plates_in(heat: np.ndarray, corners: np.ndarray, least: float, at_most: int = 8) -> list[Found]:
    """Peaks of the heat map (5x5), surest first, without those that lie on a surer one: as the app does it."""
    highest = cv2.dilate(heat, np.ones((5, 5), np.uint8))
    rows, columns = np.nonzero((heat >= least) & (heat >= highest))
    order = np.argsort(-heat[rows, columns], kind='stable')
    found: list[Found] = []
    for i in order:
        quad = _corners_around(heat, corners, rows[i], columns[i])
        if all(overlap(quad, other.quad) <= 0.3 for other in found):
            found.append(Found(quad.astype(np.float32), float(heat[rows[i], columns[i]])))
        if len(found) == at_most:
            break
    return found


def _corners_around(heat: np.ndarray, corners: np.ndarray, row: int, column: int) -> np.ndarray:
    """What the cells around a peak say of its corners, each heard as loudly as it is warm."""
    ys, xs = np.mgrid[max(0, row - 1) : min(heat.shape[0], row + 2), max(0, column - 1) : min(heat.shape[1], column + 2)]
    warm = heat[ys, xs] * (heat[ys, xs] >= LEAST_WARMTH * heat[row, column])
    middles = np.stack([(xs + 0.5) * CELL, (ys + 0.5) * CELL], -1)
    quads = middles[:, :, None] + corners[:, ys, xs].transpose(1, 2, 0).reshape(*ys.shape, 4, 2) * CORNER_UNIT
    return (quads * warm[:, :, None, None]).sum((0, 1)) / warm.sum()


def overlap(one: np.ndarray, other: np.ndarray) -> float:
    """Shared area over covered area of the boxes around two quadrilaterals, 0..1."""
    low, high = np.maximum(one.min(0), other.min(0)), np.minimum(one.max(0), other.max(0))
    shared = float(np.prod(np.maximum(0, high - low)))
    covered = float(np.prod(np.ptp(one, axis=0)) + np.prod(np.ptp(other, axis=0))) - shared
    return shared / covered if covered > 0 else 0.0
