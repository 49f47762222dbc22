"""Trains the reader on rendered plates.

    python3 -m reader.train --plates work/plates --samples 1500000 --work work/reader

Reads every part that `plates.render_set` wrote (and those that appear while it runs), degrades each plate anew, learns by
CTC. Writes `reader.pt`: the running mean of the weights. The last part of the plates is held out and never learned from.
"""

from __future__ import annotations

import argparse
import copy
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

from evaluate.real import measure_real
from plates.degrade import strip_of
from reader.model import ALPHABET, STEPS, STRIP_HEIGHT, STRIP_WIDTH, Reader, greedy_texts, normalized
from reader.shipped import shipped_reader
from running_mean import follow

INDEX = {character: i + 1 for i, character in enumerate(ALPHABET)}
BATCH = 64


class Strips(IterableDataset):
    """Endless batches of degraded strips with their texts; each process draws its own."""

    def __init__(self, pattern: str, seed: int):
        self._pattern, self._seed = pattern, seed

    def __iter__(self) -> Iterator[tuple[torch.Tensor, list[str]]]:
        cv2.setNumThreads(1)
        info = torch.utils.data.get_worker_info()
        rng = np.random.default_rng([self._seed, info.id if info else 0, int(time.time()) if self._seed < 0 else 0])
        parts: dict[str, tuple[np.ndarray, list[list[str]]]] = {}
        batches = 0
        while True:
            if batches % 200 == 0:
                _load_new(parts, self._pattern)
            names = list(parts)
            strips = np.empty((BATCH, STRIP_HEIGHT, STRIP_WIDTH), np.uint8)
            texts = []
            for i in range(BATCH):
                grays, labels = parts[names[rng.integers(len(names))]]
                at = rng.integers(len(labels))
                strips[i] = strip_of(grays[at], rng, STRIP_WIDTH, STRIP_HEIGHT)
                texts.append(labels[at][0])
            batches += 1
            yield torch.from_numpy(strips), texts


def _load_new(parts: dict[str, tuple[np.ndarray, list[list[str]]]], pattern: str) -> None:
    found = sorted(glob.glob(pattern))
    for gone in set(parts) - set(found):
        del parts[gone]
    for path in found:
        if path not in parts:
            with open(path) as file:
                parts[path] = np.load(path.replace('.json', '.npy'), mmap_mode='r'), json.load(file)
    if not parts:
        raise FileNotFoundError(f'no rendered plates at {pattern}: run plates.render_set first')


def held_out(path: str, count: int = 1000) -> tuple[torch.Tensor, list[str]]:
    """The same strips at every call, from a part that training does not see."""
    with open(path) as file:
        labels = json.load(file)
    grays = np.load(path.replace('.json', '.npy'), mmap_mode='r')
    rng = np.random.default_rng(7)
    strips = np.stack([strip_of(grays[i], rng, STRIP_WIDTH, STRIP_HEIGHT) for i in range(min(count, len(labels)))])
    return torch.from_numpy(strips), [text for text, _ in labels[: len(strips)]]


def exact_share(reader: Reader, strips: torch.Tensor, texts: list[str]) -> float:
    """Share of strips read exactly right, the letter O and zero apart."""
    reader.eval()
    with torch.no_grad():
        found = [
            text for i in range(0, len(strips), 100) for text in greedy_texts(reader(normalized(strips[i : i + 100])))
        ]
    return sum(a.replace('O', '0') == b.replace('O', '0') for a, b in zip(found, texts)) / len(texts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--plates', default='work/plates/part-*.json')
    parser.add_argument('--held-out', default='work/plates-held-out/part-999-000.json')
    parser.add_argument('--work', default='work/reader')
    parser.add_argument('--samples', type=int, default=1_500_000)
    parser.add_argument('--minutes', type=float, help='instead of --samples: as many as fit')
    parser.add_argument('--rate', type=float, default=2e-3, help='learning rate at its highest')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--start-from', help='weights to begin with: a reader.pt of an earlier run, or the shipped .onnx')
    parser.add_argument('--share', type=float, default=1.0, help='of the channels: 0.5 is the small setting')
    parser.add_argument('--threads', type=int, default=1)
    parser.add_argument('--real', help='folder of real plates, measured now and then and never learned from')
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(arguments.threads)
    os.makedirs(arguments.work, exist_ok=True)

    reader = Reader(arguments.share)
    if arguments.start_from and arguments.start_from.endswith('.onnx'):
        reader = shipped_reader(arguments.start_from, held_out(arguments.held_out, 300)[0])
    elif arguments.start_from:
        reader.load_state_dict(torch.load(arguments.start_from))
    reader = reader.to(memory_format=torch.channels_last)
    mean = copy.deepcopy(reader)
    optimizer = torch.optim.AdamW(reader.parameters(), arguments.rate, weight_decay=1e-3)
    criterion = nn.CTCLoss(zero_infinity=True)
    steps = arguments.samples // BATCH
    batches = iter(
        DataLoader(Strips(arguments.plates, arguments.seed), batch_size=None, num_workers=1, prefetch_factor=8)
    )
    started, smooth = time.time(), 0.0
    reader.train()
    step, done = 0, 0.0
    while done < 1:
        step += 1
        done = min(1, (time.time() - started) / 60 / arguments.minutes if arguments.minutes else step / steps)
        for group in optimizer.param_groups:
            group['lr'] = arguments.rate * min(1, step / 300) * (0.5 * (1 + math.cos(math.pi * done)) + 0.005)
        strips, texts = next(batches)
        # In 32 bits: where a CPU has no instructions for bfloat16, autocast takes twenty times as long.
        logits = reader(normalized(strips).contiguous(memory_format=torch.channels_last))
        targets = torch.tensor([INDEX[c] for text in texts for c in text])
        lengths = torch.tensor([len(text) for text in texts])
        loss = criterion(logits.permute(2, 0, 1).log_softmax(2), targets, torch.full((BATCH,), STEPS), lengths)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(reader.parameters(), 5)
        optimizer.step()
        follow(mean, reader, max(0.002, 1 / step))
        smooth = loss.item() if step == 1 else 0.99 * smooth + 0.01 * loss.item()
        if step % 100 == 0:
            print(
                f'{100 * done:.1f} %, {step * BATCH} strips, {step * BATCH / (time.time() - started):.0f}/s, loss {smooth:.3f}',
                flush=True,
            )
        if step % 2000 == 0 or done == 1:
            words = f'{step}: held out {exact_share(mean, *held_out(arguments.held_out)):.3f}'
            if arguments.real:
                words += f', {measure_real(mean, arguments.real)}'
            print(words, flush=True)
            reader.train()
            torch.save(mean.state_dict(), os.path.join(arguments.work, 'reader.pt'))


if __name__ == '__main__':
    main()
