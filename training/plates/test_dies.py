"""What the dies promise: sizes, the same die for the same seed, and characters that a person can tell apart."""

from __future__ import annotations

import random
import unittest

import cv2
import numpy as np

from plates.dies import CHARACTERS, PRESETS, VARIANTS, Die, random_die

# O and 0 may be the same; these may not.
APART = '0Q OQ 1I 2Z 8B 5S 0D OD GC G6 UV VY MN WM TI 4A KX PR EF'.split()


def _difference(die: Die, pair: str) -> float:
    """How much of two characters' ink, each centered in one cell, is not shared: 0 the same, 1 nothing shared."""
    cells = []
    for character in pair:
        mask = die.glyph(character, 64)
        cell = np.zeros((64, 96), np.float32)
        left = (96 - mask.shape[1]) // 2
        cell[:, left : left + mask.shape[1]] = mask / 255
        cells.append(cell)
    return float(np.abs(cells[0] - cells[1]).sum() / np.maximum(cells[0], cells[1]).sum())


class Dies(unittest.TestCase):
    def setUp(self) -> None:
        cv2.setNumThreads(1)
        rng = random.Random(7)
        self.dies = [random_die(rng) for _ in range(50)]

    def test_a_glyph_has_exactly_the_rows_asked_for_and_reaches_top_and_bottom(self) -> None:
        for die in self.dies[:20]:
            for character in CHARACTERS:
                for height in (17, 40, 100):
                    mask = die.glyph(character, height)
                    self.assertEqual((mask.shape[0], mask.dtype), (height, np.uint8))
                    self.assertLess(mask.shape[1], height * 1.3)
                    if height == 100:
                        self.assertGreater(mask[:3].max(), 100, f'{die.name} {character}')
                        self.assertGreater(mask[-3:].max(), 100, f'{die.name} {character}')

    def test_the_same_seed_gives_the_same_die_and_another_seed_another(self) -> None:
        first, again, other = (random_die(random.Random(seed)) for seed in (5, 5, 6))
        self.assertEqual(first, again)
        self.assertNotEqual(first, other)
        self.assertTrue(np.array_equal(first.glyph('R', 80), again.glyph('R', 80)))

    def test_characters_that_look_alike_stay_apart(self) -> None:
        for die in self.dies:
            for pair in APART:
                self.assertGreater(_difference(die, pair), 0.06, f'{pair} of {die}')

    def test_ink_never_fills_a_character(self) -> None:
        for die in self.dies:
            for character in '068BDOPQR4A':
                holes = cv2.connectedComponents((die.glyph(character, 100) < 128).astype(np.uint8), connectivity=4)[0]
                self.assertGreater(holes, 2, f'{character} of {die}')

    def test_presets_name_forms_that_exist(self) -> None:
        for die in PRESETS:
            for character, form in die.forms.items():
                self.assertIn(form, VARIANTS[character], f'{character} of {die.name}')

    def test_a_die_of_one_width_has_room_for_its_widest_character(self) -> None:
        for die in (d for d in self.dies if d.pitch is not None):
            widest = max(die.glyph(character, 100).shape[1] for character in 'MWH0')
            self.assertLessEqual(widest, (die.pitch or 0) * 100 + 1 + 100 * abs(die.slant), str(die))


if __name__ == '__main__':
    unittest.main()
