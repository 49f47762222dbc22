"""The reader of a shipped ONNX file as weights to go on training from."""

from __future__ import annotations

import torch

from inherit import layers_of, take_over, take_over_normalized
from reader.model import Reader, normalized


def shipped_reader(path: str, strips: torch.Tensor) -> Reader:
    """The reader in the file, normalizations measured on `strips`, uint8 [n, 48, 160] (some hundred suffice)."""
    reader = Reader()
    kernels = layers_of(path)
    taken = take_over_normalized(reader, kernels, normalized(strips))
    if len(kernels) != taken + 1:
        raise ValueError(f'{path} is not of the shape of this reader')
    take_over(reader.characters, kernels[taken])
    return reader
