"""What stand a statement takes, from its cue verb and the shape of what is said."""

from __future__ import annotations

import re
from functools import cache

from standoff.read.statements import lexicon

WORD = re.compile(r"[A-Za-z][A-Za-z'’\-]*")
# A stand the words show only adds to a plain saying; a cue with a stand of its own keeps it.
OPEN = frozenset({"asserts", "confirms", "predicts", "believes", "accuses"})


@cache
def noun_stances() -> dict[str, tuple[str, ...]]:
    """Stances of cue nouns such as denial; verbs that are spelt alike come from the same table."""
    return {word: found for word, found in lexicon.stances().items() if " " not in word}


def cue_lemmas(cue: str) -> list[str]:
    """Cue verbs and nouns in a cue's words, each followed by its preposition when it has one."""
    words = [m.group().casefold() for m in WORD.finditer(cue)]
    found: list[str] = []
    for index, word in enumerate(words):
        lemma = lexicon.forms().get(word) or _known(word)
        if lemma is None:
            continue
        after = words[index + 1] if index + 1 < len(words) else ""
        if f"{lemma} {after}" in lexicon.stances():
            found.append(f"{lemma} {after}")
        found.append(lemma)
    return found


def _known(word: str) -> str | None:
    for form in (
        word,
        word.removesuffix("s"),
        word.removesuffix("ed"),
        word.removesuffix("d"),
        word.removesuffix("ing"),
    ):
        if form in noun_stances():
            return form
    return None


def stance(cue: str, content: str, after: str = "", head: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Stands in order: the cue's, then what the content's shape adds. ``after`` is the text behind the cue,
    ``head`` the stands of the statement a participle belongs to."""
    table = lexicon.stances()
    found: list[str] = []
    for lemma in _with_particle(cue_lemmas(cue), after):
        for name in table.get(lemma, ()):
            if name not in found:
                found.append(name)
    if negated(cue):
        found = [OPPOSITE[name] for name in found if name in OPPOSITE]
    strong = [name for name in found if name != "asserts"]
    found = strong or [name for name in head if name != "asserts"] or ["asserts"]
    if set(found) <= OPEN:
        for name, pattern in lexicon.shapes():
            if name == "predicts" and "commits" in found:
                continue
            if pattern.search(content) and name not in found:
                found.append(name)
    if (
        found[0] == "asserts"
        and len(found) > 1
        and found[1] in {"rejects", "endorses", "denies", "accuses", "demands"}
    ):
        found = found[1:]
    return tuple(found)


OPPOSITE = {
    "endorses": "rejects",
    "confirms": "denies",
    "rejects": "endorses",
    "denies": "confirms",
    "believes": "doubts",
    "commits": "rejects",
}


def negated(cue: str) -> bool:
    """Whether the cue is denied: "did not accept"."""
    return re.search(r"\b(?:not|never)\b|n['’]t\b", cue, re.IGNORECASE) is not None


def _with_particle(lemmas: list[str], after: str) -> list[str]:
    first = WORD.match(after.lstrip())
    particle = first.group().casefold() if first else ""
    extra = [f"{lemma} {particle}" for lemma in lemmas if f"{lemma} {particle}" in lexicon.stances()]
    return extra + lemmas


def accuses_another(content: str, cue: str, names: list[str], speaker: str | None) -> bool:
    """Whether a claim is about what another named party does: "claimed the army was preventing ..."."""
    if not any(lemma in {"claim", "allege", "charge"} for lemma in cue_lemmas(cue)):
        return False
    return any(name and name != speaker for name in names)
