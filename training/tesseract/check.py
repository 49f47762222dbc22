"""Compares tesseract with the network that its traineddata file was written from, on the same strips.

    python3 -m tesseract.check --network work/tesseract/network.pt --plates 'work/plates-held-out/part-*.json'

Both must read the same but for what rounding to eight bits and noise at the picture's edge change.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile

import cv2
import numpy as np
import torch

from tesseract.export import lstm_component, write_traineddata
from tesseract.network import Network, greedy_texts, normalized
from tesseract.train import Strips


def read_by_tesseract(strips: np.ndarray, data_folder: str) -> list[str]:
    """What the installed tesseract reads with plate.traineddata of the folder: each strip one raw line."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for i, strip in enumerate(strips):
            paths.append(os.path.join(folder, f'{i:05d}.png'))
            cv2.imwrite(paths[-1], strip)
        listed = os.path.join(folder, 'list.txt')
        with open(listed, 'w') as file:
            file.write('\n'.join(paths) + '\n')
        options = ['--tessdata-dir', data_folder, '-l', 'plate', '--psm', '13', '-c', 'invert_threshold=0']
        one_thread = {**os.environ, 'OMP_THREAD_LIMIT': '1'}
        done = subprocess.run(
            ['tesseract', listed, '-', *options], capture_output=True, text=True, check=True, env=one_thread
        )
        return [page.strip().replace(' ', '') for page in done.stdout.split('\f')[: len(strips)]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--network', default='work/tesseract/network.pt')
    parser.add_argument('--plates', default='work/plates-held-out/part-*.json')
    parser.add_argument('--count', type=int, default=500)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    network = Network()
    network.load_state_dict(torch.load(arguments.network))
    network.eval()
    strips, texts = Strips(arguments.plates, 7).batch(arguments.count)
    with torch.no_grad():
        own = greedy_texts(network(normalized(strips)))
    print(f'PyTorch: {_right(own, texts)} of {len(texts)} right')
    for name, whole_numbers in (('doubles', False), ('eight bits', True)):
        with tempfile.TemporaryDirectory() as folder:
            write_traineddata(lstm_component(network), os.path.join(folder, 'plate.traineddata'), whole_numbers)
            found = read_by_tesseract(strips, folder)
        same = sum(a == b for a, b in zip(found, own))
        print(f'tesseract, {name}: {_right(found, texts)} of {len(texts)} right, {same} the same as PyTorch')


def _right(found: list[str], texts: list[str]) -> int:
    return sum(a.replace('O', '0') == b.replace('O', '0') for a, b in zip(found, texts))


if __name__ == '__main__':
    main()
