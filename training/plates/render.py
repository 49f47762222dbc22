"""Renders one license plate: a ground, what is printed on it, a serial in some face, stickers, bolts, a frame, dirt.

Half of the plates follow the designs of real jurisdictions (`plates.jurisdictions`), half are invented ones, so that a
reader learns characters and not designs. Two serials in three are drawn in a die (`plates.dies`), the others in fonts.
Every text is invented.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image, ImageDraw

from plates import texts
from plates.dies import random_die
from plates.fonts import font, serial_fonts, serial_fonts_of_one_width, small_fonts
from plates.jurisdictions import Design, choose_design, draw_base, invented_design
from plates.serial import Characters, Face, FontFace, Gap, Ink, Mark, Part, Stack, Words, draw_serial, emblem

WIDTH, HEIGHT = 384, 192


@dataclass(frozen=True)
class Plate:
    """A rendered plate: gray uint8 [192, 384], what its label says, and whose it is ('' for nobody's)."""

    gray: np.ndarray
    text: str
    jurisdiction: str


def any_face(rng: random.Random) -> Face:
    """A face for a serial: a die, or a font of even strokes, narrowed or widened a little."""
    if rng.random() < 0.65:
        return random_die(rng)
    if rng.random() < 0.4:
        return FontFace(rng.choice(serial_fonts_of_one_width()), rng.uniform(0.7, 1.0), of_one_width=True)
    return FontFace(rng.choice(serial_fonts()), rng.uniform(0.8, 1.15))


def any_ink(rng: random.Random, ground: float) -> Ink:
    """Paint that stands out from its ground by 45 tones at least, stamped or flat, new or worn."""
    if ground > 110:
        tone = rng.uniform(0, min(120, ground - 45))
    else:
        tone = rng.uniform(max(150, ground + 60), 255)
    relief = rng.choice([0, rng.uniform(10, 60), rng.uniform(40, 140)])
    wear = rng.uniform(0.02, 0.3) if rng.random() < 0.08 else 0.0
    outline = rng.uniform(0, 255) if rng.random() < 0.05 else None
    return Ink(tone, relief, wear, outline)


def render_plate(rng: random.Random, jurisdiction: str | None = None) -> Plate:
    """One plate after a design of `jurisdiction` (a two-letter code), or invented when it is ''; either when None."""
    if jurisdiction is None:
        return _free(rng) if rng.random() < 0.45 else designed_plate(rng, '' if rng.random() < 0.15 else None)
    if jurisdiction == '' and rng.random() < 0.4:
        return _free(rng)
    return designed_plate(rng, jurisdiction)


def designed_plate(rng: random.Random, code: str | None) -> Plate:
    """A plate after a design of the jurisdiction; of any when None, of nobody when empty."""
    return plate_of(rng, invented_design(rng) if code == '' else choose_design(rng, code))


def plate_of(rng: random.Random, design: Design, mounted: bool = True) -> Plate:
    """A plate after a design, with a serial of its own and its wear; `mounted` with bolts, rim and frame, which may hide print."""
    base = draw_base(rng, design)
    canvas = np.asarray(base.image.convert('L'), np.float32).copy()
    tone = float(np.dot(base.color, (0.299, 0.587, 0.114)))
    ground = _tone_within(canvas, base.box)
    ink = any_ink(rng, ground)
    if abs(tone - ground) > 30:
        ink = Ink(tone, ink.relief if base.emboss else 0.0, ink.wear, ink.outline)
    face = any_face(rng)
    draw_serial(canvas, base.serial, face, base.box, ink, rng, _spacing(rng, face))
    if mounted:
        _hardware(canvas, rng, bolts=False)
    return Plate(_weathered(canvas, rng), base.label, design.code)


def _free(rng: random.Random) -> Plate:
    text = texts.misleading(rng) if rng.random() < 0.14 else texts.any_text(rng)
    canvas = _ground(rng)
    _print_names(canvas, rng)
    parts, box = _layout(canvas, text, rng)
    _stickers(canvas, rng)
    face = any_face(rng)
    draw_serial(canvas, parts, face, box, any_ink(rng, _tone_within(canvas, box)), rng, _spacing(rng, face))
    _hardware(canvas, rng, bolts=True)
    return Plate(_weathered(canvas, rng), text, '')


def _spacing(rng: random.Random, face: Face) -> float:
    """Room between characters, in character heights: less where each has a cell of one width already."""
    if face.pitch:
        return rng.uniform(0.0, 0.06)
    return rng.choice([rng.uniform(0.02, 0.1), rng.uniform(0.05, 0.2)])


def _tone_within(canvas: np.ndarray, box: tuple[float, float, float, float]) -> float:
    x0, y0, x1, y1 = (int(v) for v in box)
    return float(canvas[max(0, y0) : y1, max(0, x0) : x1].mean())


def _ground(rng: random.Random) -> np.ndarray:
    """A flat, graded or pictured ground."""
    dark = rng.random() < 0.2
    tone = rng.uniform(10, 110) if dark else rng.uniform(140, 255)
    other = np.clip(tone + rng.gauss(0, 45), 5, 255) if rng.random() < 0.5 else tone
    column = np.linspace(tone, other, HEIGHT, dtype=np.float32)[:, None]
    canvas = np.repeat(column, WIDTH, 1)
    if rng.random() < 0.3:
        coarse = np.random.default_rng(rng.getrandbits(32)).normal(0, rng.uniform(3, 18), (10, 18)).astype(np.float32)
        canvas += cv2.resize(coarse, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    if rng.random() < 0.4:
        _scenery(canvas, tone, rng)
    if rng.random() < 0.3:  # a band at the top, the bottom, or both
        for at_top in (True, False):
            if rng.random() < 0.6:
                rows = rng.randint(18, 50)
                canvas[: rows if at_top else None, :][0 if at_top else -rows :] = rng.uniform(0, 255)
    return canvas


def _scenery(canvas: np.ndarray, tone: float, rng: random.Random) -> None:
    """Hills, suns, trees, waves: shapes that run through the characters and differ a little from the ground."""
    strength = rng.choice([15, 30, 60])
    for _ in range(rng.randint(1, 5)):
        value = float(np.clip(tone + rng.uniform(-strength, strength), 0, 255))
        shape = rng.choice(['hill', 'ellipse', 'polygon', 'line', 'sun'])
        if shape == 'hill':
            xs = np.linspace(0, WIDTH, 12)
            ys = rng.uniform(0.4, 0.9) * HEIGHT + np.array([rng.gauss(0, 12) for _ in xs])
            points = np.concatenate([np.stack([xs, ys], 1), [[WIDTH, HEIGHT], [0, HEIGHT]]])
            cv2.fillPoly(canvas, [points.astype(np.int32)], value)
        elif shape == 'polygon':
            cx, cy, r = rng.uniform(0, WIDTH), rng.uniform(0, HEIGHT), rng.uniform(15, 90)
            points = [[cx + rng.uniform(-r, r), cy + rng.uniform(-r, r)] for _ in range(rng.randint(3, 8))]
            cv2.fillPoly(canvas, [np.array(points, np.int32)], value)
        elif shape == 'line':
            cv2.line(
                canvas,
                (rng.randint(0, WIDTH), rng.randint(0, HEIGHT)),
                (rng.randint(0, WIDTH), rng.randint(0, HEIGHT)),
                value,
                rng.randint(1, 6),
            )
        else:
            axes = (rng.randint(8, 110), rng.randint(8, 70))
            cv2.ellipse(
                canvas,
                (rng.randint(0, WIDTH), rng.randint(0, HEIGHT)),
                axes,
                0,
                0,
                360,
                value,
                -1 if shape == 'sun' or rng.random() < 0.7 else rng.randint(1, 5),
            )


_NAMES = (
    'Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia Hawaii Idaho Illinois Indiana '
    'Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi Missouri Montana Nebraska '
    'Nevada Ohio Oklahoma Oregon Pennsylvania Tennessee Texas Utah Vermont Virginia Washington Wisconsin Wyoming Northland '
    'Ontario Exampleland'
).split() + [
    'New Hampshire',
    'New Jersey',
    'New Mexico',
    'New York',
    'North Carolina',
    'North Dakota',
    'Rhode Island',
    'South Carolina',
    'South Dakota',
    'West Virginia',
    'Washington, D.C.',
]
_SLOGANS = [
    '10,000 lakes', 'Grand Canyon State', 'Land of Lincoln', 'Garden State', 'Sunshine State', 'First in Flight',
    'Empire State', 'Great Lakes', 'EXPLORE', 'Natural State', 'Famous Potatoes', 'Live Free or Die', 'Ocean State',
    'visit us online', 'THE FIRST STATE', 'Vacationland', 'Sportsman', 'Centennial 1890 1990', 'UNIVERSITY',
    'www.example.gov', 'COUNTY', 'Firefighter', 'VETERAN', 'Support our Troops', 'America the Beautiful'
]  # fmt: skip


def _print_names(canvas: np.ndarray, rng: random.Random) -> None:
    if rng.random() < 0.92:
        _line(canvas, rng.choice(_NAMES), rng.randint(20, 40), at_top=rng.random() < 0.85, rng=rng)
    if rng.random() < 0.75:
        _line(canvas, rng.choice(_SLOGANS), rng.randint(11, 24), at_top=rng.random() < 0.15, rng=rng)


def _line(canvas: np.ndarray, text: str, size: int, at_top: bool, rng: random.Random) -> None:
    text = text.upper() if rng.random() < 0.5 else text
    face = font(rng.choice(small_fonts(rng.choice(['serif', 'sans', 'slab', 'script', 'display']))), size)
    width = face.getlength(text)
    image = Image.fromarray(np.clip(canvas, 0, 255).astype(np.uint8))
    x = (WIDTH - width) / 2 + rng.uniform(-35, 35)
    y = rng.uniform(1, 10) if at_top else HEIGHT - size * 1.25 - rng.uniform(1, 8)
    row = int(min(HEIGHT - 1, max(0, y + size / 2)))
    ground = float(canvas[row].mean())
    tone = rng.uniform(0, max(20, ground - 60)) if ground > 110 else rng.uniform(min(235, ground + 70), 255)
    ImageDraw.Draw(image).text((x, y), text, font=face, fill=int(tone))
    canvas[:] = np.asarray(image, np.float32)


def _layout(canvas: np.ndarray, text: str, rng: random.Random) -> tuple[list[Part], tuple[float, float, float, float]]:
    """What stands where: characters with separators, small print and emblems beside them; and the serial's box."""
    height = rng.uniform(0.40, 0.58) * HEIGHT
    middle = HEIGHT / 2 + rng.uniform(-6, 14)
    left, right = rng.uniform(6, 26), WIDTH - rng.uniform(6, 26)
    if rng.random() < 0.3:  # room at one side, so that few characters are not stretched
        inset = rng.uniform(0, 40)
        left, right = left + inset, right - inset
    if len(text) <= 7 and rng.random() < 0.3:  # an emblem at one side
        width = rng.uniform(0.14, 0.3) * WIDTH
        at_left = rng.random() < 0.85
        picture = emblem(rng, int(width), int(rng.uniform(0.5, 0.8) * HEIGHT))
        x = int(left) if at_left else int(right - width)
        _paste(canvas, picture, x, int(middle - picture.mask.shape[0] / 2))
        if at_left:
            left += width + rng.uniform(2, 10)
        else:
            right -= width + rng.uniform(2, 10)
    parts: list[Part] = _separated(text, rng)
    if len(text) <= 7 and rng.random() < 0.42:
        beside = _small_print(rng)
        parts = [beside, *parts] if rng.random() < 0.65 else [*parts, beside]
        if rng.random() < 0.1:
            parts = [*parts, _small_print(rng)]
    elif len(text) >= 4 and rng.random() < 0.03:
        cut = rng.randint(1, len(text) - 1)
        parts = [Characters(text[:cut]), _small_print(rng), Characters(text[cut:])]
    return parts, (left, middle - height / 2, right, middle + height / 2)


def _separated(text: str, rng: random.Random) -> list[Part]:
    if len(text) < 4 or rng.random() < 0.3:
        return [Characters(text)]
    cut = rng.choice([2, 3, 3, 3, 4]) if len(text) > 5 else rng.choice([1, 2, 3])
    kind = rng.choice(['gap', 'gap', 'dash', 'dot', 'blob', 'star', 'seal', 'animal', 'lines', 'picture'])
    between: Part = Gap(rng.uniform(0.08, 0.55)) if kind == 'gap' else Mark(kind, _mark_width(kind, rng))
    parts: list[Part] = [Characters(text[:cut]), between, Characters(text[cut:])]
    if len(text) > 6 and rng.random() < 0.06:
        parts = [Characters(text[:1]), Gap(rng.uniform(0.1, 0.4)), Characters(text[1:4]), between, Characters(text[4:])]
    return parts


def _mark_width(kind: str, rng: random.Random) -> float:
    return {'dash': rng.uniform(0.14, 0.35), 'dot': rng.uniform(0.14, 0.25)}.get(kind, rng.uniform(0.3, 0.85))


def _small_print(rng: random.Random) -> Part:
    if rng.random() < 0.12:
        return Words(
            tuple(
                rng.choice(
                    [
                        'FIRE',
                        'FIGHTER',
                        'D.C. GOVT',
                        'Fleet',
                        'TRUCK',
                        'GUARD',
                        'VETERAN',
                        'NATL',
                        'DEALER',
                        'PRESS',
                        'AMATEUR',
                        'RADIO',
                    ]
                )
                for _ in range(rng.choice([1, 2, 2, 3]))
            )
        )
    count = rng.choices([1, 2, 3], [3, 7, 2])[0]
    return Stack(
        ''.join(rng.choice(texts.LETTERS if rng.random() < 0.8 else texts.DIGITS) for _ in range(count)),
        rng.uniform(0.32, 0.6),
    )


def _paste(canvas: np.ndarray, picture: object, x: int, y: int) -> None:
    mask, tones = picture.mask, picture.tones  # type: ignore[attr-defined]
    y, x = max(0, y), max(0, x)
    rows, columns = min(mask.shape[0], HEIGHT - y), min(mask.shape[1], WIDTH - x)
    if rows <= 0 or columns <= 0:
        return
    part = canvas[y : y + rows, x : x + columns]
    part += (tones[:rows, :columns] - part) * mask[:rows, :columns]


def _stickers(canvas: np.ndarray, rng: random.Random) -> None:
    for right in (False, True):
        for bottom in (False, True):
            if rng.random() > 0.35:
                continue
            w, h = rng.randint(28, 62), rng.randint(18, 38)
            x = WIDTH - w - rng.randint(4, 22) if right else rng.randint(4, 22)
            y = HEIGHT - h - rng.randint(3, 12) if bottom else rng.randint(3, 12)
            image = Image.fromarray(np.clip(canvas, 0, 255).astype(np.uint8))
            draw = ImageDraw.Draw(image)
            draw.rectangle([x, y, x + w, y + h], fill=rng.randint(0, 255))
            words = rng.choice(
                [
                    '06-10',
                    'JAN',
                    '12',
                    'MAY',
                    '2005',
                    'SEP',
                    '98',
                    '11',
                    'WW 10',
                    f'0{rng.randint(1, 9)}',
                    f'{rng.randint(10, 99)}',
                ]
            )
            draw.text(
                (x + 3, y + 2),
                words,
                font=font(rng.choice(small_fonts('sans')), rng.randint(12, max(13, h - 6))),
                fill=rng.randint(0, 255),
            )
            canvas[:] = np.asarray(image, np.float32)


def _hardware(canvas: np.ndarray, rng: random.Random, bolts: bool) -> None:
    """Bolts or slots, a stamped rim, a frame with a dealer's name over the edges."""
    if bolts and rng.random() < 0.8:
        for x in (rng.randint(70, 105), WIDTH - rng.randint(70, 105)):
            for y in (rng.randint(8, 20), HEIGHT - rng.randint(8, 20)):
                if rng.random() < 0.6:
                    if rng.random() < 0.4:
                        cv2.ellipse(canvas, (x, y), (9, 4), 0, 0, 360, rng.uniform(10, 120), -1)
                    else:
                        cv2.circle(canvas, (x, y), rng.randint(4, 9), rng.uniform(10, 240), -1)
                        cv2.circle(canvas, (x, y), rng.randint(2, 4), rng.uniform(10, 160), -1)
    if rng.random() < 0.4:
        inset = rng.randint(2, 9)
        cv2.rectangle(canvas, (inset, inset), (WIDTH - inset, HEIGHT - inset), rng.uniform(0, 255), rng.randint(1, 3))
    if rng.random() < 0.3:
        tone = rng.choice([rng.uniform(0, 60), rng.uniform(120, 255)])
        top, bottom, sides = rng.randint(2, 34), rng.randint(2, 36), rng.randint(2, 18)
        canvas[:top] = tone
        canvas[HEIGHT - bottom :] = tone
        canvas[:, :sides] = tone
        canvas[:, WIDTH - sides :] = tone
        words = (
            'AUTO SALES',
            'MOTORS',
            'TOYOTA',
            'OAK LAWN',
            'CHEVROLET',
            'Dealer of Town',
            'EXAMPLE FORD',
            'www.example.com',
            'ALUMNI',
            'LARSON',
        )
        image = Image.fromarray(np.clip(canvas, 0, 255).astype(np.uint8))
        draw = ImageDraw.Draw(image)
        for y, rows in ((0, top), (HEIGHT - bottom, bottom)):
            if rows > 14 and rng.random() < 0.7:
                face = font(
                    rng.choice(small_fonts(rng.choice(['sans', 'serif', 'display']))),
                    min(rows - 3, rng.randint(12, 30)),
                )
                word = rng.choice(words)
                draw.text(
                    ((WIDTH - face.getlength(word)) / 2, y),
                    word,
                    font=face,
                    fill=int(255 - tone) if rng.random() < 0.8 else rng.randint(0, 255),
                )
        canvas[:] = np.asarray(image, np.float32)


def _weathered(canvas: np.ndarray, rng: random.Random) -> np.ndarray:
    if rng.random() < 0.15:  # dirt and salt
        noise = (
            np.random.default_rng(rng.getrandbits(32))
            .random((rng.randint(6, 40), rng.randint(12, 80)))
            .astype(np.float32)
        )
        dirt = np.clip(
            cv2.resize(noise, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC) - rng.uniform(0.5, 0.8), 0, 1
        ) * rng.uniform(0.5, 1.6)
        canvas = canvas + (rng.uniform(60, 180) - canvas) * np.clip(dirt, 0, 0.75)
    if rng.random() < 0.1:  # bent
        canvas = canvas * (
            1
            + 0.25 * np.sin(np.linspace(0, rng.uniform(2, 9), WIDTH) + rng.uniform(0, 6))[None, :] * rng.uniform(0.2, 1)
        )
    return np.clip(canvas, 0, 255).astype(np.uint8)


def main() -> None:
    """Draws a contact sheet to look at."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument('--sheet', required=True)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--strips', action='store_true', help='as the reader sees them, with their difficulties')
    parser.add_argument('--jurisdiction', default=None)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    tiles = []
    for i in range(56 if not arguments.strips else 120):
        plate = render_plate(rng, arguments.jurisdiction)
        picture = cv2.resize(plate.gray, (220, 110), interpolation=cv2.INTER_AREA)
        if arguments.strips:
            from plates.degrade import strip_of

            picture = cv2.resize(
                strip_of(plate.gray, np.random.default_rng(arguments.seed * 1000 + i), 160, 48), (160, 48)
            )
        tile = np.full((picture.shape[0] + 18, picture.shape[1] + 4), 255, np.uint8)
        tile[2 : 2 + picture.shape[0], 2 : 2 + picture.shape[1]] = picture
        cv2.putText(tile, f'{plate.jurisdiction} {plate.text}', (4, tile.shape[0] - 4), 0, 0.42, 0, 1, cv2.LINE_AA)
        tiles.append(tile)
    columns = 8 if not arguments.strips else 10
    cv2.imwrite(arguments.sheet, np.vstack([np.hstack(tiles[i : i + columns]) for i in range(0, len(tiles), columns)]))


if __name__ == '__main__':
    main()
