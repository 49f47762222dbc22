"""The second reader's network in PyTorch, of those layers only that tesseract can run, calculating as tesseract does.

Tesseract's own trainer, `lstmtraining`, learned from about nine strips a second on a core it had to share (260,000
weights), far too few to learn plates from nothing, and it sees the same strips again and again. PyTorch learned from
some ninety in the same place and degrades them anew. `export.py` writes the weights as the `lstm` part of a
traineddata file.

What is peculiar to tesseract and copied here:
- gray becomes (gray - black) / half the contrast - 1, black and white taken from the row in the middle (`normalized`);
- what lies outside the picture is noise for a convolution, not zero (`_NoisyEdge`);
- no activation but tanh, since the integer network clips every value to -1..1.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
BLANK = 2
"""tesseract's character set begins with space, `Joined` and `|Broken||0|1`; the last is CTC's blank."""
FIRST_CHARACTER = 3
CLASSES = FIRST_CHARACTER + len(ALPHABET)

STRIP_WIDTH, STRIP_HEIGHT = 128, 40
STEPS = STRIP_WIDTH // 4
ROWS = STRIP_HEIGHT // 8
"""what the convolutions leave of the strip's width and height"""


class _NoisyEdge(nn.Module):
    """One pixel of noise in -1..1 around a picture."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = nn.functional.pad(x, (1, 1, 1, 1))
        with torch.no_grad():
            for edge in (x[:, :, 0], x[:, :, -1], x[:, :, :, 0], x[:, :, :, -1]):
                edge.uniform_(-1, 1)
        return x


class Convolution(nn.Module):
    """tanh of a 3x3 convolution, then the largest of `pool` (rows, columns) neighbors.

    The normalization over the batch is folded into the weights when exported. Here tanh comes last, which gives the
    same, since it never falls, and costs a quarter.
    """

    def __init__(self, inputs: int, outputs: int, pool: tuple[int, int]):
        super().__init__()
        self.edge = _NoisyEdge()
        self.conv = nn.Conv2d(inputs, outputs, 3, bias=False)
        self.norm = nn.BatchNorm2d(outputs)
        self.pool = nn.MaxPool2d(pool)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.tanh(self.pool(self.norm(self.conv(self.edge(x)))))


class Network(nn.Module):
    """strip [n, 1, 40, 128] -> logits [n, 39, 32]; 245,000 weights. SPEC says the same in tesseract's language."""

    SPEC = '[1,40,0,1 Ct3,3,16 Mp2,2 Ct3,3,32 Mp2,2 Ct3,3,64 Mp2,1 S5,1 Ft128 Lbx96 O1c39]'

    def __init__(self) -> None:
        super().__init__()
        self.convolutions = nn.Sequential(
            Convolution(1, 16, (2, 2)), Convolution(16, 32, (2, 2)), Convolution(32, 64, (2, 1))
        )
        self.columns = nn.Linear(ROWS * 64, 128, bias=False)
        self.columns_norm = nn.BatchNorm1d(128)
        self.along = nn.LSTM(128, 96, batch_first=True, bidirectional=True)
        self.drop = nn.Dropout(0.1)
        self.characters = nn.Linear(192, CLASSES)

    def forward(self, strip: torch.Tensor) -> torch.Tensor:
        return self.of_features(self.convolutions(strip))

    def of_features(self, seen: torch.Tensor) -> torch.Tensor:
        """The rest of the network after its convolutions."""
        n, channels, height, width = seen.shape
        # A column's rows one after the other, channels innermost, as tesseract's Reconfig stacks them.
        columns = seen.permute(0, 3, 2, 1).reshape(n * width, height * channels)
        columns = torch.tanh(self.columns_norm(self.columns(columns))).reshape(n, width, -1)
        return self.characters(self.drop(self.along(self.drop(columns))[0])).permute(0, 2, 1)


def normalized(strips: np.ndarray) -> torch.Tensor:
    """uint8 [n, 40, 128] -> float [n, 1, 40, 128] as tesseract's NetworkIO makes it, clipped as its integers are."""
    values = np.empty(strips.shape, np.float32)
    for i, strip in enumerate(strips):
        black, white = _black_and_white(strip[strip.shape[0] // 2].astype(np.int16))
        contrast = (white - black) / 2
        values[i] = (strip - np.float32(black)) / np.float32(contrast if contrast > 0 else 1) - 1
    return torch.from_numpy(np.clip(values, -1, 1))[:, None]


def _black_and_white(row: np.ndarray) -> tuple[float, float]:
    """The lower quarter of the row's dark turning points, the upper quarter of its light ones."""
    before, here, after = row[:-2], row[1:-1], row[2:]
    dark = here[((here < before) & (here <= after)) | ((here <= before) & (here < after))]
    light = here[((here > before) & (here >= after)) | ((here >= before) & (here > after))]
    return _share_below(dark, 0.25, 0), _share_below(light, 0.75, 255)


def _share_below(values: np.ndarray, share: float, otherwise: int) -> float:
    """The value that `share` of the values lie below, as tesseract's STATS::ile finds it in a histogram."""
    if len(values) == 0:
        values = np.array([otherwise])
    target = min(max(share * len(values), 1), len(values))
    histogram = np.bincount(values, minlength=256)
    sums = np.cumsum(histogram)
    at = int(np.searchsorted(sums, target))
    return at + 1 - (sums[at] - target) / max(1, histogram[at])


def greedy_texts(logits: torch.Tensor) -> list[str]:
    """The best path of each strip, repeats and blanks taken out."""
    found = []
    for path in logits.argmax(1).tolist():
        text, before = '', BLANK
        for label in path:
            if label >= FIRST_CHARACTER and label != before:
                text += ALPHABET[label - FIRST_CHARACTER]
            before = label
        found.append(text)
    return found
