"""What a plate may say: serials after the patterns of jurisdictions, vanity words, and anything at all.

All of it is invented by a random generator; nothing is taken from a plate that exists.
"""

from __future__ import annotations

import random

LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
DIGITS = '0123456789'

# L a letter, D a digit, as passenger serials of the last thirty years are built; a separator is drawn, never written.
_PATTERNS = [
    'LLLDDD', 'DDDLLL', 'LLLDDDD', 'DLLLDDD', 'LLDDDDD', 'LDDDDDD', 'DDDDDD', 'DDDDDDD', 'LLDDDD', 'DDLLDD', 'LDDLLD',
    'LLLDDL', 'DDLDDDD', 'DDDDLL', 'LDLDLD', 'DLLDDD', 'LLDLDD', 'LLDDLL', 'LLDDDLL', 'LDDLLL', 'LDDDDL', 'DDDDD',
    'DDDD', 'DDDLL', 'LLLDD', 'LDDDD', 'DDDDL', 'DLDDDD', 'DLDDDDL', 'DDDLDDD', 'LLLLDD', 'DDLLLD', 'DDDDLLL'
]  # fmt: skip

# What is taken for one another: in some die, at some distance.
_ALIKE = ('0OQDC', '1ITJL', '2Z7', '5S6G', '8B3', '4A', '4L', 'VYUX', 'MNWH', 'CG0', 'EF', 'EB', 'PR', 'KX')
_HARD_LETTERS = [c for group in _ALIKE for c in group if c.isalpha()]
_HARD_DIGITS = [c for group in _ALIKE for c in group if c.isdigit()]

# Pieces of vanity texts: common syllables, so that letters stand beside letters as they do in words.
_SYLLABLES = (
    'A AN AR AT BA BE BI BO BU CA CE CH CO CR DA DE DI DO DR EL EN ER ES FA FI FL FO FR GA GO GR HA HE HI HO HU IN IT JA '
    'JE JO KA KE KI LA LE LI LO LU MA ME MI MO MU MY NA NE NI NO NU OF ON OR OU PA PE PI PO PR QU RA RE RI RO RU SA SE '
    'SH SI SO ST SU TA TE TH TI TO TR TU UN UP US VA VE VI VO WA WE WI WO YA YE YO ZA ZE ZO 1 2 4 8 4U GR8 M8 2B 1S XX '
    'Q II OO LL EE SS TT NN RR MM'
).split()


def any_text(rng: random.Random) -> str:
    """One to eight characters of 0-9A-Z: two in three as serials are built, the others words or anything."""
    chance = rng.random()
    if chance < 0.6:
        return serial(rng)
    if chance < 0.8:
        return vanity(rng)
    length = rng.choices([2, 3, 4, 5, 6, 7, 8], [1, 2, 4, 10, 25, 30, 8])[0]
    return ''.join(rng.choice(LETTERS + DIGITS) for _ in range(length))


def serial(rng: random.Random, pattern: str | None = None) -> str:
    """A serial after a pattern of L (letter) and D (digit); other characters of the pattern stand as they are."""
    pattern = pattern or rng.choice(_PATTERNS)
    if rng.random() < 0.02:  # samples and first issues: 000000, AAA 000
        letter, digit = rng.choice(LETTERS), rng.choice('0001')
        return ''.join(letter if c == 'L' else digit if c == 'D' else c for c in pattern)
    # One serial in four is rich in what is hard to tell apart: a 4 with a short stem and an L, a 2 and a Z, a 0 and a D.
    letters, digits = (_HARD_LETTERS, _HARD_DIGITS) if rng.random() < 0.25 else (LETTERS, DIGITS)
    return ''.join(rng.choice(letters) if c == 'L' else rng.choice(digits) if c == 'D' else c for c in pattern)


def vanity(rng: random.Random) -> str:
    """Two to eight characters that look like a word, sometimes with digits for letters."""
    length = rng.choices([2, 3, 4, 5, 6, 7, 8], [1, 3, 5, 8, 12, 14, 3])[0]
    word = ''
    while len(word) < length:
        word += rng.choice(_SYLLABLES)
    return word[:length]


def misleading(rng: random.Random) -> str:
    """A text of characters that are taken for one another: 0OQD, 1IT, 2Z7, 5S6, 8B3, 4AL, VYU, MNWH, CG."""
    length = rng.choice([5, 6, 7])
    return ''.join(rng.choice(rng.choice(_ALIKE)) for _ in range(length))
