"""Writes the trained network as a traineddata file for tesseract, with weights of eight bits.

    python3 -m tesseract.export --network work/tesseract/network.pt --out ../static/tesseract

Needs Debian's package tesseract-ocr: `unicharset_extractor` and `combine_lang_model` make the character set (0-9A-Z, no
dictionary, no punctuation), `combine_tessdata` puts the network in and rounds its weights to eight bits. The layers are
written as tesseract's `Network::Serialize` does (src/lstm of tesseract 5.3). Writes `plate.traineddata.gz` and the list
`tesseract.json` with its checksum.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import shutil
import struct
import subprocess
import tempfile

import numpy as np
import torch

from tesseract.network import ALPHABET, BLANK, ROWS, STRIP_HEIGHT, STRIP_WIDTH, Convolution, Network

DATA = 'plate.traineddata.gz'
DOUBLES = 128
"""the flag of a weight matrix whose numbers are doubles"""
COMPRESSED_CHARACTERS = 64
"""the recognizer's flag for having a recoder, which every traineddata file has"""


def lstm_component(network: Network) -> bytes:
    """The `lstm` part of a traineddata file: the layers and what the recognizer notes beside them."""
    one, two, three = network.convolutions
    layers = [
        _header('Input', 'Input', STRIP_HEIGHT, 1, 0) + struct.pack('<5i', 1, STRIP_HEIGHT, 0, 1, 0),
        *_convolution(one),
        *_convolution(two),
        *_convolution(three),
        _stack(three.conv.out_channels, ROWS),
        _columns(network),
        _both_ways(network.along),
        _connected('Softmax', 'Output', network.characters.weight, network.characters.bias),
    ]
    count = _count(network)
    body = _header('Series', 'Series', STRIP_HEIGHT, network.characters.out_features, count) + _several(layers)
    notes = struct.pack('<4i3f', COMPRESSED_CHARACTERS, 0, 0, BLANK, 0.999, 0.001, 0.5)
    return body + _string(Network.SPEC) + notes


def _convolution(layer: Convolution) -> list[bytes]:
    conv, norm = layer.conv, layer.norm
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    # tesseract stacks the neighborhood column by column, its channels innermost.
    weight = (conv.weight * scale[:, None, None, None]).permute(0, 3, 2, 1).flatten(1)
    bias = norm.bias - norm.running_mean * scale
    inputs, outputs = conv.in_channels, conv.out_channels
    window = _header('Convolve', 'Convolve', inputs, inputs * 9, 0) + struct.pack('<2i', 1, 1)
    tanh = _connected('Tanh', 'ConvNL', weight, bias)
    header = _header('Series', 'ConvSeries', inputs, outputs, weight.numel() + bias.numel())
    together = header + _several([window, tanh])
    rows, columns = layer.pool.kernel_size
    return [together, _header('Maxpool', 'Maxpool', outputs, outputs, 0) + struct.pack('<2i', columns, rows)]


def _stack(channels: int, rows: int) -> bytes:
    """All rows of a column become one row with as many more channels."""
    return _header('Reconfig', 'Stack', channels, channels * rows, 0) + struct.pack('<2i', 1, rows)


def _columns(network: Network) -> bytes:
    norm = network.columns_norm
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    bias = norm.bias - norm.running_mean * scale
    return _connected('Tanh', 'Columns', network.columns.weight * scale[:, None], bias)


def _both_ways(lstm: torch.nn.LSTM) -> bytes:
    one = _weights_of_one(lstm)
    reversed_header = _header('RTLReversed', 'Backward', lstm.input_size, lstm.hidden_size, one)
    backward = reversed_header + _several([_lstm('LSTM', lstm, '_reverse')])
    header = _header('ParBidiLSTM', 'BothWays', lstm.input_size, 2 * lstm.hidden_size, 2 * one)
    return header + _several([_lstm('LSTM', lstm, ''), backward])


def _weights_of_one(lstm: torch.nn.LSTM) -> int:
    return 4 * lstm.hidden_size * (lstm.input_size + lstm.hidden_size + 1)


def _lstm(kind: str, lstm: torch.nn.LSTM, suffix: str) -> bytes:
    own = {name: getattr(lstm, f'{name}_l0{suffix}') for name in ('weight_ih', 'weight_hh', 'bias_ih', 'bias_hh')}
    whole = torch.cat([own['weight_ih'], own['weight_hh'], (own['bias_ih'] + own['bias_hh'])[:, None]], 1)
    into, forget, cell, out = whole.chunk(4)  # PyTorch's order of gates; tesseract's: cell, input, forget, output
    header = _header(kind, 'LSTM', lstm.input_size, lstm.hidden_size, _weights_of_one(lstm))
    na = struct.pack('<i', lstm.input_size + lstm.hidden_size)
    return header + na + b''.join(_matrix(gate) for gate in (cell, into, forget, out))


def _connected(kind: str, name: str, weight: torch.Tensor, bias: torch.Tensor) -> bytes:
    outputs, inputs = weight.shape
    header = _header(kind, name, inputs, outputs, weight.numel() + bias.numel())
    return header + _matrix(torch.cat([weight, bias[:, None]], 1))


def _count(network: Network) -> int:
    convolutions = sum(layer.conv.weight.numel() + layer.conv.out_channels for layer in network.convolutions)
    columns = network.columns.weight.numel() + network.columns.out_features
    characters = network.characters.weight.numel() + network.characters.out_features
    return convolutions + columns + 2 * _weights_of_one(network.along) + characters


def _header(kind: str, name: str, inputs: int, outputs: int, weights: int) -> bytes:
    """Type, not in training, no gradient wanted, no flags, sizes, name."""
    return b'\0' + _string(kind) + struct.pack('<2b4i', 0, 0, 0, inputs, outputs, weights) + _string(name)


def _several(layers: list[bytes]) -> bytes:
    return struct.pack('<I', len(layers)) + b''.join(layers)


def _matrix(values: torch.Tensor) -> bytes:
    rows = np.ascontiguousarray(values.detach().numpy(), dtype='<f8')
    return struct.pack('<B2Id', DOUBLES, *rows.shape, 0.0) + rows.tobytes()


def _string(text: str) -> bytes:
    content = text.encode()
    return struct.pack('<I', len(content)) + content


def write_traineddata(component: bytes, path: str, whole_numbers: bool = True) -> None:
    """Wraps the network with the character set; `whole_numbers` rounds its weights to eight bits."""
    with tempfile.TemporaryDirectory() as folder:
        boxes = os.path.join(folder, 'characters.box')
        with open(boxes, 'w') as file:
            file.writelines(f'{character} 0 0 9 9 0\n' for character in ALPHABET)
        characters = os.path.join(folder, 'characters.unicharset')
        _run('unicharset_extractor', '--output_unicharset', characters, '--norm_mode', '1', boxes)
        # Only scripts with thousands of characters have strokes; the tool insists on the file.
        with open(os.path.join(folder, 'radical-stroke.txt'), 'w') as file:
            file.write('# none\n')
        _run(
            'combine_lang_model', '--input_unicharset', characters, '--script_dir', folder, '--output_dir', folder,
            '--lang', 'plate', '--pass_through_recoder', '--version_str', 'plate'
        )  # fmt: skip
        traineddata = os.path.join(folder, 'plate', 'plate.traineddata')
        lstm = os.path.join(folder, 'plate.lstm')
        with open(lstm, 'wb') as file:
            file.write(component)
        _run('combine_tessdata', '-o', traineddata, lstm)
        if whole_numbers:
            _run('combine_tessdata', '-c', traineddata)
        shutil.copyfile(traineddata, path)


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f'{command[0]} failed:\n{done.stdout}{done.stderr}')


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--network', default='work/tesseract/network.pt')
    parser.add_argument('--out', default='../static/tesseract')
    arguments = parser.parse_args()
    network = Network()
    network.load_state_dict(torch.load(arguments.network))
    network.eval()
    os.makedirs(arguments.out, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = os.path.join(folder, 'plate.traineddata')
        write_traineddata(lstm_component(network), plain)
        with open(plain, 'rb') as file:
            packed = gzip.compress(file.read(), 9, mtime=0)
    with open(os.path.join(arguments.out, DATA), 'wb') as file:
        file.write(packed)
    listed = {
        'file': DATA,
        'sha256': hashlib.sha256(packed).hexdigest(),
        'bytes': len(packed),
        'input': f'gray strip of {STRIP_WIDTH}x{STRIP_HEIGHT}, one raw line',
        'output': 'text of 0-9 A-Z',
        'network': Network.SPEC,
    }
    with open(os.path.join(arguments.out, 'tesseract.json'), 'w') as file:
        json.dump({'license': 'Apache-2.0', 'models': [listed]}, file, indent=2)
        file.write('\n')
    print(f'{len(packed)} bytes, sha256 {listed["sha256"]}')


if __name__ == '__main__':
    main()
