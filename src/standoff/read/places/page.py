"""A parsed text as plain columns, read from spaCy once: its tokens are asked about many times."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from spacy.tokens import Doc

LOUD_WORDS = 4
LOUD_SHARE = 0.7


class Page:
    """Tokens of a text (white space left out) as parallel lists.

    ``entities`` are (first, last, label) in these tokens, ``last`` exclusive; ``loud`` tells whether
    a token's sentence is written in capitals throughout.
    """

    def __init__(self, doc: Doc) -> None:
        tokens = [token for token in doc if not token.is_space]
        self.text: str = doc.text
        self.word: list[str] = [token.text for token in tokens]
        self.start: list[int] = [token.idx for token in tokens]
        self.end: list[int] = [begin + len(word) for begin, word in zip(self.start, self.word, strict=True)]
        self.lower: list[str] = [word.lower() for word in self.word]
        self.upper: list[bool] = [word[0].isupper() for word in self.word]
        self.pos: list[str] = [token.pos_ for token in tokens]
        self.opens: list[bool] = [bool(token.is_sent_start) for token in tokens]
        self.label: list[str] = [token.ent_type_ for token in tokens]
        begins = [token.ent_iob_ == "B" for token in tokens]
        self.entities = _entities(self.label, begins)
        self.loud = self._loud()
        self._begins = [first for first, _, _ in self.entities]

    def __len__(self) -> int:
        return len(self.word)

    def slice(self, first: int, last: int) -> str:
        """The words of tokens ``[first, last)`` as they stand in the text."""
        return self.text[self.start[first] : self.end[last - 1]]

    def before(self, first: int, back: int = 1) -> str:
        """The word ``back`` tokens before, in lower case; "" at the start."""
        return self.lower[first - back] if first >= back else ""

    def after(self, last: int) -> str:
        """The word behind, in lower case; "" at the end."""
        return self.lower[last] if last < len(self.word) else ""

    def within(self, first: int, last: int) -> list[tuple[int, int, str]]:
        """Entities that share a token with ``[first, last)``."""
        at = bisect_left(self._begins, last)
        return [each for each in self.entities[max(0, at - (last - first) - 1) : at] if each[1] > first]

    def parted(self, first: int, last: int) -> bool:
        """Whether a blank line parts the tokens ``[first, last)``."""
        if self.text.find("\n", self.start[first], self.end[last - 1]) < 0:
            return False
        lines = self.slice(first, last).split("\n")
        return len(lines) > 2 or (len(lines) > 1 and any(not line.strip() for line in lines))

    def _loud(self) -> list[bool]:
        out: list[bool] = []
        bounds = sorted({0, *(i for i, opens in enumerate(self.opens) if opens), len(self.word)})
        for first, last in pairwise(bounds):
            letters = [word for word in self.word[first:last] if len(word) > 1 and word.isalpha()]
            capitals = sum(word.isupper() for word in letters)
            out += [len(letters) >= LOUD_WORDS and capitals > LOUD_SHARE * len(letters)] * (last - first)
        return out


def _entities(labels: list[str], begins: list[bool]) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for index, label in enumerate(labels):
        if label and not begins[index] and found and found[-1][1] == index and found[-1][2] == label:
            found[-1] = (found[-1][0], index + 1, label)
        elif label:
            found.append((index, index + 1, label))
    return found
