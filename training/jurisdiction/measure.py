"""Measures a jurisdiction network on real plates, which are measured with and never learned from.

    python3 -m jurisdiction.measure --weights work/jurisdiction/jurisdiction.pt --real ../../shared/plates [--list]
"""

from __future__ import annotations

import argparse
import csv

import cv2
import numpy as np
import torch
from torch import nn

from jurisdiction.model import CLASSES, PLATE_HEIGHT, PLATE_WIDTH, JurisdictionNet, normalized


def real_plates(folder: str) -> tuple[torch.Tensor, list[str], list[str]]:
    """Plates cut out, the codes of their jurisdictions, the names of their files."""
    with open(f'{folder}/us-crops/labels.csv') as file:
        rows = list(csv.DictReader(file))
    plates = []
    for row in rows:
        gray = cv2.imread(f"{folder}/us-crops/{row['file']}", 0)
        larger = gray.shape[1] > PLATE_WIDTH
        plates.append(cv2.resize(gray, (PLATE_WIDTH, PLATE_HEIGHT), interpolation=cv2.INTER_AREA if larger else cv2.INTER_CUBIC))
    return torch.from_numpy(np.stack(plates)), [row['jurisdiction'] for row in rows], [row['file'] for row in rows]


def chances(net: nn.Module, plates: torch.Tensor, temperature: float = 1.0) -> torch.Tensor:
    """What the network gives each class, 0..1."""
    net.eval()
    with torch.no_grad():
        logits = torch.cat([net(normalized(plates[i : i + 100])) for i in range(0, len(plates), 100)])
    return (logits / temperature).softmax(1)


def words_of(net: nn.Module, plates: torch.Tensor, codes: list[str], files: list[str]) -> str:
    """Right at the first try, and what is named and right of it from three degrees of sureness on, in words."""
    sure, best = chances(net, plates)[:, 1:].max(1)
    right = torch.tensor([CLASSES[b + 1] == code for b, code in zip(best.tolist(), codes)])
    words = [f'real {right.float().mean():.3f}']
    for least in (0.5, 0.7, 0.9):
        named = sure >= least
        words.append(f'at {least}: {named.float().mean():.3f} named, {right[named].float().mean():.3f} right')
    return '; '.join(words)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--weights', default='work/jurisdiction/jurisdiction.pt')
    parser.add_argument('--real', required=True)
    parser.add_argument('--list', action='store_true', help='every plate that is named wrongly or not at all')
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    net = JurisdictionNet()
    net.load_state_dict(torch.load(arguments.weights))
    plates, codes, files = real_plates(arguments.real)
    print(words_of(net, plates, codes, files))
    if arguments.list:
        for chance, code, file in zip(chances(net, plates), codes, files):
            top = chance.topk(2)
            if CLASSES[top.indices[0]] != code:
                found = ', '.join(f'{CLASSES[i] or "unknown"} {v:.2f}' for v, i in zip(top.values.tolist(), top.indices.tolist()))
                print(f'{code} {file}: {found}')


if __name__ == '__main__':
    main()
