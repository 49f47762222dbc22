"""Parametric dies: the steel letters and digits that serials are stamped with.

A die draws each of its 36 characters from a skeleton of straight lines and arcs. A skeleton lives in a unit cell (u to
the right, v downward, both 0..1 along the middle of the outermost strokes), so that one description serves every
width and weight. A vertex may ask for rounding; how round is a property of the die. That gives what type faces lack:
narrow, even strokes around rounded rectangles, and the odd shapes of 1, I, 0, Q, 4, G, M and W in which dies differ
most.

The named presets approximate the dies of jurisdictions from general knowledge and from looking at photographs. None is
traced, and none is exact; every drawn die is jittered around its preset.

    python3 -m plates.dies --sheet OUT.png --seed N      draws dies beside one another, to be looked at
"""

from __future__ import annotations

import argparse
import math
import random
from dataclasses import dataclass, field, replace
from typing import Sequence

import cv2
import numpy as np

CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

# A vertex is (u, v) for a corner, or (u, v, k) for an arc of k times the die's radius.
Vertex = tuple[float, ...]

VARIANTS: dict[str, tuple[str, ...]] = {
    '0': ('same', 'same', 'narrow', 'narrow', 'square', 'slashed'),
    '1': ('bar', 'flag', 'flag', 'flag foot', 'flag foot', 'beak foot'),
    '2': ('flat', 'flat', 'curved'),
    '3': ('round', 'round', 'round', 'flat'),
    '4': ('closed', 'closed', 'closed', 'open', 'open', 'short', 'short', 'short', 'tall', 'upright'),
    '6': ('curved', 'curved', 'straight'),
    '7': ('straight', 'straight', 'knee', 'curved'),
    '9': ('curved', 'curved', 'straight'),
    'A': ('pointed', 'pointed', 'flat', 'flat', 'round'),
    'G': ('bar', 'bar', 'spur', 'inward'),
    'I': ('bar', 'serif'),
    'J': ('plain', 'plain', 'barred'),
    'K': ('point', 'arm'),
    'M': ('short', 'half', 'full'),
    'Q': ('cross', 'outside', 'inside', 'upright', 'notch'),
    'R': ('diagonal', 'diagonal', 'upright'),
    'W': ('short', 'half', 'full', 'slanted'),
    'Y': ('high', 'low', 'cup'),
}
"""The forms a character can take; one named twice is drawn twice as often."""


@dataclass(frozen=True)
class Stroke:
    """One line of a skeleton."""

    vertices: tuple[Vertex, ...]
    closed: bool = False
    crisp: bool = False
    """corners square even where the die's stroke ends are round"""


@dataclass(frozen=True)
class Die:
    """A set of 36 characters of one height. Lengths are shares of that height."""

    name: str
    width: float = 0.5
    """of an ordinary letter"""
    stroke: float = 0.13
    radius: float = 0.8
    """0 is a square corner, 1 the largest arc that an O's width allows"""
    oval: float = 1.0
    """how much longer arcs are than wide"""
    round_ends: bool = True
    crisp_corners: bool = True
    spurs: bool = False
    """B and D reach a little to the left of their stems"""
    serifs: float = 0.0
    """how far the arms of C, E, F, G, L, S, T and Z turn in at their ends"""
    slant: float = 0.0
    waist: float = 0.48
    """where S, B, 8, 3 and E have their middle, 0 at the top"""
    opening: float = 0.24
    """how far the ends of C, S, 2, 3 and 5 come down"""
    digit_width: float = 1.0
    """of a digit, as a share of a letter's"""
    wide: float = 1.12
    """of M and W, as a share of a letter's"""
    monospaced: bool = False
    forms: dict[str, str] = field(default_factory=dict)
    """which of VARIANTS each character takes; the first one where unnamed"""
    wobble: float = 0.0
    """how far bars, forks and knees lie from where the skeleton has them, one standard deviation in cells"""
    cast: int = 0
    """which of the wobbles; the same die draws the same character the same way wherever it stands"""

    @property
    def pitch(self) -> float | None:
        """The width of a cell as a share of the height where all characters take the same room, else None."""
        return self.width * max(1.0, self.wide) * 1.06 if self.monospaced else None

    def form(self, character: str) -> str:
        """Which of its VARIANTS a character takes."""
        return self.forms.get(character, VARIANTS[character][0])

    def glyph(self, character: str, height: int) -> np.ndarray:
        """A mask, uint8, 255 where the character is: exactly `height` rows, as wide as its own ink."""
        scale = max(2, math.ceil(200 / height))
        rows = height * scale
        outer = self._outer_width(character)
        stroke = min(self.stroke, 0.19 * outer if character in 'MW' else 1.0)
        width, tall = max(outer - stroke, 0.0), 1.0 - stroke
        margin = stroke + 0.12 + abs(self.slant)
        thickness = max(1, round(stroke * rows))
        canvas = np.zeros((rows, math.ceil((outer + 2 * margin) * rows / scale) * scale), np.uint8)
        for line in self._wobbled(character, (*_skeleton(self, character), *_serifs(self, character))):
            points, sharp = self._trace(line, width, tall)
            self._draw(canvas, points, sharp, line, rows, thickness, stroke, margin)
        small = cv2.resize(canvas, (canvas.shape[1] // scale, height), interpolation=cv2.INTER_AREA)
        columns = np.flatnonzero(small.max(axis=0) > 40)
        return small[:, columns[0] : columns[-1] + 1]

    def _outer_width(self, character: str) -> float:
        """The room a character takes, stroke included."""
        if character in 'MW':
            return self.width * self.wide
        if character == 'I':
            return self.stroke if self.form('I') == 'bar' else max(0.8 * self.width, 2.6 * self.stroke)
        if character == '1':
            share = {'bar': 0.0, 'flag': 0.62}.get(self.form('1'), 0.85)
            return max(share * self.width, self.stroke * (1.0 if share == 0 else 2.0 if share < 0.7 else 2.8))
        if character == '0' and self.form('0') == 'narrow':
            return max(0.86 * self.width, 2.6 * self.stroke)
        if character.isdigit():
            return max(self.digit_width * self.width, 2.6 * self.stroke)
        if character in 'EFLJ':
            return max(0.93 * self.width, 2.6 * self.stroke)
        return self.width

    def _wobbled(self, character: str, strokes: Sequence[Stroke]) -> list[Stroke]:
        """
        The strokes with everything inside the cell moved a little. What lies on one line moves as one, so bars stay level,
        stems upright and joints shut; what lies on the cell's edge stays, so the character keeps its size.
        """
        if self.wobble == 0:
            return list(strokes)
        rng = random.Random(f'{self.cast} {character}')
        moved: dict[tuple[int, float], float] = {}

        def at(axis: int, place: float) -> float:
            if not 0.08 < place < 0.92:
                return place
            if (axis, place) not in moved:
                moved[axis, place] = min(max(rng.gauss(0, self.wobble), -0.08), 0.08)
            return place + moved[axis, place]

        return [replace(s, vertices=tuple((at(0, v[0]), at(1, v[1]), *v[2:]) for v in s.vertices)) for s in strokes]

    def _trace(self, line: Stroke, width: float, tall: float) -> tuple[np.ndarray, list[bool]]:
        """The points of a stroke's middle, with the arcs in them, and which of them are corners."""
        corners = np.array([(v[0] * width, v[1] * tall) for v in line.vertices])
        rounding = [v[2] if len(v) > 2 else 0.0 for v in line.vertices]
        count = len(corners)
        largest = self.radius * max(width, 0.2) / 2
        points: list[np.ndarray] = []
        sharp: list[bool] = []
        for i in range(count):
            at_end = not line.closed and i in (0, count - 1)
            if rounding[i] == 0 or at_end or self.radius == 0:
                points.append(corners[i])
                sharp.append(True)
                continue
            before, after = corners[i - 1], corners[(i + 1) % count]
            reach = []
            for other, k in ((before, rounding[i - 1]), (after, rounding[(i + 1) % count])):
                edge = corners[i] - other
                length = float(np.hypot(*edge))
                upright = abs(edge[1]) / max(length, 1e-6)
                wanted = largest * rounding[i] * (1 + (self.oval - 1) * upright)
                reach.append((edge / max(length, 1e-6), min(wanted, length * (0.5 if k else 0.98))))
            (inward, t_in), (outward, t_out) = reach
            for phi in np.linspace(0, math.pi / 2, 8):
                points.append(corners[i] - inward * t_in * (1 - math.sin(phi)) - outward * t_out * (1 - math.cos(phi)))
                sharp.append(False)
        return np.array(points), sharp

    def _draw(
        self,
        canvas: np.ndarray,
        points: np.ndarray,
        sharp: list[bool],
        line: Stroke,
        rows: int,
        thickness: int,
        stroke: float,
        margin: float,
    ) -> None:
        """Draws one stroke. OpenCV's thick lines end round; square ends and corners are added as blocks."""

        def place(p: np.ndarray) -> np.ndarray:
            x = p[..., 0] + margin + self.slant * (0.5 - p[..., 1])
            return np.stack([x, p[..., 1] + stroke / 2], axis=-1) * rows - 0.5

        def fixed(p: np.ndarray) -> np.ndarray:
            return np.round(p * 16).astype(np.int32)

        cv2.polylines(canvas, [fixed(place(points))], line.closed, 255, thickness, cv2.LINE_8, 4)
        count = len(points)
        for i in range(count):
            is_end = not line.closed and i in (0, count - 1)
            if not sharp[i] or (self.round_ends and (is_end or not (self.crisp_corners or line.crisp))):
                continue
            neighbors = [points[j % count] for j in (i - 1, i + 1) if line.closed or 0 <= j < count]
            straight = [p for p in neighbors if _is_level_or_upright(points[i] - p)]
            # Two slanting lines that meet (A, V, M, W) would cross and grow tails: their tip stays round.
            for neighbor in neighbors if is_end else straight:
                block = _end_block(neighbor, points[i], stroke, 1.0 - stroke)
                if block is not None:
                    cv2.fillConvexPoly(canvas, fixed(place(block)), 255, cv2.LINE_8, 4)


def _is_level_or_upright(edge: np.ndarray) -> bool:
    return float(np.abs(edge).min()) < 0.02 * float(np.hypot(*edge))


def _end_block(inner: np.ndarray, end: np.ndarray, stroke: float, tall: float) -> np.ndarray | None:
    """Squares off a line that runs from `inner` to `end`: upright and level lines anywhere, slanting ones at top and
    bottom alone (where the canvas cuts them level); elsewhere they would stick out of another stroke."""
    along = end - inner
    length = float(np.hypot(*along))
    if length < 1e-6:
        return None
    along = along / length
    level = _is_level_or_upright(along)
    at_edge = end[1] < 1e-3 or end[1] > tall - 1e-3
    if not level and not (at_edge and abs(along[1]) > 0.75):
        return None
    reach = stroke / 2 if level else stroke / 2 * (1 + abs(along[0])) / abs(along[1])
    across = np.array([-along[1], along[0]]) * stroke / 2
    return np.array([end - across, end + across, end + across + along * reach, end - across + along * reach])


def _skeleton(die: Die, character: str) -> list[Stroke]:
    """The strokes of a character in the unit cell."""
    m, t = die.waist, die.opening
    # O and 0 are round enough to differ from a D by their left corners, whatever the die's other arcs are.
    o = max(1.0, 0.95 / die.radius)

    def open_(*vertices: Vertex) -> Stroke:
        return Stroke(vertices)

    def ring(left: float, top: float, right: float, bottom: float, k: float = 1.0) -> Stroke:
        return Stroke(((left, top, k), (right, top, k), (right, bottom, k), (left, bottom, k)), closed=True)

    def bowl(top: float, right: float, bottom: float) -> Stroke:
        """Closed by an upright stem on the left, round on the right, as in B, D and P."""
        corners: tuple[Vertex, ...] = ((0, top), (right, top, 1), (right, bottom, 1), (0, bottom))
        return Stroke(corners, closed=True, crisp=True)

    def turned(strokes: Sequence[Stroke]) -> list[Stroke]:
        return [replace(s, vertices=tuple((1 - v[0], 1 - v[1], *v[2:]) for v in s.vertices)) for s in strokes]

    def six(form: str) -> list[Stroke]:
        if form == 'straight':
            return [ring(0, 0.4, 1, 1), open_((0.72, 0), (0, 0.52, 1), (0, 0.75))]
        return [
            open_((1, t), (1, 0, 1), (0, 0, 1), (0, 1, 1), (1, 1, 1), (1, m - 0.04, 1), (0, m - 0.04)),
        ]

    form = die.form(character) if character in VARIANTS else ''
    match character:
        case '0':
            zero = ring(0, 0, 1, 1, 0.88 * o if form == 'square' else o)
            return [zero, open_((0.12, 0.86), (0.88, 0.14))] if form == 'slashed' else [zero]
        case '1':
            if form == 'bar':
                return [open_((0, 0), (0, 1))]
            if form == 'flag':
                return [open_((0, 0.2), (1, 0)), open_((1, 0), (1, 1))]
            flag = open_((0.02, 0.2), (0.5, 0)) if form == 'flag foot' else open_((0.02, 0), (0.5, 0))
            return [flag, open_((0.5, 0), (0.5, 1)), open_((0, 1), (1, 1))]
        case '2':
            start: tuple[Vertex, ...] = ((0, t), (0, 0, 1), (1, 0, 1))
            if form == 'curved':
                return [open_(*start, (1, m, 1), (0, m + 0.06, 1), (0, 1), (1, 1))]
            return [open_(*start, (1, 0.4, 1), (0, 1), (1, 1))]
        case '3':
            lower: tuple[Vertex, ...] = ((1, 1, 1), (0, 1, 1), (0, 1 - t))
            if form == 'flat':
                return [open_((0, 0), (1, 0), (0.42, 0.4)), open_((0.42, 0.4), (1, 0.4, 1), *lower)]
            top = open_((0, t), (0, 0, 1), (0.95, 0, 1), (0.95, m, 1), (0.38, m))
            return [top, open_((0.38, m), (1, m, 1), *lower)]
        case '4':
            if form == 'open':
                return [open_((0.42, 0), (0, 0.68), (1, 0.68)), open_((0.74, 0.36), (0.74, 1))]
            if form == 'upright':
                return [open_((0, 0), (0, 0.62), (1, 0.62)), open_((0.8, 0.2), (0.8, 1))]
            if form == 'short':
                return [open_((0.34, 0), (0, 0.74), (1, 0.74)), open_((0.74, 0.5), (0.74, 1))]
            if form == 'tall':
                return [open_((0.56, 0), (0, 0.72), (1, 0.72)), open_((0.72, 0.3), (0.72, 1))]
            return [open_((0.72, 1), (0.72, 0), (0, 0.7), (1, 0.7))]
        case '5':
            return [open_((0.95, 0), (0.02, 0), (0, 0.42), (1, 0.42, 1), (1, 1, 1), (0, 1, 1), (0, 1 - t))]
        case '6':
            return six(form)
        case '7':
            if form == 'knee':
                return [open_((0, 0), (1, 0), (1, 0.18), (0.4, 0.6, 1), (0.4, 1))]
            if form == 'curved':
                return [open_((0, 0), (1, 0), (0.36, 0.5, 3), (0.32, 1))]
            return [open_((0, 0), (1, 0), (0.3, 1))]
        case '8':
            return [ring(0.05, 0, 0.95, m), ring(0, m, 1, 1)]
        case '9':
            return turned(six(form))
        case 'A':
            if form == 'round':
                return [open_((0, 1), (0, 0, 1), (1, 0, 1), (1, 1)), open_((0, 0.58), (1, 0.58))]
            if form == 'flat':
                return [open_((0, 1), (0.34, 0), (0.66, 0), (1, 1)), open_((0.1, 0.7), (0.9, 0.7))]
            return [open_((0, 1), (0.5, 0), (1, 1)), open_((0.15, 0.7), (0.85, 0.7))]
        case 'B':
            strokes = [bowl(0, 0.94, m), bowl(m, 1, 1)]
            return strokes + _spurs(die)
        case 'C':
            return [open_((1, t), (1, 0, 1), (0, 0, 1), (0, 1, 1), (1, 1, 1), (1, 1 - t))]
        case 'D':
            return [bowl(0, 1, 1), *_spurs(die)]
        case 'E':
            return [open_((1, 0), (0, 0), (0, 1), (1, 1)), open_((0, m), (0.82, m))]
        case 'F':
            return [open_((1, 0), (0, 0), (0, 1)), open_((0, m), (0.82, m))]
        case 'G':
            rest: tuple[Vertex, ...] = ((1, t), (1, 0, 1), (0, 0, 1), (0, 1, 1))
            if form == 'spur':
                return [open_(*rest, (1, 1, 1), (1, 0.7)), open_((0.52, 0.54), (1, 0.54), (1, 1))]
            if form == 'inward':
                return [open_(*rest, (1, 1, 1), (1, 0.56)), open_((0.42, 0.56), (1, 0.56))]
            return [open_(*rest, (1, 1, 1), (1, 0.56), (0.52, 0.56))]
        case 'H':
            return [open_((0, 0), (0, 1)), open_((1, 0), (1, 1)), open_((0, m), (1, m))]
        case 'I':
            if form == 'bar':
                return [open_((0, 0), (0, 1))]
            return [open_((0.5, 0), (0.5, 1)), open_((0, 0), (1, 0)), open_((0, 1), (1, 1))]
        case 'J':
            hook = open_((1, 0), (1, 1, 1), (0, 1, 1), (0, 0.7))
            return [hook, open_((0.4, 0), (1, 0))] if form == 'barred' else [hook]
        case 'K':
            stem = open_((0, 0), (0, 1))
            if form == 'arm':
                return [stem, open_((1, 0), (0, 0.62)), open_((0.34, 0.41), (1, 1))]
            return [stem, open_((1, 0), (0.05, 0.5), (1, 1))]
        case 'L':
            return [open_((0, 0), (0, 1), (1, 1))]
        case 'M':
            depth = {'short': 0.42, 'half': 0.62, 'full': 1.0}[form]
            return [open_((0, 1), (0, 0), (0.5, depth), (1, 0), (1, 1))]
        case 'N':
            return [open_((0, 1), (0, 0), (1, 1), (1, 0))]
        case 'O':
            return [ring(0, 0, 1, 1, o)]
        case 'P':
            return [bowl(0, 1, 0.55), open_((0, 0), (0, 1))]
        case 'Q':
            tail = {
                'cross': open_((0.5, 0.68), (1.06, 1)),
                'outside': open_((0.68, 0.8), (1.2, 1)),
                'inside': open_((0.45, 0.62), (0.92, 0.94)),
                'upright': open_((0.5, 0.7), (0.5, 1)),
                'notch': open_((0.5, 0.76), (0.88, 0.99)),
            }[form]
            return [ring(0, 0, 1, 1, o), tail]
        case 'R':
            leg = open_((0.5, 0.53), (1, 0.53, 0.6), (1, 1)) if form == 'upright' else open_((0.42, 0.53), (1, 1))
            return [bowl(0, 1, 0.53), open_((0, 0), (0, 1)), leg]
        case 'S':
            return [open_((1, t), (1, 0, 1), (0, 0, 1), (0, m, 1), (1, m, 1), (1, 1, 1), (0, 1, 1), (0, 1 - t))]
        case 'T':
            return [open_((0, 0), (1, 0)), open_((0.5, 0), (0.5, 1))]
        case 'U':
            return [open_((0, 0), (0, 1, 1), (1, 1, 1), (1, 0))]
        case 'V':
            return [open_((0, 0), (0.5, 1), (1, 0))]
        case 'W':
            if form == 'slanted':
                return [open_((0, 0), (0.22, 1), (0.5, 0.25), (0.78, 1), (1, 0))]
            depth = {'short': 0.58, 'half': 0.38, 'full': 0.0}[form]
            return [open_((0, 0), (0, 1), (0.5, depth), (1, 1), (1, 0))]
        case 'X':
            return [open_((0, 0), (1, 1)), open_((1, 0), (0, 1))]
        case 'Y':
            if form == 'cup':
                return [open_((0, 0), (0, 0.5, 1), (1, 0.5, 1), (1, 0)), open_((0.5, 0.5), (0.5, 1))]
            fork = 0.44 if form == 'high' else 0.56
            return [open_((0, 0), (0.5, fork), (1, 0)), open_((0.5, fork), (0.5, 1))]
        case 'Z':
            return [open_((0, 0), (1, 0), (0, 1), (1, 1))]
    raise ValueError(f'a die has no character {character!r}')


def _serifs(die: Die, character: str) -> list[Stroke]:
    """Short ends across the arms, as engraved faces have them."""
    if die.serifs == 0:
        return []
    down, up = die.serifs, 1 - die.serifs
    ends: dict[str, list[tuple[Vertex, Vertex]]] = {
        'E': [((1, 0), (1, down)), ((1, 1), (1, up))],
        'F': [((1, 0), (1, down)), ((-0.14, 1), (0.22, 1))],
        'L': [((1, 1), (1, up)), ((-0.14, 0), (0.22, 0))],
        'T': [((0, 0), (0, down)), ((1, 0), (1, down)), ((0.25, 1), (0.75, 1))],
        'Z': [((0, 0), (0, down)), ((1, 1), (1, up))],
        'C': [((1, 0.04), (1, 0.3))],
        'G': [((1, 0.04), (1, 0.3))],
        'S': [((1, 0.04), (1, 0.3)), ((0, 0.96), (0, 0.7))],
        'P': [((-0.14, 1), (0.22, 1))],
        'H': [((-0.12, 0), (0.12, 0)), ((-0.12, 1), (0.12, 1)), ((0.88, 0), (1.12, 0)), ((0.88, 1), (1.12, 1))],
    }
    return [Stroke(ends_of_arm, crisp=True) for ends_of_arm in ends.get(character, [])]


def _spurs(die: Die) -> list[Stroke]:
    """What tells a B and a D from an 8 and a 0 where corners are round."""
    if not die.spurs:
        return []
    return [Stroke(((-0.16, 0), (0.1, 0)), crisp=True), Stroke(((-0.16, 1), (0.1, 1)), crisp=True)]


def _preset(name: str, width: float, stroke: float, radius: float, ends: str, forms: str, **more: float | bool) -> Die:
    """A die by its measures; `forms` reads '1=flag, I=serif'."""
    chosen = dict(pair.split('=') for pair in forms.split(', '))
    return Die(name, width, stroke, radius, round_ends=ends == 'round', forms=chosen, **more)  # type: ignore[arg-type]


PRESETS: tuple[Die, ...] = (
    _preset('alabama', 0.46, 0.12, 0.9, 'round', '1=flag, I=bar, 4=closed, G=bar'),
    _preset('alaska', 0.50, 0.13, 0.7, 'round', '1=flag, I=serif, G=spur, M=half'),
    _preset('arizona', 0.48, 0.13, 0.8, 'round', '1=flag, I=serif, A=pointed, M=full, R=diagonal'),
    _preset('arkansas', 0.47, 0.11, 0.9, 'round', '1=flag, I=serif, 0=same'),
    _preset('california', 0.46, 0.12, 0.9, 'round', '1=flag foot, I=serif, 4=short, 7=straight, J=plain', monospaced=True),
    _preset('colorado', 0.47, 0.13, 0.8, 'round', '1=flag foot, I=serif, 0=same, Q=cross', monospaced=True),
    _preset('connecticut', 0.48, 0.14, 0.7, 'round', '1=flag, I=serif, 2=flat, M=half, W=half'),
    _preset('delaware', 0.50, 0.13, 0.9, 'square', '1=flag, I=bar, 2=flat, 7=straight, 9=curved'),
    _preset('district of columbia', 0.45, 0.11, 0.9, 'square', '1=flag, I=bar, 3=round, 7=straight'),
    _preset('florida', 0.46, 0.13, 0.9, 'round', '1=flag foot, I=serif, Q=inside, W=half, 0=same'),
    _preset('georgia', 0.50, 0.12, 0.9, 'square', '1=flag, I=serif, J=plain, 3=round'),
    _preset('hawaii', 0.48, 0.12, 0.9, 'round', '1=flag, I=bar, M=full, W=full, A=pointed'),
    _preset('idaho', 0.42, 0.11, 0.9, 'round', '1=flag, I=serif, 4=closed, 6=curved, A=flat', monospaced=True),
    _preset('illinois', 0.44, 0.11, 0.9, 'round', '1=flag foot, I=serif, 4=short, 0=narrow, 3=round'),
    _preset('indiana', 0.50, 0.14, 0.6, 'square', '1=flag, I=bar, M=full, A=pointed'),
    _preset('iowa', 0.50, 0.12, 0.7, 'round', '1=flag, I=serif, 3=round, 4=closed, J=plain'),
    _preset('louisiana', 0.50, 0.13, 0.8, 'round', '1=flag foot, I=serif, M=short, 7=straight'),
    _preset('maine', 0.44, 0.12, 0.9, 'round', '1=flag foot, I=serif, 4=closed, 6=straight, 9=straight'),
    _preset('maryland', 0.47, 0.12, 0.9, 'round', '1=flag, I=serif, 6=curved, A=pointed, M=short'),
    _preset('massachusetts', 0.50, 0.12, 0.8, 'round', '1=flag foot, I=serif, 0=same, 4=closed, J=barred'),
    _preset('michigan', 0.48, 0.12, 0.8, 'square', '1=flag foot, I=serif, 0=slashed, 7=straight, 4=closed'),
    _preset('minnesota', 0.47, 0.13, 0.7, 'round', '1=flag foot, I=serif, 2=flat, 3=flat, A=flat'),
    _preset('nevada', 0.50, 0.11, 0.8, 'round', '1=flag, I=serif, M=full, W=full, J=barred'),
    _preset('new hampshire', 0.48, 0.13, 0.8, 'round', '1=bar, I=serif, Q=cross, G=spur, A=round'),
    _preset('new jersey', 0.47, 0.11, 0.9, 'round', '1=flag, I=serif, Y=low, K=arm'),
    _preset('new mexico', 0.46, 0.12, 0.9, 'square', '1=flag, I=serif, J=barred, K=point, 2=flat'),
    _preset('new york', 0.44, 0.11, 0.9, 'round', '1=flag, I=bar, 3=round, 6=curved, 9=curved, A=pointed'),
    _preset('north carolina', 0.44, 0.12, 0.9, 'round', '1=flag, I=serif, M=full, 4=closed'),
    _preset('north dakota', 0.52, 0.12, 0.8, 'square', '1=flag, I=serif, G=spur, J=plain, W=full'),
    _preset('ohio', 0.46, 0.12, 0.9, 'square', '1=flag foot, I=serif, 4=open, 6=curved, 0=same'),
    _preset('oregon', 0.48, 0.12, 0.8, 'round', '1=flag, I=serif, Q=inside, 2=flat, 6=curved'),
    _preset('pennsylvania', 0.46, 0.12, 0.8, 'round', '1=flag, I=serif, 2=flat, 3=flat, M=full'),
    _preset('texas', 0.50, 0.13, 0.8, 'square', '1=flag, I=serif, 3=round, R=diagonal, 0=same'),
    _preset('vermont', 0.52, 0.14, 0.7, 'square', '1=flag, I=serif, A=flat, G=bar, 7=straight'),
    _preset('virginia', 0.44, 0.12, 0.9, 'square', '1=flag foot, I=serif, 0=narrow, 4=closed, Y=high', serifs=0.16),
    _preset('mississippi', 0.44, 0.11, 0.9, 'round', '1=flag, I=serif, Q=notch, 4=closed'),
    _preset('washington', 0.46, 0.12, 0.8, 'round', '1=flag, I=bar, 0=same, 7=straight, M=half'),
    _preset('wyoming', 0.52, 0.15, 0.6, 'square', '1=flag foot, I=serif, 2=flat, 4=closed, 0=square'),
)  # fmt: skip


def random_die(rng: random.Random) -> Die:
    """A die near one of the presets (two of three times) or an invented one; the same for the same state of `rng`."""
    if rng.random() < 0.67:
        return _near(rng, rng.choice(PRESETS))
    die = Die(
        'invented',
        width=rng.uniform(0.38, 0.75) if rng.random() < 0.3 else rng.uniform(0.4, 0.56),
        stroke=rng.triangular(0.09, 0.2, 0.12),
        radius=rng.choice((rng.uniform(0.45, 0.8), rng.uniform(0.7, 1.0), 1.0)),
        oval=rng.choice((1.0, 1.0, rng.uniform(1.0, 1.6))),
        round_ends=rng.random() < 0.6,
        digit_width=rng.choice((1.0, rng.uniform(0.88, 1.0))),
        wide=rng.choice((1.0, rng.uniform(1.0, 1.25))),
        monospaced=rng.random() < 0.4,
        forms={character: rng.choice(forms) for character, forms in VARIANTS.items()},
    )
    return _settled(_detailed(rng, die))


def _near(rng: random.Random, preset: Die) -> Die:
    """A preset with its measures jittered; forms that the preset does not name, and a few that it does, are drawn."""
    forms = {character: rng.choice(choice) for character, choice in VARIANTS.items()}
    forms.update({character: form for character, form in preset.forms.items() if rng.random() < 0.9})
    die = replace(
        preset,
        width=preset.width * rng.uniform(0.92, 1.12),
        stroke=preset.stroke * rng.uniform(0.88, 1.15),
        radius=preset.radius + rng.uniform(-0.15, 0.1),
        wide=rng.choice((1.0, rng.uniform(1.0, 1.2))),
        monospaced=preset.monospaced or rng.random() < 0.25,
        forms=forms,
    )
    return _settled(_detailed(rng, die))


def _detailed(rng: random.Random, die: Die) -> Die:
    """Small things in which all dies differ."""
    return replace(
        die,
        crisp_corners=rng.random() < 0.6,
        spurs=rng.random() < 0.12,
        serifs=rng.uniform(0.12, 0.22) if die.serifs or rng.random() < 0.14 else 0.0,
        slant=rng.uniform(-0.04, 0.1) if rng.random() < 0.06 else 0.0,
        waist=rng.uniform(0.45, 0.51),
        opening=rng.uniform(0.17, 0.27),
        wobble=rng.choice((0.0, rng.uniform(0.01, 0.035))),
        cast=rng.getrandbits(32),
    )


def _settled(die: Die) -> Die:
    """Keeps a die within its bounds, and apart the characters that a person must be able to tell apart."""
    width = min(max(die.width, 0.38), 0.75)
    stroke = min(max(die.stroke, 0.09), 0.2, 0.34 * width)
    forms = dict(die.forms)
    if forms['1'] == 'bar' and forms['I'] == 'bar':
        forms['1'] = 'flag'
    # A flat 3 comes near a Z and a round A near an R; narrow heavy dies blur both.
    if stroke > 0.26 * width:
        forms['3'] = 'round'
        forms['A'] = 'pointed' if forms['A'] == 'round' else forms['A']
        # A tail inside a narrow Q fills it, and so do long middles in M and W.
        forms['Q'] = 'outside' if forms['Q'] in ('inside', 'upright') else forms['Q']
        forms['M'] = 'half' if forms['M'] == 'full' else forms['M']
        forms['W'] = 'half' if forms['W'] == 'full' else forms['W']
    if forms['0'] == 'slashed' and stroke > 0.23 * width:
        forms['0'] = 'same'
    if forms['0'] == 'square' and width - stroke < 0.36:
        forms['0'] = 'same'
    # B and D differ from 8 and 0 by their left corners alone: where arcs are small they need the spurs.
    radius = min(max(die.radius, 0.5), 1.0)
    # Heavy strokes close the gap by which G differs from 6.
    opening = min(die.opening, 0.31 - stroke)
    spurs = die.spurs or radius < 0.58 or width - stroke < 0.28
    return replace(die, width=width, stroke=stroke, radius=radius, opening=opening, forms=forms, spurs=spurs)


def _sheet(dies: Sequence[Die], height: int = 56) -> np.ndarray:
    """Rows of dies, each with its name and 36 characters, black on white."""
    cell, label = height, 200
    sheet = np.full((len(dies) * (height + 16), label + cell * len(CHARACTERS)), 255, np.uint8)
    for row, die in enumerate(dies):
        top = row * (height + 16) + 8
        cv2.putText(sheet, die.name, (4, top + height // 2), cv2.FONT_HERSHEY_SIMPLEX, 0.5, 0, 1, cv2.LINE_AA)
        for column, character in enumerate(CHARACTERS):
            mask = die.glyph(character, height)[:, :cell]
            left = label + column * cell + (cell - mask.shape[1]) // 2
            sheet[top : top + height, left : left + mask.shape[1]] -= mask
    return sheet


def main() -> None:
    parser = argparse.ArgumentParser(description='Draws dies beside one another, to be looked at.')
    parser.add_argument('--sheet', required=True, help='the picture to write')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--count', type=int, default=18, help='how many random dies')
    parser.add_argument('--presets', action='store_true', help='the presets as they are, instead of random dies')
    options = parser.parse_args()
    rng = random.Random(options.seed)
    dies = PRESETS if options.presets else [random_die(rng) for _ in range(options.count)]
    cv2.imwrite(options.sheet, _sheet(dies))


if __name__ == '__main__':
    main()
