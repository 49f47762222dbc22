"""Draws scenes with cars: a street or a lot, and one to three cars seen from behind or before, with a place for a plate.

Crude on purpose and varied: a body with its panel lines, windows, lamps, bumper, badges, side, wheels and shadow, so that
a plate is learned together with what stands around plates. The plate itself is put in later (`detector.scenes`).
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from detector.things import words, write

WIDTH, HEIGHT = 1280, 720


@dataclass(frozen=True)
class Car:
    """A drawn car: gray and mask float32 [h, w], and its plate's place, four corners from the top left clockwise."""

    gray: np.ndarray
    mask: np.ndarray
    slot: np.ndarray


def draw_street(rng: np.random.Generator, ground: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
    """A scene uint8 [720, 1280] and the places for plates float32 [n, 4, 2]; on a given picture, or on a drawn ground."""
    canvas = (ground if ground is not None else draw_ground(rng)).astype(np.float32)
    slots: list[np.ndarray] = []
    for width in sorted(_car_widths(rng)):
        car = draw_car(rng)
        scale = width / car.gray.shape[1]
        placed = _place(rng, car, scale)
        slot = _composite(canvas, car, placed)
        # A car drawn later stands before the others: their places for plates are lost where it covers them.
        covered = cv2.warpPerspective(car.mask, placed, (WIDTH, HEIGHT))
        slots = [other for other in slots if not _is_covered(covered, other)]
        slots.append(slot)
    return np.clip(canvas, 0, 255).astype(np.uint8), np.array(slots, np.float32).reshape(-1, 4, 2)


def _car_widths(rng: np.random.Generator) -> np.ndarray:
    count = int(rng.choice([1, 2, 3], p=[0.55, 0.3, 0.15]))
    return np.exp(rng.uniform(np.log(210), np.log(1150), count))


def _place(rng: np.random.Generator, car: Car, scale: float) -> np.ndarray:
    """The homography that puts a car somewhere: seen a little from a side, from above, rolled."""
    h, w = car.gray.shape
    corners = np.float32([[0, 0], [w, 0], [w, h], [0, h]])
    turned = np.deg2rad(rng.normal(0, 22))
    narrow = max(0.5, np.cos(turned))
    depth = np.sin(turned) * 0.16
    shear = np.sin(turned) * rng.uniform(0.0, 0.35)
    target = corners * [narrow, rng.uniform(0.9, 1.08)]
    target[[0, 1], 1] += np.float32([depth, -depth]) * h * 0.5
    target[[3, 2], 1] += np.float32([-depth, depth]) * h * 0.5
    target[:, 1] += target[:, 0] * shear
    angle = np.deg2rad(rng.normal(0, 3))
    turn = np.float32([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    target = (target - target.mean(0)) @ turn.T * scale
    middle = np.float32([rng.uniform(0.05, 0.95) * WIDTH, rng.uniform(0.25, 0.8) * HEIGHT])
    return cv2.getPerspectiveTransform(corners, (target + middle).astype(np.float32))


def _composite(canvas: np.ndarray, car: Car, placed: np.ndarray) -> np.ndarray:
    gray = cv2.warpPerspective(car.gray, placed, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR)
    mask = cv2.warpPerspective(car.mask, placed, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR)
    canvas += (gray - canvas) * mask
    return cv2.perspectiveTransform(car.slot[None], placed)[0]


def _is_covered(mask: np.ndarray, slot: np.ndarray) -> bool:
    x0, y0 = np.floor(slot.min(0)).astype(int)
    x1, y1 = np.ceil(slot.max(0)).astype(int)
    part = mask[max(0, y0) : max(0, y1), max(0, x0) : max(0, x1)]
    return part.size == 0 or float(part.mean()) > 0.02


def draw_ground(rng: np.random.Generator) -> np.ndarray:
    """A street or a lot with what stands at its far side: houses, trees, fences, sky; float32 [720, 1280]."""
    horizon = int(rng.choice([rng.uniform(-0.2, 0.05), rng.uniform(0.1, 0.55)]) * HEIGHT)
    tone = rng.uniform(40, 200)
    canvas = np.full((HEIGHT, WIDTH), tone, np.float32)
    canvas += np.linspace(rng.uniform(-40, 40), 0, HEIGHT, dtype=np.float32)[:, None]
    if horizon > 0:
        canvas[:horizon] = rng.uniform(60, 255)
        _far_side(canvas, horizon, rng)
    canvas += texture(rng, HEIGHT, WIDTH, rng.uniform(4, 26))
    for _ in range(int(rng.integers(0, 5))):  # lines painted on the ground, curbs
        start = (int(rng.uniform(-200, 1480)), int(rng.uniform(max(0, horizon), HEIGHT)))
        end = (int(rng.uniform(-200, 1480)), int(rng.uniform(max(0, horizon), HEIGHT)))
        cv2.line(canvas, start, end, float(rng.uniform(60, 250)), int(rng.integers(2, 16)), cv2.LINE_AA)
    if rng.random() < 0.4:  # a shadow with a sharp edge
        points = np.stack([rng.uniform(-100, 1380, 5), rng.uniform(max(0, horizon), 800, 5)], 1).astype(np.int32)
        shade = np.ones_like(canvas)
        cv2.fillPoly(shade, [cv2.convexHull(points)], float(rng.uniform(0.35, 0.8)))
        canvas *= cv2.GaussianBlur(shade, (0, 0), rng.uniform(0.6, 6))
    return np.clip(canvas, 0, 255)


def _far_side(canvas: np.ndarray, horizon: int, rng: np.random.Generator) -> None:
    for _ in range(int(rng.integers(2, 9))):
        x, width = int(rng.uniform(-200, WIDTH)), int(rng.uniform(60, 500))
        top = int(rng.uniform(-60, horizon))
        kind = rng.choice(['house', 'tree', 'bars'])
        if kind == 'house':
            canvas[max(0, top) : horizon, max(0, x) : max(0, x + width)] = rng.uniform(20, 230)
            step, tone = int(rng.uniform(24, 90)), rng.uniform(0, 255)
            for wx in range(x + step // 3, x + width - step // 3, step):
                for wy in range(top + step // 3, horizon - step // 3, step):
                    cv2.rectangle(canvas, (wx, wy), (wx + int(step * 0.45), wy + int(step * 0.5)), float(tone), -1)
        elif kind == 'tree':
            axes = (width // 2, max(4, (horizon - top) // 2))
            blob = np.zeros_like(canvas)
            cv2.ellipse(blob, (x + width // 2, top + axes[1]), axes, 0, 0, 360, 1.0, -1)
            canvas += (rng.uniform(10, 120) + texture(rng, HEIGHT, WIDTH, 45) - canvas) * blob
        else:
            step, tone = int(rng.integers(6, 40)), rng.uniform(0, 230)
            for at in range(x, x + width, step):
                cv2.line(canvas, (at, top), (at, horizon + 40), tone, max(1, step // int(rng.integers(3, 7))))


def texture(rng: np.random.Generator, height: int, width: int, strength: float) -> np.ndarray:
    """Grain of three sizes, as asphalt, leaves and walls have."""
    total = np.zeros((height, width), np.float32)
    for cell in (3, 14, 90):
        coarse = rng.standard_normal((height // cell + 2, width // cell + 2), np.float32)
        total += cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
    return total * (strength / 2)


def draw_car(rng: np.random.Generator) -> Car:
    """One car's rear or front, with a side of it at times, on a transparent ground."""
    w = 640
    body_w = int(w * rng.uniform(0.66, 0.95))
    left = int(rng.choice([0.02 * w, 0.98 * w - body_w, (w - body_w) / 2]))
    right = left + body_w
    h = int(body_w * rng.uniform(0.68, 0.95)) + 60
    gray, mask = np.zeros((h, w), np.float32), np.zeros((h, w), np.float32)
    tone = float(rng.choice([rng.uniform(5, 60), rng.uniform(60, 170), rng.uniform(170, 245)]))
    foot = h - 45
    _shadow_and_wheels(gray, mask, left, right, foot, rng)
    _side(gray, mask, left, right, foot, tone, rng)
    top = int(h * rng.uniform(0.01, 0.08))
    waist = int(h * rng.uniform(0.34, 0.48))
    _body(gray, mask, left, right, top, waist, foot, tone, rng)
    _lamps(gray, left, right, waist, foot, rng)
    slot = _plate_place(gray, left, right, waist, foot, tone, rng)
    _details(gray, left, right, waist, foot, tone, slot, rng)
    return Car(np.clip(gray, 0, 255), cv2.GaussianBlur(mask, (0, 0), 0.8), slot)


def _shadow_and_wheels(gray: np.ndarray, mask: np.ndarray, left: int, right: int, foot: int, rng: np.random.Generator) -> None:
    shade = np.zeros_like(mask)
    cv2.ellipse(shade, ((left + right) // 2, foot + 14), ((right - left) // 2 + 10, 24), 0, 0, 360, 1.0, -1)
    mask[:] = np.maximum(mask, cv2.GaussianBlur(shade, (0, 0), 5) * rng.uniform(0.4, 0.9))
    gray[:] = rng.uniform(0, 30)
    wheel = int((right - left) * rng.uniform(0.1, 0.15))
    for x in (left + wheel // 2 + 4, right - wheel - wheel // 2 - 4):
        cv2.rectangle(mask, (x, foot - 60), (x + wheel, foot + 28), 1.0, -1)
        cv2.rectangle(gray, (x, foot - 60), (x + wheel, foot + 28), float(rng.uniform(5, 50)), -1)


def _side(gray: np.ndarray, mask: np.ndarray, left: int, right: int, foot: int, tone: float, rng: np.random.Generator) -> None:
    """The flank that is seen when there is room beside the rear."""
    h, w = gray.shape
    for near, far in ((left, 0), (right, w - 1)):
        if abs(far - near) < 40 or rng.random() < 0.4:
            continue
        y = [int(h * 0.38), int(h * 0.45), foot - 20, foot - 55]
        panel = np.int32([[near, y[0]], [far, y[1]], [far, y[3]], [near, y[2]]])
        cv2.fillPoly(mask, [panel], 1.0)
        cv2.fillPoly(gray, [panel], float(np.clip(tone * rng.uniform(0.5, 1.2), 0, 255)))
        glass = np.int32([[near, int(h * 0.12)], [(near + far) // 2, int(h * 0.2)], [far, y[1]], [near, y[0]]])
        cv2.fillPoly(mask, [glass], 1.0)
        cv2.fillPoly(gray, [glass], float(rng.uniform(10, 110)))
        cv2.ellipse(gray, ((near + far) // 2, foot - 30), (max(8, abs(far - near) // 4), 42), 0, 0, 360, float(rng.uniform(5, 60)), -1)
        cv2.ellipse(mask, ((near + far) // 2, foot - 30), (max(8, abs(far - near) // 4), 42), 0, 0, 360, 1.0, -1)


def _body(gray: np.ndarray, mask: np.ndarray, left: int, right: int, top: int, waist: int, foot: int, tone: float, rng: np.random.Generator) -> None:
    h, w = gray.shape
    inset = int((right - left) * rng.uniform(0.03, 0.2))
    roof = np.int32([[left + inset, top], [right - inset, top], [right, waist], [left, waist]])
    lower = np.int32([[left, waist], [right, waist], [right - 6, foot], [left + 6, foot]])
    panel = np.full((h, w), tone, np.float32)
    panel += np.linspace(rng.uniform(0, 60), rng.uniform(-60, 10), h, dtype=np.float32)[:, None]
    panel += 14 * np.sin(np.linspace(0, np.pi, w, dtype=np.float32))[None, :] * rng.uniform(-1, 2)
    panel += texture(rng, h, w, rng.uniform(0, 8))
    shape = np.zeros((h, w), np.uint8)
    cv2.fillPoly(shape, [roof, lower], 1)
    gray[shape > 0] = panel[shape > 0]
    mask[shape > 0] = 1
    border = int((right - left) * 0.03)
    glass = np.int32([[left + inset + border, top + border], [right - inset - border, top + border],
                      [right - 2 * border, waist - border], [left + 2 * border, waist - border]])  # fmt: skip
    pane = np.full((h, w), rng.uniform(5, 120), np.float32)
    pane += np.linspace(0, rng.uniform(-40, 120), w, dtype=np.float32)[None, :] + texture(rng, h, w, rng.uniform(0, 50))
    shape[:] = 0
    cv2.fillPoly(shape, [glass], 1)
    gray[shape > 0] = pane[shape > 0]


def _lamps(gray: np.ndarray, left: int, right: int, waist: int, foot: int, rng: np.random.Generator) -> None:
    width = int((right - left) * rng.uniform(0.08, 0.22))
    height = int((foot - waist) * rng.uniform(0.15, 0.42))
    y = waist + int((foot - waist) * rng.uniform(0.03, 0.3))
    outer, inner = float(rng.uniform(20, 255)), float(rng.uniform(20, 255))
    is_round = rng.random() < 0.3
    for x in (left + 4, right - 4 - width):
        if is_round:
            cv2.ellipse(gray, (x + width // 2, y + height // 2), (width // 2, height // 2), 0, 0, 360, outer, -1)
        else:
            cv2.rectangle(gray, (x, y), (x + width, y + height), outer, -1)
        cv2.rectangle(gray, (x + width // 4, y + height // 4), (x + 3 * width // 4, y + height // 2), inner, -1)
    if rng.random() < 0.25:  # a band from lamp to lamp
        cv2.rectangle(gray, (left + width, y + height // 3), (right - width, y + 2 * height // 3), float(rng.uniform(20, 230)), -1)


def _plate_place(gray: np.ndarray, left: int, right: int, waist: int, foot: int, tone: float, rng: np.random.Generator) -> np.ndarray:
    """Draws the recess and gives the plate's corners: 17 % of a car's width, twice as wide as high."""
    width = (right - left) * rng.uniform(0.155, 0.215)
    height = width * rng.uniform(0.485, 0.52)
    x = (left + right) / 2 + (right - left) * rng.choice([0, 0, 0, 0, rng.uniform(-0.2, 0.2)])
    y = waist + (foot - waist) * rng.uniform(0.22, 0.8)
    y = float(np.clip(y, waist + height * 0.6, foot - height * 0.7))
    if rng.random() < 0.7:
        wide, high = width * rng.uniform(0.52, 0.85), height * rng.uniform(0.52, 0.8)
        deep = float(np.clip(tone * rng.uniform(0.3, 1.1), 0, 255))
        cv2.rectangle(gray, (int(x - wide), int(y - high)), (int(x + wide), int(y + high)), deep, -1)
        if rng.random() < 0.5:
            cv2.rectangle(gray, (int(x - wide), int(y - high)), (int(x + wide), int(y - height * 0.5)), deep * 0.4, -1)
        if rng.random() < 0.3:
            cv2.line(gray, (int(x - wide), int(y - high)), (int(x + wide), int(y - high)), float(rng.uniform(120, 255)), int(rng.integers(2, 8)))
    half_w, half_h = width / 2, height / 2
    return np.float32([[x - half_w, y - half_h], [x + half_w, y - half_h], [x + half_w, y + half_h], [x - half_w, y + half_h]])


def _details(
    gray: np.ndarray, left: int, right: int, waist: int, foot: int, tone: float, slot: np.ndarray, rng: np.random.Generator
) -> None:
    """Trunk line, bumper, badges, emblem, exhausts, a grille: nothing over the plate's place."""
    body = foot - waist
    keep = gray[int(slot[0, 1]) - 2 : int(slot[2, 1]) + 3, int(slot[0, 0]) - 2 : int(slot[1, 0]) + 3].copy()
    line = float(np.clip(tone * rng.uniform(0.2, 0.8), 0, 255))
    bumper = waist + int(body * rng.uniform(0.5, 0.75))
    cv2.line(gray, (left, bumper), (right, bumper), line, int(rng.integers(1, 5)))
    if rng.random() < 0.5:
        gray[bumper:foot, left + 3 : right - 3] *= rng.uniform(0.3, 1.2)
    if rng.random() < 0.4:
        cv2.rectangle(gray, (left + 8, bumper), (right - 8, min(foot, bumper + int(body * 0.2))), float(rng.uniform(30, 255)), -1)
    if rng.random() < 0.35:  # a grille: the car is seen from before
        for y in range(waist + int(body * 0.1), bumper, int(rng.integers(6, 16))):
            cv2.line(gray, (left + (right - left) // 5, y), (right - (right - left) // 5, y), float(rng.uniform(0, 255)), 3)
    for _ in range(int(rng.integers(0, 4))):
        x, y = int(rng.uniform(left + 20, right - 140)), int(rng.uniform(waist, bumper))
        write(gray, words(rng), (x, y, x + int(rng.uniform(40, 120)), y + int(rng.uniform(10, 24))), float(rng.uniform(0, 255)), rng)
    if rng.random() < 0.6:
        y = int(rng.uniform(waist, max(waist + 10, slot[0, 1])))
        cv2.circle(gray, ((left + right) // 2, y), int(rng.uniform(8, 24)), float(rng.uniform(60, 255)), int(rng.integers(2, 7)))
    if rng.random() < 0.35:
        for x in (left + 80, right - 80):
            cv2.ellipse(gray, (x, foot - 14), (int(rng.uniform(10, 24)), 9), 0, 0, 360, float(rng.uniform(0, 200)), -1)
    gray[int(slot[0, 1]) - 2 : int(slot[2, 1]) + 3, int(slot[0, 0]) - 2 : int(slot[1, 0]) + 3] = keep
