"""What is seen of a candidate: its words, its place in the sentence's grammar, and the report around it.

A feature is a short string such as ``e=nsubj|ASSAULT/abduct`` ("subject of a word of abduction"). Names
show only what kind of name they are: whoever is called what is never learnt, so that swapping two
parties' names changes nothing but names. Features come in groups, so that what many candidates share
(of the report, a sentence, a noun, a head, an end) is told and summed once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from standoff.read.roles.candidates import Candidate
from standoff.read.roles.words import Words

TOLD = ("e=", "e2", "rc", "g=")
"""Kinds of a mention's features that count for every other mention of the same noun."""
STEPS = 6
"""Links followed at most from a noun up to what governs it."""
CHAINED = frozenset({"conj", "appos"})
INNER = frozenset({"compound", "nmod", "amod"})
START = ["b=^", "bt=^"]
"""What stands before the first word of a text."""
Key = TypeVar("Key", bound=Hashable)


class Seen(NamedTuple):
    """Groups of features, and for everyone asked about the numbers of the groups it has, (N, groups each)."""

    groups: list[list[str]]
    has: NDArray[np.int64]

    def of(self, candidate: int) -> list[str]:
        """All features of one candidate."""
        return [each for group in self.has[candidate].tolist() for each in self.groups[group]]


def features(words: Words, found: Sequence[Candidate]) -> Seen:
    """The features of every candidate: those of its head, and those of its cut."""
    heads = list(dict.fromkeys(c.head for c in found))
    row = {head: n for n, head in enumerate(heads)}
    shared, own = head_features(words, heads), cut_features(words, found)
    rows = shared.has[[row[c.head] for c in found]] if found else shared.has[:0]
    return Seen([*shared.groups, *own.groups], np.hstack([rows, own.has + len(shared.groups)]))


def head_features(words: Words, heads: Sequence[int]) -> Seen:
    """What is seen of nouns whatever their phrases are: report, sentence, noun, place in the clause."""
    around, seats = _Around(words), _Seats(words)
    own = {head: seats.features(head) for head in heads}
    elsewhere = _elsewhere(words, own, around.sentence_of)
    groups = _Groups()
    return groups.seen(
        groups.put([0] * len(heads), lambda _: around.report),
        groups.put([around.sentence_of[head] for head in heads], around.of),
        groups.put([words.lemma[head] for head in heads], elsewhere.__getitem__),
        groups.put(heads, own.__getitem__),
    )


def cut_features(words: Words, found: Sequence[Candidate]) -> Seen:
    """What is seen of candidates beside their heads: ends, which cut, and the words together."""
    groups = _Groups()
    return groups.seen(
        groups.put([c.first for c in found], partial(_first, words)),
        groups.put([c.last for c in found], partial(_last, words)),
        groups.put([(c.head, c.cut) for c in found], partial(_kind, words)),
        groups.put(found, partial(_whole, words)),
    )


class _Groups:
    """Groups of features as they are made, each once."""

    def __init__(self) -> None:
        self._made: list[list[str]] = []

    def put(self, keys: Sequence[Key], make: Callable[[Key], list[str]]) -> list[int]:
        """The number of each key's group; a key's group is made where the key first stands."""
        place = {}
        for key in dict.fromkeys(keys):
            place[key] = len(self._made)
            self._made.append(make(key))
        return [place[key] for key in keys]

    def seen(self, *has: list[int]) -> Seen:
        """All groups, with the numbers of those that each has as columns."""
        return Seen(self._made, np.array(has, dtype=np.int64).T)


def _elsewhere(
    words: Words, heads: Mapping[int, Sequence[str]], sentence_of: Sequence[int]
) -> dict[str, list[str]]:
    """For every noun what its mentions tell of it, and in which sentence it stands first."""
    told: dict[str, Counter[str]] = defaultdict(Counter)
    first: dict[str, int] = {}
    for head, seen in heads.items():
        noun = words.lemma[head]
        told[noun].update(each for each in seen if each[:2] in TOLD)
        first.setdefault(noun, sentence_of[head])
    return {
        noun: [*(f"T{each}" for each, _ in counts.most_common(12)), f"TF={_bucket(first[noun])}"]
        for noun, counts in told.items()
    }


class _Seats:
    """How nouns hang on what governs them, and what stands beside them there."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._known: dict[int, tuple[str, int, list[str]]] = {}

    def seat(self, head: int) -> tuple[str, int, list[str]]:
        """Relation or preposition, governor, and steps on the way."""
        if head not in self._known:
            self._known[head] = self._climb(head)
        return self._known[head]

    def _climb(self, head: int) -> tuple[str, int, list[str]]:
        words = self._words
        steps: list[str] = []
        at = head
        for _ in range(STEPS):
            relation, above = words.dep[at], words.head[at]
            if above == at:
                return "root", at, steps
            if relation in CHAINED:
                steps.append(relation)
                at = above
            elif relation == "pobj":
                return words.lower[above], words.head[above], steps
            elif relation in INNER:
                return "mod", above, [*steps, "in"]
            else:
                return relation, above, steps
        return "deep", at, steps

    def features(self, head: int) -> list[str]:
        """A noun's word, seat, modifiers, the governor's other participants, and the words beside it."""
        words = self._words
        relation, governor, steps = self.seat(head)
        found = [f"h={words.base[head]}", f"ne={words.ent[head]}", f"pos={words.tag[head]}", f"r={relation}"]
        found += [f"s={step}" for step in steps[:2]]
        found.append(f"g={relation}|{words.base[governor]}")
        marks = words.events[governor]
        found += [f"e={relation}|{mark}" for mark in marks]
        for name in words.classes[head]:
            found += [f"c={name}", f"cr={name}|{relation}", *(f"ce={name}|{relation}|{m}" for m in marks)]
        if words.head[governor] != governor:
            above, top, _ = self.seat(governor)
            found.append(f"g2={relation}|{words.pos[governor]}|{above}|{words.base[top]}")
            found += [f"e2={relation}|{above}|{mark}" for mark in words.events[top]]
        for child in words.children[head]:
            found += _below(words, child)
        for child in words.children[governor]:
            if child != head:
                found += _beside(words, child, relation)
        return found + _near(words.form, head)


def _near(form: Sequence[str], at: int) -> list[str]:
    """The three words on either side; the second and third are told alike."""
    found = []
    for step in (1, 2, 3):
        if at >= step:
            found.append(f"w-{min(step, 2)}={form[at - step]}")
        if at + step < len(form):
            found.append(f"w+{min(step, 2)}={form[at + step]}")
    return found


def _below(words: Words, child: int) -> list[str]:
    """What a child of the noun tells of it."""
    kind = words.dep[child]
    if kind in {"relcl", "acl"}:
        return [*(f"rc={mark}" for mark in words.events[child]), f"rcl={words.base[child]}"]
    if kind in INNER:
        return [f"m={words.form[child]}"]
    if kind == "prep":
        return [f"p={words.lower[child]}|{words.base[noun]}" for noun in words.children[child]]
    if kind in {"nummod", "det", "poss"}:
        return [f"d={kind}"]
    return ["ap", *(f"ap={name}" for name in words.classes[child])] if kind == "appos" else []


def _beside(words: Words, child: int, relation: str) -> list[str]:
    """What another child of the governor tells of the noun."""
    kind = words.dep[child]
    if kind in {"nsubj", "nsubjpass", "dobj"}:
        return [f"sib={relation}|{kind}|{mark}" for mark in _marks(words, child)]
    if kind in {"agent", "prep"}:
        word = words.lower[child]
        return [
            f"sibp={relation}|{word}|{mark}" for noun in words.children[child] for mark in _marks(words, noun)
        ]
    return [f"gx={kind}|{words.lower[child]}"] if kind in {"neg", "aux"} else []


def _marks(words: Words, at: int) -> tuple[str, ...]:
    return (*words.classes[at][:2], *words.events[at])


def _first(words: Words, at: int) -> list[str]:
    """The word that a candidate begins with, and the one before it."""
    before = [f"b={words.form[at - 1]}", f"bt={words.tag[at - 1]}|{words.dep[at - 1]}"] if at else START
    classes = [f"fc={name}" for name in words.classes[at][:2]]
    return [f"f={words.form[at]}", f"fd={words.dep[at]}", *before, *classes]


def _last(words: Words, at: int) -> list[str]:
    """The word that a candidate ends with, and the one after it."""
    return [f"l={words.form[at]}", f"a={words.form[at + 1] if at + 1 < len(words) else '$'}"]


def _kind(words: Words, key: tuple[int, str]) -> list[str]:
    """Which cut of which noun a candidate is."""
    head, cut = key
    classes = [f"kc={cut}|{name}" for name in words.classes[head][:2]]
    return [f"k={cut}", f"kh={cut}|{words.base[head]}", f"kr={cut}|{words.dep[head]}", *classes]


def _whole(words: Words, c: Candidate) -> list[str]:
    """A candidate's words together: what they are, how many, and of what kind at the ends."""
    goes_on = int(c.last + 1 < len(words) and words.iob[c.last + 1] == "I")
    return [
        f"t={' '.join(words.form[c.first : c.last + 1])}",
        f"n={min(c.last - c.first, 5)}",
        f"ft={words.tag[c.first]}|{words.tag[c.last]}",
        f"fe={words.iob[c.first]}{words.ent[c.first]}|{words.ent[c.last]}|{goes_on}",
    ]


def _bucket(number: int) -> int:
    return next((limit for limit in (20, 10, 5, 3) if number >= limit), number)


class _Around:
    """What the report and the sentences around tell: counted once, asked for every sentence."""

    def __init__(self, words: Words) -> None:
        self.sentence_of = [0] * len(words)
        self._marks: list[set[str]] = []
        for number, sentence in enumerate(words.doc.sents):
            first, last = sentence.start, sentence.end
            self._marks.append({mark for marks in words.events[first:last] for mark in marks})
            self.sentence_of[first:last] = [number] * (last - first)
        self.report = list(self._report(len(words)))

    def _report(self, size: int) -> Iterator[str]:
        whole = Counter(mark for marks in self._marks for mark in sorted(marks))
        lead = Counter(mark for marks in self._marks[:5] for mark in sorted(marks))
        yield from (f"D={mark}" for mark, _ in whole.most_common(6))
        yield from (f"L={mark}" for mark, _ in lead.most_common(6))
        attacks, leading = (
            sum(count for mark, count in table.items() if mark.startswith("ASSAULT"))
            for table in (whole, lead)
        )
        yield f"DA={_bucket(attacks)}"
        yield f"DL={_bucket(leading)}"
        yield f"DD={round(40 * attacks / max(4, len(self._marks)))}"
        yield f"DW={size // 150}"

    def of(self, number: int) -> list[str]:
        """Events of a sentence and of the ones beside it, and how far down it stands."""
        here = sorted(self._marks[number])
        near = sorted(set().union(*self._marks[max(0, number - 1) : number + 2]))
        attacks = sum(mark.startswith("ASSAULT") for mark in here)
        return [*(f"S={m}" for m in here), *(f"N={m}" for m in near), f"I={_bucket(number)}", f"SA={attacks}"]
