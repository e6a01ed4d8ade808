"""Where a text may name places: spans with the key to look them up by.

Entities that the encoder marked come first; names inside other entities, capitalised names it
missed, short forms and demonyms are proposed from the gazetteer. Which proposals are places is
for `keep` to say, once it is known where they would be.
"""

from __future__ import annotations

from dataclasses import dataclass

from standoff.read.places.lookup import Lookup
from standoff.read.places.names import plain_key
from standoff.read.places.page import Page
from standoff.read.places.runs import sort_of, told_runs
from standoff.read.places.words import Alias, words
from standoff.read.where import dateline

LONGEST = 6
ACRONYM = 3
LAND_FAME = 7.0
TOWN_FAME = 5.0
"""Fame (log10 of the people) of towns that are meant wherever they are named."""
BEHIND = 4
"""Tokens behind a name within which a word tells whose it is."""
LINKS = frozenset(
    [
        "of",
        "de",
        "del",
        "la",
        "las",
        "los",
        "le",
        "el",
        "al",
        "du",
        "da",
        "do",
        "dos",
        "e",
        "y",
        "ad",
        "an",
        "as",
        "ash",
        "ar",
        "az",
        "ez",
        "es",
        "bin",
        "and",
        "upon",
        "on",
        "the",
        "sur",
        "am",
        "den",
        "der",
    ]
)
CLOSING = frozenset({",", "(", "-", "--", "–", "—"})
"""What ends the name that opens a dateline."""
JOINTS = frozenset(("-", "'", "’", "‘", "–", "."))
ARTICLE = frozenset(["al", "el", "as", "ash", "an", "ar", "az", "ez", "es", "ad", "at"])
PLACE_LABELS = frozenset({"GPE", "LOC"})
NO_NAMES = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})
UNITS = frozenset({"admin1", "admin2"})
TELLING = frozenset({"admin1", "admin2", "city"})
SEATS = frozenset({"r", "d", "dfl", "i", "gop", "ind"})


@dataclass(slots=True)
class Name:
    """One place name in the text. ``first`` and ``last`` are tokens, ``last`` exclusive.

    ``source`` tells how it was found: entity, nested, lexical, short, demonym or told; ``kind`` what the
    words around say it is (a key of the vocabulary's kinds, or ""); ``inside`` the index of the
    name that follows as its container ("Paris" in "Paris, Texas"); ``frame`` the entity it lies in,
    as tokens and label; ``group`` the index of its sense.
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
    frame: tuple[int, int, str] | None = None
    inside: int | None = None
    vague: bool = False
    group: int = -1


class Finder:
    """Finds the names of one page; each token is given to one name at most."""

    def __init__(self, page: Page, look: Lookup) -> None:
        self.page, self.look, self.words = page, look, words()
        self.names: list[Name] = []
        self.taken = bytearray(len(page))
        self.same: dict[str, str] = {}
        self.grams = self._grams()

    def find(self) -> list[Name]:
        """All names in text order."""
        self._headed()
        self._short_forms()
        self._told()
        for first, last, label in self.page.entities:
            if label in PLACE_LABELS:
                self._place_entity(first, last, label)
        for first, last, label in self.page.entities:
            if label not in NO_NAMES:
                self._parts(first, last, label)
        self._demonyms()
        self._lexical()
        self._spellings()
        self.names.sort(key=lambda name: name.start)
        return self.names

    def _grams(self) -> dict[tuple[int, int], str]:
        """Keys of all runs of up to six tokens that begin and end with a capital, looked up at once."""
        page, grams = self.page, {}
        capital = [page.upper[i] or self._article(i) for i in range(len(page))]
        for first in [i for i, yes in enumerate(capital) if yes]:
            for last in range(first + 1, min(first + LONGEST, len(page)) + 1):
                if capital[last - 1]:
                    if last - first > 1 and page.parted(first, last):
                        break
                    if last - first > 1 or not self._acronym(first):
                        grams[first, last] = plain_key(page.slice(first, last))
                elif page.word[last - 1] not in JOINTS and page.lower[last - 1] not in LINKS:
                    break
        self.look.load(grams.values())
        return grams

    def _acronym(self, at: int) -> bool:
        """Whether a word is a body's short form ("UN"), which is some hamlet's name somewhere."""
        page = self.page
        small = len(page.word[at]) <= ACRONYM and page.word[at].isupper() and not page.loud[at]
        return small and page.label[at] not in PLACE_LABELS

    def _article(self, at: int) -> bool:
        """Whether a name begins here with a small article, in one token or three: "al-Bab", "ez-Zor"."""
        page, (article, dash, rest) = self.page, self.page.word[at].partition("-")
        if article not in ARTICLE:
            return False
        if dash:
            return rest[:1].isupper()
        return page.after(at + 1) == "-" and at + 2 < len(page) and page.upper[at + 2]

    def _free(self, first: int, last: int) -> bool:
        return not any(self.taken[first:last])

    def _add(
        self,
        first: int,
        last: int,
        source: str,
        *,
        key: str = "",
        kind: str = "",
        alias: Alias | None = None,
        frame: tuple[int, int, str] | None = None,
        cut: tuple[int, int] | None = None,
    ) -> None:
        page = self.page
        if not self._free(first, last):
            return
        start, end = cut or (page.start[first], page.end[last - 1])
        surface = page.text[start:end]
        key = key or plain_key(alias.name if alias else surface)
        self.taken[first:last] = b"\1" * (last - first)
        self.names.append(Name(first, last, start, end, surface, key, source, kind, alias, frame))

    def _headed(self) -> None:
        """What opens a dateline, up to a comma, a bracket or the dash."""
        page, (begin, end) = self.page, dateline(self.page.text)
        first = next((n for n, start in enumerate(page.start) if start == begin), 0) if end else 0
        last = first
        while last < len(page) and page.end[last] < end and page.word[last][:1].isalpha():
            last += 1
        if end and first < last <= first + LONGEST and page.upper[first] and page.word[last] in CLOSING:
            self._add(first, last, "entity")

    def _short_forms(self) -> None:
        """ "U.S.", "Fla."; postal codes only behind a capitalised word and a comma."""
        page = self.page
        for first, capital in enumerate(page.upper):
            if not capital:
                continue
            for last in range(min(first + 4, len(page)), first, -1):
                alias = self.words.always.get(page.slice(first, last))
                if (
                    alias is None
                    and last == first + 1
                    and page.before(first) == ","
                    and page.upper[first - 2]
                    and not (page.loud[first] and page.pos[first] != "PROPN")  # "..., IN WHICH"
                ):
                    alias = self.words.after_comma.get(page.word[first])
                if alias is not None:
                    self._add(first, last, "short", alias=alias)
                    break
            else:
                self._hyphened(first)

    def _told(self) -> None:
        """Names that only the words beside them make a place's; place entities of one get its key."""
        for run in told_runs(self.page, self.look, lambda at: bool(self.taken[at])):
            inside = self.page.within(run.first, run.last)
            frame = inside[0] if len(inside) == 1 else None
            self.same.setdefault(sort_of(run.key), run.key)
            self._add(run.first, run.last, "told", key=run.key, frame=frame)

    def _hyphened(self, at: int) -> None:
        """ "U.S.-led", "Syrian-backed", "R-Texas" where they are one token."""
        page = self.page
        left, dash, right = page.word[at].partition("-")
        if not dash or not left or not right:
            return
        start = page.start[at]
        for form, begin in ((left, start), (right, start + len(left) + 1)):
            alias = self.words.always.get(form) or self.words.demonyms.get(form)
            if alias is None and begin > start and left.lower() in SEATS:
                alias = self.words.after_comma.get(form)
            if alias is not None:
                source = "short" if form in self.words.always else "demonym"
                self._add(at, at + 1, source, alias=alias, cut=(begin, begin + len(form)))
                return

    def _trim(self, first: int, last: int) -> tuple[int, int]:
        page = self.page
        while first < last and (page.lower[first] in {"the", "a", "an"} or not page.word[first][0].isalnum()):
            first += 1
        while last > first and (
            page.lower[last - 1] in {"'s", "’s", "'", "’"} or not page.word[last - 1][-1].isalnum()
        ):
            last -= 1
        return first, last

    def _place_entity(self, first: int, last: int, label: str) -> None:
        """A whole place entity; else without its leading direction; else its known parts."""
        page = self.page
        first, last = self._trim(first, last)
        if first >= last or not self._free(first, last) or page.parted(first, last):
            return
        text, frame = page.slice(first, last), (first, last, label)
        if text in self.words.demonyms or not any(char.isalpha() for char in text):
            return
        directed = page.lower[first] in self.words.directions and last - first > 1
        for begin in (first, first + 1) if directed else (first,):
            key = self.grams.get((begin, last)) or plain_key(page.slice(begin, last))
            if self.look.known(key) or (begin == first and self.look.spelt(key)):
                kind, end = self._kind(begin, last)
                self._add(begin, end, "entity", key=key, kind=kind, frame=frame)
                return
        if (
            not self._longest(frame, "entity")
            and page.upper[first]
            and plain_key(text) not in self.words.common
        ):
            key, kind = self._bare(first, last)
            self._add(first, last, "entity", key=self.same.get(sort_of(key), key), kind=kind, frame=frame)

    def _bare(self, first: int, last: int) -> tuple[str, str]:
        """Key without a kind word at the name's end, and that kind."""
        kind = self.words.kinds.get(self.page.lower[last - 1], "")
        cut = 1 if kind in TELLING and last - first > 1 else 0
        return plain_key(self.page.slice(first, last - cut)), kind

    def _kind(self, first: int, last: int) -> tuple[str, int]:
        """The kind that a word behind or before the name tells, and the name's end with a word behind it."""
        page, kinds = self.page, self.words.kinds
        behind = kinds.get(page.after(last), "")
        if behind in UNITS and self._free(last, last + 1):
            return behind, last + 1
        if behind == "city":
            land = self.look.fame(plain_key(page.slice(first, last))) >= LAND_FAME  # "an eastern Chad town"
            return "" if land else behind, last
        before = kinds.get(page.before(first, 2), "") if page.before(first) == "of" else ""
        if before in TELLING:
            return before, last
        front = kinds.get(page.before(first), "")
        return (front if front in UNITS and page.upper[first - 1] else ""), last

    def _longest(self, frame: tuple[int, int, str], source: str) -> bool:
        """Known names inside an entity, longest first from the left. Whether any was found."""
        (first, last, _), found = frame, False
        position = first
        while position < last:
            for end in range(min(last, position + LONGEST), position, -1):
                key = self.grams.get((position, end))
                if key and self._usable(key) and self._free(position, end):
                    told = end == last or source == "entity"
                    kind, stop = self._kind(position, end) if told else ("", end)
                    self._add(position, stop, source, key=key, kind=kind, frame=frame)
                    found, position = True, end - 1
                    break
            position += 1
        return found

    def _usable(self, key: str) -> bool:
        return key not in self.words.common and self.look.known(key)

    def _parts(self, first: int, last: int, label: str) -> None:
        """Places inside the names of organisations, facilities and (the first words only) persons."""
        first, last = self._trim(first, last)
        if last <= first or label == "NORP":
            return
        if label == "PERSON":
            self._first_words(first, last)
        else:
            self._longest((first, last, label), "nested")

    def _first_words(self, first: int, last: int) -> None:
        for end in range(min(last, first + LONGEST), first, -1):
            key = self.grams.get((first, end))
            if key and self._usable(key) and self._free(first, end):
                kind, stop = self._kind(first, end) if end == last else ("", end)
                self._add(first, stop, "nested", key=key, kind=kind, frame=(first, last, "PERSON"))
                return

    def _lexical(self) -> None:
        """Capitalised known names that carry no entity label."""
        page, skip = self.page, NO_NAMES | {"PERSON"}
        for (first, last), key in sorted(self.grams.items(), key=lambda item: (item[0][0], -item[0][1])):
            if page.loud[first] and any(page.pos[i] != "PROPN" for i in range(first, last) if page.upper[i]):
                continue  # in capitals throughout, any word looks like a name
            if self._usable(key) and self._free(first, last) and skip.isdisjoint(page.label[first:last]):
                kind, end = self._kind(first, last)
                self._add(first, end, "lexical", key=key, kind=kind)

    def _spellings(self) -> None:
        """Whole runs of capitalised words that only another spelling makes a known name ("Ersal")."""
        page, end = self.page, 0
        for (first, last), key in sorted(self.grams.items(), key=lambda item: (item[0][0], -item[0][1])):
            if first < end:
                continue
            end = last
            label = page.label[first]
            if not self._free(first, last) or label in NO_NAMES or last - first > LONGEST - 1 or len(key) < 4:
                continue
            proper = all(page.pos[i] == "PROPN" for i in range(first, last) if page.upper[i])
            if proper and key not in self.words.common and self.look.spelt(key):
                frame = (first, last, label) if label else None
                kind, stop = self._kind(first, last)
                self._add(first, stop, "lexical", key=key, kind=kind, frame=frame)

    def _demonyms(self) -> None:
        """ "Syrian", "North Korean"."""
        page = self.page
        for first, capital in enumerate(page.upper):
            if not capital:
                continue
            for last in (first + 2, first + 1):
                if last <= len(page) and self._free(first, last):
                    alias = self.words.demonyms.get(" ".join(page.word[first:last]))
                    if alias is not None:
                        self._add(first, last, "demonym", alias=alias)
                        break


def _of_a_group(page: Page, name: Name, look: Lookup) -> bool:
    """Whether "the" before a name and a word for fighters or a party behind it make it theirs."""
    if page.before(name.first) != "the" or look.fame(name.key) >= TOWN_FAME:
        return False
    behind = page.lower[name.last : name.last + BEHIND]
    clause = next((behind[:i] for i, word in enumerate(behind) if word in {",", ".", ";"}), behind)
    return not words().groups.isdisjoint(clause)


def find_names(page: Page, look: Lookup) -> list[Name]:
    """Names that may be places, in order, none overlapping another, with what contains what."""
    names = [name for name in Finder(page, look).find() if not _of_a_group(page, name, look)]
    vague = words().vague
    for index, name in enumerate(names):
        after = names[index + 1] if index + 1 < len(names) else None
        if after is not None and after.source != "demonym":
            between = page.text[name.end : after.start]
            if between.strip() in {",", "(", "in", ", in", "/"} and "\n\n" not in between:
                name.inside = index + 1
        of = page.before(name.first) == "of" and page.before(name.first, 2) in vague
        name.vague = of or page.before(name.first) in vague or page.after(name.last) in vague
    return names
