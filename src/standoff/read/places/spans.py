"""Where a text names places: spans with the key to look them up by.

Entities that the encoder marked come first; names inside organisations and facilities, capitalised
names it missed, short forms and demonyms are added from the gazetteer under guards.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from standoff.read.places.lookup import Lookup
from standoff.read.places.names import plain_key
from standoff.read.places.page import Page
from standoff.read.places.words import Alias, words

LONGEST = 6
LINKS = frozenset(
    "of de del la las los le el al du da do dos e y ad an as ash ar az ez es bin and upon on the sur am den der".split()
)
JOINTS = frozenset(("-", "'", "’", "‘", "–", "."))
ARTICLE = frozenset("al el as ash an ar az ez es ad at".split())
PLACE_LABELS = frozenset({"GPE", "LOC"})
HOLDER_LABELS = frozenset({"ORG", "FAC", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART", "LOC", "GPE"})
NESTED_FAME, LEXICAL_FAME, LOCATIVE_FAME = 4.5, 5.0, 3.0
UNITS = frozenset({"admin1", "admin2"})
TELLING = frozenset({"admin1", "admin2", "city"})


@dataclass(slots=True)
class Name:
    """One place name in the text. ``first`` and ``last`` are tokens, ``last`` exclusive.

    ``source`` tells how it was found: entity, nested, lexical, short or demonym; ``kind`` what the
    words around say it is (a key of the vocabulary's kinds, or ""); ``inside`` the index of the
    name that follows as its container ("Paris" in "Paris, Texas").
    """

    first: int
    last: int
    start: int
    end: int
    surface: str
    key: str
    source: str
    kind: str = ""
    alias: Alias | None = None
    inside: int | None = None
    vague: bool = False
    group: int = field(default=-1)


class Finder:
    """Finds the names of one page; each token is given to one name at most."""

    def __init__(self, page: Page, look: Lookup) -> None:
        self.page, self.look, self.words = page, look, words()
        self.names: list[Name] = []
        self.taken = bytearray(len(page))
        self.grams = self._grams()

    def find(self) -> list[Name]:
        """All names in text order."""
        self._short_forms()
        for first, last, label in self.page.entities:
            if label in PLACE_LABELS:
                self._place_entity(first, last)
        for first, last, label in self.page.entities:
            if label in HOLDER_LABELS:
                self._holder(first, last, label)
        self._lexical()
        self._demonyms()
        self.names.sort(key=lambda name: name.start)
        return self.names

    def _grams(self) -> dict[tuple[int, int], str]:
        """Keys of all runs of up to six tokens that begin and end with a capital, looked up at once."""
        page, grams = self.page, {}
        capital = [up or _article_name(word) for word, up in zip(page.word, page.upper, strict=True)]
        for first in [i for i, yes in enumerate(capital) if yes]:
            for last in range(first + 1, min(first + LONGEST, len(page)) + 1):
                if capital[last - 1]:
                    run = page.slice(first, last)
                    if "\n" in run:
                        break
                    grams[first, last] = plain_key(run)
                elif page.word[last - 1] not in JOINTS and page.lower[last - 1] not in LINKS:
                    break
        self.look.load(grams.values())
        return grams

    def _free(self, first: int, last: int) -> bool:
        return not any(self.taken[first:last])

    def _add(
        self, first: int, last: int, source: str, *, key: str = "", kind: str = "", alias: Alias | None = None
    ) -> None:
        if not self._free(first, last):
            return
        page, surface = self.page, self.page.slice(first, last)
        key = key or plain_key(alias.name if alias else surface)
        self.taken[first:last] = b"\1" * (last - first)
        self.names.append(
            Name(first, last, page.start[first], page.end[last - 1], surface, key, source, kind, alias)
        )

    def _short_forms(self) -> None:
        """"U.S.", "Fla."; postal codes only behind a capitalised word and a comma."""
        page = self.page
        for first, capital in enumerate(page.upper):
            if not capital or page.label[first] == "PERSON":
                continue
            for last in range(min(first + 4, len(page)), first, -1):
                alias = self.words.always.get(page.slice(first, last))
                if alias is None and last == first + 1 and page.before(first) == "," and page.upper[first - 2]:
                    alias = self.words.after_comma.get(page.word[first])
                if alias is not None:
                    self._add(first, last, "short", alias=alias)
                    break

    def _trim(self, first: int, last: int) -> tuple[int, int]:
        page = self.page
        while first < last and (page.lower[first] in {"the", "a", "an"} or not page.word[first][0].isalnum()):
            first += 1
        while last > first and (
            page.lower[last - 1] in {"'s", "’s", "'", "’"} or not page.word[last - 1][-1].isalnum()
        ):
            last -= 1
        return first, last

    def _place_entity(self, first: int, last: int) -> None:
        """A whole place entity; failing that, without its leading direction; failing that, its known parts."""
        page = self.page
        first, last = self._trim(first, last)
        if first >= last or not self._free(first, last):
            return
        text = page.slice(first, last)
        if text in self.words.demonyms or "\n" in text or not any(char.isalpha() for char in text):
            return
        begins = [first, first + 1] if page.lower[first] in self.words.directions and last - first > 1 else [first]
        for begin in begins:
            key = self.grams.get((begin, last)) or plain_key(page.slice(begin, last))
            if self.look.known(key):
                kind, end = self._kind(begin, last)
                self._add(begin, end, "entity", key=key, kind=kind)
                return
        if not self._longest(first, last, "entity") and page.upper[first] and plain_key(text) not in self.words.common:
            key, kind = self._bare(first, last)
            self._add(first, last, "entity", key=key, kind=kind)

    def _bare(self, first: int, last: int) -> tuple[str, str]:
        """Key without a kind word at the name's end, and that kind."""
        kind = self.words.kinds.get(self.page.lower[last - 1], "")
        cut = 1 if kind in TELLING and last - first > 1 else 0
        return plain_key(self.page.slice(first, last - cut)), kind

    def _kind(self, first: int, last: int) -> tuple[str, int]:
        """The kind that a word behind or before the name tells, and the name's end with a word behind it."""
        page, kinds = self.page, self.words.kinds
        behind = kinds.get(page.after(last), "")
        if behind in UNITS:
            return behind, last + 1
        if behind == "city":
            return behind, last
        before = kinds.get(page.before(first, 2), "") if page.before(first) == "of" else ""
        if before in TELLING:
            return before, last
        front = kinds.get(page.before(first), "")
        return (front if front in UNITS and page.upper[first - 1] else ""), last

    def _longest(self, first: int, last: int, source: str) -> bool:
        """Known names inside ``[first, last)``, longest first from the left. Whether any was found."""
        found, position = False, first
        while position < last:
            for end in range(min(last, position + LONGEST), position, -1):
                if self._allowed(position, end, source) and self._free(position, end):
                    kind, stop = self._kind(position, end) if source == "entity" else ("", end)
                    self._add(position, stop, source, key=self.grams[position, end], kind=kind)
                    found, position = True, end - 1
                    break
            position += 1
        return found

    def _allowed(self, first: int, last: int, source: str) -> bool:
        key = self.grams.get((first, last))
        if key is None or key in self.words.common or not self.look.known(key):
            return False
        return source == "entity" or self.look.fame(key) >= NESTED_FAME

    def _holder(self, first: int, last: int, label: str) -> None:
        """Places inside the names of organisations and facilities ("Paris Police Department")."""
        first, last = self._trim(first, last)
        if last <= first or (last - first == 1 and label not in {"FAC", "ORG"}):
            return
        if self.page.lower[last - 1] not in self.words.heads:
            self._longest(first, last, "nested")

    def _lexical(self) -> None:
        """Capitalised names that carry no entity label: known, prominent, and standing alone."""
        sure = {name.key for name in self.names if name.source in {"entity", "short"}}
        for (first, last), key in sorted(self.grams.items(), key=lambda item: (item[0][0], -item[0][1])):
            if key in self.words.common or not self.look.known(key) or not self._free(first, last):
                continue
            labels = set(self.page.label[first:last])
            if labels <= {"", "PERSON", "NORP"} and self._alone(first, last) and self._wanted(first, last, key, labels, sure):
                kind, end = self._kind(first, last)
                self._add(first, end, "lexical", key=key, kind=kind)

    def _wanted(self, first: int, last: int, key: str, labels: set[str], sure: set[str]) -> bool:
        page, before = self.page, self.page.before(first)
        if before in self.words.titles or page.word[first] in self.words.demonyms:
            return False
        fame = self.look.fame(key)
        if "PERSON" in labels:
            return before in self.words.strong and (fame >= 4 or key in sure)
        if key in sure:
            return True
        if any(page.upper[i] and page.word[i].isalpha() and page.pos[i] != "PROPN" for i in range(first, last)):
            return False
        return fame >= (LOCATIVE_FAME if before in self.words.strong else LEXICAL_FAME)

    def _alone(self, first: int, last: int) -> bool:
        """Whether no capitalised word touches the name (a sentence's first word aside)."""
        page = self.page
        if first and page.upper[first - 1] and page.word[first - 1].isalpha() and not page.opens[first - 1]:
            return page.word[first - 1].isupper()
        return not (last < len(page) and (page.upper[last] and page.word[last].isalpha() or page.word[last] == "-"))

    def _demonyms(self) -> None:
        """"Syrian", "North Korean": where they stand before a noun, or for people of a country."""
        page = self.page
        for first, capital in enumerate(page.upper):
            if not capital:
                continue
            for last in (first + 2, first + 1):
                if last > len(page) or not self._free(first, last):
                    continue
                text = page.slice(first, last)
                alias = self.words.demonyms.get(text)
                if alias is not None and self._in_use(last - 1, text in self.words.weak):
                    self._add(first, last, "demonym", alias=alias)
                    break

    def _in_use(self, at: int, weak: bool) -> bool:
        page = self.page
        if page.label[at] in {"PERSON", "LANGUAGE"}:
            return False
        return not weak or (at + 1 < len(page) and page.pos[at + 1] in {"NOUN", "PROPN", "ADJ"})


def _article_name(word: str) -> bool:
    """Whether a word is a name behind a small article: "al-Bab", "ez-Zor"."""
    article, dash, rest = word.partition("-")
    return bool(dash) and article in ARTICLE and rest[:1].isupper()


def find_names(page: Page, look: Lookup) -> list[Name]:
    """Place names of a text in order, none overlapping another, with what contains what."""
    names = Finder(page, look).find()
    _contain(page, names)
    return names


def _contain(page: Page, names: list[Name]) -> None:
    """Mark "A, B" and "A (B" and "A in B" pairs, and references that are vague."""
    vague = words().vague
    for index, name in enumerate(names):
        after = names[index + 1] if index + 1 < len(names) else None
        if after is not None and after.source != "demonym":
            between = page.text[name.end : after.start]
            if between.strip() in {",", "(", "in", ", in", "/"} and "\n\n" not in between:
                name.inside = index + 1
        of = page.before(name.first) == "of" and page.before(name.first, 2) in vague
        name.vague = of or page.before(name.first) in vague or page.after(name.last) in vague
