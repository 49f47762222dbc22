"""How each jurisdiction writes its name and its slogans, and plates that share nothing with its designs but these.

A state has dozens of designs - passenger, truck, organizations, veterans, commemorative - and the name is what they have
in common. So half of the plates to learn from carry the name in any face, case, size and place on any ground: what the
network can rely on is the reading of the name. From general knowledge; no plate was copied.
"""

from __future__ import annotations

import json
import os
import random
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from plates.fonts import font, name_fonts
from plates.jurisdictions import (
    HEIGHT, WIDTH, Canvas, Color, Design, Print, Shape, band, creature, disc, flat, graded, logo, ridge, soft, stars, stroke, trees
)  # fmt: skip

with open(os.path.join(os.path.dirname(__file__), '../../src/recognition/read/plate-print.json'), encoding='utf-8') as _file:
    _PRINT = json.load(_file)
_ELSEWHERE = _PRINT.pop('elsewhere')

NAMES: dict[str, list[str]] = {code: print_['names'] for code, print_ in _PRINT.items()}
"""How the name is written; capitals and small letters come by chance. The app looks for the same on plates."""

SLOGANS: dict[str, list[str]] = {code: print_['slogans'] for code, print_ in _PRINT.items()}
"""What is written on the plates of a jurisdiction beside its name."""

ELSEWHERE: list[str] = _ELSEWHERE['names']
"""Issuers of plates that are seen on our roads and have no class: provinces, territories, tribes, Mexico, governments."""

_ELSEWHERE_SLOGANS = (
    'Yours to Discover;Friendly Manitoba;Land of Living Skies;Wild Rose Country;Beautiful;Je me souviens;Canada\'s Ocean Playground;'
    'ISLA DEL ENCANTO;Hafa Adai;FRONT;TRASERA;FOR OFFICIAL USE ONLY;GAAZAGASKWAAJIMEKAAG'
).split(';')  # fmt: skip

_ANYBODYS = (
    'UNIVERSITY;State University;FIREFIGHTER;Professional Firefighter;VETERAN;DISABLED VETERAN;CONSERVATION;Wildlife;Support Education;'
    'FRIENDS OF THE PARKS;ALUMNI;NATIONAL GUARD;Children First;COMMUNITY COLLEGE;PROTECT WILDLIFE;AMATEUR RADIO;ANTIQUE AUTO;Heritage;'
    'EMERGENCY;Agriculture;IN GOD WE TRUST;Support Our Troops;Donate Life;TRUCK;APPORTIONED;TRAILER;CLASSIC;HISTORIC VEHICLE;PRESS;'
    'Clean Special Fuel;Veterans of Foreign Wars;Christopher College;Science Center;Save the Bay;Invest in Children;DISABLED;MUNICIPAL;'
    'Lighthouse;Memorial;TAR HEELS;GO COUGARS;Purple Heart;US MARINE CORPS;US NAVY;ARMY;www.example.gov;COUNTY;SAMPLE;ADAMS;JACKSON;'
    'MONTGOMERY;FRANKLIN;LINCOLN;MADISON;WARREN;CLAY;UNION;GREENE;HARRIS;SHELBY;POLK;SCOTT;JASPER;CLAYTON;ORANGE;PIERCE;DOUGLAS'
).split(';')  # fmt: skip

_KINDS = ('sans', 'sans', 'sans', 'serif', 'serif', 'slab', 'script', 'script', 'display')
_INKS: tuple[Color, ...] = ((20, 20, 22), (20, 35, 95), (35, 80, 170), (195, 30, 45), (120, 20, 45), (25, 125, 70), (15, 75, 50), (235, 180, 50), (245, 245, 245), (100, 45, 115))
_TALLEST_NAME = 40.0


@dataclass(frozen=True)
class Lettered:
    """A line of print set freely: any face, case, spacing, bow, outline and shade; it fits the plate."""

    text: str
    height: float
    x: float
    y: float

    def __call__(self, canvas: Canvas) -> None:
        rng = canvas.rng
        kind = rng.choice(_KINDS)
        mask = _set(_cased(self.text, kind, rng), rng.choice(name_fonts(kind)), kind, rng)
        scale = self.height / _CAPITALS
        most = (WIDTH - 12) * rng.uniform(0.72, 1.0)
        size = (int(min(most, max(4, mask.width * scale * rng.uniform(0.85, 1.3)))), int(max(4, mask.height * scale)))
        mask = mask.resize(size, Image.BILINEAR)
        if rng.random() < 0.12:
            mask = _bowed(mask, rng.uniform(-0.45, 0.6) * size[1])
        turned = rng.uniform(2, 6) if kind == 'script' and rng.random() < 0.3 else rng.gauss(0, 0.3)
        if abs(turned) > 1:
            mask = mask.rotate(turned, Image.BICUBIC, expand=True)
        room = (WIDTH - mask.width) / 2
        x = min(WIDTH - mask.width / 2 - 2, max(mask.width / 2 + 2, self.x)) if room > 2 else WIDTH / 2
        corner = (round(x - mask.width / 2), round(self.y - mask.height / 2))
        ground = _luma_at(canvas.image, corner, mask.size)
        ink = _ink_on(ground, rng)
        if rng.random() < 0.15:
            edge = canvas.color(_ink_on(_luma(ink), rng))
            wider = Image.new('L', (mask.width + 6, mask.height + 6), 0)
            wider.paste(mask, (3, 3))
            canvas.image.paste(edge, (corner[0] - 3, corner[1] - 3), wider.filter(ImageFilter.MaxFilter(5)))
        elif rng.random() < 0.08:
            canvas.image.paste(canvas.color(_ink_on(_luma(ink), rng)), (corner[0] + 2, corner[1] + 2), mask)
        canvas.image.paste(canvas.color(ink), corner, mask)


_CAPITALS = 48.0
"""Height of capitals that lines are set at before they are brought to size."""


def _cased(text: str, kind: str, rng: random.Random) -> str:
    if kind == 'script' and rng.random() < 0.9:
        return text
    return text.upper() if rng.random() < 0.6 else text


def _set(text: str, path: str, kind: str, rng: random.Random) -> Image.Image:
    """The words as a mask with capitals of `_CAPITALS`; capitals may be spaced, or be small ones behind a large first."""
    large = _face_of(path, _CAPITALS)
    spaced = text.isupper() and kind != 'script' and rng.random() < 0.4
    if not spaced:
        left, top, right, bottom = large.getbbox(text)
        mask = Image.new('L', (max(1, right - left + 2), max(1, bottom - top + 2)), 0)
        ImageDraw.Draw(mask).text((1 - left, 1 - top), text, font=large, fill=255)
        return mask
    small = _face_of(path, _CAPITALS * rng.uniform(0.72, 0.86)) if rng.random() < 0.4 else large
    between = rng.uniform(0.0, 0.45) * _CAPITALS * (0.5 if len(text) > 10 else 1)
    pieces, x = [], 0.0
    for i, letter in enumerate(text):
        face = large if i == 0 or text[i - 1] == ' ' else small
        pieces.append((x, letter, face))
        x += face.getlength(letter) + between
    foot = large.getbbox('H')[3]
    mask = Image.new('L', (max(1, round(x - between) + 4), round(_CAPITALS * 1.35)), 0)
    pen = ImageDraw.Draw(mask)
    for at, letter, face in pieces:
        pen.text((at + 2, _CAPITALS * 1.1 - face.getbbox('H')[3] + (foot - foot)), letter, font=face, fill=255)
    box = mask.getbbox()
    return mask.crop(box) if box else mask


def _face_of(path: str, capitals: float):  # type: ignore[no-untyped-def]
    probe = font(path, 64)
    _, top, _, bottom = probe.getbbox('H')
    return font(path, max(8, round(64 * capitals / max(1, bottom - top))))


def _bowed(mask: Image.Image, depth: float) -> Image.Image:
    """The line bent like a bow: the middle higher than the ends, or lower."""
    tones = np.asarray(mask)
    high = int(abs(depth)) + 1
    across = np.linspace(-1, 1, tones.shape[1])
    drops = depth * across**2
    drops -= drops.min()
    bent = np.zeros((tones.shape[0] + high, tones.shape[1]), np.uint8)
    for x, drop in enumerate(drops):
        y = min(high, int(round(drop)))
        bent[y : y + tones.shape[0], x] = tones[:, x]
    return Image.fromarray(bent)


def _luma(color: Color) -> float:
    return 0.299 * color[0] + 0.587 * color[1] + 0.114 * color[2]


def _luma_at(image: Image.Image, corner: tuple[int, int], size: tuple[int, int]) -> float:
    left, top = max(0, corner[0]), max(0, corner[1])
    piece = image.crop((left, top, min(WIDTH, max(left + 1, corner[0] + size[0])), min(HEIGHT, max(top + 1, corner[1] + size[1]))))
    return float(np.asarray(piece.convert('L'), np.float32).mean())


def _ink_on(ground: float, rng: random.Random) -> Color:
    """An ink that can be read on a ground: 45 tones away at least, seldom less than 70."""
    least = 70 if rng.random() < 0.8 else 45
    choices = [ink for ink in _INKS if abs(_luma(ink) - ground) > least]
    return rng.choice(choices or [(20, 20, 22) if ground > 128 else (245, 245, 245)])


def ground(rng: random.Random) -> list[Shape]:
    """A ground of nobody's: flat or graded, with scenery and bands as plates have them."""

    def any_color() -> Color:
        if rng.random() < 0.5:  # most grounds are light
            light = rng.randint(185, 250)
            return tuple(min(255, max(0, light + rng.randint(-45, 12))) for _ in range(3))  # type: ignore[return-value]
        return tuple(rng.randint(0, 255) for _ in range(3))  # type: ignore[return-value]

    paper = any_color()
    shapes: list[Shape] = [flat(paper)]
    if rng.random() < 0.5:
        shapes.append(graded((0, any_color() if rng.random() < 0.5 else paper), (rng.uniform(0.25, 0.75), any_color()), (1, any_color() if rng.random() < 0.5 else paper)))
    for _ in range(rng.choice([0, 0, 1, 1, 2, 3])):
        color: Color = tuple(int(0.65 * p + 0.35 * c) for p, c in zip(paper, any_color()))  # type: ignore[assignment]
        shapes.append(rng.choice([
            ridge(color, *(rng.uniform(10, 180) for _ in range(rng.randint(3, 9)))),
            disc(color, rng.uniform(0, WIDTH), rng.uniform(0, HEIGHT), rng.uniform(10, 90), rng.uniform(10, 60)),
            trees(color, rng.uniform(60, 190), rng.uniform(20, 80), rng.randint(2, 20)),
            soft(color, rng.randint(2, 9), (0, 0, WIDTH, HEIGHT)),
            creature(color, rng.uniform(20, WIDTH - 20), rng.uniform(30, 160), rng.uniform(30, 100)),
            stars(color, rng.randint(3, 20), (0, 0, WIDTH, HEIGHT), rng.uniform(3, 9)),
            stroke(color, rng.randint(2, 6), *((rng.uniform(0, WIDTH), rng.uniform(0, HEIGHT)) for _ in range(rng.randint(2, 5)))),
        ]))  # fmt: skip
    if rng.random() < 0.35:
        shapes.append(band(0, rng.uniform(26, 48), any_color()))
    if rng.random() < 0.25:
        shapes.append(band(rng.uniform(146, 168), HEIGHT, any_color()))
    return shapes


_FORMATS = ('LLL DDD', 'LLLDDDD', 'DDD-LLL', 'LLDD LLL', 'DDDDDD', 'LL-DDDDD', 'L DDDDD', 'DDD DDDD', 'LLL*DDD', '[??]DDDD', 'DDDD[??]', 'LLDDDL', 'DDDDLL', 'DLLDDD', 'DDD LLL', 'LLDDD')  # fmt: skip


def lettered_design(rng: random.Random, code: str) -> Design:
    """A design that shares with the jurisdiction only what is written on it; of no jurisdiction ('') when code is empty.

    The name is there nearly always; where it is not, a slogan of the jurisdiction's own is.
    """
    names, slogans = (NAMES[code], SLOGANS[code]) if code else (ELSEWHERE, _ELSEWHERE_SLOGANS)
    has_name = rng.random() < 0.94
    name_on_top = rng.random() < 0.82
    tall = rng.uniform(13, 32) if rng.random() < 0.85 else rng.uniform(24, _TALLEST_NAME)
    at = WIDTH / 2 + (rng.gauss(0, 10) if rng.random() < 0.7 else rng.uniform(-90, 90))
    near, far = rng.gauss(23, 5), HEIGHT - rng.gauss(20, 5)
    shapes = ground(rng)
    if has_name:
        shapes.append(Lettered(rng.choice(names), tall if name_on_top else min(24, tall), at, near if name_on_top else far))
    if not has_name or rng.random() < 0.7:
        own = not has_name or rng.random() < 0.5
        words = rng.choice(slogans if own else _ANYBODYS)
        shapes.append(Lettered(words, rng.uniform(9, 19), WIDTH / 2 + rng.gauss(0, 14), far if name_on_top else near))
    box = (16.0, 50.0 + rng.gauss(0, 3), 368.0, 142.0 + rng.gauss(0, 4))
    if rng.random() < 0.25:
        wide = rng.uniform(60, 104)
        shapes.append(logo(10 + wide / 2, 98, wide, rng.uniform(70, 104)))
        box = (16 + wide, *box[1:])
    stickers = rng.choice(['', 'tl tr', 'tl tr', 'tr', 'bl br', 'br', 'tl', 'tl tr bl br'])
    ink: Color = rng.choice([(20, 20, 22), (20, 35, 95), (35, 80, 170), (195, 30, 45), (25, 125, 70)])
    return Design(code, (rng.choice(_FORMATS),), ink, tuple(shapes), stickers, box=box)


def restyled(rng: random.Random, design: Design) -> Design:
    """The same design with its lines of print set otherwise: some in other faces, larger, smaller, moved aside."""
    return replace(design, shapes=tuple(_restyled(rng, shape) if isinstance(shape, Print) else shape for shape in design.shapes))


def _restyled(rng: random.Random, line: Print) -> Shape:
    chance = rng.random()
    if chance < 0.35:
        return line
    text = line.text if isinstance(line.text, str) else rng.choice(line.text)
    if chance < 0.55:
        return Lettered(text, line.height * rng.uniform(0.85, 1.3), line.x + rng.gauss(0, 10), line.y + rng.gauss(0, 3))
    return replace(
        line,
        text=text.upper() if rng.random() < 0.2 else text,
        kind=line.kind if rng.random() < 0.7 else rng.choice(_KINDS),
        height=line.height * rng.uniform(0.85, 1.25),
        width=None if line.width is None or rng.random() < 0.3 else line.width * rng.uniform(0.8, 1.25),
        x=line.x + rng.gauss(0, 10),
        y=line.y + rng.gauss(0, 3),
    )
