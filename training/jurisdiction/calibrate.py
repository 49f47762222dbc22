"""Chooses how sure the network must be to name a jurisdiction, on rendered plates that it never saw.

    python3 -m jurisdiction.calibrate --weights work/jurisdiction/jurisdiction.pt --plates work/jurisdiction/plates

Prints the temperature that makes its chances true, and the least chance from which on `--precision` of the named are right.
That share is asked for higher (0.995) than the product promises (0.95): real plates are harder than rendered ones. For the
same reason chances are never sharpened: the temperature is 1 or more. src/recognition/read/jurisdiction.ts has the two
numbers in use; docs/models/plate-jurisdiction.md tells how much margin was added to the threshold, and why.
"""

from __future__ import annotations

import argparse

import torch
from torch.nn.functional import cross_entropy

from jurisdiction.model import JurisdictionNet
from jurisdiction.train import held_out, logits_of


def temperature_of(logits: torch.Tensor, classes: torch.Tensor) -> float:
    """The divisor of the logits of 1 or more under which the held-out plates are least surprising."""
    candidates = torch.linspace(1.0, 3.0, 201)
    losses = torch.stack([cross_entropy(logits / t, classes) for t in candidates])
    return float(candidates[losses.argmin()])


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
    parser.add_argument('--weights', default='work/jurisdiction/jurisdiction.pt')
    parser.add_argument('--plates', default='work/jurisdiction/plates')
    parser.add_argument('--precision', type=float, default=0.995)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    net = JurisdictionNet()
    net.load_state_dict(torch.load(arguments.weights))
    plates, classes = held_out(arguments.plates)
    logits = logits_of(net, plates)
    temperature = temperature_of(logits, classes)
    chances = (logits / temperature).softmax(1)
    threshold = threshold_of(chances, classes, arguments.precision)
    sure, best = chances[:, 1:].max(1)
    named, issued = sure >= threshold, classes > 0
    right = best + 1 == classes
    print(f'temperature {temperature:.2f}, threshold {threshold:.3f}')
    print(f'{len(classes)} held-out plates: right of named {right[named].float().mean():.3f}, of issued plates named {named[issued].float().mean():.3f}')
    for low, high in ((0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 0.9), (0.9, 0.97), (0.97, 1.01)):
        within = (sure >= low) & (sure < high)
        print(f'  chance {low:.2f} to {min(1, high):.2f}: {int(within.sum())} plates, {right[within].float().mean():.3f} right')


if __name__ == '__main__':
    main()
