"""Trains the reader on rendered plates.

    python3 -m reader.train --plates work/plates --samples 1500000 --work work/reader

Reads every part that `plates.render_set` wrote (and those that appear while it runs), degrades each plate anew, learns by
CTC. Writes `reader.pt`: the running mean of the weights. The last part of the plates is held out and never learned from.

With `--teacher` it also learns what a wider reader says of the same strip, which tells more than the text alone: where
each character lies, and what else it might be.
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
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Teacher:
    """A reader that is learned from, and how much its word counts beside the text's."""

    reader: Reader
    weight: float

    def loss(self, strips: torch.Tensor, logits: torch.Tensor) -> torch.Tensor:
        """How far the logits [n, 37, 40] are from the teacher's own of the normalized strips."""
        with torch.no_grad():
            wanted = self.reader(strips).float().log_softmax(1)
        apart = nn.functional.kl_div(logits.log_softmax(1), wanted, log_target=True, reduction='none')
        return self.weight * apart.sum(1).mean()


class Strips(IterableDataset):
    """Endless batches of degraded strips with their texts; each process draws its own."""

    def __init__(self, pattern: str, seed: int, batch: int = BATCH):
        self._pattern, self._seed, self._batch = pattern, seed, batch

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
            strips = np.empty((self._batch, STRIP_HEIGHT, STRIP_WIDTH), np.uint8)
            texts = []
            for i in range(self._batch):
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
    parser.add_argument('--device', default='cpu', help='cuda, where there is a GPU')
    parser.add_argument('--workers', type=int, default=1, help='processes that degrade plates')
    parser.add_argument('--batch', type=int, default=BATCH)
    parser.add_argument('--teacher', help='weights of a reader to learn from beside the texts, as --start-from takes them')
    parser.add_argument('--teacher-share', type=float, default=2.0, help='of the channels')
    parser.add_argument('--teacher-weight', type=float, default=4.0)
    parser.add_argument('--real', help='folder of real plates, measured now and then and never learned from')
    arguments = parser.parse_args()
    cv2.setNumThreads(0)  # before any process is forked: OpenCV's threads do not survive that
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(arguments.threads)
    os.makedirs(arguments.work, exist_ok=True)

    def begun(path: str | None, share: float) -> Reader:
        if path and path.endswith('.onnx'):
            begins = shipped_reader(path, held_out(arguments.held_out, 300)[0])
        else:
            begins = Reader(share)
            if path:
                begins.load_state_dict(torch.load(path, map_location='cpu'))
        return begins.to(arguments.device, memory_format=torch.channels_last)

    reader = begun(arguments.start_from, arguments.share)
    teacher = None
    if arguments.teacher:
        teacher = Teacher(begun(arguments.teacher, arguments.teacher_share).eval(), arguments.teacher_weight)
    mean = copy.deepcopy(reader)
    optimizer = torch.optim.AdamW(reader.parameters(), arguments.rate, weight_decay=1e-3)
    criterion = nn.CTCLoss(zero_infinity=True)
    steps = arguments.samples // arguments.batch
    batches = iter(
        DataLoader(
            Strips(arguments.plates, arguments.seed, arguments.batch),
            batch_size=None,
            num_workers=arguments.workers,
            prefetch_factor=8,
        )
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
        seen = normalized(strips.to(arguments.device)).contiguous(memory_format=torch.channels_last)
        # A CPU keeps to 32 bits: where it has no instructions for bfloat16, autocast takes twenty times as long.
        with torch.autocast(arguments.device, torch.bfloat16, enabled=arguments.device == 'cuda'):
            logits = reader(seen).float()
        targets = torch.tensor([INDEX[c] for text in texts for c in text], device=arguments.device)
        lengths = torch.tensor([len(text) for text in texts])
        loss = criterion(logits.permute(2, 0, 1).log_softmax(2), targets, torch.full((len(texts),), STEPS), lengths)
        if teacher:
            loss = loss + teacher.loss(seen, logits)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(reader.parameters(), 5)
        optimizer.step()
        follow(mean, reader, max(0.002, 1 / step))
        smooth = loss.item() if step == 1 else 0.99 * smooth + 0.01 * loss.item()
        if step % 100 == 0:
            strips_seen = step * arguments.batch
            pace = strips_seen / (time.time() - started)
            print(f'{100 * done:.1f} %, {strips_seen} strips, {pace:.0f}/s, loss {smooth:.3f}', flush=True)
        if step % 2000 == 0 or done == 1:
            judged = copy.deepcopy(mean).to('cpu')
            words = f'{step}: held out {exact_share(judged, *held_out(arguments.held_out)):.3f}'
            if arguments.real:
                words += f', {measure_real(judged, arguments.real)}'
            print(words, flush=True)
            reader.train()
            torch.save(judged.state_dict(), os.path.join(arguments.work, 'reader.pt'))


if __name__ == '__main__':
    main()
