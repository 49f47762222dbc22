"""Writes the trained reader as ONNX, weights stored at half precision.

    python3 -m reader.export --weights work/reader/reader.pt --out ../static/models/plate-reader.onnx

Input `strip` [n, 1, 48, 160]; output `logits` [n, 37, 40]: 0 is CTC's blank, then 0-9 A-Z.
"""

from __future__ import annotations

import argparse

import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from reader.model import STRIP_HEIGHT, STRIP_WIDTH, Reader


def halve_weights(path: str, least: int = 512) -> None:
    """Stores every weight tensor of `least` numbers or more as float16, cast back when the model is loaded.

    Halves the download; the runtime folds the casts away, so that speed is as before. Rounding is below 0.1 % a weight.
    """
    model = onnx.load(path)
    casts = []
    for weight in list(model.graph.initializer):
        values = numpy_helper.to_array(weight)
        if weight.data_type != TensorProto.FLOAT or values.size < least:
            continue
        half = numpy_helper.from_array(values.astype('float16'), f'{weight.name}_half')
        casts.append(helper.make_node('Cast', [half.name], [weight.name], to=TensorProto.FLOAT))
        model.graph.initializer.remove(weight)
        model.graph.initializer.append(half)
    for cast in reversed(casts):
        model.graph.node.insert(0, cast)
    onnx.checker.check_model(model)
    onnx.save(model, path)


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
    halve_weights(arguments.out)


if __name__ == '__main__':
    main()
