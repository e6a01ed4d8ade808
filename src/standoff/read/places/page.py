"""A parsed text as plain columns, read from spaCy once: its tokens are asked about many times."""

from __future__ import annotations

from functools import cached_property

from spacy.tokens import Doc


class Page:
    """Tokens of a text as parallel lists, and its entities as (first, last, label), ``last`` exclusive."""

    def __init__(self, doc: Doc) -> None:
        self.text: str = doc.text
        self.word: list[str] = [token.text for token in doc]
        self.start: list[int] = [token.idx for token in doc]
        self.end: list[int] = [begin + len(word) for begin, word in zip(self.start, self.word, strict=True)]
        self.lower: list[str] = [word.lower() for word in self.word]
        self.upper: list[bool] = [word[0].isupper() for word in self.word]
        self.pos: list[str] = [token.pos_ for token in doc]
        self.opens: list[bool] = [bool(token.is_sent_start) for token in doc]
        self.entities: list[tuple[int, int, str]] = [(ent.start, ent.end, ent.label_) for ent in doc.ents]
        self.label: list[str] = [""] * len(self.word)
        for first, last, label in self.entities:
            self.label[first:last] = [label] * (last - first)

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

    @cached_property
    def shouting(self) -> list[bool]:
        """For each token, whether its sentence is written in capitals throughout."""
        out: list[bool] = []
        bounds = [i for i, opens in enumerate(self.opens) if opens or i == 0] + [len(self.word)]
        for first, last in zip(bounds, bounds[1:], strict=False):
            letters = [word for word in self.word[first:last] if word.isalpha() and len(word) > 1]
            loud = sum(word.isupper() for word in letters)
            out += [len(letters) >= 4 and loud > 0.7 * len(letters)] * (last - first)
        return out
