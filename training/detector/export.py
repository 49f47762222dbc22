"""Writes the trained detector as ONNX, weights packed (`packing`), the heat's sigmoid inside.

    python3 -m detector.export --weights work/detector/detector.pt --out ../static/models/plate-detector.onnx

Input `frame` [1, 1, 360, 640], or of any multiple of 8, (gray - 110) / 60; outputs `heat` [1, 1, 45, 80], 0..1, and
`corners` [1, 8, 45, 80]: x and y of top left, top right, bottom right, bottom left, in units of 32 px from the middle of the cell.
"""

from __future__ import annotations

import argparse
import hashlib
import os

import torch
from torch import nn

from detector.model import FRAME_HEIGHT, FRAME_WIDTH, Detector
from packing import pack_weights


class Outputs(nn.Module):
    """The detector with its outputs named apart."""

    def __init__(self, detector: Detector) -> None:
        super().__init__()
        self.detector = detector

    def forward(self, frame: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        out = self.detector.out(self.detector.features(frame))
        return torch.sigmoid(out[:, :1]), out[:, 1:]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--weights', default='work/detector/detector.pt')
    parser.add_argument('--out', default='../static/models/plate-detector.onnx')
    arguments = parser.parse_args()
    detector = Detector()
    detector.load_state_dict(torch.load(arguments.weights))
    torch.onnx.export(
        Outputs(detector).eval(),
        torch.zeros(1, 1, FRAME_HEIGHT, FRAME_WIDTH),
        arguments.out,
        input_names=['frame'],
        output_names=['heat', 'corners'],
        opset_version=13,
        dynamic_axes={name: {2: f'{name}_rows', 3: f'{name}_columns'} for name in ('frame', 'heat', 'corners')},
    )
    pack_weights(arguments.out)
    with open(arguments.out, 'rb') as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    print(arguments.out, os.path.getsize(arguments.out), 'bytes, sha256', digest)


if __name__ == '__main__':
    main()
