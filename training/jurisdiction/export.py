"""Writes the trained jurisdiction network as ONNX, weights stored in 8 bits.

    python3 -m jurisdiction.export --weights work/jurisdiction/jurisdiction.pt --out ../static/models/plate-jurisdiction.onnx

Input `plate` [1, 1, 96, 192]; output `logits` [1, 52]: 0 is unknown, then the 51 codes in alphabetical order.
"""

from __future__ import annotations

import argparse

import torch

from jurisdiction.model import PLATE_HEIGHT, PLATE_WIDTH, JurisdictionNet
from packing import pack_weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--weights', default='work/jurisdiction/jurisdiction.pt')
    parser.add_argument('--out', default='../static/models/plate-jurisdiction.onnx')
    arguments = parser.parse_args()
    net = JurisdictionNet()
    net.load_state_dict(torch.load(arguments.weights))
    net.eval()
    plate = torch.zeros(1, 1, PLATE_HEIGHT, PLATE_WIDTH)
    torch.onnx.export(net, plate, arguments.out, input_names=['plate'], output_names=['logits'], opset_version=13)
    pack_weights(arguments.out)


if __name__ == '__main__':
    main()
