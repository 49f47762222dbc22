"""Teaches the plate reader to read names and slogans.

    python3 -m jurisdiction.train_lines --lines work/jurisdiction/lines --minutes 30

Begins with the exported plate reader and goes on with strips of print from `jurisdiction.lines`, degraded anew whenever they
are shown; the part of seed 999 is held out. Capitals and small letters are one. The first three layers stay as they are:
what an edge is does not change. Writes `lines.pt`: the running mean of the weights.
"""

from __future__ import annotations

import argparse
import copy
import csv
import glob
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

from jurisdiction.line_model import PLATE_HEIGHT, PLATE_WIDTH, STEPS, LineReader, strips_of
from jurisdiction.lines import folded
from jurisdiction.names import NAMES
from jurisdiction.train import seen
from reader.model import ALPHABET, greedy_texts, normalized
from running_mean import follow

BATCH = 64
HELD_OUT = 'part-999'
INDEX = {character: i + 1 for i, character in enumerate(ALPHABET)}


class Strips(IterableDataset):
    """Endless batches of strips with their texts; empty ones seldom."""

    def __init__(self, folder: str, seed: int):
        self._folder, self._seed = folder, seed

    def __iter__(self) -> Iterator[tuple[torch.Tensor, list[str]]]:
        cv2.setNumThreads(1)
        rng = np.random.default_rng(self._seed)
        strips: list[torch.Tensor] = []
        texts: list[str] = []
        drawn = 0
        parts = _parts(self._folder)
        while True:
            drawn += 1
            if drawn % 3000 == 0:
                parts = _parts(self._folder)
            grays, lines = parts[rng.integers(len(parts))]
            at = rng.integers(len(lines))
            plate = torch.from_numpy(seen(grays[at], rng, PLATE_WIDTH, PLATE_HEIGHT))[None]
            for strip, text in zip(strips_of(plate), lines[at]):
                if text or rng.random() < 0.25:
                    strips.append(strip[0])
                    texts.append(text)
            if len(strips) >= BATCH:
                yield torch.stack(strips[:BATCH]), texts[:BATCH]
                strips, texts = strips[BATCH:], texts[BATCH:]


def _parts(folder: str) -> list[tuple[np.ndarray, list[list[str]]]]:
    parts = [load(path) for path in sorted(glob.glob(f'{folder}/part-*.json')) if HELD_OUT not in path]
    if not parts:
        raise FileNotFoundError(f'no plates in {folder}: run jurisdiction.lines first')
    return parts


def load(path: str) -> tuple[np.ndarray, list[list[str]]]:
    """Plates and what is written above and below their serials, given the JSON file of a part."""
    with open(path) as file:
        return np.load(path.replace('.json', '.npy'), mmap_mode='r'), json.load(file)


def held_out(folder: str) -> tuple[torch.Tensor, list[str]]:
    """The same strips at every call, from a part that training does not see."""
    grays, lines = load(os.path.join(folder, f'{HELD_OUT}.json'))
    rng = np.random.default_rng(7)
    plates = torch.from_numpy(np.stack([seen(gray, rng, PLATE_WIDTH, PLATE_HEIGHT) for gray in grays[:400]]))
    above, below = strips_of(plates)
    return torch.cat([above, below]), [line[0] for line in lines[:400]] + [line[1] for line in lines[:400]]


def read(net: LineReader, strips: torch.Tensor) -> list[str]:
    """What the network reads on each strip."""
    net.eval()
    with torch.no_grad():
        return [text for i in range(0, len(strips), 100) for text in greedy_texts(net.characters(net(normalized(strips[i : i + 100]))))]


def names_on_real(net: LineReader, folder: str) -> float:
    """Share of real plates on whose strips a name of the right jurisdiction is read letter by letter."""
    with open(f'{folder}/us-crops/labels.csv') as file:
        rows = list(csv.DictReader(file))
    plates = [cv2.resize(cv2.imread(f"{folder}/us-crops/{row['file']}", 0), (PLATE_WIDTH, PLATE_HEIGHT), interpolation=cv2.INTER_AREA) for row in rows]
    above, below = strips_of(torch.from_numpy(np.stack(plates)))
    texts = zip(rows, read(net, above), read(net, below))
    return sum(any(folded(name) in a or folded(name) in b for name in NAMES[row['jurisdiction']]) for row, a, b in texts) / len(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--lines', default='work/jurisdiction/lines')
    parser.add_argument('--reader', default='../static/models/plate-reader.onnx', help='the exported plate reader to begin with')
    parser.add_argument('--start-from', help='weights to begin with instead, a lines.pt of an earlier run')
    parser.add_argument('--work', default='work/jurisdiction')
    parser.add_argument('--minutes', type=float, default=30)
    parser.add_argument('--rate', type=float, default=6e-4, help='learning rate at its highest')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--real', help='folder of real plates, measured now and then and never learned from')
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(1)
    os.makedirs(arguments.work, exist_ok=True)

    net = LineReader()
    net.begin_as(arguments.reader)
    if arguments.start_from:
        net.load_state_dict(torch.load(arguments.start_from))
    net = net.to(memory_format=torch.channels_last)
    for layer in net.columns[:6]:
        layer.requires_grad_(False)
    learning = [weight for weight in net.parameters() if weight.requires_grad]
    mean = copy.deepcopy(net)
    optimizer = torch.optim.AdamW(learning, arguments.rate, weight_decay=1e-3)
    criterion = nn.CTCLoss(zero_infinity=True)
    batches = iter(DataLoader(Strips(arguments.lines, arguments.seed), batch_size=None, num_workers=1, prefetch_factor=8))
    strips, texts = held_out(arguments.lines)
    started, smooth, step, done = time.time(), 0.0, 0, 0.0
    while done < 1:
        net.train()
        step += 1
        done = min(1.0, (time.time() - started) / 60 / arguments.minutes)
        for group in optimizer.param_groups:
            group['lr'] = arguments.rate * min(1, step / 60) * (0.5 * (1 + math.cos(math.pi * done)) + 0.005)
        batch, labels = next(batches)
        logits = net.characters(net(normalized(batch).contiguous(memory_format=torch.channels_last)))
        targets = torch.tensor([INDEX[c] for text in labels for c in text])
        lengths = torch.tensor([len(text) for text in labels])
        loss = criterion(logits.permute(2, 0, 1).log_softmax(2), targets, torch.full((len(labels),), STEPS), lengths)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(learning, 5)
        optimizer.step()
        follow(mean, net, max(0.005, 1 / step))
        smooth = loss.item() if step == 1 else 0.97 * smooth + 0.03 * loss.item()
        if step % 25 == 0:
            print(f'{100 * done:.1f} %, {step * BATCH} strips, {step * BATCH / (time.time() - started):.0f}/s, loss {smooth:.3f}', flush=True)
        if step % 150 == 0 or done == 1:
            share = sum(a == b for a, b in zip(read(mean, strips), texts)) / len(texts)
            words = f'{step}: held out {share:.3f} of lines right'
            if arguments.real:
                words += f', names on real plates {names_on_real(mean, arguments.real):.3f}'
            print(words, flush=True)
            torch.save(mean.state_dict(), os.path.join(arguments.work, 'lines.pt'))


if __name__ == '__main__':
    main()
