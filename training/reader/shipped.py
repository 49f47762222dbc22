"""The reader of a shipped ONNX file as weights to go on training from.

The file holds each normalization folded into its convolution and weights in 8 bits. Unfolded again it computes the very
same, and can learn: what a normalization subtracts and divides by is measured anew on some strips.
"""

from __future__ import annotations

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

from reader.model import Reader, normalized


def shipped_reader(path: str, strips: torch.Tensor) -> Reader:
    """The reader in the file, normalizations measured on `strips`, uint8 [n, 48, 160] (some hundred suffice)."""
    reader = Reader().eval()
    pairs = _pairs(reader)
    folded = _convolutions(path)
    if len(folded) != len(pairs) + 1:
        raise ValueError(f'{path} is not of the shape of this reader')
    with torch.no_grad():
        for (conv, norm), (weight, bias) in zip(pairs, folded):
            conv.weight.copy_(weight)
            norm.bias.copy_(bias)
            norm.running_var.fill_(1 - norm.eps)
        reader.characters.weight.copy_(folded[-1][0])
        reader.characters.bias.copy_(folded[-1][1])
        _measure(reader, pairs, normalized(strips))
    return reader


def _pairs(reader: Reader) -> list[tuple[nn.Module, nn.Module]]:
    """Each convolution with the normalization behind it, in the order they run."""
    modules = [m for m in reader.modules() if isinstance(m, (nn.Conv1d, nn.Conv2d, nn.BatchNorm1d, nn.BatchNorm2d))]
    return list(zip(modules[:-1:2], modules[1::2]))


def _convolutions(path: str) -> list[tuple[torch.Tensor, torch.Tensor]]:
    graph = onnx.load(path).graph
    stored = {one.name: numpy_helper.to_array(one) for one in graph.initializer}

    def weight_of(name: str) -> np.ndarray:
        if name in stored:
            return stored[name]
        return stored[f'{name}_small'].astype(np.float32) * stored[f'{name}_scale']

    return [
        (torch.from_numpy(weight_of(node.input[1]).copy()), torch.from_numpy(stored[node.input[2]].copy()))
        for node in graph.node
        if node.op_type == 'Conv'
    ]


def _measure(reader: Reader, pairs: list[tuple[nn.Module, nn.Module]], strips: torch.Tensor) -> None:
    """Gives each normalization the mean and variance of what reaches it, and takes them back in its scale and shift."""
    seen: dict[nn.Module, torch.Tensor] = {}
    hooks = [conv.register_forward_hook(lambda module, _, output: seen.update({module: output})) for conv, _ in pairs]
    reader(strips)
    for hook in hooks:
        hook.remove()
    for conv, norm in pairs:
        output = seen[conv].transpose(0, 1).flatten(1)
        mean, variance = output.mean(1), output.var(1)
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(variance)
        norm.weight.copy_((variance + norm.eps).sqrt())
        norm.bias.add_(mean)
