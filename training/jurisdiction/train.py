"""Trains the jurisdiction network on rendered plates.

    python3 -m jurisdiction.train --plates work/jurisdiction/plates --work work/jurisdiction --minutes 35

Learns from every part that `jurisdiction.samples` wrote but the one of seed 999, which is held out. Each plate is degraded
anew whenever it is shown, as the reader's are. Writes `jurisdiction.pt`: the running mean of the weights.
"""

from __future__ import annotations

import argparse
import copy
import glob
import itertools
import json
import math
import os
import time
from collections.abc import Iterator

import cv2
import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, IterableDataset

from inherit import layers_of, take_over, take_over_normalized
from jurisdiction.measure import real_pictures, words_of
from jurisdiction.model import PLATE_HEIGHT, PLATE_WIDTH, JurisdictionNet, normalized
from plates.degrade import Framing, strip_of
from running_mean import follow

BATCH = 48
HELD_OUT = 'part-999'


def seen(gray: np.ndarray, rng: np.random.Generator, width: int = PLATE_WIDTH, height: int = PLATE_HEIGHT) -> np.ndarray:
    """A stored plate as the app cuts it: with other tones; half of them near and in good light, half as the reader's are."""
    gamma = np.exp(rng.normal(0, 0.3))
    tones = (255 * (np.arange(256) / 255) ** gamma).astype(np.uint8)
    if rng.random() < 0.5:
        return _seen_well(tones[gray], rng, width, height)
    return strip_of(tones[gray], rng, width, height, Framing(margin_least=-0.04, margin_most=0.12))


def _seen_well(gray: np.ndarray, rng: np.random.Generator, width: int, height: int) -> np.ndarray:
    """A plate near the camera: corners a little off, slightly soft, little noise. A sixth of the work of `strip_of`."""
    h, w = gray.shape
    corners = np.float32([[0, 0], [w, 0], [w, h], [0, h]])
    middle, margin = np.float32([w / 2, h / 2]), 1 + rng.uniform(-0.04, 0.08, 2)
    found = (corners - middle) * margin + middle + rng.normal(0, 0.012, (4, 2)) * w
    target = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    perspective = cv2.getPerspectiveTransform(found.astype(np.float32), target)
    plate = cv2.warpPerspective(gray, perspective, (width, height), borderMode=cv2.BORDER_REPLICATE)
    if rng.random() < 0.6:
        plate = cv2.GaussianBlur(plate, (0, 0), rng.uniform(0.3, 1.4))
    noise = rng.standard_normal(plate.shape, dtype=np.float32) * np.float32(rng.choice([0, 2, 6]))
    return np.clip(plate + noise, 0, 255).astype(np.uint8)


class Plates(IterableDataset):
    """Endless batches of degraded plates with their classes.

    Degrading costs twice what learning does, so a degraded plate is shown about `shows` times, each time moved a little.
    """

    def __init__(self, folder: str, seed: int, shows: int = 2, kept: int = 6144):
        self._folder, self._seed, self._shows, self._kept = folder, seed, shows, kept

    def __iter__(self) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        cv2.setNumThreads(1)
        rng = np.random.default_rng(self._seed)
        pool = np.empty((self._kept, PLATE_HEIGHT, PLATE_WIDTH), np.uint8)
        labels = np.empty(self._kept, np.int64)
        fresh = BATCH // self._shows
        for batches in itertools.count():
            if batches % 300 == 0:
                parts = _parts(self._folder)
                sizes = np.array([len(classes) for _, classes in parts], float)
            places = np.arange(batches * fresh, (batches + 1) * fresh) % self._kept
            for place in places:
                grays, classes = parts[rng.choice(len(parts), p=sizes / sizes.sum())]
                at = rng.integers(len(classes))
                pool[place], labels[place] = seen(grays[at], rng), classes[at]
            filled = min(self._kept, (batches + 1) * fresh)
            if filled < 8 * BATCH:
                continue
            chosen = np.concatenate([places, rng.integers(filled, size=BATCH - fresh)])
            batch = np.stack([_moved(pool[place], rng) for place in chosen])
            yield torch.from_numpy(batch), torch.from_numpy(labels[chosen])


def _moved(plate: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The plate a few pixels aside, its edge repeated."""
    x, y = (int(v) for v in rng.integers(-4, 5, 2))
    padded = np.pad(plate, 4, 'edge')
    return padded[4 + y : 4 + y + PLATE_HEIGHT, 4 + x : 4 + x + PLATE_WIDTH]


def _parts(folder: str) -> list[tuple[np.ndarray, list[int]]]:
    """The parts to learn from, those that appeared since the last look included."""
    parts = [load(path) for path in sorted(glob.glob(f'{folder}/part-*.json')) if HELD_OUT not in path]
    if not parts:
        raise FileNotFoundError(f'no rendered plates in {folder}: run jurisdiction.samples first')
    return parts


def load(path: str) -> tuple[np.ndarray, list[int]]:
    """Plates and classes of one part, given its JSON file."""
    with open(path) as file:
        return np.load(path.replace('.json', '.npy'), mmap_mode='r'), json.load(file)


def held_out(folder: str, count: int = 2000) -> tuple[torch.Tensor, torch.Tensor]:
    """The same degraded plates at every call, from a part that training does not see."""
    grays, classes = load(os.path.join(folder, f'{HELD_OUT}.json'))
    rng = np.random.default_rng(7)
    plates = np.stack([seen(gray, rng) for gray in grays[:count]])
    return torch.from_numpy(plates), torch.tensor(classes[:count])


def logits_of(net: nn.Module, plates: torch.Tensor) -> torch.Tensor:
    """The network's answers in evaluation mode, a hundred plates at a time."""
    net.eval()
    with torch.no_grad():
        return torch.cat([net(normalized(plates[i : i + 100])) for i in range(0, len(plates), 100)])


def begin_as(net: JurisdictionNet, exported: str, plates: torch.Tensor) -> None:
    """Takes over the weights of an exported network; `plates` show what its layers are used to."""
    kernels = layers_of(exported)
    taken = take_over_normalized(net.look, kernels, normalized(plates))
    take_over(net.name, kernels[taken])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--plates', default='work/jurisdiction/plates')
    parser.add_argument('--work', default='work/jurisdiction')
    parser.add_argument('--minutes', type=float, default=35)
    parser.add_argument('--rate', type=float, default=2e-3, help='learning rate at its highest')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--start-from', help='weights to begin with, a jurisdiction.pt of an earlier run')
    parser.add_argument('--inherit', help='an exported network to go on from, where its jurisdiction.pt is gone')
    parser.add_argument('--real', help='folder of real plates, measured now and then and never learned from')
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(1)
    os.makedirs(arguments.work, exist_ok=True)

    net = JurisdictionNet()
    if arguments.start_from:
        net.load_state_dict(torch.load(arguments.start_from))
    plates, classes = held_out(arguments.plates)
    if arguments.inherit:
        begin_as(net, arguments.inherit, plates[:300])
    net = net.to(memory_format=torch.channels_last)
    mean = copy.deepcopy(net)
    optimizer = torch.optim.AdamW(net.parameters(), arguments.rate, weight_decay=1e-2)
    criterion = nn.CrossEntropyLoss(label_smoothing=0.05)
    batches = iter(DataLoader(Plates(arguments.plates, arguments.seed), batch_size=None, num_workers=1, prefetch_factor=8))
    started, smooth, step, done = time.time(), 0.0, 0, 0.0
    while done < 1:
        net.train()
        step += 1
        done = min(1.0, (time.time() - started) / 60 / arguments.minutes)
        for group in optimizer.param_groups:
            group['lr'] = arguments.rate * min(1, step / 200) * (0.5 * (1 + math.cos(math.pi * done)) + 0.005)
        batch, labels = next(batches)
        # In 32 bits: without the instructions for bfloat16 a CPU takes twenty times as long for half as many.
        loss = criterion(net(normalized(batch).contiguous(memory_format=torch.channels_last)), labels)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5)
        optimizer.step()
        follow(mean, net, max(0.003, 1 / step))
        smooth = loss.item() if step == 1 else 0.98 * smooth + 0.02 * loss.item()
        if step % 100 == 0:
            print(f'{100 * done:.1f} %, {step * BATCH} plates, {step * BATCH / (time.time() - started):.0f}/s, loss {smooth:.3f}', flush=True)
        if step % 500 == 0 or done == 1:
            share = (logits_of(mean, plates).argmax(1) == classes).float().mean().item()
            words = f'{step}: held out {share:.3f}'
            if arguments.real:
                words += f', real: {words_of(mean, *real_pictures(arguments.real)[:2])}'
            print(words, flush=True)
            torch.save(mean.state_dict(), os.path.join(arguments.work, 'jurisdiction.pt'))


if __name__ == '__main__':
    main()
