"""Fits how much print and look speak, and chooses how sure one must be, on rendered plates that no network saw.

    python3 -m jurisdiction.calibrate --plates work/jurisdiction/plates --work work/jurisdiction

Reads `lines.pt` and `jurisdiction.pt`, writes `namer.pt`, both with the six fitted weights. Prints the least chance from which
on `--precision` of the named are right. That share is asked for higher (0.995) than the product promises (0.95): real plates are
harder than rendered ones. src/recognition/read/jurisdiction.ts has the threshold in use; docs/models/plate-jurisdiction.md
tells how it was chosen.
"""

from __future__ import annotations

import argparse
import os

import cv2
import numpy as np
import torch
from torch.nn.functional import cross_entropy

from jurisdiction import line_model
from jurisdiction.line_model import LineReader
from jurisdiction.measure import cut, measured, real_pictures
from jurisdiction.model import JurisdictionNet, normalized
from jurisdiction.naming import Namer
from jurisdiction.train import HELD_OUT, load, seen

DEGRADED = (320, 160)
"""Width and height of a plate as the app keeps it."""


def held_out(folder: str, count: int) -> tuple[list[np.ndarray], torch.Tensor]:
    """The same degraded plates at every call, from a part that training does not see."""
    grays, classes = load(os.path.join(folder, f'{HELD_OUT}.json'))
    rng = np.random.default_rng(7)
    return [seen(gray, rng, *DEGRADED) for gray in grays[:count]], torch.tensor(classes[:count])


def evidence(namer: Namer, pictures: list[np.ndarray]) -> tuple[torch.Tensor, torch.Tensor]:
    """What each plate looks like, [n, 52], and what is written on it, [n, phrases]."""
    namer.eval()
    looks, written = [], []
    with torch.no_grad():
        for i in range(0, len(pictures), 50):
            plates, above, below = cut(pictures[i : i + 50])
            looks.append(namer.look(normalized(plates)))
            strips = [namer.phrases(namer.lines.characters(namer.lines(line_model.normalized(s)))) for s in (above, below)]
            written.append(torch.maximum(*strips))
    return torch.cat(looks), torch.cat(written)


def fit(namer: Namer, looks: torch.Tensor, written: torch.Tensor, classes: torch.Tensor) -> None:
    """The weights under which the held-out plates are least surprising."""
    optimizer = torch.optim.Adam([namer.weights], 0.03)
    for _ in range(400):
        optimizer.zero_grad()
        cross_entropy(namer.together(looks, written), classes).backward()
        optimizer.step()


def threshold_of(chances: torch.Tensor, classes: torch.Tensor, precision: float) -> float:
    """The least chance so that of all plates named from it on, `precision` are right."""
    sure, best = chances[:, 1:].max(1)
    order = sure.argsort(descending=True)
    right = (best[order] + 1 == classes[order]).float()
    share = right.cumsum(0) / torch.arange(1, len(right) + 1)
    kept = int((share >= precision).nonzero().max()) if bool((share >= precision).any()) else 0
    return float(sure[order][kept])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--plates', default='work/jurisdiction/plates')
    parser.add_argument('--work', default='work/jurisdiction')
    parser.add_argument('--count', type=int, default=1500)
    parser.add_argument('--precision', type=float, default=0.995)
    parser.add_argument('--real', help='folder of real plates, measured with the fitted weights and never fitted to')
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    namer = Namer(LineReader(), JurisdictionNet())
    namer.lines.load_state_dict(torch.load(os.path.join(arguments.work, 'lines.pt')))
    namer.look.load_state_dict(torch.load(os.path.join(arguments.work, 'jurisdiction.pt')))
    pictures, classes = held_out(arguments.plates, arguments.count)
    looks, written = evidence(namer, pictures)
    print(f'held out, by the look alone: {measured(looks.softmax(1), classes)}')
    fit(namer, looks, written, classes)
    torch.save(namer.state_dict(), os.path.join(arguments.work, 'namer.pt'))
    chances = namer.together(looks, written).detach().softmax(1)
    threshold = threshold_of(chances, classes, arguments.precision)
    print('weights', ' '.join(f'{w:.3f}' for w in namer.weights.tolist()))
    print(f'held out: {measured(chances, classes)}')
    print(f'threshold {threshold:.3f}')
    sure, best = chances[:, 1:].max(1)
    right = best + 1 == classes
    for low, high in ((0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 0.9), (0.9, 0.97), (0.97, 1.01)):
        within = (sure >= low) & (sure < high)
        print(f'  chance {low:.2f} to {min(1, high):.2f}: {int(within.sum())} plates, {right[within].float().mean():.3f} right')
    if arguments.real:
        pictures, classes, _ = real_pictures(arguments.real)
        looks, written = evidence(namer, pictures)
        print(f'real, by the look alone: {measured(looks.softmax(1), classes)}')
        print(f'real: {measured(namer.together(looks, written).detach().softmax(1), classes)}')


if __name__ == '__main__':
    main()
