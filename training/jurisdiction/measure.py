"""Measures jurisdiction networks on real plates, which are measured with and never learned from.

    python3 -m jurisdiction.measure --weights work/jurisdiction/namer.pt --real ../../shared/plates [--list]
"""

from __future__ import annotations

import argparse
import csv

import cv2
import numpy as np
import torch
from torch import nn

from jurisdiction import line_model
from jurisdiction.model import CLASSES, PLATE_HEIGHT, PLATE_WIDTH, normalized


def real_pictures(folder: str) -> tuple[list[np.ndarray], torch.Tensor, list[str]]:
    """Plates cut out, the classes of their jurisdictions, the names of their files."""
    with open(f'{folder}/us-crops/labels.csv') as file:
        rows = list(csv.DictReader(file))
    pictures = [cv2.imread(f"{folder}/us-crops/{row['file']}", 0) for row in rows]
    return pictures, torch.tensor([CLASSES.index(row['jurisdiction']) for row in rows]), [row['file'] for row in rows]


def cut(pictures: list[np.ndarray]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """What the networks are shown of whole plates: the plates, and the strips above and below their serials."""
    plates = np.stack([_sized(gray, PLATE_WIDTH, PLATE_HEIGHT) for gray in pictures])
    size = line_model.STRIP_WIDTH, line_model.STRIP_HEIGHT
    above, below = ([_sized(_part(gray, *line_model.SIDES, *rows), *size) for gray in pictures] for rows in line_model.ROWS)
    return torch.from_numpy(plates), torch.from_numpy(np.stack(above)), torch.from_numpy(np.stack(below))


def _part(gray: np.ndarray, left: float, right: float, top: float, bottom: float) -> np.ndarray:
    h, w = gray.shape
    return gray[round(top * h) : round(bottom * h), round(left * w) : round(right * w)]


def _sized(gray: np.ndarray, width: int, height: int) -> np.ndarray:
    return cv2.resize(gray, (width, height), interpolation=cv2.INTER_AREA if gray.shape[1] > width else cv2.INTER_CUBIC)


def measured(chances: torch.Tensor, classes: torch.Tensor) -> str:
    """Right at the first try, and what is named and right of it from three degrees of sureness on, in words."""
    sure, best = chances[:, 1:].max(1)
    right, issued = best + 1 == classes, classes > 0
    words = [f'{right[issued].float().mean():.3f} of issued plates right at the first try']
    for least in (0.5, 0.7, 0.8, 0.9, 0.95):
        named = sure >= least
        words.append(f'at {least}: {named[issued].float().mean():.3f} named, {right[named].float().mean():.3f} right')
    return '; '.join(words)


def words_of(net: nn.Module, pictures: list[np.ndarray], classes: torch.Tensor) -> str:
    """How the look alone does on whole plates, in words."""
    net.eval()
    with torch.no_grad():
        logits = torch.cat([net(normalized(cut(pictures[i : i + 100])[0])) for i in range(0, len(pictures), 100)])
    return measured(logits.softmax(1), classes)


def main() -> None:
    from jurisdiction.calibrate import evidence
    from jurisdiction.line_model import LineReader
    from jurisdiction.model import JurisdictionNet
    from jurisdiction.naming import Namer

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--weights', default='work/jurisdiction/namer.pt')
    parser.add_argument('--real', required=True)
    parser.add_argument('--list', action='store_true', help='every plate that is named wrongly or not at all')
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    namer = Namer(LineReader(), JurisdictionNet())
    namer.load_state_dict(torch.load(arguments.weights))
    pictures, classes, files = real_pictures(arguments.real)
    with torch.no_grad():
        chances = namer.together(*evidence(namer, pictures)).softmax(1)
    print(measured(chances, classes))
    if arguments.list:
        for chance, right, file in zip(chances, classes.tolist(), files):
            top = chance.topk(2)
            if top.indices[0] != right:
                found = ', '.join(f'{CLASSES[i] or "unknown"} {v:.2f}' for v, i in zip(top.values.tolist(), top.indices.tolist()))
                print(f'{CLASSES[right]} {file}: {found}')


if __name__ == '__main__':
    main()
