"""Measures a reader on real plates while it is trained. They are measured with, never learned from."""

from __future__ import annotations

import csv
import os

import cv2
import numpy as np
import torch

from reader.model import STRIP_HEIGHT, STRIP_WIDTH, Reader, greedy_texts, normalized


def real_strips(folder: str) -> dict[str, tuple[np.ndarray, list[str]]]:
    """Strips and labels: `crops` as they are, `scenes` cut at their labeled box with a little around it."""
    crops, scenes = ([], []), ([], [])
    for row in _rows(f'{folder}/us-crops'):
        crops[0].append(_resized(cv2.imread(f"{folder}/us-crops/{row['file']}", 0)))
        crops[1].append(row['plate'])
    for row in _rows(f'{folder}/us-scenes'):
        x, y, w, h = (int(row[key]) for key in ('x', 'y', 'width', 'height'))
        dx, dy = int(w * 0.04), int(h * 0.06)
        picture = cv2.imread(f"{folder}/us-scenes/{row['file']}", 0)
        scenes[0].append(_resized(picture[max(0, y - dy) : y + h + dy, max(0, x - dx) : x + w + dx]))
        scenes[1].append(row['plate'])
    return {'crops': (np.stack(crops[0]), crops[1]), 'scenes': (np.stack(scenes[0]), scenes[1])}


def measure_real(reader: Reader, folder: str, failures: str | None = None) -> str:
    """How many of each kind are read exactly (letter O as zero), in words; failures are listed in a file if wanted."""
    reader.eval()
    words, wrong = [], []
    for kind, (strips, labels) in real_strips(folder).items():
        with torch.no_grad():
            texts = greedy_texts(reader(normalized(torch.from_numpy(strips))))
        right = [text.replace('O', '0') == label.replace('O', '0') for text, label in zip(texts, labels)]
        wrong += [f'{kind} {label} {text}' for text, label, ok in zip(texts, labels, right) if not ok]
        words.append(f'{kind} {sum(right)} of {len(right)}')
    if failures:
        with open(failures, 'w') as file:
            file.write('\n'.join(wrong) + '\n')
    return ', '.join(words)


def _rows(folder: str) -> list[dict[str, str]]:
    with open(os.path.join(folder, 'labels.csv')) as file:
        return list(csv.DictReader(file))


def _resized(gray: np.ndarray) -> np.ndarray:
    larger = gray.shape[1] > STRIP_WIDTH
    return cv2.resize(gray, (STRIP_WIDTH, STRIP_HEIGHT), interpolation=cv2.INTER_AREA if larger else cv2.INTER_CUBIC)
