"""The reader: a straightened strip to character probabilities along its width, for CTC decoding."""

from __future__ import annotations

import torch
from torch import nn

ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
"""Class 0 is CTC's blank, then these."""

STRIP_WIDTH, STRIP_HEIGHT = 160, 48
STEPS = STRIP_WIDTH // 4


def _conv(inputs: int, outputs: int, stride: int | tuple[int, int] = 1) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(True))


class _Residual(nn.Module):
    """A step keeps what it saw and adds what its neighbors tell: is this the same die, a stacked pair, an emblem?"""

    def __init__(self, channels: int, dilation: int):
        super().__init__()
        self.conv = nn.Conv1d(channels, channels, 5, 1, 2 * dilation, dilation=dilation, bias=False)
        self.norm = nn.BatchNorm1d(channels)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.relu(x + self.norm(self.conv(x)))


class Reader(nn.Module):
    """strip [n, 1, 48, 160] -> logits [n, 37, 40]; 1.0 M weights, 119 M multiplications a strip.

    `share` of the channels: half of them make a quarter of the work, enough to try a renderer on a CPU in an hour.
    """

    def __init__(self, share: float = 1.0) -> None:
        super().__init__()
        c24, c48, c64, c96, c128, c192 = (round(share * channels) for channels in (24, 48, 64, 96, 128, 192))
        self.columns = nn.Sequential(
            _conv(1, c24, 2),
            _conv(c24, c48, (2, 1)),
            _conv(c48, c64),
            _conv(c64, c96, 2),
            _conv(c96, c128),
            _conv(c128, c128, (2, 1)),
            nn.Conv2d(c128, c192, (3, 1), bias=False),
            nn.BatchNorm2d(c192),
            nn.ReLU(True),
        )
        self.along = nn.Sequential(_Residual(c192, 1), _Residual(c192, 2), _Residual(c192, 4), nn.Dropout(0.1))
        self.characters = nn.Conv1d(c192, len(ALPHABET) + 1, 3, 1, 1)

    def forward(self, strip: torch.Tensor) -> torch.Tensor:
        return self.characters(self.along(self.columns(strip)[:, :, 0]))


def normalized(strips: torch.Tensor) -> torch.Tensor:
    """uint8 [n, 48, 160] -> float [n, 1, 48, 160]: gray minus its mean over its deviation + 1, as the app does."""
    gray = strips.float()
    mean, deviation = gray.mean((1, 2), keepdim=True), gray.std((1, 2), keepdim=True)
    return ((gray - mean) / (deviation + 1))[:, None]


def greedy_texts(logits: torch.Tensor) -> list[str]:
    """The best path of each strip, repeats and blanks taken out."""
    found = []
    for path in logits.argmax(1).tolist():
        text, before = '', 0
        for label in path:
            if label and label != before:
                text += ALPHABET[label - 1]
            before = label
        found.append(text)
    return found
