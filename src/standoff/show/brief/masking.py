"""Replacing names in text wherever they stand, whatever their case or accents; offsets are carried over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from standoff.vocab import words as vocab_words

ADDRESS = re.compile(r"\S*(?:[@#/_\\]|\w\.\w)\S*")
"""Words that may hold a name run together: addresses, handles, hashtags, file names."""

HIDDEN = "[withheld]"

SHORT = 3
"""Names no longer than this are not looked for inside other words."""


class Edit(NamedTuple):
    """A piece of text that gives way to other words."""

    start: int
    end: int
    words: str


class Masked(NamedTuple):
    """A text after its edits. ``shift`` turns an old offset into the new one."""

    text: str
    edits: tuple[Edit, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where an old span is now; one that cuts through an edit is widened over it."""
        return self._at(start, False), self._at(end, True)

    def _at(self, offset: int, end: bool) -> int:
        shift = 0
        for edit in self.edits:
            if offset <= edit.start and not (offset == edit.start and not end):
                break
            if offset < edit.end:
                return edit.start + shift + (len(edit.words) if end else 0)
            shift += len(edit.words) - (edit.end - edit.start)
        return offset + shift


def fold(text: str) -> tuple[str, list[int]]:
    """Text without case, accents and invisible signs, and the old offset of each of its signs."""
    signs = [_plain(char) for char in text]
    return "".join(signs), [offset for offset, sign in enumerate(signs) for _ in sign]


def folded(text: str) -> str:
    """Text without case, accents and invisible signs: as a name is sought, however it is written."""
    return "".join(map(_plain, text))


@lru_cache(4096)
def _plain(char: str) -> str:
    parts = unicodedata.normalize("NFKD", char).casefold()
    return "".join(part for part in parts if unicodedata.category(part) not in {"Mn", "Cf"})


def no_name_alone(word: str) -> bool:
    """Whether a part of a name (folded) leads to nobody by itself."""
    lists = [("en/name_words", key) for key in ("titles", "particles", "calendar")]
    return any(word in vocab_words(*each) for each in (("en/people", "titles"), *lists))


def parts_of(name: str) -> list[str]:
    """The parts of a person's name that are names by themselves."""
    found = []
    for token in re.split(r"[\s\-–‐.,()]+", name):
        bare = token.strip("\"'“”‘’[]#@")
        plain = folded(bare)
        if len(plain) < (3 if _cased(bare) else 2) or (_cased(bare) and bare.islower()):
            continue
        if not no_name_alone(plain):
            found.append(bare)
    return found


def _cased(text: str) -> bool:
    return text.lower() != text.upper()


def _key(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", folded(name)))


class Mask:
    """A table of names and what stands for them. A part that two names share stands for either."""

    def __init__(self) -> None:
        self._table: dict[str, list[str]] = {}
        self._pattern: re.Pattern[str] | None = None

    def add(self, name: str, stands: str, *, parts: bool = False) -> None:
        """Let ``stands`` replace a name, and with ``parts`` each part of it."""
        for each in dict.fromkeys((name, *(parts_of(name) if parts else ()))):
            key = _key(each)
            if len(key) > 1 and stands not in self._table.setdefault(key, []):
                self._table[key].append(stands)
        self._pattern = None

    def text(self, text: str, extra: Iterable[Edit] = ()) -> Masked:
        """The text with every name replaced; ``extra`` are edits at known places."""
        edits = list(extra)
        if self._table:
            plain, origin = fold(text)
            ends = [*origin[1:], len(text)]
            for found in self._compiled().finditer(plain):
                stands = self._stands(found.group())
                edits.append(
                    Edit(
                        origin[found.start()], max(ends[found.end() - 1], origin[found.end() - 1] + 1), stands
                    )
                )
            edits += self._addresses(text)
        return apply(text, edits)

    def _stands(self, found: str) -> str:
        key = _key(found)
        stands = next(self._table[k] for k in (key, key[:-1], key[:-2]) if k in self._table)
        return " or ".join((stands[0], *(each.rpartition(" ")[2] for each in stands[1:])))

    def _compiled(self) -> re.Pattern[str]:
        """Longest names first. In a script without case other words may be written onto a name."""
        if self._pattern is None:
            names = sorted(self._table, key=lambda key: (-len(key), key))
            self._pattern = re.compile("|".join(map(_pattern_of, names)))
        return self._pattern

    def _addresses(self, text: str) -> Iterable[Edit]:
        addresses = list(ADDRESS.finditer(text))
        squeezed = [key.replace(" ", "") for key in self._table if len(key) > SHORT] if addresses else []
        for found in addresses:
            word = _key(found.group()).replace(" ", "")
            if any(key in word for key in squeezed):
                yield Edit(found.start(), found.end(), HIDDEN)


def _pattern_of(key: str) -> str:
    words = r"[\W_]+".join(re.escape(word) for word in key.split())
    return rf"(?<![^\W\d_]){words}(?:e?s)?(?![^\W\d_])" if _cased(key) else words


def apply(text: str, edits: Iterable[Edit]) -> Masked:
    """Apply edits. Overlapping ones become one, with the words of the longest."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.start, -e.end)):
        if kept and edit.start < kept[-1].end:
            last = kept.pop()
            longest = max(last, edit, key=lambda e: e.end - e.start)
            edit = Edit(last.start, max(last.end, edit.end), longest.words)
        kept.append(edit)
    pieces, at = [], 0
    for edit in kept:
        pieces += [text[at : edit.start], edit.words]
        at = edit.end
    return Masked("".join((*pieces, text[at:])), tuple(kept))
