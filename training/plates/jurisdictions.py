"""Designs of US license plates, drawn as simple shapes: what a plate shows beside its serial.

For each of the 50 states and DC the common designs of about 1990 to 2025, from general knowledge: the name and its kind
of lettering, slogan, ground, where stickers sit, how serials are built and separated. They are likenesses made of bands,
ridges and dots, never copies; colors matter by their luma only. `invented_design` makes plates that nobody issued.

    python3 -m plates.jurisdictions --sheet sheet.png [--code MN]
"""

from __future__ import annotations

import argparse
import math
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from PIL import Image, ImageDraw

from plates import texts
from plates.fonts import font, small_fonts
from plates.serial import Characters, Gap, Mark, Part, Stack, Words, emblem

WIDTH, HEIGHT = 384, 192

Color = tuple[int, int, int]
Box = tuple[float, float, float, float]

WHITE, BLACK, GRAY, SILVER, CREAM = (245, 245, 245), (20, 20, 22), (128, 128, 128), (190, 195, 200), (240, 232, 205)
NAVY, BLUE, SKY, PALE_BLUE, TEAL = (20, 35, 95), (35, 80, 170), (110, 170, 225), (195, 218, 240), (30, 120, 125)
GREEN, FOREST, PALE_GREEN = (25, 125, 70), (15, 75, 50), (195, 225, 200)
RED, MAROON, PINK, PURPLE = (195, 30, 45), (120, 20, 45), (240, 190, 190), (100, 45, 115)
GOLD, YELLOW, ORANGE, PEACH, TAN, BROWN = (235, 180, 50), (250, 215, 70), (235, 125, 40), (250, 210, 175), (220, 190, 150), (115, 75, 45)


class Canvas:
    """The plate being drawn: a picture, its pen, and how far this copy of the design is off."""

    def __init__(self, rng: random.Random):
        self.rng = rng
        self.image = Image.new('RGB', (WIDTH, HEIGHT), WHITE)
        self.pen = ImageDraw.Draw(self.image)
        self._tint = [rng.gauss(0, 7) for _ in range(3)]
        self._dx, self._dy = rng.gauss(0, 1.5), rng.gauss(0, 1.5)

    def color(self, color: Color) -> Color:
        """The color as it came out on this plate."""
        return tuple(int(min(255, max(0, c + t + self.rng.gauss(0, 8)))) for c, t in zip(color, self._tint))  # type: ignore[return-value]

    def point(self, x: float, y: float, jitter: float = 1.5) -> tuple[float, float]:
        """The place as it came out on this plate."""
        return x + self._dx + self.rng.gauss(0, jitter), y + self._dy + self.rng.gauss(0, jitter)

    def redraw(self, image: Image.Image) -> None:
        """Goes on with another picture."""
        self.image = image
        self.pen = ImageDraw.Draw(image)


Shape = Callable[[Canvas], None]
Emblem = Callable[[Canvas, float, float, float, float], None]
"""Draws between characters: canvas, center x, center y, width, height."""


# --- Grounds and scenery -------------------------------------------------------------------------------------------


def flat(color: Color) -> Shape:
    """One color all over."""
    return lambda canvas: canvas.pen.rectangle([0, 0, WIDTH, HEIGHT], fill=canvas.color(color))


def graded(*stops: tuple[float, Color]) -> Shape:
    """Colors that run into one another from top (0) to bottom (1)."""

    def draw(canvas: Canvas) -> None:
        places = [at for at, _ in stops]
        colors = np.array([canvas.color(color) for _, color in stops], np.float32)
        rows = np.linspace(0, 1, HEIGHT)
        column = np.stack([np.interp(rows, places, colors[:, c]) for c in range(3)], 1)
        canvas.redraw(Image.fromarray(np.repeat(column[:, None], WIDTH, 1).astype(np.uint8)))

    return draw


def band(top: float, bottom: float, color: Color, left: float = -9, right: float = WIDTH + 9) -> Shape:
    """A bar."""

    def draw(canvas: Canvas) -> None:
        x0, y0 = canvas.point(left, top)
        x1, y1 = canvas.point(right, bottom)
        canvas.pen.rectangle([x0, y0 - 9 if top <= 0 else y0, max(x0, x1), max(y0, y1 + (9 if bottom >= HEIGHT else 0))], fill=canvas.color(color))

    return draw


def ridge(color: Color, *heights: float, base: float = HEIGHT + 9, left: float = -9, right: float = WIDTH + 9) -> Shape:
    """Hills, mountains, treetops or a coast: a line through `heights` from left to right, filled down (or up) to `base`."""

    def draw(canvas: Canvas) -> None:
        step = (right - left) / max(1, len(heights) - 1)
        line = [canvas.point(left + step * i, y, 2.5) for i, y in enumerate(heights)]
        canvas.pen.polygon([(left, base), *line, (right, base)], fill=canvas.color(color))

    return draw


def poly(color: Color, *points: tuple[float, float]) -> Shape:
    """A filled outline."""
    return lambda canvas: canvas.pen.polygon([canvas.point(*p) for p in points], fill=canvas.color(color))


def stroke(color: Color, width: int, *points: tuple[float, float]) -> Shape:
    """A line through points."""
    return lambda canvas: canvas.pen.line([canvas.point(*p) for p in points], fill=canvas.color(color), width=width, joint='curve')


def disc(color: Color, x: float, y: float, rx: float, ry: float | None = None) -> Shape:
    """A sun, a fruit, a seal."""

    def draw(canvas: Canvas) -> None:
        cx, cy = canvas.point(x, y)
        canvas.pen.ellipse([cx - rx, cy - (ry or rx), cx + rx, cy + (ry or rx)], fill=canvas.color(color))

    return draw


def arch(x: float, y: float, radius: float, width: int, *colors: Color, flat_by: float = 1.0) -> Shape:
    """A rainbow: arcs from the outside in."""

    def draw(canvas: Canvas) -> None:
        cx, cy = canvas.point(x, y)
        for i, color in enumerate(colors):
            r = radius - i * width
            canvas.pen.arc([cx - r, cy - r * flat_by, cx + r, cy + r * flat_by], 180, 360, fill=canvas.color(color), width=width + 1)

    return draw


def rays(color: Color, x: float, y: float, radius: float, count: int, width: int = 3) -> Shape:
    """Beams from a point."""

    def draw(canvas: Canvas) -> None:
        cx, cy = canvas.point(x, y)
        ink = canvas.color(color)
        for i in range(count):
            angle = 2 * math.pi * i / count
            canvas.pen.line([cx, cy, cx + radius * math.cos(angle), cy + radius * math.sin(angle)], fill=ink, width=width)

    return draw


def trees(color: Color, foot: float, height: float, count: int, left: float = 0, right: float = WIDTH) -> Shape:
    """A row of pointed trees of different heights."""

    def draw(canvas: Canvas) -> None:
        ink = canvas.color(color)
        step = (right - left) / count
        for i in range(count):
            x, y = canvas.point(left + step * (i + 0.5), foot)
            tall = height * canvas.rng.uniform(0.5, 1.1)
            half = max(step * 0.6, tall * 0.18)
            canvas.pen.polygon([(x - half, y), (x, y - tall), (x + half, y)], fill=ink)

    return draw


def skyline(color: Color, foot: float, height: float, left: float, right: float) -> Shape:
    """Houses and towers."""

    def draw(canvas: Canvas) -> None:
        ink, x = canvas.color(color), left
        while x < right:
            wide, tall = canvas.rng.uniform(6, 18), height * canvas.rng.uniform(0.3, 1.0)
            canvas.pen.rectangle([x, foot - tall, x + wide, foot], fill=ink)
            x += wide

    return draw


def stars(color: Color, count: int, box: Box, size: float = 4) -> Shape:
    """Stars or flakes strewn over a box."""

    def draw(canvas: Canvas) -> None:
        ink = canvas.color(color)
        for _ in range(count):
            _star(canvas, canvas.rng.uniform(box[0], box[2]), canvas.rng.uniform(box[1], box[3]), size * canvas.rng.uniform(0.6, 1.3), ink)

    return draw


def star(color: Color, x: float, y: float, size: float) -> Shape:
    """One star."""
    return lambda canvas: _star(canvas, *canvas.point(x, y), size, canvas.color(color))


def _star(canvas: Canvas, x: float, y: float, size: float, ink: Color) -> None:
    corners = [(x + (size if i % 2 == 0 else size * 0.42) * math.sin(math.pi * i / 5), y - (size if i % 2 == 0 else size * 0.42) * math.cos(math.pi * i / 5)) for i in range(10)]
    canvas.pen.polygon(corners, fill=ink)


def soft(color: Color, count: int, box: Box, size: float = 40) -> Shape:
    """Clouds, petals, spray: faint ovals."""

    def draw(canvas: Canvas) -> None:
        for _ in range(count):
            x, y = canvas.rng.uniform(box[0], box[2]), canvas.rng.uniform(box[1], box[3])
            rx, ry = size * canvas.rng.uniform(0.4, 1.2), size * canvas.rng.uniform(0.15, 0.5)
            canvas.pen.ellipse([x - rx, y - ry, x + rx, y + ry], fill=canvas.color(color))

    return draw


def creature(color: Color, x: float, y: float, size: float) -> Shape:
    """A bird, deer, bear or fish, seen from afar: a body, a head, limbs, never the same twice."""

    def draw(canvas: Canvas) -> None:
        ink, rng = canvas.color(color), canvas.rng
        cx, cy = canvas.point(x, y, 3)
        rx, ry = size * rng.uniform(0.35, 0.5), size * rng.uniform(0.22, 0.35)
        canvas.pen.ellipse([cx - rx, cy - ry, cx + rx, cy + ry], fill=ink)
        hx, hy = cx + rng.choice([-1, 1]) * rx, cy - ry * rng.uniform(0.8, 1.8)
        canvas.pen.ellipse([hx - ry * 0.6, hy - ry * 0.6, hx + ry * 0.6, hy + ry * 0.6], fill=ink)
        canvas.pen.line([cx, cy, hx, hy], fill=ink, width=max(2, int(size * 0.14)))
        for _ in range(rng.randint(2, 4)):
            end = (cx + rng.uniform(-0.6, 0.6) * size, cy + rng.uniform(0.2, 0.7) * size)
            canvas.pen.line([cx, cy, *end], fill=ink, width=max(2, int(size * 0.08)))

    return draw


def logo(x: float, y: float, width: float, height: float, kind: str = 'picture') -> Shape:
    """An invented emblem."""

    def draw(canvas: Canvas) -> None:
        piece = emblem(canvas.rng, int(width), int(height), kind)
        ink = canvas.color((int(canvas.rng.uniform(0, 255)), int(canvas.rng.uniform(0, 255)), int(canvas.rng.uniform(0, 255))))
        tones = np.repeat(piece.tones[:, :, None], 3, 2) * 0.7 + np.array(ink, np.float32) * 0.3
        left, top = canvas.point(x - width / 2, y - height / 2)
        mask = Image.fromarray((piece.mask * 255).astype(np.uint8))
        canvas.image.paste(Image.fromarray(np.clip(tones, 0, 255).astype(np.uint8)), (int(left), int(top)), mask)

    return draw


def sometimes(chance: float, *shapes: Shape) -> Shape:
    """Shapes that not every plate of the design has."""

    def draw(canvas: Canvas) -> None:
        if canvas.rng.random() < chance:
            for shape in shapes:
                shape(canvas)

    return draw


def either(*choices: Sequence[Shape]) -> Shape:
    """One of several groups of shapes."""

    def draw(canvas: Canvas) -> None:
        for shape in canvas.rng.choice(choices):
            shape(canvas)

    return draw


# --- Print ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Print:
    """A line of print, drawn in some face of a kind: see `say`."""

    text: str | Sequence[str]
    kind: str
    height: float
    y: float
    color: Color
    width: float | None = None
    x: float = WIDTH / 2
    edge: Color | None = None
    rise: float = 0.0

    def __call__(self, canvas: Canvas) -> None:
        rng = canvas.rng
        words = self.text if isinstance(self.text, str) else rng.choice(self.text)
        # Sizes are from memory: a name may be a fifth larger on real plates than a design says.
        scale = rng.uniform(0.94, 1.2)
        tall = self.height * scale * rng.uniform(0.93, 1.07)
        wide = self.width and min(self.width * scale * rng.uniform(0.94, 1.06), WIDTH - 8)
        mask = _lettering(words, rng.choice(_faces(self.kind)), tall, wide)
        turned = self.rise + rng.gauss(0, 0.2)
        if abs(turned) > 1:
            mask = mask.rotate(turned, Image.BICUBIC, expand=True)
        cx, cy = canvas.point(self.x, self.y, 3)
        corner = (round(cx - mask.width / 2), round(cy - mask.height / 2))
        if self.edge is not None:
            ink = canvas.color(self.edge)
            for dx, dy in ((-2, 0), (2, 0), (0, -2), (0, 2)):
                canvas.image.paste(ink, (corner[0] + dx, corner[1] + dy), mask)
        canvas.image.paste(canvas.color(self.color), corner, mask)


def say(
    text: str | Sequence[str],
    kind: str,
    height: float,
    y: float,
    color: Color,
    width: float | None = None,
    x: float = WIDTH / 2,
    edge: Color | None = None,
    rise: float = 0.0,
) -> Print:
    """A line of print centered on x, y: capitals `height` high, `width` wide where that is known, in some face of a kind.

    `edge` is the color of an outline around the letters; `rise` turns the line upward, in degrees.
    """
    return Print(text, kind, height, y, color, width, x, edge, rise)


def _faces(kind: str) -> list[str]:
    """The faces of a kind without the fanciful ones, which no jurisdiction writes its name in."""
    return [path for path in small_fonts(kind) if not re.search('limelight|rye|abril', path)]


def _lettering(words: str, path: str, height: float, width: float | None) -> Image.Image:
    """Words as a mask whose capitals are `height` high, stretched to `width`."""
    large = font(path, 64)
    top, bottom = large.getbbox('H')[1], large.getbbox('H')[3]
    left, own_top, right, own_bottom = large.getbbox(words)
    mask = Image.new('L', (max(1, right - left), max(1, own_bottom - own_top)), 0)
    ImageDraw.Draw(mask).text((-left, -own_top), words, font=large, fill=255)
    scale = height / max(1, bottom - top)
    size = (max(1, round(width if width else mask.width * scale)), max(1, round(mask.height * scale)))
    return mask.resize(size, Image.BILINEAR)


_COUNTIES = (
    'ADAMS BAKER BOONE CARROLL CLARK CLAYTON CRAWFORD DAVIDSON DOUGLAS FAYETTE FORREST FRANKLIN GREENE HANCOCK HARRIS '
    'HENRY HINDS JACKSON JASPER JEFFERSON JOHNSON KNOX LAKE LEE LINCOLN LINN MADISON MARION MERCER MONROE MONTGOMERY '
    'MORGAN ORANGE PERRY PIKE POLK PUTNAM RANKIN SCOTT SHELBY SUMNER UNION WARREN WASHINGTON WAYNE WILSON'
).split()
_MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split()
_CAUSES = (
    'UNIVERSITY', 'State University', 'FIREFIGHTER', 'VETERAN', 'CONSERVATION', 'Wildlife', 'Support Education',
    'FRIENDS OF THE PARKS', 'ALUMNI', 'DISABLED VETERAN', 'Save the Bay', 'NATIONAL GUARD', 'Children First',
    'SPECIALTY', 'COMMUNITY COLLEGE', 'PROTECT WILDLIFE', 'AMATEUR RADIO', 'ANTIQUE', 'Heritage', 'EMERGENCY',
    'Agriculture', 'Masonic', 'IN GOD WE TRUST', 'Support Our Troops', 'Breast Cancer Awareness', 'Donate Life'
)  # fmt: skip


def county(height: float, y: float, color: Color, kind: str = 'sans', x: float = WIDTH / 2) -> Shape:
    """The name of a county."""
    return say(_COUNTIES, kind, height, y, color, x=x)


def _sticker(canvas: Canvas, where: str) -> None:
    """A sticker of the month or the year in a corner, or the month printed there."""
    rng = canvas.rng
    w, h = rng.uniform(34, 62), rng.uniform(20, 36)
    left = rng.uniform(6, 26) if 'l' in where else WIDTH - w - rng.uniform(6, 26)
    top = rng.uniform(6, 16) if 't' in where else HEIGHT - h - rng.uniform(6, 16)
    words = rng.choice([rng.choice(_MONTHS), f'{rng.randint(0, 99):02d}', f'{rng.randint(1, 12)}', f'{rng.randint(1, 12):02d}-{rng.randint(0, 25):02d}', f'20{rng.randint(0, 26):02d}'])
    ink = BLACK
    if rng.random() < 0.8:
        paper = rng.choice([WHITE, YELLOW, ORANGE, RED, BLUE, GREEN, PINK, SKY, CREAM, PURPLE])
        canvas.pen.rectangle([left, top, left + w, top + h], fill=canvas.color(paper))
        ink = WHITE if sum(paper) < 330 else BLACK
    mask = _lettering(words, rng.choice(small_fonts('sans')), h * rng.uniform(0.45, 0.7), w * rng.uniform(0.5, 0.85))
    canvas.image.paste(canvas.color(ink), (round(left + (w - mask.width) / 2), round(top + (h - mask.height) / 2)), mask)


# --- Designs -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Design:
    """One design of a jurisdiction ('' for an invented one).

    Formats are written with L for a letter and D for a digit; small letters and digits stand for themselves; a space is a
    gap, - a dash, . a dot, ~ a state's outline, * the design's emblem; [AB] are small characters above one another that are no
    part of the number (? a letter, # a digit in them); <FIRE|FIGHTER> small print in lines.
    """

    code: str
    formats: tuple[str, ...]
    color: Color
    shapes: tuple[Shape, ...]
    stickers: str = ''
    box: Box = (16, 52, 368, 142)
    emblem: Emblem | None = None
    emblem_width: float = 0.5
    """as a share of the character height"""
    emboss: float = 0.7
    """how many of these plates have stamped characters"""
    weight: float = 1.0
    organizations: bool = True
    """whether organizations' plates come on this ground, with a logo at the left"""
    stacks: tuple[str, ...] = field(default=('??', '??', '?#', '???'))


@dataclass(frozen=True)
class Base:
    """A plate without its serial: everything else is drawn."""

    image: Image.Image
    """RGB, 384 x 192"""
    serial: tuple[Part, ...]
    """what to draw, from left to right; only `Characters` belong to the label"""
    box: Box
    """x0, y0, x1, y1 of where the serial goes"""
    color: Color
    emboss: bool
    label: str


def plain(*shapes: Shape) -> tuple[Shape, ...]:
    """Shapes in the order they are drawn."""
    return shapes


# Emblems between characters.


def _orange(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    poly((150, 190, 160), (x - w * 0.6, y - h * 0.75), (x + w * 0.3, y - h * 0.7), (x + w * 0.5, y + h * 0.5), (x + w * 0.2, y + h * 0.6), (x - w * 0.1, y - h * 0.3))(c)
    disc(ORANGE, x - w * 0.15, y - h * 0.05, w * 0.34)(c)
    disc(ORANGE, x + w * 0.15, y + h * 0.12, w * 0.34)(c)
    poly(FOREST, (x - w * 0.4, y - h * 0.45), (x + w * 0.4, y - h * 0.5), (x, y - h * 0.2))(c)
    disc(WHITE, x - w * 0.05, y + h * 0.32, w * 0.16)(c)


def _peach(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    disc(ORANGE, x, y, w * 0.5, h * 0.34)(c)
    disc(PEACH, x, y, w * 0.4, h * 0.27)(c)
    poly(FOREST, (x - w * 0.15, y - h * 0.1), (x + w * 0.15, y - h * 0.12), (x + w * 0.25, y + h * 0.2), (x - w * 0.05, y + h * 0.22))(c)


def _blot(color: Color, *points: tuple[float, float]) -> Emblem:
    """An outline given in shares of the emblem's box."""
    return lambda c, x, y, w, h: poly(color, *[(x + (px - 0.5) * w, y + (py - 0.5) * h * 0.6) for px, py in points])(c)


def _zia(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    for i in (-1.5, -0.5, 0.5, 1.5):
        stroke(RED, 3, (x + i * 6, y - h * 0.5), (x + i * 6, y + h * 0.5))(c)
        stroke(RED, 3, (x - w * 0.5, y + i * 6), (x + w * 0.5, y + i * 6))(c)
    disc(YELLOW, x, y, w * 0.26)(c)
    disc(RED, x, y, w * 0.2)(c)


def _stars_and_bars(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    for dx in (-0.3, 0, 0.3):
        star(RED, x + dx * w, y - h * 0.3, w * 0.13)(c)
    band(y - h * 0.14, y - h * 0.02, RED, x - w * 0.45, x + w * 0.45)(c)
    band(y + h * 0.08, y + h * 0.2, RED, x - w * 0.45, x + w * 0.45)(c)


def _shield(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    poly(RED, (x - w * 0.4, y - h * 0.3), (x + w * 0.4, y - h * 0.3), (x + w * 0.4, y + h * 0.1), (x, y + h * 0.4), (x - w * 0.4, y + h * 0.1))(c)
    poly(GOLD, (x - w * 0.4, y - h * 0.3), (x, y - h * 0.3), (x, y), (x - w * 0.4, y))(c)
    poly(BLACK, (x, y), (x + w * 0.4, y), (x + w * 0.3, y + h * 0.2), (x, y + h * 0.4))(c)


def _magnolia(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    for angle in range(0, 360, 60):
        disc(WHITE, x + w * 0.3 * math.cos(math.radians(angle)), y + w * 0.3 * math.sin(math.radians(angle)), w * 0.24)(c)
    disc(GOLD, x, y, w * 0.12)(c)


def _lighthouse(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    poly(WHITE, (x - w * 0.14, y - h * 0.5), (x + w * 0.14, y - h * 0.5), (x + w * 0.26, y + h * 0.6), (x - w * 0.26, y + h * 0.6))(c)
    poly(BROWN, (x - w * 0.2, y - h * 0.5), (x, y - h * 0.75), (x + w * 0.2, y - h * 0.5))(c)
    stroke(GRAY, 2, (x - w * 0.26, y + h * 0.6), (x - w * 0.14, y - h * 0.5))(c)
    stroke(GRAY, 2, (x + w * 0.26, y + h * 0.6), (x + w * 0.14, y - h * 0.5))(c)


def _palmetto(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    disc(NAVY, x, y - h * 0.1, w * 0.42, h * 0.3)(c)
    poly(NAVY, (x - w * 0.08, y), (x + w * 0.08, y), (x + w * 0.14, y + h * 0.5), (x - w * 0.14, y + h * 0.5))(c)
    disc(NAVY, x - w * 0.3, y - h * 0.55, w * 0.12)(c)


def _fir(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    for i in range(5):
        top = y - h * 0.75 + i * h * 0.25
        poly(GREEN, (x, top), (x + w * (0.2 + 0.08 * i), top + h * 0.38), (x - w * (0.2 + 0.08 * i), top + h * 0.38))(c)
    band(y + h * 0.6, y + h * 0.8, BROWN, x - 3, x + 3)(c)


def _bronco(color: Color) -> Emblem:
    """A horse that bucks, and its rider."""

    def draw(c: Canvas, x: float, y: float, w: float, h: float) -> None:
        poly(color, (x - w * 0.5, y + h * 0.1), (x - w * 0.2, y - h * 0.15), (x + w * 0.3, y + h * 0.0), (x + w * 0.45, y + h * 0.3), (x + w * 0.15, y + h * 0.25), (x - w * 0.2, y + h * 0.2))(c)
        stroke(color, 6, (x - w * 0.3, y + h * 0.1), (x - w * 0.4, y + h * 0.55))(c)
        stroke(color, 6, (x + w * 0.2, y + h * 0.1), (x + w * 0.3, y + h * 0.6))(c)
        stroke(color, 7, (x, y + h * 0.05), (x + w * 0.05, y - h * 0.3))(c)
        disc(color, x + w * 0.08, y - h * 0.42, w * 0.12, h * 0.1)(c)
        stroke(color, 4, (x, y - h * 0.25), (x - w * 0.3, y - h * 0.5))(c)

    return draw


def _seal(*colors: Color) -> Emblem:
    """Rings within one another."""

    def draw(c: Canvas, x: float, y: float, w: float, h: float) -> None:
        for i, color in enumerate(colors):
            disc(color, x, y, w * 0.5 * (1 - 0.3 * i), w * 0.5 * (1 - 0.3 * i))(c)

    return draw


def _pelican(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    disc(TAN, x, y + h * 0.1, w * 0.4, h * 0.34)(c)
    poly(TAN, (x - w * 0.1, y - h * 0.6), (x + w * 0.2, y - h * 0.6), (x + w * 0.3, y + h * 0.1), (x, y + h * 0.1))(c)
    poly(GOLD, (x - w * 0.6, y - h * 0.1), (x, y - h * 0.55), (x + w * 0.1, y - h * 0.4))(c)


_MINNESOTA = _blot(NAVY, (0.2, 0), (0.6, 0.05), (0.95, 0.2), (0.6, 0.5), (0.85, 0.95), (0.2, 1), (0.1, 0.4))
_NEW_YORK = _blot(NAVY, (0, 0.7), (0.1, 0.4), (0.5, 0.3), (0.7, 0), (0.85, 0.1), (0.9, 0.7), (1, 0.9), (0.8, 0.9), (0.7, 0.65))
_NEW_JERSEY = _blot(BLACK, (0.5, 0), (0.8, 0.1), (0.7, 0.35), (0.8, 0.6), (0.4, 1), (0.2, 0.75), (0.5, 0.5), (0.3, 0.3))
_TEXAS = _blot(RED, (0.3, 0), (0.5, 0), (0.5, 0.25), (0.95, 0.35), (1, 0.6), (0.65, 1), (0.4, 0.7), (0.25, 0.75), (0, 0.45), (0.3, 0.45))
_KENTUCKY = _blot(GRAY, (0, 0.8), (0.2, 0.5), (0.6, 0.3), (0.8, 0.2), (1, 0.5), (0.85, 0.75))
_KEYSTONE = _blot(NAVY, (0.25, 0), (0.75, 0), (0.75, 0.15), (1, 0.15), (0.85, 1), (0.15, 1), (0, 0.15), (0.25, 0.15))
_TENNESSEE = _blot(BLACK, (0.05, 0.6), (0.15, 0.4), (1, 0.35), (0.8, 0.6))
_FLORIDA = _blot((170, 205, 180), (0, 0.1), (0.75, 0.1), (1, 0.8), (0.85, 1), (0.6, 0.5), (0.4, 0.3), (0, 0.3))
_OHIO = _blot(RED, (0.1, 0.1), (0.5, 0.2), (0.95, 0), (0.9, 0.6), (0.5, 1), (0.1, 0.85))


def _fill(base: Color, *shapes: Shape) -> tuple[Shape, ...]:
    return (flat(base), *shapes)


# The designs, by code. Sizes in pixels of 384 x 192, so 32 an inch.
_DESIGNS: tuple[Design, ...] = (
    # Alabama
    Design('AL', ('DDLDDDL', 'DLDDDDL', 'DDDDDLL'), RED, _fill(WHITE, band(0, 42, BLUE), stars(WHITE, 26, (0, 2, 384, 46)), say(('Stars Fell On', 'Stars Fell On', 'Heart of Dixie'), 'serif', 19, 24, WHITE, 165), say('Alabama', 'serif', 25, 168, RED, 145)), 'bl br', weight=2),
    Design('AL', ('DDLDDDL', 'DLLDDDD', 'DDDDLLL'), NAVY, plain(graded((0, SKY), (0.5, CREAM), (1, PALE_GREEN)), ridge(GREEN, 130, 120, 140, 125, 138), say('Sweet Home', 'script', 22, 24, NAVY, 190), say('Alabama', 'script', 28, 166, RED, 150)), 'bl br'),
    Design('AL', ('DDLDDDL', 'DLLDDDD', 'DDLDDLL'), NAVY, plain(graded((0, SKY), (0.6, WHITE), (0.8, TEAL), (1, TAN)), say('Alabama', 'script', 30, 26, NAVY, 165), say('HEART OF DIXIE', 'sans', 12, 172, BLUE, 150)), 'tl tr bl br'),
    Design('AL', ('DLDDDDL', 'DDLDDDL', 'DDLLDDD'), RED, _fill(WHITE, say('Alabama', 'serif', 28, 24, RED, 170), say('Heart of Dixie', 'serif', 16, 172, BLUE, 150)), 'bl br tl'),
    # Alaska
    Design('AK', ('LLL DDD', 'LLLDDD', 'LLL*DDD'), NAVY, _fill(GOLD, say('ALASKA', 'sans', 24, 24, NAVY, 165), say('THE LAST FRONTIER', 'sans', 14, 172, NAVY, 210)), 'tl tr', emblem=_blot(NAVY, (0, 0.2), (1, 0.1), (1, 0.8), (0, 0.9)), weight=2),
    Design('AK', ('LLLDDD',), NAVY, plain(graded((0, GOLD), (1, YELLOW)), ridge(WHITE, 170, 150, 110, 90, 120, 160, 175), band(20, 170, NAVY, 4, 62), stars(YELLOW, 7, (10, 30, 58, 80), 4), say('ALASKA', 'sans', 22, 24, BLACK, 165), say('CELEBRATING STATEHOOD 1959 - 2009', 'sans', 9, 162, RED, 240)), 'tl tr', box=(66, 48, 370, 140)),
    Design('AK', ('LLL DDD', 'LLLDDD'), RED, _fill(CREAM, ridge(SKY, 130, 70, 110, 60, 90, 120), ridge(WHITE, 150, 130, 140, 150), say('ALASKA', 'slab', 22, 22, RED, 170), say(('Gold Rush Centennial', '1898 GOLD RUSH 1998'), 'serif', 13, 172, BLUE, 190)), 'tl tr'),
    Design('AK', ('LLL DDD', 'LLL DD'), BLACK, plain(graded((0, SKY), (0.6, PEACH), (1, GOLD)), ridge(BLUE, 120, 80, 110, 70, 115), creature(BROWN, 50, 100, 80), say('ALASKA', 'sans', 26, 26, NAVY, 190), say('The Last Frontier', 'script', 15, 172, NAVY, 160)), 'tl tr', box=(90, 52, 370, 142)),
    # Arizona
    Design('AZ', ('DDD.LLL', 'LLLDDDD', 'LLL DDDD', 'DDDD*LL', 'L.DDDDD', 'LLLDDLL', 'LLLDLLL', 'DLLDDDL'), (20, 65, 90), plain(graded((0, TEAL), (0.25, (150, 205, 205)), (0.6, WHITE), (1, PEACH)), ridge(PURPLE, 158, 140, 146, 138, 160, 150, 165, 172, 168, 170, base=176), ridge(GOLD, 174, 172, 175), stroke(PURPLE, 6, (22, 160), (22, 108)), stroke(PURPLE, 4, (12, 118), (12, 134), (32, 134), (32, 116)), say('ARIZONA', 'slab', 20, 22, WHITE, 175, edge=TEAL), say('GRAND CANYON STATE', 'sans', 9, 158, NAVY, 165, x=275)), 'tl tr', emblem=_blot(GREEN, (0.4, 0), (0.6, 0), (0.6, 1), (0.4, 1)), weight=5),
    Design('AZ', ('LLL-DDD', 'LLLDDD', 'DLLDDD'), WHITE, _fill(MAROON, say('ARIZONA', 'sans', 24, 24, WHITE, 170), say('GRAND CANYON STATE', 'sans', 16, 171, WHITE, 240)), 'tl tr bl'),
    # Arkansas
    Design('AR', ('DDD LLL', 'LLL DDD'), RED, _fill(WHITE, say('Arkansas', 'display', 30, 28, RED, 165, edge=NAVY), say(('The Natural State', 'Land of Opportunity'), 'serif', 15, 172, NAVY, 160)), 'tl tr', weight=2),
    Design('AR', ('DDD*LLL', 'LLL*DDL', 'LLL*DDD', 'LLL DDL'), BLACK, plain(graded((0, SKY), (0.5, WHITE), (1, WHITE)), say('Arkansas', 'display', 30, 28, MAROON, 165), say('The Natural State', 'serif', 14, 172, MAROON, 170)), 'tl tr', emblem=_blot(SILVER, (0.25, 0.1), (0.75, 0.1), (1, 0.4), (0.5, 1), (0, 0.4)), emblem_width=0.6, weight=3),
    # California
    Design('CA', ('DLLLDDD', 'DLLLDDD', 'DLDDDDD', 'DDDDDLD', 'LLLDDDD'), NAVY, _fill(WHITE, say('California', 'script', 29, 28, RED, 182, rise=3), sometimes(0.4, say('dmv.ca.gov', 'sans', 13, 172, NAVY, 110))), 'tl tr', weight=7),
    Design('CA', ('DLLLDDD', 'DLDDDDD', 'LLLDDD'), YELLOW, _fill(NAVY, say('CALIFORNIA', 'sans', 18, 24, YELLOW, 205)), 'tl tr bl br', weight=1.5),
    Design('CA', ('LLLDDD', 'DLDDDDD', 'DLLLDDD'), GOLD, _fill(BLACK, say('CALIFORNIA', 'sans', 18, 24, GOLD, 205)), 'tl tr'),
    Design('CA', ('DLLLDDD', 'DLLLDDD'), NAVY, _fill(WHITE, disc(GOLD, 192, 46, 60, 34), band(48, 72, WHITE), say(('California', 'CALIFORNIA'), 'slab', 22, 28, BLUE, 180), say('The Golden State', 'sans', 13, 172, RED, 150)), 'tl tr'),
    Design('CA', ('LLDDDL', 'DLDDDL', 'DDDDLL'), NAVY, plain(graded((0, SKY), (0.45, CREAM), (0.7, TEAL), (1, BLUE)), ridge(GRAY, 80, 60, 75, 55, 70, base=100), poly(FOREST, (0, 120), (50, 70), (60, 192), (0, 192)), say('California', 'script', 27, 28, RED, 168), say(('LAKE TAHOE', 'YOSEMITE', 'COASTAL'), 'sans', 13, 174, YELLOW, 140)), 'tl tr'),
    # Colorado
    Design('CO', ('DDD.LLL', 'LLL.DDD', 'LLL-DDD', 'LLL-LDD', 'DDDLLL'), (15, 75, 55), _fill(WHITE, ridge(FOREST, 62, 40, 52, 34, 50, 30, 48, 28, 46, 36, 55, 42, 60, base=-9), ridge((200, 215, 210), 70, 48, 62, 44, 58, 40, 60, 46, 66, base=92), say('COLORADO', 'sans', 17, 167, FOREST, 170)), 'bl br', weight=5),
    Design('CO', ('LLL DDDD', 'LLLDDDD', 'LLDDDD', 'LLL DDD'), WHITE, _fill(FOREST, ridge(WHITE, 62, 40, 52, 30, 48, 26, 50, 34, 58, base=-9), say('COLORADO', 'sans', 17, 170, WHITE, 170)), 'bl br', weight=1.5),
    Design('CO', ('DDD*LLL', 'LLDDDD'), BLACK, _fill(WHITE, band(0, 38, (220, 70, 50)), ridge(SILVER, 62, 48, 60, 44, 58, 46, 62, base=80), say('COLORADO', 'sans', 16, 22, WHITE, 165), say(_CAUSES, 'sans', 13, 170, BLACK, 180)), 'bl br', emblem=_seal(RED, GOLD, NAVY)),
    # Connecticut
    Design('CT', ('DDD.LLL', 'DDD.LLL', 'LLL.DDD', 'LL.DDDDD', 'LDDLLL'), (20, 30, 70), plain(graded((0, (85, 140, 200)), (0.45, PALE_BLUE), (0.75, WHITE), (1, WHITE)), poly(NAVY, (24, 18), (58, 16), (58, 36), (32, 38), (24, 42)), say('Connecticut', 'serif', 21, 24, NAVY, 165), say('Constitution State', 'serif', 16, 170, NAVY, 165)), 'tr br', weight=5),
    Design('CT', ('DDD.LLL', 'DDDLLL', 'LLDDDD'), WHITE, _fill(BLUE, say('CONNECTICUT', 'sans', 19, 24, WHITE, 190), say('CONSTITUTION STATE', 'sans', 14, 171, WHITE, 210)), 'tr br bl'),
    # Delaware
    Design('DE', ('DDDDDD', 'DDDDDD', '[pc]DDDDDD', 'DDDDD', 'cDDDDDD', 'hpDDDD', 'LDDDDDD'), GOLD, _fill((25, 45, 95), say('THE FIRST STATE', 'sans', 17, 22, GOLD, 200), say('DELAWARE', 'sans', 20, 170, GOLD, 165)), 'br', emboss=0.1, weight=5),
    Design('DE', ('DDDDDD', 'DDDDD', 'DDDD'), WHITE, _fill(BLACK, say('DELAWARE', 'sans', 19, 20, WHITE, 165)), 'br', organizations=False),
    # District of Columbia
    Design('DC', ('LL*DDDD', 'LL*DDDD', 'DDD*DDD'), (45, 60, 170), _fill(WHITE, band(40, 44, RED), band(152, 156, RED), say(('WASHINGTON, DC', 'WASHINGTON, D.C.'), 'sans', 17, 22, BLUE, 190), say(('TAXATION WITHOUT REPRESENTATION', 'TAXATION WITHOUT REPRESENTATION', 'END TAXATION WITHOUT REPRESENTATION'), 'sans', 14, 173, BLUE, 350)), 'tr tl', emblem=_stars_and_bars, weight=5),
    Design('DC', ('LL*DDDD', 'DDD-DDD', 'LLLDDD'), (45, 60, 150), _fill(WHITE, band(38, 41, RED), band(148, 151, RED), say('Washington, D.C.', 'script', 19, 22, BLUE, 195), say(('Celebrate & Discover', 'A Capital City', 'TAXATION WITHOUT REPRESENTATION'), 'sans', 15, 172, BLUE, 260)), 'tr tl', emblem=_stars_and_bars, weight=2),
    # Florida
    Design('FL', ('LDD*DLL', 'DDD*LLL', 'LDD*DLL', 'LLL*LDD', 'LLLL*DD', 'LLL*DDL', 'LDDDLL'), (15, 90, 65), _fill(WHITE, say(('MYFLORIDA.COM', 'MYFLORIDA.COM', 'FLORIDA'), 'serif', 20, 23, GREEN, 220), either([say('SUNSHINE STATE', 'sans', 15, 171, GREEN, 215)], [say('SUNSHINE STATE', 'sans', 15, 171, GREEN, 215)], [county(15, 171, GREEN)], [say('IN GOD WE TRUST', 'sans', 15, 171, GREEN, 215)])), 'tr', emblem=_orange, emblem_width=0.62, weight=6),
    Design('FL', ('LLL*DDL', 'LLL DDL', 'LLLDDL'), RED, _fill(WHITE, say('FLORIDA', 'sans', 22, 23, RED, 165), say(('Sunshine State', 'SUNSHINE STATE'), 'sans', 15, 171, RED, 190)), 'tr', emblem=_FLORIDA, emblem_width=0.6),
    Design('FL', ('LDDLL', 'DDDLL', 'LLDDL', 'DDDDL'), NAVY, plain(graded((0, SKY), (0.5, PEACH), (1, TEAL)), soft(PALE_BLUE, 8, (0, 40, 380, 150)), say('FLORIDA', 'sans', 22, 23, WHITE, 165, edge=NAVY), say(_CAUSES, 'sans', 15, 171, WHITE, 230)), 'tr'),
    # Georgia
    Design('GA', ('LLL*DDDD', 'LLL*DDDD', 'DDDD*LLL'), BLACK, plain(graded((0, (210, 220, 205)), (0.4, WHITE), (1, WHITE)), say(('GEORGIA.gov', 'www. GEORGIA .gov'), 'serif', 20, 23, BLACK, 240), county(15, 171, BLACK)), 'bl br', emblem=_peach, weight=3),
    Design('GA', ('DDDD LLL', 'LLL DDD', 'DDD LLL', 'LLL DDDD'), BLACK, plain(graded((0, WHITE), (0.55, WHITE), (1, PEACH)), say('Georgia', 'serif', 30, 26, BLACK, 165), disc(ORANGE, 160, 28, 11), sometimes(0.5, say('... on my mind', 'script', 15, 46, BLACK, 100, x=260)), county(15, 171, BLACK)), 'bl br', weight=2),
    Design('GA', ('LLL DDDD', 'LLLDDDD'), BLACK, plain(graded((0, WHITE), (1, (235, 225, 210))), disc(PEACH, 192, 110, 120, 60), say('GEORGIA', 'serif', 24, 24, FOREST, 190), either([county(15, 171, BLACK)], [say('In God We Trust', 'sans', 14, 171, BLACK, 160)], [say('PEACH STATE', 'sans', 14, 171, BLACK, 160)])), 'bl br tl tr'),
    # Hawaii
    Design('HI', ('LLL DDD', 'LLL DDD', 'LLLDDD'), BLACK, _fill(WHITE, arch(192, 190, 190, 10, (235, 130, 130), (250, 215, 110), (170, 205, 230), flat_by=0.92), say('HAWAII', 'sans', 17, 24, BLACK, 120), say('ALOHA STATE', 'sans', 16, 171, BLACK, 185)), 'tr', weight=6),
    Design('HI', ('DLL DDD', 'LLL-DDD', 'DDD-DDD'), NAVY, _fill(WHITE, disc(PINK, 192, 96, 55, 50), say('HAWAII', 'sans', 17, 24, BLUE, 120), say('ALOHA STATE', 'sans', 16, 171, BLUE, 185)), 'tr tl'),
    # Idaho
    Design('ID', ('DL LDDDD', 'LDDDDDL', 'DLDDDDD', '[#?] DDDDL', 'DL DDDDD', 'L DDDDDD', 'L DDDDL', 'LDDD DDD'), (20, 30, 65), plain(graded((0, RED), (0.28, (215, 110, 100)), (0.5, WHITE), (0.75, PALE_BLUE), (1, BLUE)), ridge((120, 150, 195), 128, 110, 122, 105, 125, 108, 120, 104, 126, base=160), trees(NAVY, 170, 36, 20), trees(NAVY, 165, 90, 2, 340, 384), band(164, HEIGHT, NAVY), say('Scenic', 'script', 18, 26, WHITE, 78, x=108, rise=5), say('IDAHO', 'serif', 25, 26, WHITE, 125, x=215), say('FAMOUS POTATOES', 'serif', 13, 176, WHITE, 210)), 'br', weight=6),
    Design('ID', ('LDDDDD', 'DLDDDD', 'LDDDD'), BLACK, plain(graded((0, RED), (0.2, RED), (0.4, CREAM), (1, WHITE)), creature(TAN, 60, 100, 90), say('Discover', 'script', 16, 24, WHITE, 90, x=105), say('IDAHO', 'serif', 23, 24, WHITE, 120, x=215), say(('1803 LEWIS & CLARK 1806', 'Centennial 1890 1990'), 'serif', 12, 176, RED, 220)), 'br', box=(110, 52, 370, 142)),
    # Illinois
    Design('IL', ('LDD DDDD', 'DDD DDDD', 'LLD DDDD', 'DDDDDDD', 'LDDDDDD', 'LL DDDDD'), RED, plain(graded((0, WHITE), (0.6, WHITE), (0.8, (160, 190, 225)), (1, (60, 110, 180))), disc((200, 205, 215), 192, 104, 34, 46), disc((225, 228, 235), 188, 92, 20, 24), say('Illinois', 'script', 29, 28, BLUE, 155), say('Land of Lincoln', 'serif', 13, 178, WHITE, 140)), 'tr', weight=5),
    Design('IL', ('LLL DDD', 'LL DDDD', 'LL DDDDD', 'DDD DDD', 'DLLDDD'), NAVY, _fill(WHITE, say('Illinois', 'serif', 26, 26, BLUE, 140), say('Land of Lincoln', 'serif', 15, 171, BLUE, 165)), 'tr bl', weight=2),
    Design('IL', ('LL DDDDD', 'LLDDDDD', 'LLDDDDL'), RED, plain(graded((0, PALE_BLUE), (1, WHITE)), disc(SILVER, 52, 100, 44, 66), skyline(SILVER, 150, 60, 150, 380), say('Illinois', 'serif', 27, 26, BLUE, 150), say('Land of Lincoln', 'sans', 14, 172, BLUE, 170)), 'tr'),
    # Indiana
    Design('IN', ('DDDLLL', 'DDDLL', 'DDDL', 'LLLDDD'), WHITE, plain(graded((0, (50, 75, 160)), (1, NAVY)), rays(WHITE, 52, 96, 40, 14, 2), stars(WHITE, 12, (16, 60, 90, 140), 4), band(60, 150, (40, 60, 140), 44, 60), stroke(GOLD, 6, (52, 80), (52, 136)), band(3, 34, WHITE, 105, 290), say(_COUNTIES, 'sans', 13, 18, BLACK, 130), say('INDIANA', 'serif', 19, 169, WHITE, 170)), 'tl tr', box=(100, 52, 372, 142), weight=3),
    Design('IN', ('DDDLLL', 'DDDLL', 'LLLDDD', 'DDDDLL'), NAVY, plain(graded((0, BLUE), (0.3, PALE_BLUE), (0.5, WHITE), (1, WHITE)), stars(WHITE, 9, (5, 5, 110, 50), 6), ridge(RED, 60, 50, 64, 52, 66, base=44), say('INDIANA', 'serif', 20, 22, WHITE, 175, x=220), say(('In God We Trust', 'IN GOD WE TRUST'), 'serif', 15, 172, NAVY, 170)), 'bl br', weight=2),
    Design('IN', ('DDL DDDD', 'DDLDDDD', 'DDL DDD', 'DDDLLL'), NAVY, plain(graded((0, WHITE), (0.6, (215, 225, 215)), (1, (130, 165, 120))), ridge((170, 190, 160), 130, 120, 135, 118, 130), say('INDIANA', 'serif', 22, 22, NAVY, 180), either([say('the Crossroads of America', 'sans', 12, 172, NAVY, 210)], [say('HOOSIER STATE', 'sans', 12, 172, NAVY, 180)], [say('Bicentennial 1816-2016', 'serif', 13, 172, NAVY, 210)])), 'tl tr bl'),
    # Iowa
    Design('IA', ('DDD LLL', 'LLL DDD', 'DDDDLL', 'LDDDD'), (35, 55, 130), plain(graded((0, (110, 165, 215)), (0.2, PALE_BLUE), (0.45, WHITE), (1, WHITE)), skyline((215, 222, 230), 146, 90, 70, 150), skyline((200, 210, 220), 148, 60, 250, 384), stroke((200, 210, 220), 3, (0, 148), (384, 148)), say('IOWA', 'serif', 26, 26, BLUE, 105), county(15, 172, BLUE)), 'bl tl', weight=5),
    Design('IA', ('DDD LLL', 'LLL DDD', 'LLL DDD'), BLACK, plain(graded((0, SKY), (0.3, WHITE), (0.7, WHITE), (1, GREEN)), skyline(GRAY, 50, 28, 250, 370), ridge(PALE_GREEN, 150, 140, 152, 138), say('IOWA', 'serif', 26, 24, NAVY, 100), county(14, 174, WHITE)), 'bl tl'),
    Design('IA', ('LLL DDD', 'LLLDDD', 'DDDLLL'), WHITE, _fill(BLACK, say('IOWA', 'sans', 24, 22, WHITE, 100), county(14, 173, WHITE)), 'bl tl', emboss=0.2, organizations=False),
    # Kansas
    Design('KS', ('DDD LLL', 'DDD LLL', 'LLL DDD', 'DDDDLLL', 'DDDDL'), (35, 40, 95), plain(graded((0, (190, 195, 225)), (1, (225, 220, 235))), disc((205, 200, 215), 192, 145, 140, 105), disc((215, 212, 225), 192, 145, 115, 84), soft((200, 196, 212), 12, (90, 80, 300, 150), 20), say('KANSAS', 'serif', 22, 23, NAVY, 165)), 'tl tr', weight=4),
    Design('KS', ('LLL DDD', 'DDD LLL', 'LLLDDD'), NAVY, plain(graded((0, SKY), (0.5, WHITE), (1, (240, 220, 160))), stroke(GOLD, 5, (40, 180), (70, 60)), stroke(GOLD, 5, (60, 180), (95, 70)), stroke(GOLD, 5, (80, 180), (118, 66)), say('KANSAS', 'slab', 21, 23, NAVY, 165), say(('THE WHEAT STATE', 'To the Stars'), 'sans', 12, 173, NAVY, 160)), 'tl tr', weight=1.5),
    # Kentucky
    Design('KY', ('DDD~LLL', 'DDD~LLL', 'DDD LLL', 'LLLDDD'), (25, 30, 70), plain(graded((0, (215, 228, 240)), (0.4, WHITE), (0.6, WHITE), (1, (110, 160, 215))), say('Kentucky', 'script', 25, 24, NAVY, 150), poly(NAVY, (262, 16), (282, 10), (272, 26)), say('UNBRIDLED SPIRIT', 'sans', 7, 46, RED, 125), band(157, 180, (40, 70, 140), 96, 288), county(14, 168, WHITE)), 'bl br', emblem=_KENTUCKY, weight=4),
    Design('KY', ('DDD LLL', 'LLL DDD', 'DDDLLL'), BLACK, plain(graded((0, SKY), (0.4, YELLOW), (1, GOLD)), disc(YELLOW, 192, 120, 100, 80), say('Kentucky', 'script', 26, 24, NAVY, 155), say("It's that friendly.", 'script', 14, 46, NAVY, 130), county(15, 172, NAVY)), 'bl br'),
    Design('KY', ('DDD LLL', 'LLLDDD', 'LLL DDD'), NAVY, plain(graded((0, WHITE), (0.7, PALE_BLUE), (1, SKY)), ridge((190, 205, 225), 130, 110, 125, 105, 128), say('KENTUCKY', 'sans', 21, 23, NAVY, 165), either([say('BLUEGRASS STATE', 'sans', 13, 155, NAVY, 170)], [say('IN GOD WE TRUST', 'sans', 13, 155, NAVY, 170)], [say('TEAM KENTUCKY', 'sans', 13, 155, NAVY, 170)]), county(14, 174, NAVY)), 'bl br', box=(16, 48, 368, 138)),
    # Louisiana
    Design('LA', ('LLL DDD', 'LLL DDD', 'LDDDDDD', 'DDDLLL', 'LDDDDD', 'LLL-DDD'), (20, 25, 60), _fill(WHITE, say('Louisiana', 'script', 23, 25, RED, 170, rise=3), say(("SPORTSMAN'S PARADISE", "Sportsman's Paradise"), 'sans', 12, 172, NAVY, 205)), 'br bl', weight=3),
    Design('LA', ('LLL*DDD', 'DDD*LLL', 'LLL DDD'), BLACK, plain(graded((0, WHITE), (0.5, CREAM), (1, (235, 190, 180))), say('Louisiana', 'script', 23, 25, RED, 170, rise=3), say("Sportsman's Paradise", 'serif', 13, 160, RED, 170, x=110)), 'br bl', emblem=_pelican, emblem_width=0.6, weight=3),
    Design('LA', ('LLL*DDD',), NAVY, plain(graded((0, WHITE), (1, PALE_BLUE)), say('Louisiana', 'script', 23, 25, RED, 170, rise=3), say(('Louisiana Purchase', 'Bicentennial 1812-2012'), 'serif', 16, 160, NAVY, 180), say('Bicentennial 1803-2003', 'serif', 10, 180, NAVY, 160)), 'br bl', emblem=_seal(NAVY, WHITE, NAVY)),
    # Maine
    Design('ME', ('DDDD LL', 'DDDD LL', 'DDDDLL', 'DD.DDD'), (20, 35, 40), plain(flat((238, 235, 228)), ridge((120, 160, 140), 166, 158, 168, 160, 166, 156, 164), poly(FOREST, (0, 70), (60, 84), (0, 98)), poly(FOREST, (0, 100), (52, 60), (20, 130)), disc(BROWN, 22, 82, 13, 26), disc(BLACK, 26, 58, 12), disc(WHITE, 30, 64, 6), say('MAINE', 'serif', 23, 23, BLACK, 135), say('Vacationland', 'serif', 16, 174, FOREST, 135)), 'tr br', box=(60, 52, 372, 142), weight=4),
    Design('ME', ('DDDD L', 'DDDDDL', 'DDDDD L'), BLACK, _fill(WHITE, logo(192, 100, 90, 80, 'blob'), say('MAINE', 'serif', 23, 23, BLACK, 130), say('Vacationland', 'serif', 17, 172, BLACK, 140)), 'tr br'),
    Design('ME', ('DDD.LLL', 'DDDDLL', 'LLL.DDD'), BLACK, _fill(CREAM, either([creature(BROWN, 50, 80, 80)], [logo(50, 90, 76, 90)], [trees(FOREST, 160, 110, 1, 10, 90)]), say('MAINE', 'serif', 23, 23, BLACK, 135), say(('SUPPORT WILDLIFE', 'We Support Our Troops', 'AGRICULTURE', 'Vacationland'), 'sans', 12, 173, FOREST, 170)), 'tr br', box=(95, 52, 372, 142)),
    Design('ME', ('DDDD LL', 'DDDLLL', 'LLLDDD'), NAVY, _fill(CREAM, trees(FOREST, 150, 110, 1, 150, 234), star(NAVY, 60, 40, 14), say('MAINE', 'serif', 24, 23, NAVY, 140), say('Vacationland', 'script', 16, 173, NAVY, 140)), 'tr br'),
    # Maryland
    Design('MD', ('LLL*DDD', 'DLL*LDD', 'LLL*DDL', 'DDD*DDL', '[???]DDDD', 'DLLDDDD'), BLACK, _fill(WHITE, say('Maryland', 'script', 24, 25, BLACK, 140), say('www.maryland.gov', 'serif', 15, 171, BLACK, 205)), 'tl tr', emblem=_shield, emblem_width=0.48, weight=4),
    Design('MD', ('DLLDDDD', 'DLLDDDD', 'LLLDDDD', 'DLL DDDD'), BLACK, plain(graded((0, WHITE), (1, WHITE)), ridge(GOLD, 142, 150, 146, 156), poly(RED, (0, 160), (130, 146), (200, 192), (0, 192)), poly(BLACK, (200, 192), (250, 150), (384, 165), (384, 192)), say('Maryland', 'script', 24, 24, BLACK, 140), say('MarylandProud.org', 'sans', 10, 46, RED, 110)), 'tl tr', weight=2),
    Design('MD', ('DLLDDDD', 'DLL DD', 'DLLLDD'), NAVY, plain(graded((0, PALE_BLUE), (1, WHITE)), poly(BROWN, (0, 50), (80, 60), (110, 130), (0, 150)), rays(RED, 320, 40, 46, 12), say('MARYLAND', 'serif', 20, 22, RED, 175), say('War of 1812', 'serif', 16, 171, NAVY, 150)), 'tl tr'),
    Design('MD', ('LLL DDL', 'LLL*DDL', 'DDD LLL'), FOREST, plain(graded((0, SKY), (0.4, WHITE), (1, WHITE)), trees(GREEN, 180, 70, 6, 330, 384), trees(GREEN, 180, 50, 5, 0, 50), creature((130, 170, 210), 192, 96, 70), say('Maryland', 'script', 23, 24, BLUE, 140), say(('Treasure the Chesapeake', 'Our Farms, Our Future'), 'sans', 14, 171, BLUE, 220)), 'tl tr', weight=1.5),
    # Massachusetts
    Design('MA', ('DDDLLD', 'DDD LLD', 'DDL LDD', 'DLL LDD', 'DDDD LL', 'DLLLDD', 'DDD.DLL', 'LLL DDD'), RED, _fill(WHITE, say('Massachusetts', 'serif', 19, 21, (40, 90, 170), 205), say('The Spirit of America', 'serif', 15, 172, BLUE, 185)), 'tl tr', weight=5),
    Design('MA', ('[us]DDDD', '[us]DDLL'), RED, _fill((235, 232, 238), ridge((205, 190, 205), 70, 60, 72, 64, 74, base=110), ridge((215, 200, 205), 120, 112, 124, 116, base=150), stars((180, 190, 215), 10, (5, 40, 110, 130), 9), say('Massachusetts', 'serif', 19, 21, (40, 90, 170), 205), say('United We Stand', 'serif', 15, 172, BLUE, 150)), 'tl tr', stacks=('us',)),
    Design('MA', ('[rt]DDLL', '[rt]DDDL', '[c?]DDDL'), RED, _fill(WHITE, either([poly(NAVY, (28, 150), (40, 80), (14, 50), (50, 66), (80, 50), (60, 82), (64, 150))], [logo(46, 96, 66, 90)]), say('Massachusetts', 'serif', 19, 21, (40, 90, 170), 205), say(('Preserve the Trust', 'Cape Cod & Islands', 'Bay State', 'Invest in Children'), 'serif', 15, 172, BLUE, 175)), 'tl tr', box=(80, 52, 372, 142), stacks=('rt',)),
    Design('MA', ('DDDLLL', 'DDDDDD', 'LLLDDD', 'DDD.LLL'), FOREST, _fill(WHITE, say('MASSACHUSETTS', 'sans', 17, 168, FOREST, 205)), 'tl tr', box=(16, 34, 368, 140)),
    # Michigan
    Design('MI', ('LLL DDDD', 'LLL DDDD', 'DLL LDD', 'LLLDDDD'), (40, 75, 165), _fill(WHITE, band(0, 42, BLUE), say('MICHIGAN', 'serif', 21, 22, WHITE, 170), say(('www.Michigan.gov', 'www.michigan.gov', 'Spectacular Peninsulas', 'GREAT LAKES STATE'), 'serif', 13, 171, BLUE, 150)), 'tr', weight=3),
    Design('MI', ('DLL LDD', 'DLLLDD', 'DLL LDD'), BLUE, plain(graded((0, (205, 225, 240)), (0.5, PEACH), (1, WHITE)), disc((245, 150, 100), 200, 90, 44, 28), stroke((110, 130, 160), 3, (0, 110), (90, 60), (190, 108), (290, 60), (384, 108)), stroke((110, 130, 160), 3, (0, 118), (384, 118)), say('MICHIGAN', 'sans', 20, 22, BLUE, 170), say('Great Lakes Splendor', 'sans', 13, 171, BLUE, 170)), 'tr tl'),
    Design('MI', ('DDD LLL', 'LLL DDD', 'DDDLLL'), WHITE, _fill(BLUE, say('MICHIGAN', 'serif', 20, 22, WHITE, 170), say('GREAT LAKES', 'serif', 15, 171, WHITE, 180)), 'tr bl'),
    Design('MI', ('LLL DDDD', 'LLL DDDD', 'LLLDDD'), NAVY, plain(graded((0, WHITE), (0.7, WHITE), (1, PALE_BLUE)), say(('MICHIGAN', 'Pure Michigan'), 'sans', 19, 171, BLUE, 180), say('michigan.org', 'sans', 11, 20, BLUE, 90)), 'tr', box=(16, 38, 368, 138)),
    # Minnesota
    Design('MN', ('LLL*DDD', 'DDD*LLL', 'DDD*LLL', 'LLL-DDD', 'DDDD[hh]', 'DLL*DDD'), (35, 50, 120), plain(graded((0, (150, 200, 225)), (0.2, (185, 215, 232)), (0.5, (215, 230, 240)), (1, (175, 205, 230))), ridge((60, 130, 120), 48, 46, 47, 48, 46, 47, 38, 30, 34, 28, 46, base=50), trees((50, 120, 110), 50, 26, 6, 300, 378), band(47, 51, (120, 170, 205)), say('EXPLORE', 'sans', 9, 34, NAVY, 62, x=62), say(('Minnesota', 'Minnesota', 'Minnesota.com'), 'serif', 21, 27, (30, 50, 130), 165, x=200), say('10,000 lakes', 'serif', 15, 172, (30, 50, 130), 125)), 'bl br', emblem=_MINNESOTA, emblem_width=0.32, weight=7),
    Design('MN', ('LLL*DDD', 'LLL DDD', 'DDD LLL'), NAVY, plain(flat((240, 245, 248)), ridge((100, 165, 185), 46, 44, 46, 42, 46, base=50), trees(TEAL, 48, 18, 5, 250, 330), say('Minnesota', 'serif', 21, 24, (30, 50, 130), 165), say('10,000 lakes', 'serif', 15, 172, (30, 50, 130), 135)), 'bl br', emblem=_MINNESOTA, emblem_width=0.32, weight=2),
    Design('MN', ('LLDDD', 'DLLDD', 'LLDDDD', 'LLLDD'), NAVY, plain(graded((0, (225, 215, 170)), (1, (215, 195, 140))), ridge(FOREST, 56, 46, 58, 44, 56, base=64), disc(ORANGE, 240, 44, 20, 12), either([creature(BLACK, 70, 110, 100)], [logo(66, 100, 80, 96)]), say('Minnesota', 'serif', 20, 22, NAVY, 165, x=210), say('CRITICAL HABITAT', 'sans', 12, 172, NAVY, 150)), 'bl br', box=(120, 56, 370, 142)),
    Design('MN', ('LLL-DDD', 'LLL DDD', 'LLLDDD', 'DLLDDD'), WHITE, _fill(BLACK, say('MINNESOTA', 'sans', 20, 22, WHITE, 190)), 'bl br', emboss=0.1, organizations=False),
    # Mississippi
    Design('MS', ('LLL*DDD', 'DDD*LLL', 'LLL*DDD', 'DDDLLD'), (40, 60, 85), plain(graded((0, (225, 220, 120)), (0.35, (205, 215, 170)), (0.7, WHITE), (1, (195, 215, 190))), say('MISSISSIPPI', 'serif', 18, 20, FOREST, 150), county(15, 168, FOREST)), 'bl br', emblem=_magnolia, emblem_width=0.75, weight=3),
    Design('MS', ('LLL*DDD', 'LLL*DDD', 'LLL*DDDD', 'DLL*DDD'), (45, 50, 110), plain(graded((0, (200, 190, 225)), (0.3, (235, 200, 215)), (0.6, (245, 225, 180)), (0.85, (240, 190, 90)), (1, (130, 170, 200))), say('MISSISSIPPI', 'serif', 17, 21, NAVY, 150), county(15, 168, BLACK)), 'bl br', emblem=_lighthouse, emblem_width=0.5, weight=3),
    Design('MS', ('DDD*LLD', 'DDD*LLL', 'LLL DDD'), (20, 75, 60), plain(graded((0, (170, 215, 190)), (0.3, WHITE), (0.75, WHITE), (1, (120, 165, 210))), trees((150, 205, 180), 60, 34, 9), say('MISSISSIPPI', 'serif', 17, 22, FOREST, 150), county(15, 170, NAVY)), 'bl br', emblem=_magnolia, emblem_width=0.4, weight=2),
    Design('MS', ('LLL DDDD', 'LLLDDDD', 'LLL*DDD'), NAVY, plain(graded((0, CREAM), (1, (225, 205, 160))), disc((220, 190, 120), 192, 100, 60, 56), disc(CREAM, 192, 100, 48, 45), say('MISSISSIPPI', 'serif', 20, 22, NAVY, 175), either([county(15, 171, NAVY)], [say("Birthplace of America's Music", 'serif', 13, 171, BLUE, 230)])), 'bl br', emblem=_seal(GOLD, CREAM)),
    # Missouri
    Design('MO', ('DDD LLD', 'DDD-LLD', 'DDDLLD', 'LLD LDL'), (40, 35, 90), plain(graded((0, (160, 195, 215)), (0.3, WHITE), (0.65, WHITE), (1, (120, 190, 175))), ridge((150, 200, 190), 52, 44, 56, 46, 52, 42, base=60), say('MISSOURI', 'serif', 20, 22, NAVY, 175), say(('SHOW-ME STATE', 'Show-Me State'), 'serif', 15, 172, NAVY, 180)), 'bl br', weight=3),
    Design('MO', ('LLD LDL', 'LLD*LDL', 'LLD LDL'), NAVY, plain(graded((0, (140, 185, 225)), (0.35, (230, 238, 245)), (0.6, WHITE), (1, (130, 175, 130))), ridge((125, 170, 120), 140, 150, 138, 152, 146), creature(BLUE, 192, 86, 44), say('MISSOURI', 'sans', 20, 22, NAVY, 180), say('SHOW-ME STATE', 'sans', 13, 173, NAVY, 165)), 'bl br', emblem=_seal(BLUE), weight=3),
    Design('MO', ('LLD LDL', 'LLD*LDL', 'LLD LDL'), BLACK, plain(flat(WHITE), ridge((215, 70, 80), 0, 20, 44, 30, 12, base=-9), ridge((90, 130, 195), 160, 142, 158, 150, 164), say('MISSOURI', 'serif', 20, 24, NAVY, 170), say('BICENTENNIAL 1821-2021', 'serif', 12, 174, WHITE, 210)), 'bl br', emblem=_seal(SILVER, WHITE)),
    # Montana
    Design('MT', ('D-DDDDL', 'DD-DDDDL', 'DDDDDDL', 'D DDDDDL'), WHITE, plain(graded((0, (25, 50, 115)), (1, (40, 75, 150))), poly((230, 235, 240), (20, 34), (364, 38), (366, 150), (120, 156), (70, 110), (40, 90)), poly((40, 75, 150), (25, 39), (359, 43), (361, 145), (124, 151), (74, 106), (44, 86)), say('MONTANA', 'sans', 18, 18, WHITE, 165), say('TREASURE STATE', 'sans', 14, 173, WHITE, 190)), 'br bl', weight=2),
    Design('MT', ('D-DDDDL', 'DD-DDDDL', 'DDDDDDL', 'DDDLLL', 'LLLDDD'), NAVY, plain(graded((0, SKY), (0.4, WHITE), (0.75, PALE_BLUE), (1, BLUE)), ridge((150, 175, 205), 90, 60, 84, 50, 80, 56, 90, base=130), say('MONTANA', 'slab', 21, 24, NAVY, 165), say(('BIG SKY COUNTRY', 'Big Sky Country', 'Treasure State'), 'sans', 14, 172, NAVY, 185)), 'br bl tl', weight=2),
    Design('MT', ('D DDDDDL', 'LLLDDD', 'DLDDDD'), BLACK, plain(graded((0, CREAM), (0.5, WHITE), (1, PEACH)), either([creature(BROWN, 52, 100, 80)], [logo(52, 98, 76, 90)]), ridge((225, 190, 150), 140, 128, 142, 130, 144), say('MONTANA', 'sans', 20, 22, MAROON, 165), say(_CAUSES, 'sans', 13, 172, MAROON, 190)), 'br bl', box=(100, 52, 370, 142)),
    # Nebraska
    Design('NE', ('LLL DDD', 'LLL DDD', 'DD-LDDD', 'DD-DDDD', 'LLLDDD'), (25, 55, 130), plain(graded((0, (150, 195, 230)), (0.35, PALE_BLUE), (0.6, WHITE), (1, WHITE)), stroke((205, 90, 90), 3, (20, 46), (250, 40), (300, 56), (360, 66), (350, 160), (120, 162), (110, 110), (24, 108), (20, 46)), ridge((90, 130, 190), 170, 164, 172, 166, 174), say('Nebraska', 'script', 24, 24, RED, 150)), 'tr tl', weight=3),
    Design('NE', ('LLL DDD', 'DD-LDDD', 'DD-DDDD', 'LLL DDD'), (20, 45, 110), plain(graded((0, (230, 235, 240)), (0.6, WHITE), (1, (225, 195, 120))), either([stroke(GOLD, 4, (192, 150), (188, 60)), disc(YELLOW, 192, 74, 16, 20)], [creature(GRAY, 60, 104, 70)], [disc((215, 220, 230), 192, 100, 70, 50)]), say(('NEBRASKA', 'Nebraska'), 'sans', 21, 22, NAVY, 180), say(('www.nebraska.gov', 'THE GOOD LIFE', '1867 - 2017'), 'sans', 12, 173, NAVY, 150)), 'tr tl', weight=2),
    # Nevada
    Design('NV', ('DDD.LLL', 'DDD.LLL', 'DDDLLL', 'LLL DDD'), (25, 40, 95), plain(graded((0, (250, 180, 70)), (0.18, (250, 225, 160)), (0.3, (150, 185, 220)), (0.55, WHITE), (0.8, (170, 195, 225)), (1, (60, 100, 170))), ridge((235, 240, 245), 50, 34, 44, 26, 42, 28, 46, 30, 44, 36, 50, base=64), say('NEVADA', 'slab', 22, 24, NAVY, 150), say('THE SILVER STATE', 'serif', 11, 174, WHITE, 150)), 'tr', weight=5),
    Design('NV', ('DDDLLL', 'LLLDDD', 'LLL DDD'), NAVY, plain(graded((0, SILVER), (1, (215, 220, 228))), creature(GRAY, 60, 96, 60), ridge((165, 175, 190), 70, 50, 68, 48, 66, base=92), say('NEVADA', 'sans', 22, 24, NAVY, 150), say('THE SILVER STATE', 'sans', 14, 172, NAVY, 185)), 'tr'),
    Design('NV', ('DDL DDD', 'DDL.DDD', 'DDLDDD', 'LLDDDD'), (20, 30, 70), plain(graded((0, (130, 90, 130)), (0.25, (240, 170, 110)), (0.5, CREAM), (1, PALE_BLUE)), ridge((110, 130, 175), 150, 130, 146, 126, 150), star(GRAY, 30, 30, 14), say('NEVADA', 'sans', 21, 24, WHITE, 160, edge=NAVY), say(('HOME MEANS NEVADA', 'LAS VEGAS', 'LAKE TAHOE'), 'sans', 12, 174, WHITE, 180)), 'tr', weight=2),
    # New Hampshire
    Design('NH', ('DDD DDDD', 'DDD DDDD', 'DDDDDD', 'DDD DDD'), (45, 130, 85), plain(graded((0, (225, 230, 235)), (0.6, (240, 242, 245)), (1, (180, 215, 195))), poly((185, 190, 195), (270, 50), (330, 40), (350, 60), (340, 90), (360, 120), (300, 150), (280, 100)), poly(WHITE, (285, 66), (318, 58), (322, 100), (300, 110)), say('LIVE FREE OR DIE', 'sans', 13, 20, GREEN, 175), say('New', 'script', 18, 152, GREEN, 66, x=178), say('HAMPSHIRE', 'serif', 18, 174, GREEN, 160)), 'bl br', box=(16, 46, 368, 136), weight=5),
    Design('NH', ('[ch]DDDDL', '[ch]DLDDD', '[ch]DDDL'), (45, 130, 85), plain(graded((0, WHITE), (1, PALE_GREEN)), creature(BROWN, 54, 84, 76), say('LIVE FREE OR DIE', 'sans', 13, 20, GREEN, 175), say('New', 'script', 18, 152, GREEN, 66, x=178), say('HAMPSHIRE', 'serif', 18, 174, GREEN, 160)), 'bl br', box=(96, 46, 370, 138), stacks=('ch',)),
    Design('NH', ('LLL.DDD', 'LLLDDD', 'DDDDDD'), FOREST, _fill(WHITE, say('NEW HAMPSHIRE', 'sans', 17, 172, FOREST, 210), say('LIVE FREE OR DIE', 'sans', 13, 20, FOREST, 190)), 'bl br'),
    # New Jersey
    Design('NJ', ('LLL*DDL', 'LDD*LLL', 'LL*DDDL', 'LLLDDL', 'LDDLLL'), BLACK, plain(graded((0, (245, 225, 60)), (0.5, (245, 238, 160)), (0.85, WHITE), (1, WHITE)), stroke(BLACK, 2, (14, 10), (58, 10), (58, 38), (14, 38), (14, 10)), stroke(BLACK, 2, (326, 10), (370, 10), (370, 38), (326, 38), (326, 10)), say('New Jersey', 'serif', 20, 23, BLACK, 160), say('Garden State', 'sans', 16, 170, BLACK, 140)), 'tl tr', emblem=_NEW_JERSEY, emblem_width=0.26, weight=6),
    Design('NJ', ('DDDLLL', 'LLLDDD', 'LLL DDL', 'LLDDDL'), TAN, _fill((35, 70, 140), say('NEW JERSEY', 'sans', 18, 22, TAN, 175), say('GARDEN STATE', 'sans', 16, 171, TAN, 190)), 'tl tr'),
    Design('NJ', ('DDDD[le]', 'DDDL[??]', 'DDDLL'), BLACK, plain(graded((0, YELLOW), (1, WHITE)), logo(54, 96, 84, 90), say('New Jersey', 'serif', 20, 23, BLACK, 160), say(_CAUSES, 'serif', 15, 170, BLACK, 170)), 'tl tr', box=(104, 52, 370, 142)),
    # New Mexico
    Design('NM', ('LLL*DDD', 'DDD*LLL', 'LLL*DDD', 'LLLDDD'), (190, 40, 40), _fill((245, 205, 70), say(('NEW MEXICO USA', 'NEW MEXICO'), 'sans', 17, 156, RED, 190), say('LAND OF ENCHANTMENT', 'sans', 12, 177, RED, 200), sometimes(0.4, say(('CHILE CAPITAL OF THE WORLD', 'CENTENNIAL 1912-2012'), 'sans', 10, 14, RED, 220))), 'br tr', box=(14, 34, 370, 138), emblem=_zia, emblem_width=0.7, weight=3),
    Design('NM', ('LLL*DDD', 'LLL*DDD', 'LL*DDD'), (245, 205, 60), plain(graded((0, (30, 140, 170)), (1, (30, 150, 160))), say('CENTENNIAL 1912-2012', 'sans', 10, 15, YELLOW, 200), say('NEW MEXICO', 'sans', 16, 157, YELLOW, 165), say('LAND OF ENCHANTMENT', 'sans', 11, 178, YELLOW, 185)), 'br', box=(14, 32, 370, 138), emblem=_zia, emblem_width=0.7, weight=3),
    Design('NM', ('LLLLDD', 'DDDLLL', 'LLDDDD'), RED, _fill(BLACK, stroke(RED, 12, (60, 50), (50, 100), (70, 140)), stroke(GREEN, 12, (90, 50), (80, 100), (100, 140)), say('NEW MEXICO USA', 'sans', 16, 20, RED, 190), say('CHILE CAPITAL OF THE WORLD', 'sans', 12, 174, WHITE, 230)), 'br', box=(110, 46, 370, 142)),
    # New York
    Design('NY', ('LLL*DDDD', 'LLL*DDDD', 'LLLDDDD', 'DDDDDLL', 'DDDLLL'), (20, 40, 95), plain(flat(WHITE), band(0, 44, (40, 75, 150)), ridge(WHITE, 30, 20, 34, 16, 26, 36, 40, 38, base=50, left=10, right=140), skyline((25, 45, 95), 44, 30, 280, 370), say('NEW YORK', 'serif', 20, 23, WHITE, 160), band(158, HEIGHT, (40, 75, 150)), say('THE EMPIRE STATE', 'serif', 15, 175, WHITE, 190)), 'tl', emblem=_NEW_YORK, emblem_width=0.36, weight=5),
    Design('NY', ('LLL*DDDD', 'LLLDDDD', 'LLL*DDDD', 'DDDDDLL'), (20, 30, 70), plain(flat((235, 165, 50)), band(0, 40, (30, 45, 95)), say('NEW YORK', 'sans', 20, 22, (240, 175, 60), 160), say('EMPIRE STATE', 'sans', 16, 172, NAVY, 160)), 'tl', emblem=_NEW_YORK, emblem_width=0.36, weight=3),
    Design('NY', ('LLL DDDD', 'LLL-DDDD', 'LLLDDDD'), (20, 45, 110), plain(flat(WHITE), band(0, 34, NAVY), say('NEW YORK', 'sans', 19, 20, (240, 200, 70), 190), ridge(BLUE, 168, 160, 170, 158, 168, 156, 166), skyline(BLUE, 172, 20, 30, 130), say('EXCELSIOR', 'sans', 13, 178, WHITE, 120)), 'tl', weight=2),
    Design('NY', ('LDLLDD', 'LDL DDD', 'LLL DDD', 'DLLDDD'), (30, 45, 120), plain(flat(WHITE), band(0, 38, RED), say('NEW YORK', 'slab', 20, 21, WHITE, 160), poly((205, 110, 110), (180, 150), (184, 80), (176, 62), (192, 44), (208, 62), (200, 80), (204, 150)), band(160, HEIGHT, BLUE), sometimes(0.3, say('NEW YORK', 'sans', 12, 176, WHITE, 120))), 'tl br'),
    # North Carolina
    Design('NC', ('LLL-DDDD', 'LLL-DDDD', 'DDDDLL'), (60, 95, 150), plain(graded((0, PALE_BLUE), (0.45, WHITE), (1, WHITE)), stroke((110, 150, 195), 4, (160, 30), (300, 22)), stroke((110, 150, 195), 4, (164, 46), (304, 38)), stroke((110, 150, 195), 3, (190, 28), (196, 46)), stroke((110, 150, 195), 3, (260, 26), (266, 44)), ridge((215, 220, 215), 140, 132, 142, 130, 140, 134, base=166), say('First in Flight', 'sans', 15, 23, RED, 165), say('NORTH CAROLINA', 'sans', 20, 171, RED, 245)), 'tl tr', weight=4),
    Design('NC', ('LLL-DDDD', 'LLL-DDDD'), RED, plain(graded((0, PALE_BLUE), (0.45, WHITE), (1, WHITE)), stroke((110, 150, 195), 4, (160, 30), (300, 22)), stroke((110, 150, 195), 4, (164, 46), (304, 38)), say(('First in Flight', 'First in Freedom', 'In God We Trust'), 'sans', 15, 23, RED, 165), say('NORTH CAROLINA', 'sans', 20, 171, RED, 245)), 'tl tr', weight=2),
    Design('NC', ('DDDD[??]', 'DDDD[??]', 'DDDL[??]', 'DDDD[??]'), (60, 85, 150), plain(graded((0, PALE_BLUE), (0.45, WHITE), (1, WHITE)), logo(54, 100, 80, 86), stroke((110, 150, 195), 4, (160, 30), (300, 22)), stroke((110, 150, 195), 4, (164, 46), (304, 38)), say('First in Flight', 'sans', 15, 23, RED, 165), say('NORTH CAROLINA', 'sans', 20, 171, RED, 245)), 'tl tr', box=(106, 52, 370, 142), weight=1.5),
    # North Dakota
    Design('ND', ('LLL DDD', 'LLL DDD', 'DDD LLL', 'LLLDDD'), BLACK, plain(graded((0, (60, 125, 195)), (0.3, (130, 175, 215)), (0.6, (225, 232, 235)), (0.78, (245, 200, 120)), (1, (235, 180, 60))), band(148, 166, NAVY, 92, 300), say('NORTH DAKOTA', 'sans', 12, 157, WHITE, 180), creature(MAROON, 42, 162, 52), stroke(ORANGE, 5, (310, 170), (350, 150)), say('Discover the Spirit', 'script', 18, 22, WHITE, 205), say('PEACE GARDEN STATE', 'sans', 8, 177, BLACK, 145)), 'tr', box=(16, 46, 368, 140), emboss=0.3, weight=4),
    Design('ND', ('DDD LLL', 'DDD LLL', 'DDDLLL', 'LLL DDD'), BLACK, plain(graded((0, (140, 175, 205)), (0.35, (240, 215, 170)), (0.6, PEACH), (1, (120, 150, 90))), ridge((205, 170, 130), 120, 104, 116, 100, 120, base=150), creature(BROWN, 330, 152, 40), say('NORTH DAKOTA', 'sans', 18, 22, NAVY, 210), say(('Peace Garden State', 'LEGENDARY'), 'sans', 14, 173, WHITE, 160)), 'tr', weight=1.5),
    # Ohio
    Design('OH', ('LLL DDDD', 'LLL DDDD', 'LL DDLL', 'DDLLL', 'LLLDDDD'), (30, 40, 90), plain(flat(WHITE), band(0, 38, RED), ridge(WHITE, 46, 30, 8, 4, 8, 30, 46, base=52, left=120, right=264), say('Ohio', 'script', 22, 22, BLUE, 75), say('Birthplace of Aviation', 'script', 10, 44, BLUE, 130), band(152, HEIGHT, BLUE), band(148, 156, PALE_BLUE)), 'bl br', weight=4),
    Design('OH', ('LLL DDDD', 'LLL DDDD', 'DDDLLL'), NAVY, plain(graded((0, SKY), (0.4, WHITE), (0.7, PALE_GREEN), (1, GREEN)), disc(GOLD, 340, 30, 24), soft(PALE_GREEN, 5, (0, 140, 380, 170)), say(('OHIO', 'Ohio', 'Beautiful OHIO'), 'serif', 24, 24, NAVY, 130), say(('Birthplace of Aviation', 'Beautiful Ohio'), 'serif', 13, 174, NAVY, 165)), 'bl br', weight=1.5),
    Design('OH', ('LLL DDDD', 'LLL DDDD'), (30, 50, 110), plain(graded((0, (225, 228, 235)), (1, WHITE)), poly((205, 60, 70), (0, 36), (90, 42), (0, 62)), say(('BUCKEYE STATE   LAKE ERIE   ALL-AMERICA', 'ROLLING HILLS   STATE FAIR   RIVERS'), 'sans', 7, 64, SILVER, 370), say(('FIRST IN FLIGHT   ROCK AND ROLL   CARDINAL', 'INVENTION   FARMS   CANALS   FOREST'), 'sans', 7, 134, SILVER, 370), say('OHIO', 'sans', 26, 24, RED, 110), say('BIRTHPLACE OF AVIATION', 'sans', 11, 174, BLUE, 190)), 'bl br'),
    Design('OH', ('LLL DDD', 'DDDLLL', 'LLL DDDD', 'LL DDDD'), NAVY, plain(graded((0, (245, 205, 90)), (0.5, WHITE), (1, WHITE)), say(('OHIO', 'Ohio'), 'serif', 25, 24, NAVY, 110), say(('The Heart of It All!', 'Birthplace of Aviation'), 'serif', 14, 172, NAVY, 185)), 'bl br'),
    # Oklahoma
    Design('OK', ('DDDLLL', 'DDDLLL', 'LLLDDD', 'LL DDDD'), (160, 40, 55), plain(graded((0, (235, 232, 225)), (1, (225, 225, 225))), ridge((110, 170, 205), 60, 40, 60, 90, 130, base=HEIGHT, left=-5, right=110), poly((45, 60, 85), (30, 160), (40, 90), (60, 60), (90, 70), (84, 100), (110, 140), (100, 160)), stroke((45, 60, 85), 4, (70, 80), (96, 26)), band(160, HEIGHT, (45, 65, 125), 60, 390), say('OKLAHOMA', 'serif', 20, 25, (80, 40, 40), 170, x=200), say('NATIVE AMERICA', 'sans', 13, 174, WHITE, 185, x=210)), 'tl tr', box=(112, 54, 372, 146), weight=4),
    Design('OK', ('LLL*DDD', 'LLL DDD', 'LLL-DDDD', 'LLL*DDDD'), (20, 110, 80), plain(graded((0, WHITE), (1, WHITE)), say('OKLAHOMA', 'sans', 21, 22, GREEN, 185), say(('NATIVE AMERICA', 'OK!', 'OKLAHOMA OK!'), 'sans', 15, 171, GREEN, 180)), 'tl tr', emblem=_seal(TAN, GREEN, CREAM), emblem_width=0.5, weight=2),
    Design('OK', ('LLL DDD', 'LLLDDD', 'DDDLLL'), WHITE, plain(graded((0, (45, 110, 170)), (0.5, (90, 150, 195)), (1, (200, 220, 235))), poly(WHITE, (60, 60), (180, 100), (330, 50), (200, 110), (190, 160)), say('OKLAHOMA', 'sans', 19, 22, WHITE, 190), say(('TRAVELOK.COM', 'Explore Oklahoma', 'IMAGINE THAT'), 'sans', 13, 173, NAVY, 170)), 'tl tr', emboss=0.3),
    # Oregon
    Design('OR', ('LLL*DDD', 'DDD*LLL', 'LLL*DDD', 'DDD*LLL'), (50, 45, 95), plain(graded((0, (185, 205, 225)), (0.5, (215, 222, 232)), (1, (225, 228, 232))), ridge((205, 195, 220), 90, 50, 90, 60, 44, 80, 70, 40, 84, base=150), trees((60, 60, 120), 172, 20, 12), say('Oregon', 'serif', 23, 22, (25, 40, 70), 110)), 'bl br', emblem=_fir, emblem_width=0.55, weight=5),
    Design('OR', ('[cu] DDDDD', '[cu]DDDDD', '[ng]DDDDDD', '[sm] DDDDD'), BLACK, plain(graded((0, (235, 175, 130)), (0.4, (245, 205, 165)), (1, (225, 165, 140))), soft((235, 150, 120), 9, (0, 30, 380, 170)), say('Oregon', 'serif', 21, 22, (40, 30, 60), 110), say(('Cultural Trust', 'Salmon', 'Crater Lake'), 'serif', 14, 172, (60, 40, 50), 150)), 'bl br', stacks=('cu', 'sm', 'cl')),
    Design('OR', ('LLL DDD', '[cl] DDDDD', 'DDD LLL'), (25, 40, 90), plain(graded((0, (90, 150, 200)), (0.4, PALE_BLUE), (0.7, (70, 120, 185)), (1, NAVY)), ridge((130, 150, 180), 80, 60, 74, 56, 80, base=110), poly((40, 80, 130), (160, 120), (192, 96), (224, 120)), say('Oregon', 'serif', 21, 22, WHITE, 110, edge=NAVY), say(('Crater Lake', 'Pacific Wonderland', 'WINE COUNTRY'), 'serif', 14, 172, WHITE, 150)), 'bl br'),
    # Pennsylvania
    Design('PA', ('LLL*DDDD', 'LLL*DDDD', 'LLL-DDDD', 'LLLDDDD', 'LLL DDDD'), (25, 45, 100), plain(graded((0, (40, 75, 150)), (0.2, (50, 85, 155)), (0.27, WHITE), (0.76, WHITE), (0.83, (245, 205, 70)), (1, (245, 200, 60))), say('PENNSYLVANIA', 'sans', 17, 21, WHITE, 195), say(('visitPA.com', 'www.state.pa.us', 'visitPA.com', 'LET FREEDOM RING'), 'sans', 15, 173, (25, 45, 100), 140)), 'tl bl', emblem=_KEYSTONE, emblem_width=0.24, weight=5),
    Design('PA', ('LLDDDDD', 'LLLDDDD', 'ptDDDDD'), (25, 45, 100), plain(flat(WHITE), band(0, 44, (40, 75, 150)), band(150, HEIGHT, (245, 200, 60)), say('PENNSYLVANIA', 'sans', 17, 23, WHITE, 195), say(('TRUCK', 'TRAILER', 'MC', 'PERSONS WITH DISABILITY'), 'sans', 15, 172, NAVY, 100)), 'tl bl'),
    Design('PA', ('LLL-DDD', 'LLL*DDD', 'LLLDDD'), (240, 200, 70), _fill((25, 50, 115), say('PENNSYLVANIA', 'sans', 17, 21, YELLOW, 195), say(('KEYSTONE STATE', "YOU'VE GOT A FRIEND IN"), 'sans', 14, 172, YELLOW, 190)), 'tl bl br', emblem=_KEYSTONE, emblem_width=0.24, weight=1.5),
    # Rhode Island
    Design('RI', ('DDD-DDD', 'LL-DDD', 'LL-DDD', 'DDDDDD', 'LL DDD', 'DDDDD'), (40, 55, 120), plain(flat((238, 238, 240)), ridge((200, 210, 222), 130, 118, 96, 70, 52, 46, 58, 80, 84, 74, 80, base=HEIGHT), ridge((238, 238, 240), 150, 146, 130, 104, 84, 78, 90, 120, 140, 150, 150, base=HEIGHT), stroke(NAVY, 4, (36, 20), (36, 46)), stroke(NAVY, 4, (26, 40), (36, 48), (46, 40)), say('Rhode Island', 'serif', 19, 23, NAVY, 185), say('Ocean State', 'serif', 18, 171, NAVY, 155)), 'br', weight=5),
    Design('RI', ('DDDDD', 'LLDDD', 'LL-DDD'), (35, 45, 100), plain(graded((0, SKY), (0.6, PALE_BLUE), (1, BLUE)), either([creature(WHITE, 66, 110, 90)], [logo(60, 100, 80, 100)]), say('Rhode Island', 'serif', 19, 23, BLACK, 185), say(('CONSERVATION THROUGH EDUCATION', 'PLUM BEACH LIGHTHOUSE', 'Ocean State'), 'sans', 11, 172, BLACK, 200)), 'br', box=(116, 52, 370, 142)),
    Design('RI', ('DLDDDD', 'DDDDDD', 'LLDDD'), NAVY, plain(graded((0, PALE_BLUE), (0.5, WHITE), (0.75, SKY), (1, NAVY)), ridge(SKY, 150, 140, 154, 142, 156, 144), ridge(BLUE, 162, 154, 166, 156, 168), say('Rhode Island', 'sans', 20, 22, NAVY, 170), say('Ocean State', 'sans', 14, 174, WHITE, 120)), 'br'),
    # South Carolina
    Design('SC', ('LLL*DDD', 'DDD*LLL', 'LLL*DDD'), (25, 35, 75), plain(graded((0, (120, 150, 200)), (0.3, (205, 215, 230)), (0.5, (240, 232, 225)), (0.72, (230, 140, 95)), (0.83, (215, 105, 70)), (0.86, (50, 75, 125)), (1, (40, 60, 110))), say('South Carolina', 'serif', 18, 20, NAVY, 165), say('TRAVEL2SC.COM', 'serif', 13, 176, WHITE, 150)), 'bl br', emblem=_palmetto, emblem_width=0.48, weight=4),
    Design('SC', ('DDD LLL', 'LLL DDD', 'DDDLLL', 'LLL*DDD'), NAVY, plain(graded((0, WHITE), (1, (215, 228, 235))), disc((190, 200, 200), 60, 100, 40, 50), creature(BROWN, 330, 56, 36), say('South Carolina', 'serif', 21, 23, NAVY, 190), say('Smiling Faces. Beautiful Places.', 'script', 14, 172, FOREST, 230)), 'bl br', emblem=_palmetto, emblem_width=0.42, weight=1.5),
    Design('SC', ('LLL DDD', 'LLL*DDD', 'DDDD LL'), NAVY, plain(graded((0, (225, 235, 245)), (0.7, WHITE), (1, (160, 190, 220))), poly((165, 185, 215), (160, 150), (190, 60), (224, 150)), say('South Carolina', 'sans', 20, 22, NAVY, 200), say(('While I Breathe, I Hope', 'IN GOD WE TRUST'), 'sans', 13, 172, NAVY, 200)), 'bl br', emblem=_palmetto, emblem_width=0.42),
    # South Dakota
    Design('SD', ('DDL LDD', 'DLL DDD', 'DLL DDD', 'DDL DDD', 'LDL DDD'), (20, 40, 85), plain(graded((0, (90, 160, 215)), (0.4, PALE_BLUE), (1, WHITE)), ridge((238, 236, 232), 90, 60, 50, 66, 50, 60, 48, 62, 80, 96), disc((215, 212, 205), 120, 96, 26, 36), disc((220, 216, 208), 176, 92, 26, 36), disc((214, 210, 204), 232, 98, 26, 36), disc((222, 218, 210), 286, 96, 26, 36), say('South Dakota', 'script', 22, 24, RED, 160, rise=2), say('GREAT FACES. GREAT PLACES.', 'serif', 10, 168, RED, 205)), 'br bl', weight=3),
    Design('SD', ('DDL LDD', 'DLL DDD', 'DDLDDD', 'LDLDDD'), (30, 40, 90), plain(graded((0, WHITE), (0.6, (232, 230, 225)), (1, (200, 200, 205))), disc((205, 202, 198), 150, 96, 40, 52), disc((212, 208, 204), 230, 100, 40, 50), say('South Dakota', 'serif', 21, 22, (40, 60, 130), 190), say(('Great Faces. Great Places.', 'GREAT FACES GREAT PLACES'), 'serif', 13, 173, RED, 210)), 'br bl', weight=2),
    # Tennessee
    Design('TN', ('DDD~LLL', 'DDD~LLL', 'LDD DDL', 'LDD-DDL', 'DDDLLL'), (20, 40, 35), plain(graded((0, WHITE), (0.35, WHITE), (0.6, (215, 228, 210)), (1, (150, 185, 150))), ridge((190, 212, 190), 90, 70, 86, 66, 92, 72, 84, base=150), ridge((165, 195, 160), 130, 118, 128, 112, 126), say('The Volunteer State', 'sans', 8, 9, BLACK, 100, x=210), say('Tennessee', 'script', 24, 28, BLACK, 155), band(157, 182, WHITE, 100, 284), either([county(15, 170, BLACK)], [say('TNVACATION.COM', 'sans', 12, 170, BLACK, 150)])), 'bl br tl tr', emblem=_TENNESSEE, weight=4),
    Design('TN', ('DDD LLL', 'LLL DDD', 'LLLDDD'), NAVY, plain(graded((0, (240, 205, 110)), (0.4, CREAM), (1, (165, 200, 170))), disc(GOLD, 192, 100, 60, 46), ridge((150, 190, 160), 150, 130, 146, 128, 150), say(('TENNESSEE', 'Tennessee'), 'serif', 21, 23, NAVY, 180), say('The Volunteer State', 'serif', 13, 155, NAVY, 170), county(13, 176, NAVY)), 'bl br', box=(16, 46, 368, 140), weight=1.5),
    Design('TN', ('LLL DDDD', 'LLL-DDDD', 'LLLDDDD'), WHITE, _fill((25, 45, 95), disc(RED, 192, 22, 14), say('TENNESSEE', 'sans', 18, 24, WHITE, 200), say(('The Volunteer State', 'In God We Trust'), 'sans', 12, 155, WHITE, 160), county(12, 176, WHITE)), 'bl br', emboss=0.2, box=(16, 46, 368, 140)),
    # Texas
    Design('TX', ('LLD*LDDD', 'LLD*LDDD', 'DDL LDD', 'LLDLDDD'), BLACK, plain(graded((0, (90, 140, 205)), (0.3, (160, 195, 225)), (0.5, WHITE), (0.72, (225, 232, 240)), (0.82, (110, 110, 130)), (1, (55, 70, 110))), poly((195, 60, 60), (0, 0), (100, 0), (20, 70), (0, 100)), star(WHITE, 32, 30, 24), soft((225, 232, 240), 8, (120, 50, 380, 110)), ridge((85, 90, 115), 152, 144, 150, 140, 154, 146, 156), say('TEXAS', 'slab', 22, 22, WHITE, 145, x=205, edge=(90, 120, 170)), say('The Lone Star State', 'script', 15, 175, WHITE, 185)), 'tr', emblem=_TEXAS, emblem_width=0.3, emboss=0.2, weight=4),
    Design('TX', ('LDD*LLL', 'DDD*LLL', 'LLL*DDL', 'LLLDDD'), (35, 50, 105), plain(graded((0, PALE_BLUE), (0.4, WHITE), (1, WHITE)), disc((205, 220, 235), 330, 40, 26), poly(NAVY, (14, 26), (60, 20), (40, 34)), ridge(NAVY, 168, 172, 170, 166, 172, 168, 171), stroke(NAVY, 3, (340, 170), (348, 140), (356, 170)), creature(NAVY, 92, 160, 30), say('TEXAS', 'serif', 21, 25, RED, 125), say('THE LONE STAR STATE', 'sans', 9, 180, WHITE, 170)), 'tl tr', emblem=_TEXAS, emblem_width=0.28, weight=3),
    Design('TX', ('LLL*DDDD', 'LLL*DDDD', 'LLLDDDD', 'LLL DDDD'), BLACK, _fill(WHITE, star(BLACK, 34, 28, 18), say('TEXAS', 'sans', 21, 23, BLACK, 165), say('The Lone Star State', 'sans', 13, 173, BLACK, 180)), 'tr', emblem=_TEXAS, emblem_width=0.26, weight=3),
    Design('TX', ('LLL DDL', 'LLL*DDL', 'DDD LLL', 'LLLDDL'), (30, 60, 130), _fill(WHITE, say('TEXAS', 'sans', 21, 23, RED, 125), say(('The Lone Star State', '150 Years of Statehood'), 'sans', 14, 172, RED, 180)), 'bl br tr', emblem=_TEXAS, emblem_width=0.28),
    # Utah
    Design('UT', ('DDD LLL', 'DDD*LLL', 'LDD DLL', 'DDDD LL', 'LDDDLL'), (25, 35, 90), plain(graded((0, (130, 180, 215)), (0.4, (170, 200, 220)), (0.75, (235, 160, 110)), (1, (220, 125, 80))), ridge((225, 130, 85), 130, 120, 110, 56, 50, 56, 60, 110, 130, 132, base=HEIGHT), poly((175, 200, 220), (176, 130), (186, 92), (204, 82), (222, 96), (226, 130)), say('UTAH', 'sans', 18, 24, (40, 70, 130), 100), either([say('1896   CENTENNIAL   1996', 'serif', 12, 173, NAVY, 300)], [say('LIFE ELEVATED', 'sans', 13, 173, WHITE, 190)], [say('LIFE ELEVATED', 'sans', 13, 173, NAVY, 190)])), 'tl tr bl br', weight=4),
    Design('UT', ('DDD LLL', 'LDD DLL', 'LLL DDD', 'LDDDLL'), NAVY, plain(graded((0, (120, 175, 220)), (0.4, WHITE), (1, WHITE)), ridge((205, 222, 238), 90, 60, 80, 46, 74, 100, base=HEIGHT), creature(BLUE, 70, 100, 70), say('UTAH', 'sans', 22, 23, NAVY, 110), say(('GREATEST SNOW ON EARTH', 'SKI UTAH!', 'LIFE ELEVATED'), 'sans', 13, 173, BLUE, 210)), 'tl tr', weight=2),
    Design('UT', ('LDD DLL', 'LDDDLL', 'DLDDD'), WHITE, _fill(BLACK, say('UTAH', 'sans', 20, 22, WHITE, 90)), 'tl tr', emboss=0.1, organizations=False),
    # Vermont
    Design('VT', ('LLL DDD', 'LLL DDD', 'LLL DDD', 'DDDDD', 'LLLDDD', 'LDDDDD[trk]'), (240, 245, 240), plain(flat((25, 120, 75)), band(6, 38, (20, 100, 62)), band(152, 186, (20, 100, 62)), stroke((235, 240, 235), 3, (4, 40), (380, 40), (380, 150), (4, 150), (4, 40)), disc((210, 225, 215), 32, 22, 14), say('Vermont', 'sans', 17, 22, WHITE, 125), say('Green Mountain State', 'sans', 13, 170, WHITE, 195)), 'br', box=(16, 50, 368, 140), weight=5),
    Design('VT', ('DDDDD', 'LLDDD'), (240, 245, 240), plain(flat((25, 120, 75)), disc(WHITE, 330, 96, 38), disc((200, 160, 60), 330, 96, 28), say('Vermont', 'sans', 17, 22, WHITE, 125), say(('Green Mountain State', 'CONSERVATION'), 'sans', 13, 170, WHITE, 190)), 'br', box=(16, 50, 286, 140)),
    # Virginia
    Design('VA', ('LLL-DDDD', 'LLL-DDDD', 'LLL DDD', 'LLL-DDD', 'LLLDDD'), (35, 40, 85), _fill((240, 240, 243), say('VIRGINIA', 'serif', 22, 25, (60, 80, 160), 155), sometimes(0.35, say(('1607  400th Anniversary  2007', 'Virginia is for Lovers', 'www.virginia.org'), 'serif', 13, 172, RED, 220))), 'tl tr', weight=5),
    Design('VA', ('DDDDLL', 'LLDDDD', 'DDDDLL', 'DDD*DDD', 'DDD[??]'), (35, 40, 85), _fill((240, 240, 243), either([logo(50, 98, 74, 84)], [creature(BROWN, 50, 100, 80)], [logo(50, 98, 74, 84)]), say('VIRGINIA', 'serif', 22, 25, (60, 80, 160), 155), say(_CAUSES, 'serif', 13, 172, NAVY, 190)), 'tl tr', box=(96, 52, 372, 142), emblem=_seal(GOLD, CREAM, GRAY), weight=3),
    Design('VA', ('LL-DDDD', 'LLL-DDDD', 'DDDDLL'), NAVY, plain(graded((0, (110, 160, 205)), (0.35, (200, 215, 225)), (0.7, (235, 225, 205)), (1, (150, 175, 145))), ridge((130, 160, 190), 90, 70, 80, 60, 84, 70, 90, base=130), either([creature(RED, 60, 100, 50)], [creature(BROWN, 60, 90, 60)], []), say('VIRGINIA', 'serif', 21, 25, BLUE, 150), say(('WILDLIFE CONSERVATIONIST', 'Virginia Heritage', 'Shenandoah'), 'sans', 11, 174, BLACK, 170)), 'tl tr bl br'),
    # Washington
    Design('WA', ('DDD-LLL', 'DDD-LLL', 'LLL-DDD', 'LLLDDDD', 'LLLDDDD', 'LDDDDDL', 'DDDDD-L'), (25, 35, 75), plain(flat((235, 238, 243)), ridge((185, 210, 228), 130, 120, 100, 76, 56, 46, 58, 80, 104, 120, 132, base=160), ridge((235, 238, 243), 160, 130, 104, 84, 70, 92, 110, 150, base=164, left=120, right=270), say('WASHINGTON', 'sans', 17, 24, RED, 165, x=130), say('EVERGREEN STATE', 'sans', 12, 170, RED, 165)), 'tr', weight=5),
    Design('WA', ('DDD LLL', 'LLL DDD', 'DDDDD-L', 'DDD-LLL'), (40, 45, 110), plain(flat((238, 238, 243)), ridge((200, 215, 230), 130, 120, 100, 76, 56, 46, 58, 80, 104, 120, 132, base=160), say(('Washington', 'WASHINGTON'), 'serif', 21, 24, RED, 165), say(('Centennial Celebration', 'Evergreen State'), 'serif', 13, 171, RED, 165)), 'tl tr', weight=2),
    # West Virginia
    Design('WV', ('DLL DDD', 'DL DDDD', 'DLL DDD', 'DL DDDD', 'LLL DDD', 'DLLDDD'), (30, 45, 110), plain(flat((238, 240, 245)), band(0, 38, (35, 55, 125)), stroke(GOLD, 5, (0, 41), (384, 41)), say('West Virginia', 'serif', 21, 22, (240, 190, 70), 170), stroke(GOLD, 6, (0, 168), (88, 168)), stroke(NAVY, 6, (0, 178), (88, 178)), stroke(GOLD, 6, (296, 168), (384, 168)), stroke(NAVY, 6, (296, 178), (384, 178)), say('Wild, Wonderful', 'serif', 16, 172, (35, 55, 125), 170)), 'br', weight=5),
    Design('WV', ('DDD', 'DDDD', 'LLDDD', 'DLDDD'), (35, 60, 110), plain(graded((0, (205, 225, 235)), (0.35, WHITE), (1, (215, 228, 230))), ridge((240, 205, 110), 128, 120, 130, 118, 128, base=146), ridge((70, 110, 145), 168, 160, 170, 158, 166), say('West Virginia', 'serif', 21, 22, (40, 60, 120), 170), say('Wild, Wonderful', 'serif', 15, 170, (40, 60, 120), 160)), 'br'),
    Design('WV', ('DL DDDD', 'DLDDDD', 'LLLDDD'), (30, 45, 120), plain(flat((245, 205, 60)), poly((250, 225, 120), (100, 120), (140, 60), (200, 40), (230, 80), (260, 50), (230, 120), (180, 150)), say('WEST VIRGINIA', 'sans', 16, 22, NAVY, 190), say('WILD, WONDERFUL', 'sans', 15, 171, NAVY, 200)), 'br'),
    # Wisconsin
    Design('WI', ('DDD-LLL', 'LLL-DDD', 'LLL-DDDD', 'LLL-DDDD', 'DDD LLL'), (30, 35, 60), plain(flat((240, 240, 238)), say('WISCONSIN', 'display', 17, 20, RED, 175, x=110), disc(ORANGE, 228, 20, 12), poly((40, 110, 160), (206, 26), (222, 12), (234, 30)), ridge(GREEN, 40, 24, 18, 30, 40, base=46, left=262, right=372), poly(RED, (316, 36), (316, 18), (330, 10), (344, 18), (344, 36)), stroke(GREEN, 4, (10, 46), (374, 44)), say("America's Dairyland", 'serif', 14, 172, RED, 165)), 'bl br', weight=5),
    Design('WI', ('LLL-DDD', 'LLL-DDDD', 'DDD-LLL'), NAVY, plain(graded((0, PALE_BLUE), (0.4, WHITE), (1, (200, 220, 200))), say('WISCONSIN', 'sans', 19, 21, RED, 190), say("America's Dairyland", 'serif', 14, 172, BLUE, 165)), 'bl br'),
    Design('WI', ('LLL-DDDD', 'DDD-LLL', 'LLLDDDD'), (240, 190, 60), _fill(BLACK, say('WISCONSIN', 'sans', 18, 22, GOLD, 190), say("AMERICA'S DAIRYLAND", 'sans', 12, 172, GOLD, 190)), 'bl br', organizations=False),
    # Wyoming
    Design('WY', ('D*DDDL', 'DD*DDDL', 'D*DDDDL', 'DD*DDDD', 'D*DDD[an]', 'D DDD'), BLACK, plain(graded((0, (90, 150, 205)), (0.35, (190, 212, 228)), (0.7, WHITE), (0.85, (120, 150, 110)), (1, (50, 90, 60))), ridge((215, 212, 205), 140, 60, 48, 46, 50, 60, 140, base=160, left=240, right=370), soft(WHITE, 7, (0, 30, 240, 90)), say('WYOMING', 'serif', 18, 170, WHITE, 155, x=230, edge=(70, 70, 80))), 'tl', emblem=_bronco((25, 25, 28)), emblem_width=0.8, weight=3),
    Design('WY', ('D*DDD[an]', 'DD*DDDD', 'D*DDDL', 'DD*DDDL'), (80, 55, 120), plain(flat(WHITE), say('Wyoming', 'serif', 23, 24, (60, 60, 140), 150, x=240), say(('1890  Centennial  1990', 'TRUCK', 'LIKE NO PLACE ON EARTH'), 'sans', 12, 173, NAVY, 220)), 'tl tr', emblem=_bronco((90, 70, 110)), emblem_width=0.8, weight=2),
    Design('WY', ('D*DDDDL', 'DD*DDDDL', 'DD*DDDD'), (70, 45, 30), plain(graded((0, (235, 170, 110)), (0.3, CREAM), (0.7, WHITE), (1, (130, 150, 180))), ridge((175, 185, 200), 130, 90, 120, 70, 60, 100, 80, 130, base=160), say('WYOMING', 'serif', 19, 22, (90, 50, 30), 170), sometimes(0.4, say('FOREVER WEST', 'sans', 12, 174, WHITE, 140))), 'tl tr', emblem=_bronco((60, 40, 30)), emblem_width=0.8, weight=2),
)  # fmt: skip

JURISDICTIONS: tuple[str, ...] = tuple(sorted({design.code for design in _DESIGNS}))
"""The 51 codes, in alphabetical order."""


def choose_design(rng: random.Random, code: str | None = None) -> Design:
    """A design of a jurisdiction, common ones more often; of any jurisdiction when `code` is None.

    Some come out as an organization's plate: a logo at the left, fewer characters. Any one thing but the ground may be
    missing, as if it were worn off or covered, so that a name or a scenery alone must do.
    """
    code = code or rng.choice(JURISDICTIONS)
    known = [design for design in _DESIGNS if design.code == code]
    if not known:
        raise KeyError(f'No design is known of {code}.')
    design = rng.choices(known, [d.weight for d in known])[0]
    design = replace(design, shapes=(design.shapes[0], *(shape for shape in design.shapes[1:] if rng.random() > 0.04)))
    if design.organizations and rng.random() < 0.1:
        return _of_an_organization(rng, design)
    return design


def _of_an_organization(rng: random.Random, design: Design) -> Design:
    left, top, right, bottom = design.box
    stack = rng.choice(design.stacks)
    short = rng.choice(['DDDD', 'DDDDD', 'LDDDD', 'LLDDD', 'DDDLL', 'DDDDL', 'LLDDDD', 'DDDLL'])
    number = rng.choice([short, short, f'[{stack}]{short[:4]}', f'{short[:4]}[{stack}]'])
    wide = rng.uniform(70, 104)
    picture = logo(10 + wide / 2, 98, wide, rng.uniform(76, 104), rng.choice(['picture', 'picture', 'seal', 'animal', 'letters', 'wheelchair', 'ribbon']))
    return replace(design, formats=(number,), shapes=(*design.shapes, picture), box=(max(left, 16 + wide), top, right, bottom), emblem=None)


_TOKEN = re.compile(r'\[[^\]]*\]|<[^>]*>|[LD]+|[a-z0-9]+|.')


def draw_base(rng: random.Random, design: Design) -> Base:
    """One plate of a design with all but its serial; one in five carries a vanity text instead of a serial."""
    canvas = Canvas(rng)
    for shape in design.shapes:
        shape(canvas)
    for where in design.stickers.split():
        if rng.random() < 0.6:
            _sticker(canvas, where)
    left, top, right, bottom = design.box
    dx, dy, taller = rng.gauss(0, 2.5), rng.gauss(0, 3), rng.gauss(0, 4)
    box = (left + dx, top + dy - taller / 2, right + dx, bottom + dy + taller / 2)
    serial = _vanity(rng, design) if rng.random() < 0.2 else _serial(rng, design)
    if design.emblem:
        _place_emblem(canvas, design, serial, box)
    _bolts(canvas)
    label = ''.join(part.text for part in serial if isinstance(part, Characters))
    return Base(canvas.image, tuple(serial), box, canvas.color(design.color), rng.random() < design.emboss, label)


def _serial(rng: random.Random, design: Design) -> list[Part]:
    parts: list[Part] = []
    for token in _TOKEN.findall(rng.choice(design.formats)):
        if token[0] == '[':
            small = ''.join(rng.choice(texts.LETTERS) if c == '?' else rng.choice(texts.DIGITS) if c == '#' else c.upper() for c in token[1:-1])
            parts.append(Stack(small, rng.uniform(0.34, 0.5)))
        elif token[0] == '<':
            parts.append(Words(tuple(token[1:-1].split('|'))))
        elif token == ' ':
            parts.append(Gap(rng.uniform(0.15, 0.5)))
        elif token in '-.':
            parts.append(Mark('dash' if token == '-' else 'dot', rng.uniform(0.14, 0.34)))
        elif token in '*~':
            parts.append(Gap(_room_of(design)))
        else:
            parts.append(Characters(texts.serial(rng, token).upper()))
    return parts


def _vanity(rng: random.Random, design: Design) -> list[Part]:
    text = texts.vanity(rng)
    roomy = design.box[2] - design.box[0] > 300
    text = text[: 8 if roomy else 6]
    if len(text) > 3 and rng.random() < 0.2:
        cut = rng.randint(1, len(text) - 1)
        return [Characters(text[:cut]), Gap(rng.uniform(0.2, 0.5)), Characters(text[cut:])]
    return [Characters(text)]


def _room_of(design: Design) -> float:
    """The gap for an emblem, in character heights: characters lap over wide ones, as on real plates."""
    return 0.12 + 0.7 * design.emblem_width


def _place_emblem(canvas: Canvas, design: Design, serial: Sequence[Part], box: Box) -> None:
    """The design's emblem where the serial leaves room for it; in the middle, if at all, under a vanity text."""
    assert design.emblem is not None
    height = box[3] - box[1]
    room = _room_of(design)
    at = next((i for i, part in enumerate(serial) if isinstance(part, Gap) and part.width == room), None)
    if at is None:
        if canvas.rng.random() < 0.75:
            return
        x = (box[0] + box[2]) / 2
    else:
        widths = [0.62 * len(p.text) if isinstance(p, Characters) else 0.35 if isinstance(p, Stack) else getattr(p, 'width', 0.3) + 0.08 for p in serial]
        scale = min(height, (box[2] - box[0]) / sum(widths))
        x = (box[0] + box[2]) / 2 + scale * (sum(widths[:at]) + widths[at] / 2 - sum(widths) / 2)
    design.emblem(canvas, x, (box[1] + box[3]) / 2, design.emblem_width * height, height)


def _bolts(canvas: Canvas) -> None:
    rng = canvas.rng
    if rng.random() < 0.7:
        inset, tone = rng.uniform(80, 112), int(rng.uniform(15, 200))
        for x in (inset, WIDTH - inset):
            for y in (11, HEIGHT - 11):
                if rng.random() < 0.75:
                    r = rng.uniform(3, 7)
                    canvas.pen.ellipse([x - r * rng.choice([1, 1, 1.8]), y - r, x + r, y + r], fill=(tone, tone, tone))


def invented_design(rng: random.Random) -> Design:
    """A plate of no jurisdiction: a name of nowhere or none, colors, bands and serial at random."""

    def any_color() -> Color:
        return tuple(rng.randint(0, 255) for _ in range(3))  # type: ignore[return-value]

    paper = any_color() if rng.random() < 0.6 else rng.choice([WHITE, WHITE, YELLOW, BLACK, NAVY])
    ink: Color = (rng.randint(0, 70),) * 3 if sum(paper) > 380 else (rng.randint(190, 255),) * 3
    shapes: list[Shape] = [flat(paper)]
    if rng.random() < 0.3:
        shapes.append(graded((0, paper), (rng.random(), any_color()), (1, paper)))
    for _ in range(rng.randint(0, 3)):
        color = tuple(int(0.7 * p + 0.3 * c) for p, c in zip(paper, any_color()))
        shapes.append(rng.choice([
            ridge(color, *(rng.uniform(40, 160) for _ in range(rng.randint(3, 9)))),
            disc(color, rng.uniform(0, WIDTH), rng.uniform(0, HEIGHT), rng.uniform(10, 90), rng.uniform(10, 60)),
            band(*sorted((rng.uniform(-9, HEIGHT), rng.uniform(-9, HEIGHT))), color),
            trees(color, rng.uniform(100, 190), rng.uniform(20, 80), rng.randint(2, 20)),
            soft(color, rng.randint(2, 9), (0, 0, WIDTH, HEIGHT)),
        ]))  # fmt: skip
    kinds = ['serif', 'sans', 'slab', 'script', 'display']
    if rng.random() < 0.4:
        shapes += [band(0, rng.uniform(26, 46), any_color())]
    if rng.random() < 0.3:
        shapes += [band(rng.uniform(148, 168), HEIGHT, any_color())]
    if rng.random() < 0.75:
        name = _nowhere(rng)
        shapes.append(say(name, rng.choice(kinds), rng.uniform(14, 28), 24, ink if rng.random() < 0.6 else any_color(), rng.uniform(80, 240), rng.uniform(140, 240)))
    if rng.random() < 0.6:
        words = rng.choice([_nowhere(rng), f'{_nowhere(rng)} {_nowhere(rng)}', *_CAUSES])
        shapes.append(say(words, rng.choice(kinds), rng.uniform(9, 18), 172, ink if rng.random() < 0.6 else any_color(), rng.uniform(80, 240)))
    pattern = rng.choice(['LLL DDD', 'LLLDDDD', 'DDD-LLL', 'LLDD LLL', 'DDDDDD', 'LL-DDDDD', 'LL DDD LL', 'L DDDDD', 'DDD DDDD', 'LLL*DDD', '[??]DDDD', 'DDDD[??]', 'LLDDDL'])
    emblem_of = rng.choice([None, _seal(any_color(), any_color()), _blot(any_color(), *((rng.random(), rng.random()) for _ in range(5)))])
    design = Design('', (pattern,), ink, tuple(shapes), rng.choice(['', 'tl tr', 'tr', 'bl br', 'br']), emblem=emblem_of)
    return _of_an_organization(rng, design) if rng.random() < 0.15 else design


def _nowhere(rng: random.Random) -> str:
    """A name that is no state's."""
    syllables = ['ar', 'bel', 'cor', 'dan', 'es', 'fal', 'gar', 'hol', 'in', 'jor', 'kal', 'lor', 'mar', 'nor', 'os', 'pal', 'quin', 'ros', 'sal', 'tor', 'ul', 'ver', 'wes', 'yor', 'zan', 'ia', 'on', 'land', 'shire', 'berg']
    name = ''.join(rng.choice(syllables) for _ in range(rng.choice([2, 3, 3, 4]))).capitalize()
    return name.upper() if rng.random() < 0.6 else name


def main() -> None:
    """Draws a contact sheet to look at, with a plain face for the serials."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument('--sheet', required=True)
    parser.add_argument('--code', help='one jurisdiction only; INVENTED for plates that nobody issued')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--columns', type=int, default=8)
    arguments = parser.parse_args()
    from plates.fonts import serial_fonts
    from plates.serial import FontFace, Ink, draw_serial

    rng = random.Random(arguments.seed)
    sheet_rows = []
    for code in [arguments.code] * 8 if arguments.code else JURISDICTIONS:
        row = []
        for _ in range(arguments.columns):
            base = draw_base(rng, invented_design(rng) if code == 'INVENTED' else choose_design(rng, code))
            layers = []
            tones = np.asarray(base.image, np.float32)
            for channel in range(3):
                layer = tones[:, :, channel].copy()
                state = rng.getstate()
                draw_serial(layer, base.serial, FontFace(serial_fonts()[5]), base.box, Ink(base.color[channel]), rng)
                if channel < 2:
                    rng.setstate(state)
                layers.append(layer)
            tile = Image.new('RGB', (200, 116), (255, 255, 255))
            tile.paste(Image.fromarray(np.clip(np.stack(layers, 2), 0, 255).astype(np.uint8)).resize((192, 96), Image.LANCZOS), (4, 2))
            ImageDraw.Draw(tile).text((6, 100), f'{design_name(code)} {base.label}', fill=0)
            row.append(np.asarray(tile))
        sheet_rows.append(np.hstack(row))
    Image.fromarray(np.vstack(sheet_rows)).save(arguments.sheet)


def design_name(code: str) -> str:
    """What the sheet writes under a plate."""
    return 'none' if code == 'INVENTED' else code


if __name__ == '__main__':
    main()
