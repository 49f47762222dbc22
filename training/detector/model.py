"""The detector: one gray frame in, a heat map of plates' middles and four corners for each of its cells out.

Chosen by its speed in the browser's WebAssembly, where a frame must not cost more than 22 ms on one thread: there,
time goes into dense convolutions at about 13 million multiplications a millisecond, while depthwise ones are nearly
free. So a 4x4 patch stem, one dense convolution, and else depthwise and 1x1 ones at 1/8, 1/16 and 1/32 of the size,
brought together again at 1/8. What a cell knows reaches over some 540 px: a whole vehicle's rear.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

FRAME_WIDTH, FRAME_HEIGHT = 640, 360
CELL = 8
COLUMNS, ROWS = FRAME_WIDTH // CELL, FRAME_HEIGHT // CELL
CORNER_UNIT = 32
"""Corners are given in units of this many pixels from the middle of their cell."""
MIDDLE_GRAY, SPREAD = 110, 60


def _step(inputs: int, outputs: int, kernel: int = 3, stride: int = 1, groups: int = 1, active: bool = True) -> nn.Sequential:
    padding = kernel // 2 if kernel % 2 else 0
    layers: list[nn.Module] = [nn.Conv2d(inputs, outputs, kernel, stride, padding, groups=groups, bias=False), nn.BatchNorm2d(outputs)]
    return nn.Sequential(*layers, *([nn.ReLU()] if active else []))


class Deepen(nn.Module):
    """Looks around, mixes channels, adds to what was there."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.around = _step(channels, channels, groups=channels, active=False)
        self.mix = _step(channels, channels, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.mix(self.around(x))


class Halve(nn.Module):
    """Half the size, more channels."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.around = _step(inputs, inputs, stride=2, groups=inputs, active=False)
        self.mix = _step(inputs, outputs, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.mix(self.around(x))


class Detector(nn.Module):
    """frame [n, 1, 360, 640], (gray - 110) / 60, to [n, 9, 45, 80]: heat before sigmoid, then corners x, y."""

    def __init__(self, stem: int = 32, fine: int = 48, middle: int = 112, coarse: int = 144, joined: int = 48) -> None:
        super().__init__()
        self.stem = _step(1, stem, 4, 4)
        self.fine = nn.Sequential(_step(stem, fine, 3, 2), *(Deepen(fine) for _ in range(2)))
        self.middle = nn.Sequential(Halve(fine, middle), *(Deepen(middle) for _ in range(5)))
        self.coarse = nn.Sequential(Halve(middle, coarse), *(Deepen(coarse) for _ in range(4)))
        self.from_coarse = nn.Conv2d(coarse, joined, 1)
        self.from_middle = nn.Conv2d(middle, joined, 1)
        self.from_fine = nn.Conv2d(fine, joined, 1)
        self.joined = nn.Sequential(*(Deepen(joined) for _ in range(2)))
        self.out = nn.Conv2d(joined, 9, 1)
        with torch.no_grad():
            self.out.bias[0] = -4.0

    def features(self, frame: torch.Tensor) -> torch.Tensor:
        fine = self.fine(self.stem(frame))
        middle = self.middle(fine)
        coarse = self.coarse(middle)
        # 23 rows from 12 and 45 from 23: doubled, the last row left out.
        wide = F.interpolate(self.from_coarse(coarse), scale_factor=2, mode='nearest')[:, :, : middle.shape[2]]
        wide = F.relu(self.from_middle(middle) + wide)
        wide = F.interpolate(wide, scale_factor=2, mode='nearest')[:, :, : fine.shape[2]]
        return self.joined(F.relu(self.from_fine(fine) + wide))

    def forward(self, frame: torch.Tensor) -> torch.Tensor:
        features = self.features(frame)
        # Corners need more than the eight bits of bfloat16 that the rest is trained with.
        with torch.autocast('cpu', enabled=False):
            return self.out(features.float())
