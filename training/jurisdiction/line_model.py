"""Reads what is written above and below a serial: a strip of print to character probabilities along its width."""

from __future__ import annotations

import torch
from torch import nn

from inherit import layers_of, take_over
from reader.model import ALPHABET

STRIP_WIDTH, STRIP_HEIGHT = 160, 48
STEPS = STRIP_WIDTH // 4

SIDES = 0.1, 0.9
ROWS = (0.0, 0.28), (0.72, 1.0)
"""Where names and slogans stand, in shares of the plate: the middle four fifths above and below the serial."""

PLATE_WIDTH, PLATE_HEIGHT = 200, 172
"""A plate at this size holds its two strips."""


def strips_of(plates: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The strips above and below the serial: uint8 [n, 172, 200] -> twice uint8 [n, 48, 160]."""
    aside = (PLATE_WIDTH - STRIP_WIDTH) // 2
    middle = plates[:, :, aside : aside + STRIP_WIDTH]
    return middle[:, :STRIP_HEIGHT], middle[:, PLATE_HEIGHT - STRIP_HEIGHT :]


class _Residual(nn.Module):
    def __init__(self, channels: int, dilation: int):
        super().__init__()
        self.conv = nn.Conv1d(channels, channels, 5, 1, 2 * dilation, dilation=dilation)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.relu(x + self.conv(x))


class LineReader(nn.Module):
    """strip [n, 1, 48, 160] -> features [n, 192, 40]; `characters` makes logits [n, 37, 40] of them.

    It is the plate reader without its last step along the strip, its normalization folded in: letters of names are letters
    of serials, only smaller, and it has seen millions of those.
    """

    def __init__(self) -> None:
        super().__init__()
        sizes = [(1, 24, 2), (24, 48, (2, 1)), (48, 64, 1), (64, 96, 2), (96, 128, 1), (128, 128, (2, 1))]
        layers: list[nn.Module] = []
        for inputs, outputs, stride in sizes:
            layers += [nn.Conv2d(inputs, outputs, 3, stride, 1), nn.ReLU(True)]
        self.columns = nn.Sequential(*layers, nn.Conv2d(128, 192, (3, 1)), nn.ReLU(True))
        self.along = nn.Sequential(_Residual(192, 1), _Residual(192, 2), nn.Dropout(0.1))
        self.characters = nn.Conv1d(192, len(ALPHABET) + 1, 3, 1, 1)

    def forward(self, strip: torch.Tensor) -> torch.Tensor:
        return self.along(self.columns(strip)[:, :, 0])

    def begin_as(self, exported: str) -> None:
        """Takes over the weights of an exported plate reader; the third step along the strip is left out."""
        kernels = layers_of(exported)
        own = [module for module in self.modules() if isinstance(module, (nn.Conv1d, nn.Conv2d))]
        for layer, kernel in zip(own, [*kernels[:9], kernels[10]]):
            take_over(layer, kernel)
