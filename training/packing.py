"""Makes an ONNX file small: weights are stored with fewer bits and brought back when the model is loaded.

The runtime computes with 32-bit numbers as before (it folds these steps away when it loads the model), so speed is the same.
"""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def pack_weights(path: str, least: int = 512, levels: int = 127) -> None:
    """Stores every weight tensor of `least` numbers or more as 8-bit numbers with a scale for each output channel.

    A weight is off by at most 1/254 of its channel's largest, or half a share in `levels` where fewer are asked for, so that
    the file packs better. Files that were packed before are left as they are.
    """
    model = onnx.load(path)
    added: list[onnx.NodeProto] = []
    for weight in list(model.graph.initializer):
        values = numpy_helper.to_array(weight)
        if weight.data_type != TensorProto.FLOAT or values.size < least or values.ndim < 2:
            continue
        largest = np.abs(values).reshape(len(values), -1).max(1).reshape(-1, *[1] * (values.ndim - 1))
        scale = np.maximum(largest, 1e-12) / levels
        small = np.clip(np.round(values / scale), -levels, levels).astype(np.int8)
        names = [f'{weight.name}_{kind}' for kind in ('small', 'scale', 'whole')]
        model.graph.initializer.remove(weight)
        model.graph.initializer.append(numpy_helper.from_array(small, names[0]))
        model.graph.initializer.append(numpy_helper.from_array(scale.astype(np.float32), names[1]))
        added.append(helper.make_node('Cast', [names[0]], [names[2]], to=TensorProto.FLOAT))
        added.append(helper.make_node('Mul', [names[2], names[1]], [weight.name]))
    for node in reversed(added):
        model.graph.node.insert(0, node)
    onnx.checker.check_model(model)
    onnx.save(model, path)
