"""The running mean of a network's weights, which is what every training keeps."""

from __future__ import annotations

import torch
from torch import nn


def follow(mean: nn.Module, now: nn.Module, share: float) -> None:
    """The mean of the weights follows; running statistics likewise, and counters are taken over."""
    with torch.no_grad():
        for averaged, current in zip(mean.state_dict().values(), now.state_dict().values()):
            if averaged.is_floating_point():
                averaged.lerp_(current, share)
            else:
                averaged.copy_(current)
