"""Lets a network go on from an exported one: the weights of a file that ships, when those it was trained with are gone."""

from __future__ import annotations

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

Kernel = tuple[torch.Tensor, torch.Tensor]
"""Weights and shifts of one layer, normalization folded in."""


def layers_of(exported: str) -> list[Kernel]:
    """Every convolution and linear layer in the order of their use; weights that packing stored in 8 bits are brought back."""
    graph = onnx.load(exported).graph
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}

    def whole(name: str) -> torch.Tensor:
        if name in stored:
            return torch.tensor(stored[name])
        return torch.tensor(stored[f'{name}_small'].astype(np.float32) * stored[f'{name}_scale'])

    return [(whole(node.input[1]), torch.tensor(stored[node.input[2]])) for node in graph.node if node.op_type in ('Conv', 'Gemm')]


def take_over(layer: nn.Conv1d | nn.Conv2d | nn.Linear, kernel: Kernel) -> None:
    """Gives a layer with a shift of its own the weights of an exported one."""
    assert layer.bias is not None
    with torch.no_grad():
        layer.weight.copy_(kernel[0])
        layer.bias.copy_(kernel[1])


def take_over_normalized(look: nn.Sequential, kernels: list[Kernel], plates: torch.Tensor) -> int:
    """Gives convolutions with normalization those of an exported network, whose normalization is folded in; how many.

    Theirs is set anew, by what `plates` make of it, so that the network answers as before and can go on learning.
    """
    taken, x = 0, plates
    with torch.no_grad():
        for module in _flat(look):
            if isinstance(module, nn.Conv2d):
                module.weight.copy_(kernels[taken][0])
            elif isinstance(module, nn.BatchNorm2d):
                mean, variance = x.mean((0, 2, 3)), x.var((0, 2, 3))
                module.running_mean.copy_(mean)
                module.running_var.copy_(variance)
                module.weight.copy_((variance + module.eps).sqrt())
                module.bias.copy_(mean + kernels[taken][1])
                taken += 1
                module.eval()
            x = module(x)
    return taken


def _flat(layers: nn.Sequential) -> list[nn.Module]:
    return [inner for layer in layers for inner in (_flat(layer) if isinstance(layer, nn.Sequential) else [layer])]
