"""What lies between a plate and the reader: mounting, distance, angle, light, weather, motion, sensor, compression.

Applied while training, anew for every sample, so that one rendered plate serves many times.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

PAD = 0.22
"""Context around a plate, as a share of its width on each side, that a crop may reach into."""


@dataclass(frozen=True)
class Framing:
    """How a crop lies around its plate, in shares of the plate's width and height."""

    jitter: float = 0.022
    """each corner, one standard deviation"""
    margin_least: float = -0.02
    margin_most: float = 0.16
    degrees: float = 6.0


def strip_of(
    gray: np.ndarray, rng: np.random.Generator, width: int, height: int, framing: Framing = Framing()
) -> np.ndarray:
    """A plate as the rectifier hands it on: uint8 [height, width], cut with some error, seen under some difficulty."""
    mounted, corners = _mounted(gray, rng)
    quad = _framed(corners, rng, framing)
    fine_w, fine_h = 2 * width, 2 * height
    target = np.float32([[0, 0], [fine_w, 0], [fine_w, fine_h], [0, fine_h]])
    seen = cv2.warpPerspective(
        mounted,
        cv2.getPerspectiveTransform(quad, target),
        (fine_w, fine_h),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    seen = _lit(seen.astype(np.float32), rng)
    seen = _blurred(seen, rng)
    return _sensed(seen, rng, width, height)


def _mounted(gray: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The plate on something: a body panel, a bumper, a dark recess, with edges of its surroundings near by."""
    h, w = gray.shape
    px, py = int(w * PAD), int(w * PAD)
    canvas = _surroundings(h + 2 * py, w + 2 * px, rng)
    canvas[py : py + h, px : px + w] = gray
    if rng.random() < 0.3:  # the shadow of the lid above, or the edge of the recess
        y = py + int(rng.uniform(-0.04, 0.12) * h)
        canvas[:y, :] = (canvas[:y, :] * rng.uniform(0.25, 0.8)).astype(np.uint8)
    if rng.random() < 0.12:  # a bar over the plate's edge
        thickness = int(rng.uniform(0.03, 0.12) * h)
        y = py - thickness // 2 if rng.random() < 0.5 else py + h - thickness // 2
        canvas[y : y + thickness] = rng.integers(0, 256)
    return canvas, np.float32([[px, py], [px + w, py], [px + w, py + h], [px, py + h]])


def _surroundings(h: int, w: int, rng: np.random.Generator) -> np.ndarray:
    # Drawn at a third of the size: these edges are seen out of the corner of the eye, and time is short.
    full, h, w = (w, h), h // 3, w // 3
    tone = rng.uniform(5, 235)
    coarse = tone + _noise(rng, (4, 6), rng.choice([0, 6, 18, 40]))
    canvas = _bytes(cv2.resize(coarse, (w, h), interpolation=cv2.INTER_CUBIC))
    for _ in range(rng.integers(0, 6)):  # seams, bumpers, badges, letters of a frame: straight edges near the plate
        value = float(rng.uniform(0, 255))
        thickness = int(rng.integers(1, 6))
        if rng.random() < 0.5:
            y = int(rng.uniform(0, h))
            cv2.line(canvas, (0, y), (w, y + int(rng.uniform(-7, 7))), value, thickness)
        else:
            x = int(rng.uniform(0, w))
            cv2.line(canvas, (x, 0), (x + int(rng.uniform(-7, 7)), h), value, thickness)
    return cv2.resize(canvas, full, interpolation=cv2.INTER_LINEAR)


def _noise(rng: np.random.Generator, shape: tuple[int, ...], sigma: float) -> np.ndarray:
    return rng.standard_normal(shape, dtype=np.float32) * np.float32(sigma)


def _bytes(gray: np.ndarray) -> np.ndarray:
    return np.minimum(np.maximum(gray, np.float32(0)), np.float32(255)).astype(np.uint8)


def _framed(corners: np.ndarray, rng: np.random.Generator, framing: Framing) -> np.ndarray:
    center = corners.mean(0)
    w, h = corners[1, 0] - corners[0, 0], corners[2, 1] - corners[1, 1]
    margin = np.float32(
        [
            rng.uniform(framing.margin_least, framing.margin_most),
            rng.uniform(framing.margin_least, framing.margin_most * 1.4),
        ]
    )
    quad = (corners - center) * (1 + margin) + center
    sigma = framing.jitter * rng.choice([0.3, 0.6, 1.0, 1.6])
    # Never so far that a character is cut off: what cannot be seen cannot be learned.
    quad = quad + np.clip(rng.normal(0, sigma, (4, 2)), -0.045, 0.045) * [w, 1.3 * h]
    quad = quad + np.clip(rng.normal(0, 0.012, 2), -0.025, 0.025) * [w, 1.5 * h]
    if rng.random() < 0.6:
        angle = np.deg2rad(rng.uniform(-framing.degrees, framing.degrees)) * rng.choice([0.3, 1.0])
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        quad = (quad - center) @ turn.T + center
    return quad.astype(np.float32)


def _lit(gray: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    h, w = gray.shape
    if rng.random() < 0.5:  # light from one side
        across = np.linspace(-0.5, 0.5, w, dtype=np.float32)[None, :] * rng.uniform(-0.7, 0.7)
        down = np.linspace(-0.5, 0.5, h, dtype=np.float32)[:, None] * rng.uniform(-0.7, 0.7)
        gray = gray * (1 + across + down).astype(np.float32)
    if rng.random() < 0.2:  # a hard shadow: one side of a line is darker
        x0, x1 = rng.uniform(-0.3 * w, 1.3 * w, 2)
        y0 = rng.uniform(0, h)
        polygon = np.array(
            [[x0, 0], [x1, h], [w if rng.random() < 0.5 else 0, h], [w if rng.random() < 0.5 else 0, 0]], np.int32
        )
        if rng.random() < 0.5:
            polygon = np.array([[0, y0], [w, y0 + rng.uniform(-0.5, 0.5) * h], [w, 0], [0, 0]], np.int32)
        shade = np.ones((h, w), np.float32)
        cv2.fillPoly(shade, [polygon], float(rng.uniform(0.35, 0.8)))
        gray = gray * shade
    if rng.random() < 0.08:  # glare: sun, flash or a lamp above the plate
        center = (int(rng.uniform(0, w)), int(rng.uniform(-0.2, 0.6) * h))
        glow = np.zeros((h, w), np.float32)
        cv2.circle(glow, center, int(rng.uniform(0.1, 0.4) * h), 1.0, -1)
        gray = gray + cv2.GaussianBlur(glow, (0, 0), rng.uniform(0.1, 0.35) * h) * rng.uniform(60, 220)
    if rng.random() < 0.07:  # infrared-like or negative: reflective ground bright, or light print on dark
        gray = 255 - gray
    contrast, shift = rng.uniform(0.35, 1.15), rng.uniform(-45, 45)
    gray = gray * np.float32(contrast) + np.float32(128 - 128 * contrast + shift)
    if rng.random() < 0.1:  # blown out or drowned
        gray = gray + (rng.uniform(40, 90) if rng.random() < 0.6 else -rng.uniform(30, 70))
    return np.minimum(np.maximum(gray, np.float32(0)), np.float32(255))


def _blurred(gray: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    if rng.random() < 0.3:  # motion
        length = int(rng.integers(3, 12))
        kernel = np.zeros((length, length), np.float32)
        kernel[length // 2] = 1
        angle = rng.choice([0.0, 0.0, 90.0, rng.uniform(0, 180)])
        kernel = cv2.warpAffine(
            kernel, cv2.getRotationMatrix2D((length / 2 - 0.5, length / 2 - 0.5), angle, 1), (length, length)
        )
        gray = cv2.filter2D(gray, -1, kernel / max(kernel.sum(), 1e-3), borderType=cv2.BORDER_REPLICATE)
    if rng.random() < 0.55:  # focus
        gray = cv2.GaussianBlur(gray, (0, 0), rng.uniform(0.3, 2.6))
    if rng.random() < 0.04:  # rain or dirt on the lens
        for _ in range(rng.integers(3, 14)):
            x, y, r = int(rng.uniform(0, gray.shape[1])), int(rng.uniform(0, gray.shape[0])), int(rng.uniform(2, 14))
            patch = gray[max(0, y - r) : y + r, max(0, x - r) : x + r]
            if patch.size:
                patch[:] = cv2.blur(patch, (5, 5)) * 0.5 + patch.mean() * 0.5
    return gray


def _sensed(gray: np.ndarray, rng: np.random.Generator, width: int, height: int) -> np.ndarray:
    """Few pixels on the plate, noise, sharpening, compression; then brought to the strip's size."""
    pixels = int(
        rng.choice(
            [2 * width, 1.5 * width, width, 0.8 * width, 0.6 * width, 0.45 * width, 0.36 * width, 0.29 * width],
            p=[0.2, 0.16, 0.19, 0.15, 0.13, 0.1, 0.05, 0.02],
        )
    )
    rows = max(
        12, round(pixels * 0.5 * rng.uniform(0.85, 1.1))
    )  # a plate is twice as wide as high, a strip more than that
    gray = cv2.resize(
        gray, (pixels, rows), interpolation=cv2.INTER_AREA if pixels < gray.shape[1] else cv2.INTER_LINEAR
    )
    gray = gray + _noise(rng, gray.shape, rng.choice([0, 1.5, 4, 8, 14]))
    if rng.random() < 0.25:  # cameras sharpen
        gray = gray + rng.uniform(0.3, 1.6) * (gray - cv2.GaussianBlur(gray, (0, 0), rng.uniform(0.7, 1.6)))
    out = _bytes(gray)
    if rng.random() < 0.6:
        out = cv2.imdecode(cv2.imencode('.jpg', out, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(22, 92))])[1], 0)
    enlarge = cv2.INTER_CUBIC if rng.random() < 0.7 else cv2.INTER_LINEAR
    if pixels >= width:
        return cv2.resize(out, (width, height), interpolation=cv2.INTER_AREA)
    return cv2.resize(out, (width, height), interpolation=enlarge)
