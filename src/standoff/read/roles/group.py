"""From scored candidates to participants: one mention a place, and mentions of one participant together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from standoff import vocab
from standoff.read.roles.candidates import Candidate
from standoff.read.roles.model import SLOTS

FLOOR = 0.05
"""Candidates less likely than this are no mention."""
NEAR = 25
"""Tokens between two mentions that grammar may tie together."""
BETWEEN = frozenset({"(", ")", "-", "--", "—", '"', "“", "”", "["})
TIES = frozenset({"compound", "appos", "nmod", "amod"})
SMALL = vocab.words("en/role_words", "small")
_ARTICLE = re.compile(r"^(?:the|a|an|his|her|their|its|some|several|about|at least)\s+")


class Found(NamedTuple):
    """One mention: its comparable words, its candidate and how likely it is."""

    words: str
    candidate: Candidate
    share: float


class Part(NamedTuple):
    """A participant: its slot, best words first, every mention, and how likely it took this part."""

    slot: str
    words: str
    mentions: tuple[Found, ...]
    share: float

    @property
    def best(self) -> Found:
        """The likeliest mention among those that have the participant's words."""
        return max((m for m in self.mentions if m.words == self.words), key=lambda m: m.share)


def plain(words: str) -> str:
    """Lower case, no article, no punctuation, single spaces: the form in which names are compared."""
    return _ARTICLE.sub("", " ".join(re.sub(r"[^\w\s]", " ", words.casefold()).split()))


def parts(doc: Doc, found: Sequence[Candidate], shares: NDArray[np.float32]) -> list[Part]:
    """Every participant with its raw share, slot by slot; thresholds are the caller's."""
    made = []
    for number, slot in enumerate(SLOTS):
        mentions = _mentions(doc, found, shares[:, number + 1])
        made += [_part(slot, group) for group in _joined(doc, slot, mentions)]
    return made


def _mentions(doc: Doc, found: Sequence[Candidate], shares: NDArray[np.float32]) -> list[Found]:
    """The likeliest candidates that do not overlap, in text order."""
    taken: set[int] = set()
    kept = []
    for k in np.argsort(-shares, kind="stable").tolist():
        if shares[k] < FLOOR:
            break
        candidate = found[k]
        span = range(candidate.first, candidate.last + 1)
        words = plain(doc[candidate.first : candidate.last + 1].text)
        if words and taken.isdisjoint(span):
            taken.update(span)
            kept.append(Found(words, candidate, float(shares[k])))
    return sorted(kept, key=lambda m: m.candidate.first)


def _joined(doc: Doc, slot: str, mentions: list[Found]) -> list[list[Found]]:
    """Mentions of one participant together: the same words, tied by grammar, or one name in another."""
    by_words: dict[str, list[Found]] = defaultdict(list)
    for mention in mentions:
        by_words[mention.words].append(mention)
    groups = list(by_words.values())
    if slot in {"people", "perpetrators", "organisation"}:
        groups = _merged(groups, lambda a, b: any(_tied(doc, x, y) for x in a for y in b))
    groups.sort(key=lambda group: -_share(group))
    named = slot in {"organisation", "things"}
    return _merged(groups, lambda a, b: any(_same(x.words, y.words, named) for x in a for y in b))


def _merged(groups: list[list[Found]], same: Callable[[list[Found], list[Found]], bool]) -> list[list[Found]]:
    """Each group put into the first one before it that is the same."""
    kept: list[list[Found]] = []
    for group in groups:
        home = next((each for each in kept if same(each, group)), None)
        if home is None:
            kept.append(list(group))
        else:
            home.extend(group)
    return kept


def _tied(doc: Doc, a: Found, b: Found) -> bool:
    """Title and name, apposition, or a name and what stands in brackets right after it."""
    first, second = sorted((a.candidate, b.candidate), key=lambda c: c.first)
    if second.first - first.first >= NEAR:
        return False
    for x, y in ((first.head, second.head), (second.head, first.head)):
        if doc[x].head.i == y and doc[x].dep_ in TIES:
            return True
    gap = [t.text for t in doc[first.last + 1 : second.first] if not t.is_space]
    return len(gap) <= 2 and all(word in BETWEEN for word in gap)


def _same(a: str, b: str, named: bool) -> bool:
    """Whether two names are one: one's words in the other's, or (names of bodies) its initials."""
    left, right = ([_singular(word) for word in each.split()] for each in (a, b))
    within = set(left) <= set(right) or set(right) <= set(left)
    if named:
        return within or _initials(a) == b.replace(" ", "") or _initials(b) == a.replace(" ", "")
    return within and left[-1] == right[-1]


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 3 else word


def _initials(words: str) -> str:
    return "".join(word[0] for word in words.split() if word not in SMALL)


def _share(group: Sequence[Found]) -> float:
    """How likely at least one of the mentions is right, were they independent."""
    return 1.0 - float(np.prod([1.0 - mention.share for mention in group]))


def _part(slot: str, group: list[Found]) -> Part:
    weight: dict[str, float] = defaultdict(float)
    for mention in group:
        weight[mention.words] += mention.share
    words = max(weight, key=lambda each: (weight[each], each))
    return Part(slot, words, tuple(sorted(group, key=lambda m: m.candidate.first)), _share(group))
