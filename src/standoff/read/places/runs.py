"""Capitalised names that nothing knows, proposed as places by the words beside one of their mentions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from standoff.read.places.lookup import Lookup
from standoff.read.places.names import plain_key, spelling_class
from standoff.read.places.page import Page
from standoff.read.places.told import Cues, cues, lists
from standoff.read.places.words import words

LONGEST = 4
SMALL = frozenset({"al", "el", "ez", "as", "ash", "ad", "ar", "an", "at", "de", "da", "do", "la", "du"})
JOINTS = frozenset({"-", "'", "’", "–"})
SPOKEN = frozenset({"PROPN", "NOUN", "ADJ", "X"})
PLACES = frozenset({"GPE", "LOC"})
NO_NAMES = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL", "NORP"})
OWN_FAME = 3.5
"""A name that holds a place of so many people (as a power of ten) is that place's ("Paris Stores")."""
SURE_FAME = 5.5
"""... and where the words beside tell that the whole is a place."""


class Run(NamedTuple):
    """Capitalised tokens ``[first, last)`` in a row, and what the words beside them tell.

    ``label`` is what the recogniser makes of them: a "place", "other", "none", or a "part" of a longer name.
    """

    first: int
    last: int
    key: str
    cues: Cues
    label: str


def told_runs(page: Page, look: Lookup, taken: Callable[[int], bool]) -> list[Run]:
    """Mentions of names that no gazetteer has and that the words beside one mention make a place's.

    All mentions of such a name in any spelling come back, under the key of the first.
    """
    runs = [run for run in _runs(page, taken) if run.label != "part" and not _thing(page, run)]
    told = {sort_of(run.key) for run in runs if _tells(run)}
    sure = {sort_of(run.key) for run in runs if run.cues.sure}
    unknown = {
        sort: _unknown(run.key, look, SURE_FAME if sort in sure else OWN_FAME)
        for run in runs
        if (sort := sort_of(run.key)) in told
    }
    first: dict[str, str] = {}
    return [
        run._replace(key=first.setdefault(sort, run.key))
        for run in runs
        if unknown.get(sort := sort_of(run.key), False)
    ]


def _tells(run: Run) -> bool:
    """Whether the words beside a mention tell; a mere preposition does of what the recogniser marked."""
    return run.cues.sure or (run.cues.at and not run.cues.speaks and run.label != "none")


def _thing(page: Page, run: Run) -> bool:
    """Whether the name is a street's, a school's, a company's: what stands somewhere and is no settlement."""
    things, behind = lists().things, page.after(run.last)
    if page.lower[run.last - 1] in things:
        return True
    return bool(behind) and page.upper[run.last] and not page.loud[run.last] and behind in things


def sort_of(key: str) -> str:
    """What spellings of one name share within a report."""
    return spelling_class(key) or key


def _runs(page: Page, taken: Callable[[int], bool]) -> Iterator[Run]:
    at = 0
    while at < len(page):
        if not _begins(page, at) or taken(at):
            at += 1
            continue
        last = _end(page, at, taken)
        if last - at <= LONGEST + page.word[at:last].count("-"):
            key = plain_key(page.slice(at, last))
            if len(key) > 2 and not _other_word(page, at, last, key):
                yield Run(at, last, key, cues(page, at, last), _labelled(page, at, last))
        at = last


def _other_word(page: Page, first: int, last: int, key: str) -> bool:
    """Whether capitalised words are common ones, a kind of place, or the people of one ("Kenyan")."""
    lists = words()
    return key in lists.common or key in lists.kinds or page.slice(first, last) in lists.demonyms


def _begins(page: Page, at: int) -> bool:
    """Whether a name may begin here: a capital that is not merely a sentence's or a headline's."""
    if not page.upper[at] or page.label[at] in NO_NAMES or len(page.word[at]) < 2:
        return False
    if page.lower[at] in words().titles or page.lower[at] in words().locative:
        return False
    return page.pos[at] == "PROPN" or (page.pos[at] in SPOKEN and not page.opens[at] and not page.loud[at])


def _end(page: Page, first: int, taken: Callable[[int], bool]) -> int:
    """Behind the last token of the name that begins here."""
    at = first + 1
    while at < len(page) and not page.opens[at]:
        joined = page.word[at] in JOINTS or page.lower[at] in SMALL
        follows = at + 1 < len(page) and page.upper[at + 1] and not taken(at + 1)
        if joined and follows and page.start[at] - page.end[at - 1] <= (page.lower[at] in SMALL):
            at += 2
        elif _begins(page, at) and not taken(at) and not page.parted(at - 1, at + 1):
            at += 1
        else:
            break
    while at - first > 1 and page.lower[at - 1] in words().kinds:
        at -= 1
    return at


def _labelled(page: Page, first: int, last: int) -> str:
    """What the recogniser makes of a run of tokens; see `Run`."""
    found = "none"
    for begin, end, label in page.within(first, last):
        if label in NO_NAMES or begin < first - 1 or end > last + 1:
            return "part"
        found = "place" if label in PLACES and begin <= first and end >= last else "other"
    return found


def _unknown(key: str, look: Lookup, fame: float) -> bool:
    """Whether neither the name nor a part of it is known for a place of some size."""
    if look.known(key) or look.spelt(key):
        return False
    parts = key.split()
    if len(parts) > 1 and parts[0] in lists().heads:
        return True
    spans = ((i, j) for i in range(len(parts)) for j in range(i + 1, len(parts) + 1))
    return not any(
        look.known(part) and part not in words().common and look.fame(part) >= fame
        for part in (" ".join(parts[i:j]) for i, j in spans)
    )
