"""The jurisdiction network: a whole straightened plate to the state that issued it, or "unknown"."""

from __future__ import annotations

import torch
from torch import nn

from plates.jurisdictions import JURISDICTIONS

PLATE_WIDTH, PLATE_HEIGHT = 192, 96

CLASSES: tuple[str, ...] = ('', *JURISDICTIONS)
"""What a logit stands for: index 0 is "unknown", then the codes in alphabetical order."""


def _conv(inputs: int, outputs: int, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(True))


class JurisdictionNet(nn.Module):
    """plate [n, 1, 96, 192] -> logits [n, 52]; 0.30 M weights, 53 M multiplications a plate.

    Where something stands tells as much as what it is (a name at the top or the bottom), so places are kept to the end
    instead of being averaged away.
    """

    def __init__(self) -> None:
        super().__init__()
        self.look = nn.Sequential(
            _conv(1, 16, 2),
            _conv(16, 32, 2),
            _conv(32, 48),
            _conv(48, 64, 2),
            _conv(64, 64),
            _conv(64, 96, 2),
            _conv(96, 96),
            nn.AvgPool2d(2),
            nn.Conv2d(96, 64, 1, bias=False),
            nn.BatchNorm2d(64),
            nn.ReLU(True),
            nn.Flatten(),
            nn.Dropout(0.2),
        )
        self.name = nn.Linear(64 * 3 * 6, len(CLASSES))

    def forward(self, plate: torch.Tensor) -> torch.Tensor:
        return self.name(self.look(plate))


def normalized(plates: torch.Tensor) -> torch.Tensor:
    """uint8 [n, 96, 192] -> float [n, 1, 96, 192]: gray minus its mean over its deviation + 1, as the app does."""
    gray = plates.float()
    mean, deviation = gray.mean((1, 2), keepdim=True), gray.std((1, 2), keepdim=True)
    return ((gray - mean) / (deviation + 1))[:, None]
