"""Names the jurisdiction by what is written on a plate and by how it looks.

The two networks ship as one file; how their answers are put together is done here for fitting the weights, and in the app by
src/recognition/read/plate-print.ts and jurisdiction.ts, which do the same.

The line reader gives each step along a strip its characters. Every name and slogan of a jurisdiction is laid along the strip
wherever it fits best, and is worth its letters less what they lack; what stands beside it - a sticker, a county - is free.
"""

from __future__ import annotations

import torch
from torch import nn

from jurisdiction.line_model import LineReader
from jurisdiction.lines import folded
from jurisdiction.model import CLASSES, JurisdictionNet
from jurisdiction.names import ELSEWHERE, NAMES, SLOGANS
from reader.model import ALPHABET

LEAST = -6.0
"""What a step costs at most that does not fit: a bolt or a scratch over one letter must not hide a name."""


class Phrases(nn.Module):
    """characters [s, 37, 40] -> how well each phrase is written on a strip, [s, phrases]: 0 fully, less the more is lacking."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[tuple[str, int, bool]] = []
        for kind, table in ((True, NAMES), (False, SLOGANS), (True, {'': ELSEWHERE})):
            for code, phrases in table.items():
                self.words += [(text, CLASSES.index(code), kind) for text in dict.fromkeys(map(folded, phrases))]
        self.words.sort(key=lambda word: len(word[0]))
        longest = max(len(text) for text, _, _ in self.words)
        letters = torch.zeros(len(self.words), longest, dtype=torch.long)
        follows = torch.full((len(self.words), longest), -99.0)
        last = torch.zeros(len(self.words), longest)
        for p, (text, _, _) in enumerate(self.words):
            for i, letter in enumerate(text):
                letters[p, i] = ALPHABET.index(letter) + 1
                # The same letter twice needs a blank between; others may follow at once.
                if i and text[i - 1] != letter:
                    follows[p, i] = 0.0
            last[p, len(text) - 1] = 1.0
        self.longest = longest
        self.register_buffer('letters', letters.flatten(), persistent=False)
        self.register_buffer('follows', follows, persistent=False)
        self.register_buffer('unlike_last', (1 - last) * -1e4, persistent=False)
        self.register_buffer('lengths', torch.tensor([float(len(text)) for text, _, _ in self.words]), persistent=False)

    def forward(self, characters: torch.Tensor) -> torch.Tensor:
        chances = characters.log_softmax(1)
        lacking = (chances - chances.max(1, keepdim=True)[0]).clamp(min=LEAST)
        strips = lacking.shape[0]
        none = torch.full((strips, len(self.words), 1), -1e4)
        start = torch.zeros((strips, len(self.words), 1))
        letter = torch.full((strips, len(self.words), self.longest), -1e4)
        blank = letter
        best = torch.full((strips, len(self.words)), -1e4)
        for step in range(lacking.shape[2]):
            now = lacking[:, :, step]
            emitted = now.index_select(1, self.letters).view(strips, len(self.words), self.longest)
            after_blank = torch.cat([start, blank[:, :, :-1]], 2)
            after_letter = torch.cat([none, letter[:, :, :-1]], 2) + self.follows
            letter, blank = (
                emitted + torch.maximum(letter, torch.maximum(after_blank, after_letter)),
                now[:, :1, None] + torch.maximum(letter, blank),
            )
            best = torch.maximum(best, (letter + self.unlike_last).max(2)[0])
        return best


class Namer(nn.Module):
    """plate [1, 1, 96, 192] and strips [2, 1, 48, 160] -> the look's logits [1, 52] and characters' [2, 37, 40].

    `weights` are fitted on held-out rendered plates: how much a written letter, a lacking step, a slogan and the look speak,
    and how unlikely a jurisdiction is of which nothing is written.
    """

    def __init__(self, lines: LineReader, look: JurisdictionNet) -> None:
        super().__init__()
        self.lines, self.look, self.phrases = lines, look, Phrases()
        of_class = torch.full((len(self.phrases.words), len(CLASSES)), -1e4)
        is_name = torch.zeros(len(self.phrases.words))
        for p, (_, code, kind) in enumerate(self.phrases.words):
            of_class[p, code] = 0.0
            is_name[p] = float(kind)
        self.register_buffer('of_class', of_class, persistent=False)
        self.register_buffer('is_name', is_name, persistent=False)
        self.weights = nn.Parameter(torch.tensor([0.6, 0.6, 0.4, 1.0, 0.0, 0.0]))

    def forward(self, plate: torch.Tensor, strips: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return self.look(plate), self.lines.characters(self.lines(strips))

    def together(self, look: torch.Tensor, written: torch.Tensor) -> torch.Tensor:
        """Logits [n, 52] of the look's [n, 52] and of what is written [n, phrases]."""
        letter, lack, slogan, looked, nothing, unknown = self.weights
        kind = self.is_name + (1 - self.is_name) * slogan
        worth = ((letter * self.phrases.lengths + lack * written) * kind)[:, :, None] + self.of_class
        # Nobody's plate has no class of its own: it is what is left, or says that it is from elsewhere.
        least = torch.cat([unknown.reshape(1), nothing.expand(len(CLASSES) - 1)])
        return torch.maximum(worth.max(1)[0], least[None]) + looked * look.log_softmax(1)
