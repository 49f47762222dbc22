"""Trains the second reader's network on rendered plates.

    python3 -m tesseract.train --plates 'work/plates/part-*.json' --work work/tesseract --minutes 55

Reads every part that `plates.render_set` wrote (and those that appear while it runs), degrades each plate anew, learns
by CTC. Writes `network.pt`: the running mean of the weights. The held-out part is never learned from.
"""

from __future__ import annotations

import argparse
import copy
import glob
import json
import math
import os
import time

import cv2
import numpy as np
import torch
from torch import nn

from plates.degrade import strip_of
from running_mean import follow
from tesseract.network import (
    ALPHABET, BLANK, FIRST_CHARACTER, STEPS, STRIP_HEIGHT, STRIP_WIDTH, Network, greedy_texts, normalized
)  # fmt: skip

BATCH = 32
RECENT = 800
"""half batches kept to be learned from once more"""
INDEX = {character: i + FIRST_CHARACTER for i, character in enumerate(ALPHABET)}


class Strips:
    """Degraded strips with their texts, drawn from the rendered parts that are there at the time."""

    def __init__(self, pattern: str, seed: int):
        self._pattern = pattern
        self._rng = np.random.default_rng(seed)
        self._parts: dict[str, tuple[np.ndarray, list[list[str]]]] = {}
        self._recent: list[tuple[np.ndarray, list[str]]] = []
        self.look_for_parts()

    def look_for_parts(self) -> None:
        """Takes in parts that were rendered meanwhile, and lets go of those that are gone."""
        found = sorted(glob.glob(self._pattern))
        if not found:
            raise FileNotFoundError(f'no rendered plates at {self._pattern}: run plates.render_set first')
        for gone in set(self._parts) - set(found):
            del self._parts[gone]
        for path in found:
            if path not in self._parts:
                with open(path) as file:
                    self._parts[path] = np.load(path.replace('.json', '.npy'), mmap_mode='r'), json.load(file)

    def half_fresh_batch(self, count: int) -> tuple[np.ndarray, list[str]]:
        """Half of it drawn anew, half from the last strips drawn: degrading costs half as much as learning."""
        strips, texts = self.batch(count // 2)
        if len(self._recent) < RECENT:
            self._recent.append((strips, texts))
        else:
            self._recent[self._rng.integers(RECENT)] = strips, texts
        old_strips, old_texts = self._recent[self._rng.integers(len(self._recent))]
        return np.concatenate([strips, old_strips]), texts + old_texts

    def batch(self, count: int) -> tuple[np.ndarray, list[str]]:
        names = list(self._parts)
        strips = np.empty((count, STRIP_HEIGHT, STRIP_WIDTH), np.uint8)
        texts = []
        for i in range(count):
            grays, labels = self._parts[names[self._rng.integers(len(names))]]
            at = self._rng.integers(len(labels))
            strips[i] = strip_of(grays[at], self._rng, STRIP_WIDTH, STRIP_HEIGHT)
            texts.append(labels[at][0])
        return strips, texts


def exact_share(network: Network, strips: np.ndarray, texts: list[str]) -> float:
    """Share of strips read exactly right, the letter O and zero taken for one."""
    network.eval()
    with torch.no_grad():
        found = [
            text
            for i in range(0, len(strips), 100)
            for text in greedy_texts(network(normalized(strips[i : i + 100])))
        ]
    return sum(a.replace('O', '0') == b.replace('O', '0') for a, b in zip(found, texts)) / len(texts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--plates', default='work/plates/part-*.json')
    parser.add_argument('--held-out', default='work/plates-held-out/part-999-000.json')
    parser.add_argument('--work', default='work/tesseract')
    parser.add_argument('--minutes', type=float, default=55)
    parser.add_argument('--rate', type=float, default=2e-3, help='learning rate at its highest')
    parser.add_argument('--seed', type=int, default=2)
    parser.add_argument('--start-from', help='weights to begin with, a network.pt of an earlier run')
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    os.makedirs(arguments.work, exist_ok=True)

    network = Network()
    if arguments.start_from:
        network.load_state_dict(torch.load(arguments.start_from))
    else:
        _remember_at_first(network.along)
    mean = copy.deepcopy(network)
    network.convolutions.to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(network.parameters(), arguments.rate, weight_decay=1e-3)
    criterion = nn.CTCLoss(blank=BLANK, zero_infinity=True)
    learned = Strips(arguments.plates, arguments.seed)
    held_out = Strips(arguments.held_out, 7).batch(500)
    started, step, done, smooth = time.time(), 0, 0.0, 0.0
    while done < 1:
        step += 1
        done = min(1, (time.time() - started) / 60 / arguments.minutes)
        for group in optimizer.param_groups:
            group['lr'] = arguments.rate * min(1, step / 150) * (0.5 * (1 + math.cos(math.pi * done)) + 0.005)
        if step % 200 == 0:
            learned.look_for_parts()
        strips, texts = learned.half_fresh_batch(BATCH)
        network.train()
        loss = _loss(network, strips, texts, criterion)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 5)
        optimizer.step()
        follow(mean, network, max(0.003, 1 / step))
        smooth = loss.item() if step == 1 else 0.99 * smooth + 0.01 * loss.item()
        if step % 100 == 0:
            speed = step * BATCH / (time.time() - started)
            print(f'{100 * done:.1f} %, {step * BATCH} strips, {speed:.0f}/s, loss {smooth:.3f}', flush=True)
        if step % 500 == 0 or done == 1:
            print(f'{step * BATCH} strips: held out {exact_share(mean, *held_out):.3f}', flush=True)
            torch.save(mean.state_dict(), os.path.join(arguments.work, 'network.pt'))


def _loss(network: Network, strips: np.ndarray, texts: list[str], criterion: nn.CTCLoss) -> torch.Tensor:
    with torch.autocast('cpu', dtype=torch.bfloat16):
        seen = network.convolutions(normalized(strips).contiguous(memory_format=torch.channels_last))
    logits = network.of_features(seen.float())
    targets = torch.tensor([INDEX[character] for text in texts for character in text])
    lengths = torch.tensor([len(text) for text in texts])
    steps = torch.full((len(texts),), STEPS)
    return criterion(logits.permute(2, 0, 1).log_softmax(2), targets, steps, lengths)


def _remember_at_first(lstm: nn.LSTM) -> None:
    """Forget gates open: what is seen early along the strip reaches its end from the first step of training on."""
    with torch.no_grad():
        for name, bias in lstm.named_parameters():
            if name.startswith('bias_ih'):
                bias[lstm.hidden_size : 2 * lstm.hidden_size] = 1


if __name__ == '__main__':
    main()
