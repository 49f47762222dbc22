"""Draws what is taken for a plate and is none: signs, stickers, badges, grilles, lettering, house numbers, lamps.

Each thing is a gray picture with a mask, to be pasted into a scene without a label. All words are invented or common.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable

import cv2
import numpy as np
from PIL import Image, ImageDraw

from plates.fonts import font, small_fonts

LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
WORDS = (
    'ONE WAY;STOP;NO PARKING;PARKING;EXIT;SALE;OPEN;TAXI;POLICE;CAUTION;SPEED LIMIT;DEER XING;MAIN ST;OAK AVE;FIRE LANE;'
    'RESERVED;VISITORS;TOW AWAY;SCHOOL BUS;FOR RENT;FOR SALE;CALL NOW;PIZZA;COFFEE;MOTEL;GAS;DIESEL;BANK;PLUMBING;'
    'ELECTRIC;ROOFING;FLOWERS;DELIVERY;EXPRESS;RENTALS;STORAGE;BABY ON BOARD;VOTE;COEXIST;MY OTHER CAR;PROUD PARENT;'
    'HONOR STUDENT;RUN;TURBO;SPORT;HYBRID;LIMITED;V6;AWD;4X4;XLT;GT;LX;SE;LE;DX;WASH ME;WIDE TURNS;STAY BACK;'
    'HOW AM I DRIVING;ENTER;YIELD;DO NOT ENTER;DETOUR;BUMP;AHEAD;LEFT LANE;TRUCKS;WEST;NORTH;SOUTH;EAST;JCT'
).split(';')


@dataclass(frozen=True)
class Thing:
    """Gray uint8 picture, mask 0..1 of the same size, and how wide it usually is in plate widths (least, most)."""

    gray: np.ndarray
    mask: np.ndarray
    least: float
    most: float


def any_thing(rng: np.random.Generator) -> Thing:
    """One thing of any kind."""
    kinds: list[tuple[Callable[[np.random.Generator], Thing], float]] = [
        (_board, 3.0), (_sticker, 2.5), (_round_sign, 1.2), (_badge, 2.0), (_grille, 1.5), (_lettering, 2.0),
        (_house_number, 0.8), (_lamp, 1.2), (_window, 0.8), (_vent, 0.8), (_blank_panel, 1.0)
    ]  # fmt: skip
    weights = np.array([weight for _, weight in kinds])
    return kinds[rng.choice(len(kinds), p=weights / weights.sum())][0](rng)


def words(rng: np.random.Generator) -> str:
    """A common word or phrase, a telephone number, or a number."""
    chance = rng.random()
    if chance < 0.65:
        text = str(rng.choice(WORDS))
        return text if rng.random() < 0.7 else text.title()
    if chance < 0.8:
        return f'{rng.integers(200, 999)}-555-{rng.integers(0, 9999):04d}'
    if chance < 0.9:
        return str(rng.integers(1, 9999))
    return ''.join(rng.choice(list(LETTERS), rng.integers(3, 9)))


def write(canvas: np.ndarray, text: str, box: tuple[int, int, int, int], tone: float, rng: np.random.Generator) -> None:
    """Writes one line so that it fills the box (left, top, right, bottom) as far as its proportions let it."""
    left, top, right, bottom = box
    kind = str(rng.choice(['serif', 'sans', 'sans', 'slab', 'display', 'script']))
    paths = small_fonts(kind)
    face = font(paths[rng.integers(len(paths))], max(8, int((bottom - top) * 0.95)))
    x0, y0, x1, y1 = face.getbbox(text)
    if x1 - x0 < 1 or y1 - y0 < 1 or right - left < 4 or bottom - top < 4:
        return
    layer = Image.new('L', (x1 - x0 + 2, y1 - y0 + 2), 0)
    ImageDraw.Draw(layer).text((1 - x0, 1 - y0), text, font=face, fill=255)
    scale = min((right - left) / layer.width, (bottom - top) / layer.height)
    size = max(2, int(layer.width * scale)), max(2, int(layer.height * scale))
    ink = cv2.resize(np.asarray(layer), size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    x, y = left + (right - left - size[0]) // 2, top + (bottom - top - size[1]) // 2
    part = canvas[y : y + size[1], x : x + size[0]]
    ink = ink[: part.shape[0], : part.shape[1]]
    part += (tone - part) * ink


def _ground_and_ink(rng: np.random.Generator) -> tuple[float, float]:
    ground = rng.uniform(0, 255)
    ink = ground - rng.uniform(60, 200) if ground > 128 else ground + rng.uniform(60, 200)
    return ground, float(np.clip(ink, 0, 255))


def _panel(width: int, height: int, tone: float) -> np.ndarray:
    return np.full((height, width), tone, np.float32)


def _lines_of_words(canvas: np.ndarray, ink: float, rng: np.random.Generator, lines: int, margin: float) -> None:
    h, w = canvas.shape
    inner = int(margin * min(h, w))
    rows = np.linspace(inner, h - inner, lines + 1).astype(int)
    for top, bottom in zip(rows[:-1], rows[1:]):
        gap = max(1, int((bottom - top) * 0.1))
        write(canvas, words(rng), (inner, top + gap, w - inner, bottom - gap), ink, rng)


def _whole(canvas: np.ndarray, least: float, most: float) -> Thing:
    return Thing(np.clip(canvas, 0, 255).astype(np.uint8), np.ones(canvas.shape, np.float32), least, most)


def _board(rng: np.random.Generator) -> Thing:
    """A sign of words: street, parking, shop, yard, advertisement."""
    aspect = np.exp(rng.uniform(np.log(0.6), np.log(5)))
    height = 110
    canvas = _panel(int(height * aspect), height, 0)
    ground, ink = _ground_and_ink(rng)
    canvas[:] = ground
    if rng.random() < 0.6:
        inset, thick = int(rng.integers(1, 7)), int(rng.integers(1, 5))
        cv2.rectangle(canvas, (inset, inset), (canvas.shape[1] - 1 - inset, height - 1 - inset), ink, thick)
    most = 4 if aspect < 1.5 else 3 if aspect < 3 else 2
    # One line on a board of a plate's shape would be a plate: such boards have two at least.
    least = 2 if 1.6 < aspect < 2.5 else 1
    _lines_of_words(canvas, ink, rng, int(rng.integers(least, most + 1)), rng.uniform(0.06, 0.2))
    if rng.random() < 0.15:
        y = int(rng.uniform(0.3, 0.7) * height)
        cv2.arrowedLine(canvas, (10, y), (canvas.shape[1] - 10, y), ink, int(rng.integers(4, 12)), tipLength=0.25)
    return _whole(canvas, 0.4, 3.0)


def _sticker(rng: np.random.Generator) -> Thing:
    """A bumper sticker: long, one or two lines, sometimes a picture at one side, sometimes oval."""
    aspect, height = rng.uniform(1.3, 5.0), 80
    canvas = _panel(int(height * aspect), height, 0)
    ground, ink = _ground_and_ink(rng)
    canvas[:] = ground
    if rng.random() < 0.5:
        cv2.circle(canvas, (height // 2, height // 2), int(height * 0.36), ink, -1 if rng.random() < 0.5 else 5)
        write(canvas, words(rng), (height, 8, canvas.shape[1] - 6, height - 8), ink, rng)
    else:
        _lines_of_words(canvas, ink, rng, int(rng.integers(1, 3)), rng.uniform(0.05, 0.2))
    thing = _whole(canvas, 0.3, 1.2)
    if rng.random() < 0.25:
        mask = np.zeros(canvas.shape, np.float32)
        center = (canvas.shape[1] // 2, height // 2)
        cv2.ellipse(mask, center, center, 0, 0, 360, 1.0, -1)
        thing = Thing(thing.gray, mask, 0.3, 0.8)
    return thing


def _round_sign(rng: np.random.Generator) -> Thing:
    size = 120
    ground, ink = _ground_and_ink(rng)
    canvas, mask = _panel(size, size, ground), np.zeros((size, size), np.float32)
    corners = int(rng.choice([3, 4, 8, 32]))
    angles = np.arange(corners) * 2 * np.pi / corners + rng.choice([0, np.pi / corners, np.pi / 6])
    points = size / 2 + size * 0.48 * np.stack([np.cos(angles), np.sin(angles)], 1)
    cv2.fillPoly(mask, [points.astype(np.int32)], 1.0)
    inner = size / 2 + size * rng.uniform(0.34, 0.44) * np.stack([np.cos(angles), np.sin(angles)], 1)
    cv2.polylines(canvas, [inner.astype(np.int32)], True, ink, int(rng.integers(2, 9)))
    if rng.random() < 0.8:
        write(canvas, words(rng) if rng.random() < 0.6 else str(rng.integers(5, 80)), (26, 36, 94, 84), ink, rng)
    return Thing(np.clip(canvas, 0, 255).astype(np.uint8), mask, 0.3, 1.5)


def _cut_out(drawn: np.ndarray, tone: float, least: float, most: float, rng: np.random.Generator) -> Thing:
    """Letters or shapes without a ground of their own, sometimes with the bright edge of chrome."""
    gray = np.full(drawn.shape, tone, np.float32)
    if rng.random() < 0.5:
        edge = drawn - np.roll(drawn, (1, 1), (0, 1))
        gray = gray + edge * rng.uniform(-120, 120)
    return Thing(np.clip(gray, 0, 255).astype(np.uint8), np.clip(drawn, 0, 1), least, most)


def _badge(rng: np.random.Generator) -> Thing:
    """A maker's name or emblem in chrome."""
    if rng.random() < 0.35:
        drawn = np.zeros((80, 120), np.float32)
        cv2.ellipse(drawn, (60, 40), (int(rng.uniform(25, 56)), int(rng.uniform(18, 36))), 0, 0, 360, 1.0, int(rng.integers(3, 12)))
        write(drawn, str(rng.choice(list('HTVKMSBX'))), (40, 22, 80, 58), 1.0, rng)
        return _cut_out(drawn, rng.uniform(60, 255), 0.12, 0.45, rng)
    drawn = np.zeros((50, 260), np.float32)
    write(drawn, words(rng), (4, 4, 256, 46), 1.0, rng)
    return _cut_out(drawn, rng.uniform(0, 255), 0.25, 1.1, rng)


def _lettering(rng: np.random.Generator) -> Thing:
    """Large words on a van's side or door, two or three lines."""
    lines = int(rng.integers(1, 4))
    drawn = np.zeros((60 * lines, 320), np.float32)
    _lines_of_words(drawn, 1.0, rng, lines, 0.02)
    return _cut_out(drawn, rng.uniform(0, 255), 0.8, 4.0, rng)


def _house_number(rng: np.random.Generator) -> Thing:
    drawn = np.zeros((70, 180), np.float32)
    write(drawn, str(rng.integers(1, 99999)), (4, 4, 176, 66), 1.0, rng)
    return _cut_out(drawn, rng.uniform(0, 255), 0.3, 1.5, rng)


def _bars(rng: np.random.Generator, across: bool) -> np.ndarray:
    canvas = _panel(220, 110, rng.uniform(5, 90))
    count, tone = int(rng.integers(3, 14)), rng.uniform(40, 255)
    extent = canvas.shape[0] if across else canvas.shape[1]
    thick = max(1, int(extent / count * rng.uniform(0.15, 0.6)))
    for at in np.linspace(0, extent, count).astype(int):
        if across:
            cv2.line(canvas, (0, at), (canvas.shape[1], at), tone, thick)
        else:
            cv2.line(canvas, (at, 0), (at, canvas.shape[0]), tone, thick)
    return canvas


def _grille(rng: np.random.Generator) -> Thing:
    """Bars or a mesh in a dark opening, sometimes with an emblem."""
    canvas = _bars(rng, True)
    if rng.random() < 0.35:
        canvas = np.maximum(canvas, _bars(rng, False))
    if rng.random() < 0.4:
        cv2.circle(canvas, (110, 55), int(rng.uniform(12, 40)), rng.uniform(80, 255), int(rng.integers(3, 9)))
    return _whole(canvas, 0.8, 4.0)


def _vent(rng: np.random.Generator) -> Thing:
    return _whole(_bars(rng, False), 0.4, 1.6)


def _lamp(rng: np.random.Generator) -> Thing:
    """A reflector, a head or tail lamp: a bright or dark lens with structure."""
    canvas = _panel(200, 100, rng.uniform(20, 255))
    for _ in range(int(rng.integers(1, 4))):
        center = (int(rng.uniform(20, 180)), int(rng.uniform(20, 80)))
        cv2.circle(canvas, center, int(rng.uniform(10, 45)), rng.uniform(0, 255), int(rng.choice([-1, 2, 5])))
    canvas = cv2.GaussianBlur(canvas, (0, 0), rng.uniform(0.5, 5))
    mask = np.zeros(canvas.shape, np.float32)
    if rng.random() < 0.5:
        cv2.ellipse(mask, (100, 50), (99, 49), 0, 0, 360, 1.0, -1)
    else:
        mask[:] = 1
    return Thing(np.clip(canvas, 0, 255).astype(np.uint8), mask, 0.3, 1.8)


def _window(rng: np.random.Generator) -> Thing:
    """A window, a mirror, a screen: dark, with a reflection and a frame."""
    canvas = _panel(200, 110, rng.uniform(0, 120))
    canvas += np.linspace(0, rng.uniform(-60, 120), 200, dtype=np.float32)[None, :]
    cv2.rectangle(canvas, (1, 1), (198, 108), rng.uniform(0, 255), int(rng.integers(1, 8)))
    if rng.random() < 0.4:
        cv2.line(canvas, (100, 0), (100, 110), rng.uniform(0, 255), int(rng.integers(2, 6)))
    return _whole(canvas, 0.8, 5.0)


def _blank_panel(rng: np.random.Generator) -> Thing:
    """A bright or dark flat rectangle of a plate's shape, as a recess without a plate or a reflector is."""
    canvas = _panel(int(110 * rng.uniform(1.2, 4)), 110, rng.uniform(0, 255))
    canvas += np.linspace(0, rng.uniform(-60, 60), 110, dtype=np.float32)[:, None]
    if rng.random() < 0.5:
        cv2.rectangle(canvas, (2, 2), (canvas.shape[1] - 3, 107), rng.uniform(0, 255), int(rng.integers(1, 8)))
    return _whole(canvas, 0.4, 1.8)
