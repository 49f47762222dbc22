"""Trains the detector on scenes that are put together while it learns.

    python3 -m detector.train --work work/detector --minutes 50 --seed 1

Needs what `detector.prepare` wrote. One process composes scenes, one learns. Every few minutes the averaged weights are
measured on the validation scenes, which share no picture with training; the best stay in WORK/detector.pt.
"""

from __future__ import annotations

import argparse
import copy
import math
import os
import time
from typing import Iterator

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch.utils.data import DataLoader, IterableDataset

from detector.measure import measure, validation_scenes
from detector.model import FRAME_HEIGHT, FRAME_WIDTH, MIDDLE_GRAY, SPREAD, Detector
from detector.scenes import Stock, compose
from detector.targets import target_of

AVERAGE = 0.998


class Scenes(IterableDataset):
    """Endless batches of frames and targets: parts of frames first, where most is plate and little is road, then whole ones.

    A part costs a third of a whole frame, so that in the same time more plates are seen; whole frames then teach what
    is seen only there: far context, letterboxing, and how rare plates are.
    """

    PART, WHOLE = (384, 216), (FRAME_WIDTH, FRAME_HEIGHT)

    def __init__(self, work: str, batch: int, seed: int, parts_until: float) -> None:
        super().__init__()
        self.work, self.batch, self.seed, self.parts_until = work, batch, seed, parts_until

    def __iter__(self) -> Iterator[dict[str, torch.Tensor]]:
        cv2.setNumThreads(1)
        stock = Stock.load(self.work, 'train')
        rng = np.random.default_rng([self.seed, 77])
        while True:
            size, count = (self.PART, 2 * self.batch) if time.time() < self.parts_until else (self.WHOLE, self.batch)
            frames, targets = [], []
            while len(frames) < count:
                for frame, plates in compose(stock, rng, size=size, views=2):
                    frames.append(frame)
                    targets.append(target_of(plates, *size))
            batch = {'frame': torch.from_numpy(np.stack(frames))[:, None]}
            for name in ('heat', 'heat_weight', 'corners', 'corner_weight'):
                batch[name] = torch.from_numpy(np.stack([getattr(target, name) for target in targets]))
            yield batch


def losses(out: torch.Tensor, batch: dict[str, torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """Heat by the focal loss of CenterNet (Zhou and others 2019), corners by their distance over the plate's width."""
    heat, target = out[:, 0], batch['heat']
    sure, unsure = F.logsigmoid(heat), F.logsigmoid(-heat)
    score = torch.sigmoid(heat)
    middle = (target >= 1).float()
    of_middles = middle * (1 - score) ** 2 * sure
    of_others = (1 - middle) * (1 - target) ** 4 * score**2 * unsure
    count = middle.sum().clamp(min=1)
    of_heat = -((of_middles + of_others) * batch['heat_weight']).sum() / count
    asked = (batch['corner_weight'] > 0).float().sum().clamp(min=1)
    of_corners = ((out[:, 1:] - batch['corners']).abs() * batch['corner_weight']).sum() / asked
    return of_heat, of_corners


def learning_rate(progress: float, step: int, highest: float) -> float:
    return highest * min(1, (step + 1) / 200) * (0.5 * (1 + math.cos(math.pi * min(1, progress))) + 0.01)


@torch.no_grad()
def follow(average: torch.nn.Module, model: torch.nn.Module, step: int) -> None:
    """Moves the averaged weights a little toward the model's."""
    keep = min(AVERAGE, (step + 1) / (step + 20))
    for slow, fast in zip(average.state_dict().values(), model.state_dict().values()):
        if slow.dtype.is_floating_point:
            slow.mul_(keep).add_(fast, alpha=1 - keep)
        else:
            slow.copy_(fast)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--work', default='work/detector')
    parser.add_argument('--minutes', type=float, default=50)
    parser.add_argument('--batch', type=int, default=8, help='whole frames a step; of parts twice as many')
    parser.add_argument('--parts', type=float, default=0.6, help='share of the time that is spent on parts of frames')
    parser.add_argument('--highest-rate', type=float, default=3e-3)
    parser.add_argument('--corner-share', type=float, default=4.0, help='weight of the corners beside the heat')
    parser.add_argument('--begin-with', help='weights to go on from')
    parser.add_argument('--out', default='detector', help='name of the weights in the work folder')
    parser.add_argument('--measure-every', type=int, default=2000, help='steps')
    parser.add_argument('--seed', type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    cv2.setNumThreads(1)

    scenes = validation_scenes(arguments.work, 240, 80)
    model = Detector().to(memory_format=torch.channels_last)
    if arguments.begin_with:
        model.load_state_dict(torch.load(arguments.begin_with))
    average = copy.deepcopy(model).eval()
    optimizer = torch.optim.AdamW(model.parameters(), arguments.highest_rate, weight_decay=1e-3)
    print(sum(p.numel() for p in model.parameters()), 'weights', flush=True)
    started, best, shown, waited, step = time.time(), -math.inf, [0.0, 0.0], 0.0, 0
    dataset = Scenes(arguments.work, arguments.batch, arguments.seed, started + arguments.minutes * 60 * arguments.parts)
    batches = iter(DataLoader(dataset, batch_size=None, num_workers=1, prefetch_factor=8))
    while True:
        progress = (time.time() - started) / (arguments.minutes * 60)
        for group in optimizer.param_groups:
            group['lr'] = learning_rate(progress, step, arguments.highest_rate)
        asked_at = time.time()
        batch = next(batches)
        waited += time.time() - asked_at
        frame = ((batch['frame'].float() - MIDDLE_GRAY) / SPREAD).to(memory_format=torch.channels_last)
        with torch.autocast('cpu', dtype=torch.bfloat16):
            out = model(frame)
        of_heat, of_corners = losses(out.float(), batch)
        optimizer.zero_grad()
        (of_heat + arguments.corner_share * of_corners).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5)
        optimizer.step()
        follow(average, model, step)
        shown = [0.98 * old + 0.02 * new for old, new in zip(shown, (of_heat.item(), of_corners.item()))]
        step += 1
        is_last = progress >= 1
        if step % 200 == 0:
            print(f'{step} {time.time() - started:.0f}s heat {shown[0]:.3f} corners {shown[1]:.4f} waited {waited:.0f}s', flush=True)
        if step % arguments.measure_every == 0 or is_last:
            figures = measure(average, scenes)
            print(f'{step} {figures}', flush=True)
            torch.save(average.state_dict(), os.path.join(arguments.work, f'{arguments.out}-newest.pt'))
            if figures.worth > best:
                best = figures.worth
                torch.save(average.state_dict(), os.path.join(arguments.work, f'{arguments.out}.pt'))
        if is_last:
            break


if __name__ == '__main__':
    main()
