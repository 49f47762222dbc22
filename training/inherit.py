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


def take_over_normalized(net: nn.Module, kernels: list[Kernel], inputs: torch.Tensor) -> int:
    """Gives convolutions with normalization those of an exported network, whose normalization is folded in; how many.

    Theirs is set anew, by what `inputs` make of it, so that the network answers as before and can go on learning.
    """
    modules = [module for module in net.modules() if isinstance(module, (*_CONVOLUTIONS, *_NORMALIZATIONS))]
    pairs = [(one, next_) for one, next_ in zip(modules, modules[1:]) if isinstance(next_, _NORMALIZATIONS)]
    with torch.no_grad():
        for (convolution, normalization), (weight, shift) in zip(pairs, kernels):
            convolution.weight.copy_(weight)
            normalization.bias.copy_(shift)
            normalization.running_var.fill_(1 - normalization.eps)
        _measure(net, pairs, inputs)
    return len(pairs)


_CONVOLUTIONS = (nn.Conv1d, nn.Conv2d)
_NORMALIZATIONS = (nn.BatchNorm1d, nn.BatchNorm2d)


def _measure(net: nn.Module, pairs: list[tuple[nn.Module, nn.Module]], inputs: torch.Tensor) -> None:
    """Gives each normalization the mean and variance of what reaches it, and takes them back in its scale and shift."""
    seen: dict[nn.Module, torch.Tensor] = {}
    hooks = [one.register_forward_hook(lambda module, _, output: seen.update({module: output})) for one, _ in pairs]
    net.eval()(inputs)
    for hook in hooks:
        hook.remove()
    for convolution, normalization in pairs:
        output = seen[convolution].transpose(0, 1).flatten(1)
        mean, variance = output.mean(1), output.var(1)
        normalization.running_mean.copy_(mean)
        normalization.running_var.copy_(variance)
        normalization.weight.copy_((variance + normalization.eps).sqrt())
        normalization.bias.add_(mean)
