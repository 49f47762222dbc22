"""Writes the trained reader as ONNX, weights stored in 8 bits.

    python3 -m reader.export --weights work/reader/reader.pt --out ../static/models/plate-reader.onnx

Input `strip` [n, 1, 48, 160]; output `logits` [n, 37, 40]: 0 is CTC's blank, then 0-9 A-Z.
"""

from __future__ import annotations

import argparse

import torch

from packing import pack_weights
from reader.model import STRIP_HEIGHT, STRIP_WIDTH, Reader


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--weights', default='work/reader/reader.pt')
    parser.add_argument('--out', default='../static/models/plate-reader.onnx')
    arguments = parser.parse_args()
    reader = Reader()
    reader.load_state_dict(torch.load(arguments.weights))
    reader.eval()
    torch.onnx.export(
        reader,
        torch.zeros(1, 1, STRIP_HEIGHT, STRIP_WIDTH),
        arguments.out,
        input_names=['strip'],
        output_names=['logits'],
        opset_version=13,
        dynamic_axes={'strip': {0: 'n'}, 'logits': {0: 'n'}},
    )
    pack_weights(arguments.out)


if __name__ == '__main__':
    main()
