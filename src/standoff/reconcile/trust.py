"""Whom to believe: a filter on the voices that the ledger counts, and how a person names them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from standoff.errors import UsageError
from standoff.model.ids import slug
from standoff.reconcile.shelf import Shelf
from standoff.reconcile.wording import WORD, joined, table

OWN, UNCLEAR, UNNAMED = "own", "unclear", "unnamed"
"""Names for kinds of voices: the reports' own; sources that could not be told; sources without a name
("officials", "a witness"), those that could not be told included."""

PERSONS = frozenset({"person", "population", "unknown"})
"""Types of parties that may be sources without a name: an institution's designation names it."""

SHOWN = 5
"""How many names an error lists."""


class Trust(msgspec.Struct, frozen=True, kw_only=True):
    """Which voices are counted. Questions and disputes always show all of them.

    ``only`` and ``without`` hold party ids (of the speaker or of whom it speaks for), keys of a report's
    own voice (``own:publisher``), and the words ``own`` and ``unclear``; an empty ``only`` means everyone.
    ``own_voice`` and ``unclear`` off are short for those words in ``without``.
    """

    only: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    own_voice: bool = True
    unclear: bool = True

    def counts(self, *, own: bool, parties: tuple[str, ...], key: str = OWN) -> bool:
        """Whether a voice counts; ``parties`` are the speaker's id and its principal's, ``key`` the key
        of a report's own voice."""
        voice = {OWN, key} if own else (set(parties) or {UNCLEAR})
        if (OWN in voice and not self.own_voice) or (UNCLEAR in voice and not self.unclear):
            return False
        return not voice & self.without and (not self.only or bool(voice & self.only))


def trust_of(shelf: Shelf, believe: Sequence[str] = (), without: Sequence[str] = ()) -> Trust:
    """Whom a person named: parties by name, alias or id, publishers, ``own``, ``unclear``, ``unnamed``.

    Raises `UsageError` for a name that nobody in the record has, or that several have.
    """
    if not believe and not without:
        return Trust()
    names = _Names(shelf)
    return Trust(only=names.voices(believe, "--believe"), without=names.voices(without, "--without"))


def assumptions_named(names: Iterable[str]) -> frozenset[str]:
    """The assumptions as they are printed, named so or by a key such as ``no-other-flow``.

    Raises `UsageError` for one that there is not.
    """
    known: dict[str, str] = table("assumptions")
    keys = {_key(each): words for key, words in known.items() for each in (key, words)}
    for name in names:
        if _key(name) not in keys:
            raise UsageError(
                f"there is no assumption {name!r}", where="--without-assumption",
                todo=f"choose among {joined([key.replace('_', '-') for key in known])}",
            )  # fmt: skip
    return frozenset(keys[_key(name)] for name in names)


class _Names:
    """The voices of a record by what they are called."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.own = {slug(page.publisher) for page in shelf.pages if page.publisher}

    def voices(self, names: Sequence[str], flag: str) -> frozenset[str]:
        return frozenset(voice for name in names for voice in self._of(name, flag))

    def _of(self, name: str, flag: str) -> set[str]:
        word = name.casefold().strip()
        if word in {OWN, UNCLEAR}:
            return {word}
        if word == UNNAMED:
            return {UNCLEAR, *self._unnamed()}
        found = {f"own:{slug(name)}"} if slug(name) in self.own else set()
        party = self.shelf.party_called(name)
        if party in self.shelf.parties:
            return found | {party} | self._short_forms(party)
        return found or self._by_words(name, flag)

    def _short_forms(self, party: str) -> set[str]:
        """Keys of those that spokesmen are said to speak for in a shorter form of this name ("the Guard"),
        where no other party that speaks may be meant and none speaks under the short form itself."""
        mine = _words(self.shelf.parties[party].name)
        found = set()
        for each in self.shelf.referents.parties:
            short = each.represents or ""
            key = self.shelf.party_called(short)
            known = self.shelf.parties.get(key)
            if not (known and known.statements) and _words(short) and _words(short) < mine:
                found |= {key} if self._holders(_words(short)) == {self.shelf.principal(party)} else set()
        return found

    def _holders(self, words: frozenset[str]) -> set[str]:
        """Principals of the parties that speak and whose name holds all the words."""
        speaking = [each for each in self.shelf.referents.parties if each.statements]
        return {self.shelf.principal(each.id) for each in speaking if words <= _words(each.name)}

    def _by_words(self, name: str, flag: str) -> set[str]:
        """The one party whose name or alias holds all the words given."""
        words = _words(name)
        matching = [
            party
            for party in self.shelf.referents.parties
            if words and any(words <= _words(each) for each in (party.name, *party.aliases))
        ]
        speaking = [party for party in matching if party.statements] or matching
        principals = {self.shelf.principal(party.id) for party in speaking}
        if len(principals) == 1:
            (principal,) = principals
            known = self._short_forms(principal) if principal in self.shelf.parties else set()
            return {principal, *(party.id for party in speaking), *known}
        if not principals:
            raise UsageError(
                f"nobody in this record is called {name!r}", where=flag,
                todo="`standoff show FILE parties` lists who speaks; or own, unclear, unnamed",
            )  # fmt: skip
        listed = [party.name for party in speaking[:SHOWN]]
        raise UsageError(f"{name!r} may be {joined(listed)}", where=flag, todo="give the name in full")

    def _unnamed(self) -> set[str]:
        """Persons and groups of persons that no mention gives a name: "officials", "a witness"."""
        named = {
            self.shelf.referents.party_of.get(mention.id)
            for page in self.shelf.pages
            for mention in page.reading.mentions
            if mention.form == "name"
        }
        persons = (each for each in self.shelf.referents.parties if each.type in PERSONS)
        return {each.id for each in persons if each.id not in named}


def _key(name: str) -> str:
    return slug(name).replace("_", "-")


def _words(name: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in WORD.findall(name))
