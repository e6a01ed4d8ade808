"""Reports whose own voice is one side's, and outlets that speak for a side."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache, partial

from standoff.model import BODIES, Party
from standoff.reconcile.matter import pattern, table
from standoff.reconcile.shelf import Page, Shelf

QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")
PIECES = re.compile(
    rf"[()|/:–—]|,\s|\b(?:{'|'.join(table('outlets')['organs'])}) of (?:the )?", re.IGNORECASE
)
WORD = re.compile(r"[^\W\d_]+(?:['’]s?)?")
LOADED = 2
"""So many loaded names for others, and a report takes a side."""


def speaks_for_a_side(shelf: Shelf, page: Page) -> bool:
    """Whether a report's own voice is one side's: it says "our" and "we", or calls others by loaded names."""
    return shelf.of_page(page, "partisan", partial(_speaks_for_a_side, page))


def _speaks_for_a_side(page: Page) -> bool:
    own = page.own_voice
    told = " ".join(page.text[start:end] for start, end in own.content) if own else ""
    plain = QUOTED.sub(" ", told)
    loaded = {plain[start:end].casefold() for start, end in pattern("words", "loaded").spans(plain)}
    return len(loaded) >= LOADED or pattern("words", "own_side").holds(plain)


def sides_of(shelf: Shelf) -> dict[str, str]:
    """Principal of the side that a report's own voice is of, by report id: whom the partisan reports of its
    outlet, taken together, quote in at least half of their statements. An outlet is of one side or of none.
    """
    partisan: defaultdict[str, list[Page]] = defaultdict(list)
    for page in shelf.pages:
        if speaks_for_a_side(shelf, page):
            partisan[shelf.outlet(page) or page.origin].append(page)
    found = {outlet: _most_quoted(shelf, pages) for outlet, pages in partisan.items()}
    return {
        page.report.id: side
        for outlet, pages in partisan.items()
        if (side := found[outlet])
        for page in pages
    }


def issuer_of(shelf: Shelf, outlet: str | None) -> str | None:
    """Principal of the body that publishes a report under its own name ("Harbour Guild (statement)",
    "bulletin of the Harbour Guild", "Harbour Guild press office"); None for papers and agencies."""
    for name in _names_in(outlet or ""):
        party = shelf.parties.get(shelf.party_called(name)) or _called_in(shelf, name)
        if party is not None and party.type in BODIES:
            return shelf.principal(party.id)
    return None


def issuers_of(shelf: Shelf) -> dict[str, str]:
    """The body that publishes under an outlet's name, for outlets that are bodies: see `issuer_of`."""
    outlets = {outlet for page in shelf.pages if (outlet := shelf.outlet(page))}
    return {outlet: issuer for outlet in sorted(outlets) if (issuer := issuer_of(shelf, outlet))}


def _called_in(shelf: Shelf, name: str) -> Party | None:
    """The one body of the record whose name, of two words or more, stands in a fuller name and ends as it
    does: "Workers' Federation" in "Mill and Dock Workers' Federation"."""
    words = WORD.findall(name.casefold())
    found = [
        party
        for party in shelf.parties.values()
        if party.type in BODIES and 1 < len(short := _words(party.name)) < len(words)
        if short[-1] == words[-1] and set(short) <= set(words)
    ]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=65536)
def _words(name: str) -> tuple[str, ...]:
    return tuple(WORD.findall(name.casefold()))


def _names_in(outlet: str) -> Iterator[str]:
    """What of a publisher's name may be a body's, the fullest first."""
    for piece in dict.fromkeys(each.strip() for each in (outlet, *PIECES.split(outlet)) if each.strip()):
        words = piece.split()
        yield piece
        if len(words) > 2 and words[1] in {"of", "for"}:  # "Ministry of Justice" is the Justice Ministry
            yield f"{' '.join(words[2:])} {words[0]}"
        while len(words) > 1 and words[-1].casefold() in table("outlets")["offices"]:
            words = words[:-1]
            yield " ".join(words)


def _most_quoted(shelf: Shelf, pages: list[Page]) -> str | None:
    quoted: Counter[str] = Counter()
    for statement in (each for page in pages for each in page.reading.statements):
        speaker = shelf.speaker(statement)
        if speaker is not None:
            quoted[shelf.principal(speaker, statement.represents)] += 1
    most = min(quoted, key=lambda party: (-quoted[party], party), default=None)
    return most if most and 2 * quoted[most] >= quoted.total() else None
