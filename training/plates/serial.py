"""Draws a serial on a plate: characters of one face, what stands between them, and what is printed small beside them.

Characters, separators and small print come as a list of parts from left to right. Only `Characters` belong to the label:
stacked or small letters and emblems are what a reader must learn to leave out.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Protocol, Sequence

import cv2
import numpy as np
from PIL import Image, ImageDraw

from plates.fonts import font


@dataclass(frozen=True)
class Characters:
    """A run of full-size characters."""

    text: str


@dataclass(frozen=True)
class Gap:
    """Free space, as a share of the character height."""

    width: float


@dataclass(frozen=True)
class Mark:
    """A separator: dash, dot, star, blob (a state's outline), emblem, seal, picture. Width as a share of the height."""

    kind: str
    width: float


@dataclass(frozen=True)
class Stack:
    """Small characters above one another (or one small character), not part of the label."""

    text: str
    height: float = 0.42
    """of one of them, as a share of the character height"""


@dataclass(frozen=True)
class Words:
    """A few lines of small print beside the serial, not part of the label."""

    lines: tuple[str, ...]


Part = Characters | Gap | Mark | Stack | Words


class Face(Protocol):
    """What serial characters are drawn with."""

    pitch: float | None
    """width of a cell as a share of the height where all characters take the same room"""

    def glyph(self, character: str, height: int) -> np.ndarray:
        """A mask of `height` rows (a tail may reach lower) and the character's own width."""


class FontFace:
    """A face from a font file."""

    def __init__(self, path: str, stretch: float = 1.0, of_one_width: bool = False):
        self._path, self._stretch = path, stretch
        self.pitch = None
        if of_one_width:
            self.pitch = max(self.glyph(c, 60).shape[1] for c in 'MW0H') / 60 * 1.06

    def glyph(self, character: str, height: int) -> np.ndarray:
        large = font(self._path, 100)
        _, top, _, bottom = large.getbbox('H')
        size = max(8, round(100 * height / max(1, bottom - top)))
        face = font(self._path, size)
        _, top, _, bottom = face.getbbox('H')
        left, own_top, right, own_bottom = face.getbbox(character)
        tail = max(0, min(own_bottom - bottom, height // 5))
        mask = Image.new('L', (max(1, right - left), bottom - top + tail), 0)
        ImageDraw.Draw(mask).text((-left, -top), character, font=face, fill=255)
        array = np.asarray(mask)
        rows = round(array.shape[0] * height / max(1, bottom - top))
        columns = max(1, round(array.shape[1] * height / max(1, bottom - top) * self._stretch))
        return cv2.resize(array, (columns, rows), interpolation=cv2.INTER_AREA)


@dataclass(frozen=True)
class Ink:
    """How a serial looks on its ground; all tones 0..255."""

    tone: float
    relief: float = 0.0
    """how strongly the stamped edges catch light and shadow"""
    wear: float = 0.0
    """share of the paint that is gone"""
    outline: float | None = None
    """tone of a line around each character"""


@dataclass(frozen=True)
class Drawn:
    """Where the serial came to lie: x0, y0, x1, y1 of its full-size characters."""

    box: tuple[int, int, int, int]


def draw_serial(
    canvas: np.ndarray,
    parts: Sequence[Part],
    face: Face,
    box: tuple[float, float, float, float],
    ink: Ink,
    rng: random.Random,
    spacing: float = 0.08,
) -> None:
    """Draws the parts into `box` of a float32 gray canvas, squeezed where they do not fit; spacing in character heights."""
    x0, y0, x1, y1 = box
    height = max(8, round(y1 - y0))
    pieces = [_piece(part, face, height, ink, rng, spacing) for part in parts]
    pieces = [piece for piece in pieces if piece.mask.shape[1] > 0]
    width = sum(piece.mask.shape[1] for piece in pieces) + round(spacing * height) * max(0, len(pieces) - 1)
    rows = max(piece.mask.shape[0] for piece in pieces)
    mask = np.zeros((rows, width), np.float32)
    tones = np.full((rows, width), ink.tone, np.float32)
    x = 0
    for piece in pieces:
        h, w = piece.mask.shape
        mask[:h, x : x + w] = np.maximum(mask[:h, x : x + w], piece.mask)
        tones[:h, x : x + w] = piece.tones
        x += w + round(spacing * height)
    squeeze = min(1.0, (x1 - x0) / width)
    if squeeze < 1:
        size = (max(1, int(width * squeeze)), rows)
        mask, tones = (cv2.resize(a, size, interpolation=cv2.INTER_AREA) for a in (mask, tones))
    left = int(x0 + (x1 - x0 - mask.shape[1]) * min(1.0, max(0.0, rng.gauss(0.5, 0.12))))
    _print(canvas, mask, tones, left, round(y0), ink, rng)


@dataclass(frozen=True)
class _Piece:
    mask: np.ndarray
    tones: np.ndarray


def _piece(part: Part, face: Face, height: int, ink: Ink, rng: random.Random, spacing: float) -> _Piece:
    if isinstance(part, Characters):
        mask = _run(part.text, face, height, spacing)
    elif isinstance(part, Gap):
        mask = np.zeros((height, round(part.width * height)), np.float32)
    elif isinstance(part, Stack):
        mask = _stack(part, face, height)
    elif isinstance(part, Words):
        mask = _words(part, height, rng)
    else:
        return _mark(part, height, ink, rng)
    return _Piece(mask, np.full(mask.shape, ink.tone, np.float32))


def _run(text: str, face: Face, height: int, spacing: float) -> np.ndarray:
    glyphs = [face.glyph(c, height).astype(np.float32) / 255 for c in text]
    cell = round(face.pitch * height) if face.pitch else None
    between = round(spacing * height)
    widths = [max(cell, g.shape[1]) if cell else g.shape[1] for g in glyphs]
    run = np.zeros((max(g.shape[0] for g in glyphs), sum(widths) + between * (len(text) - 1)), np.float32)
    x = 0
    for glyph, width in zip(glyphs, widths):
        at = x + (width - glyph.shape[1]) // 2
        run[: glyph.shape[0], at : at + glyph.shape[1]] = glyph
        x += width + between
    return run


def _stack(part: Stack, face: Face, height: int) -> np.ndarray:
    count = len(part.text)
    # A stack may stand taller than the characters beside it.
    own = max(6, round(min(part.height, 1.12 / count) * height))
    glyphs = [face.glyph(c, own).astype(np.float32) / 255 for c in part.text]
    width = max(g.shape[1] for g in glyphs)
    tall = max(height, round(own * count * 1.06))
    column = np.zeros((tall, width), np.float32)
    room = tall / count
    for i, glyph in enumerate(glyphs):
        y = round(room * i + (room - own) / 2)
        rows = min(glyph.shape[0], tall - y)
        at = (width - glyph.shape[1]) // 2
        column[y : y + rows, at : at + glyph.shape[1]] = glyph[:rows]
    return column


def _words(part: Words, height: int, rng: random.Random) -> np.ndarray:
    from plates.fonts import small_fonts

    face = font(
        rng.choice(small_fonts(rng.choice(['sans', 'sans', 'serif']))), max(7, round(height * rng.uniform(0.16, 0.26)))
    )
    width = round(max(face.getlength(line) for line in part.lines)) + 2
    image = Image.new('L', (width, height), 0)
    draw = ImageDraw.Draw(image)
    step = height / len(part.lines)
    for i, line in enumerate(part.lines):
        draw.text(((width - face.getlength(line)) / 2, step * i + step * 0.2), line, font=face, fill=255)
    return np.asarray(image, np.float32) / 255


def _mark(part: Mark, height: int, ink: Ink, rng: random.Random) -> _Piece:
    width = max(3, round(part.width * height))
    mask = np.zeros((height, width), np.float32)
    tones = np.full(mask.shape, ink.tone, np.float32)
    middle = (width // 2, height // 2)
    if part.kind == 'dash':
        thick = max(2, round(height * rng.uniform(0.07, 0.14)))
        cv2.rectangle(mask, (0, middle[1] - thick // 2), (width, middle[1] + thick // 2), 1.0, -1)
    elif part.kind == 'dot':
        cv2.circle(
            mask,
            (middle[0], middle[1] + round(height * rng.uniform(-0.05, 0.3))),
            max(2, round(height * 0.07)),
            1.0,
            -1,
        )
    else:
        picture = emblem(rng, width, round(height * rng.uniform(0.75, 1.1)), kind=part.kind)
        top = max(0, (height - picture.mask.shape[0]) // 2)
        rows = min(height - top, picture.mask.shape[0])
        mask[top : top + rows] = picture.mask[:rows]
        tones[top : top + rows] = picture.tones[:rows]
    return _Piece(mask, tones)


def emblem(rng: random.Random, width: int, height: int, kind: str = 'picture') -> _Piece:
    """An invented emblem: a blob, star, seal, animal-like silhouette, letters in a ring, a wheelchair, line art."""
    width, height = max(6, width), max(6, height)
    mask = np.zeros((height, width), np.float32)
    tones = np.full((height, width), rng.uniform(0, 255), np.float32)
    cx, cy = width / 2, height / 2
    if kind == 'picture':
        kind = rng.choice(
            [
                'blob',
                'blob',
                'seal',
                'seal',
                'animal',
                'animal',
                'lines',
                'letters',
                'star',
                'ribbon',
                'wheelchair',
                'box',
                'sun',
                'tree',
                'tower',
                'flag',
                'monogram',
                'monogram',
                'rider',
                'bird',
            ]
        )
    if kind == 'star':
        points = _ring(rng, cx, cy, width / 2, height / 2, 10, [1.0, 0.42])
        cv2.fillPoly(mask, [points], 1.0)
    elif kind in ('seal', 'letters', 'emblem'):
        axes = (max(3, int(width / 2) - 1), max(3, int(min(height, width * 1.2) / 2) - 1))
        cv2.ellipse(mask, (int(cx), int(cy)), axes, 0, 0, 360, 1.0, -1)
        cv2.ellipse(tones, (int(cx), int(cy)), axes, 0, 0, 360, rng.uniform(0, 255), max(1, width // 12))
        cv2.ellipse(
            tones,
            (int(cx), int(cy)),
            (max(1, int(axes[0] * 0.7)), max(1, int(axes[1] * 0.7))),
            0,
            0,
            360,
            rng.uniform(0, 255),
            -1 if rng.random() < 0.5 else 2,
        )
        if kind == 'letters' or rng.random() < 0.4:
            _letters(tones, rng, rng.choice([1, 2, 2, 3]), int(width * 0.6), int(height * 0.4))
        else:
            cv2.fillPoly(
                tones, [_ring(rng, cx, cy, axes[0] * 0.5, axes[1] * 0.5, rng.randint(5, 14), None)], rng.uniform(0, 255)
            )
    elif kind == 'animal':
        # a few limbs from a body: seen small, a silhouette like a bear, a bird, a rider
        cv2.ellipse(
            mask,
            (int(cx), int(cy)),
            (max(2, int(width * rng.uniform(0.18, 0.35))), max(2, int(height * rng.uniform(0.12, 0.3)))),
            rng.uniform(-40, 40),
            0,
            360,
            1.0,
            -1,
        )
        for _ in range(rng.randint(3, 7)):
            end = (int(rng.uniform(0, width)), int(rng.uniform(0, height)))
            cv2.line(mask, (int(cx), int(cy)), end, 1.0, max(1, int(width * rng.uniform(0.04, 0.16))))
            if rng.random() < 0.4:
                cv2.circle(mask, end, max(1, int(width * rng.uniform(0.05, 0.14))), 1.0, -1)
    elif kind == 'lines':
        for _ in range(rng.randint(3, 9)):
            points = np.array(
                [[rng.uniform(0, width), rng.uniform(0, height)] for _ in range(rng.randint(2, 5))], np.int32
            )
            cv2.polylines(mask, [points], rng.random() < 0.4, 1.0, rng.randint(1, max(1, width // 14) + 1))
    elif kind == 'ribbon':
        thick = max(2, int(width * 0.14))
        cv2.ellipse(
            mask,
            (int(cx), int(height * 0.28)),
            (max(2, int(width * 0.22)), max(2, int(height * 0.24))),
            0,
            0,
            360,
            1.0,
            thick,
        )
        cv2.line(mask, (int(cx - width * 0.2), int(height * 0.35)), (int(cx + width * 0.3), height), 1.0, thick)
        cv2.line(mask, (int(cx + width * 0.2), int(height * 0.35)), (int(cx - width * 0.3), height), 1.0, thick)
    elif kind == 'wheelchair':
        thick = max(2, int(width * 0.1))
        tones[:] = rng.choice([rng.uniform(0, 90), rng.uniform(180, 255)])
        cv2.circle(mask, (int(width * 0.42), int(height * 0.12)), max(2, int(width * 0.11)), 1.0, -1)
        cv2.polylines(
            mask,
            [np.array([[0.42, 0.2], [0.45, 0.55], [0.78, 0.57], [0.92, 0.9]] * np.array([width, height]), np.int32)],
            False,
            1.0,
            thick,
        )
        cv2.ellipse(
            mask,
            (int(width * 0.42), int(height * 0.66)),
            (max(2, int(width * 0.34)), max(2, int(height * 0.28))),
            0,
            40,
            250,
            1.0,
            thick,
        )
    elif kind == 'sun':  # a disk with rays in four groups
        r = min(width, height) * 0.17
        cv2.circle(mask, (int(cx), int(cy)), max(2, int(r)), 1.0, -1 if rng.random() < 0.5 else max(1, int(r / 3)))
        for side in range(4):
            for offset in (-0.75, -0.25, 0.25, 0.75):
                along, across = (1, 0) if side % 2 == 0 else (0, 1)
                sign = 1 if side < 2 else -1
                reach = rng.choice([2.2, 2.8]) if abs(offset) < 0.5 else 2.0
                start = (
                    int(cx + (sign * r * 1.1 if along else offset * r)),
                    int(cy + (sign * r * 1.1 if across else offset * r)),
                )
                end = (
                    int(cx + (sign * r * reach if along else offset * r)),
                    int(cy + (sign * r * reach if across else offset * r)),
                )
                cv2.line(mask, start, end, 1.0, max(1, int(r / 5)))
    elif kind == 'tree':
        for i in range(rng.randint(2, 5)):
            top, bottom, half = height * (0.02 + 0.16 * i), height * (0.4 + 0.16 * i), width * (0.18 + 0.09 * i)
            cv2.fillPoly(mask, [np.array([[cx, top], [cx + half, bottom], [cx - half, bottom]], np.int32)], 1.0)
        cv2.rectangle(mask, (int(cx - width * 0.06), int(height * 0.8)), (int(cx + width * 0.06), height), 1.0, -1)
    elif kind == 'tower':
        half, foot = width * rng.uniform(0.08, 0.2), width * rng.uniform(0.2, 0.4)
        cv2.fillPoly(
            mask,
            [
                np.array(
                    [[cx - half, height * 0.1], [cx + half, height * 0.1], [cx + foot, height], [cx - foot, height]],
                    np.int32,
                )
            ],
            1.0,
        )
        for i in range(rng.randint(0, 4)):
            y = int(height * (0.25 + 0.2 * i))
            cv2.line(tones, (0, y), (width, y + rng.randint(-4, 4)), rng.uniform(0, 255), max(1, height // 14))
    elif kind == 'flag':
        cv2.rectangle(mask, (0, int(height * 0.2)), (width, int(height * 0.8)), 1.0, -1)
        for i in range(rng.randint(2, 6)):
            y = int(height * (0.2 + 0.1 * i))
            cv2.line(tones, (0, y), (width, y), rng.uniform(0, 255), max(1, height // 22))
        cv2.rectangle(tones, (0, int(height * 0.2)), (int(width * 0.4), int(height * 0.5)), rng.uniform(0, 255), -1)
    elif kind == 'monogram':  # a team's or a school's letters: other face, smaller than the serial
        letters = np.zeros_like(tones)
        _letters(
            letters, rng, rng.choice([1, 1, 2, 2, 3]), int(width * 0.9), int(height * rng.uniform(0.3, 0.62)), tone=255
        )
        mask = np.maximum(mask, letters / 255)
    elif kind == 'rider':  # a bucking horse and its rider, as a silhouette
        scale = np.array([width, height], np.float32)
        body = [
            [0.2, 0.45],
            [0.45, 0.4],
            [0.6, 0.5],
            [0.85, 0.35],
            [0.95, 0.5],
            [0.8, 0.55],
            [0.65, 0.68],
            [0.7, 0.95],
            [0.6, 0.95],
            [0.52, 0.7],
            [0.35, 0.62],
            [0.2, 0.8],
            [0.02, 0.75],
            [0.12, 0.6],
        ]
        jitter = np.array([[rng.gauss(0, 0.03), rng.gauss(0, 0.03)] for _ in body], np.float32)
        points = (np.array(body, np.float32) + jitter) * scale
        if rng.random() < 0.5:
            points[:, 0] = width - points[:, 0]
        cv2.fillPoly(mask, [points.astype(np.int32)], 1.0)
        cv2.ellipse(
            mask,
            (int(width * 0.45), int(height * 0.25)),
            (max(2, int(width * 0.1)), max(2, int(height * 0.16))),
            rng.uniform(-30, 30),
            0,
            360,
            1.0,
            -1,
        )
        cv2.circle(mask, (int(width * 0.48), int(height * 0.08)), max(2, int(width * 0.07)), 1.0, -1)
    elif kind == 'bird':  # a standing bird: a neck, a body, thin legs
        cv2.ellipse(
            mask,
            (int(width * 0.5), int(height * 0.55)),
            (max(2, int(width * 0.26)), max(2, int(height * 0.14))),
            rng.uniform(20, 60),
            0,
            360,
            1.0,
            -1,
        )
        neck = np.array([[0.6, 0.5], [0.72, 0.35], [0.55, 0.22], [0.65, 0.1], [0.95, 0.14]], np.float32) * np.array(
            [width, height], np.float32
        )
        cv2.polylines(mask, [neck.astype(np.int32)], False, 1.0, max(1, width // 12))
        for x in (0.45, 0.55):
            cv2.line(
                mask,
                (int(width * x), int(height * 0.65)),
                (int(width * (x + rng.uniform(-0.1, 0.1))), height),
                1.0,
                max(1, width // 20),
            )
        if rng.random() < 0.5:
            mask = np.ascontiguousarray(mask[:, ::-1])
    elif kind == 'box':
        cv2.rectangle(mask, (0, 0), (width, height), 1.0, -1)
        _letters(tones, rng, rng.choice([2, 3, 4]), int(width * 0.85), int(height * 0.3))
        if rng.random() < 0.5:
            cv2.fillPoly(
                tones, [_ring(rng, cx, height * 0.75, width * 0.3, height * 0.2, 9, None)], rng.uniform(0, 255)
            )
    else:  # blob: the outline of some state, a fruit, a tree
        cv2.fillPoly(mask, [_ring(rng, cx, cy, width / 2, height / 2, rng.randint(6, 14), None)], 1.0)
        for _ in range(rng.randint(0, 4)):
            cv2.fillPoly(
                tones,
                [_ring(rng, rng.uniform(0, width), rng.uniform(0, height), width / 3, height / 3, 7, None)],
                rng.uniform(0, 255),
            )
    return _Piece(mask, tones)


def _ring(
    rng: random.Random, cx: float, cy: float, rx: float, ry: float, corners: int, radii: list[float] | None
) -> np.ndarray:
    turn = rng.uniform(0, 6.28) if radii is None else -np.pi / 2
    points = []
    for i in range(corners):
        r = radii[i % len(radii)] if radii else rng.uniform(0.45, 1.0)
        angle = turn + 2 * np.pi * i / corners
        points.append([cx + r * rx * np.cos(angle), cy + r * ry * np.sin(angle)])
    return np.array(points, np.int32)


def _letters(tones: np.ndarray, rng: random.Random, count: int, width: int, size: int, tone: int | None = None) -> None:
    from plates.fonts import small_fonts

    text = ''.join(rng.choice('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') for _ in range(count))
    face = font(
        rng.choice(small_fonts(rng.choice(['serif', 'slab', 'sans', 'display']))),
        max(7, min(size, round(1.5 * width / count))),
    )
    image = Image.fromarray(np.clip(tones, 0, 255).astype(np.uint8))
    h, w = tones.shape
    ImageDraw.Draw(image).text(
        ((w - face.getlength(text)) / 2, h / 2 - size * 0.6),
        text,
        font=face,
        fill=rng.randint(0, 255) if tone is None else tone,
    )
    tones[:] = np.asarray(image, np.float32)


def _print(
    canvas: np.ndarray, mask: np.ndarray, tones: np.ndarray, left: int, top: int, ink: Ink, rng: random.Random
) -> None:
    h, w = canvas.shape
    rows, columns = mask.shape
    margin = 4
    full = np.zeros((h + 2 * margin, w + 2 * margin), np.float32)
    tone = np.full_like(full, ink.tone)
    y, x = max(0, top + margin), max(0, left + margin)
    rows, columns = min(rows, full.shape[0] - y), min(columns, full.shape[1] - x)
    full[y : y + rows, x : x + columns] = mask[:rows, :columns]
    tone[y : y + rows, x : x + columns] = tones[:rows, :columns]
    if ink.outline is not None:
        wide = cv2.dilate(full, np.ones((5, 5), np.uint8))[margin:-margin, margin:-margin]
        canvas += (ink.outline - canvas) * wide
    if ink.relief > 0:
        soft = cv2.GaussianBlur(full, (0, 0), 1.6)
        dy, dx = rng.choice([(2, 1), (2, 0), (1, 2), (2, -1)])
        slope = np.roll(soft, (dy, dx), (0, 1)) - np.roll(soft, (-dy, -dx), (0, 1))
        canvas -= ink.relief * slope[margin:-margin, margin:-margin]
    if ink.wear > 0:
        noise = cv2.resize(
            np.random.default_rng(rng.getrandbits(32)).random((h // 6 + 2, w // 6 + 2)).astype(np.float32),
            (full.shape[1], full.shape[0]),
            interpolation=cv2.INTER_CUBIC,
        )
        full = full * np.clip((noise - ink.wear) * 5 + 0.6, 0.25, 1)
    inner_mask, inner_tone = full[margin:-margin, margin:-margin], tone[margin:-margin, margin:-margin]
    canvas += (inner_tone - canvas) * inner_mask
