"""Writes the fitted network as ONNX, weights stored in 8 bits.

    python3 -m jurisdiction.export --weights work/jurisdiction/namer.pt --out ../static/models/plate-jurisdiction.onnx

Inputs `plate` [1, 1, 96, 192] and `strips` [2, 1, 48, 160], what is above and below the serial. Outputs `look` [1, 52]: 0 is
unknown, then the 51 codes in alphabetical order; `characters` [2, 37, 40]: CTC's blank, then 0-9 A-Z. The fitted weights are
printed by `jurisdiction.calibrate` and stand in src/recognition/read/jurisdiction.ts.
"""

from __future__ import annotations

import argparse

import torch

from jurisdiction.line_model import STRIP_HEIGHT, STRIP_WIDTH, LineReader
from jurisdiction.model import PLATE_HEIGHT, PLATE_WIDTH, JurisdictionNet
from jurisdiction.naming import Namer
from packing import pack_weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--weights', default='work/jurisdiction/namer.pt')
    parser.add_argument('--out', default='../static/models/plate-jurisdiction.onnx')
    arguments = parser.parse_args()
    namer = Namer(LineReader(), JurisdictionNet())
    namer.load_state_dict(torch.load(arguments.weights))
    namer.eval()
    shown = (torch.zeros(1, 1, PLATE_HEIGHT, PLATE_WIDTH), torch.zeros(2, 1, STRIP_HEIGHT, STRIP_WIDTH))
    torch.onnx.export(namer, shown, arguments.out, input_names=['plate', 'strips'], output_names=['look', 'characters'], opset_version=13)
    pack_weights(arguments.out, levels=63)


if __name__ == '__main__':
    main()
