"""What is seen of a candidate: its words, its place in the sentence's grammar, and the report around it.

A feature is a short string such as ``e=nsubj|ASSAULT/abduct`` ("subject of a word of abduction"). Names
show only what kind of name they are: whoever is called what is never learnt, so that swapping two
parties' names changes nothing but names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import simplemma
from spacy.tokens import Doc, Token

from standoff.read.event_words import Classes, classes, noun_senses, verb_senses
from standoff.read.roles.candidates import Candidate

CLASSES = tuple(Classes.__struct_fields__)
NAMES = frozenset(
    {
        "PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "LANGUAGE",
    }
)  # fmt: skip
FIGURES = frozenset({"DATE", "CARDINAL", "TIME", "MONEY", "QUANTITY", "PERCENT", "ORDINAL"})
TOLD = ("e=", "e2", "rc", "g=")
"""Kinds of a mention's features that count for every other mention of the same noun."""


class Seen(NamedTuple):
    """Features in three layers: of the whole report, by head token, and by candidate."""

    report: list[str]
    heads: dict[int, list[str]]
    cuts: list[list[str]]


def features(doc: Doc, found: Sequence[Candidate]) -> Seen:
    """The features of every candidate; a candidate has those of the report, its head's, and its own."""
    around = _Around(doc)
    tokens = list(doc)  # spaCy makes a token anew at every look
    forms = [form(token) for token in tokens]
    own = {head: _head(tokens[head], forms) for head in dict.fromkeys(c.head for c in found)}
    told: dict[str, Counter[str]] = defaultdict(Counter)
    first: dict[str, int] = {}
    for head, seen in own.items():
        noun = tokens[head].lemma_.lower()
        told[noun].update(each for each in seen if each[:2] in TOLD)
        first.setdefault(noun, around.sentence_of[head])
    heads = {}
    for head, seen in own.items():
        noun = tokens[head].lemma_.lower()
        elsewhere = [f"T{each}" for each, _ in told[noun].most_common(12)]
        heads[head] = [*seen, *around.of(head), *elsewhere, f"TF={_bucket(first[noun])}"]
    return Seen(around.report, heads, [_cut(tokens, c, forms) for c in found])


@cache
def word_classes(word: str) -> tuple[str, ...]:
    """The noun classes of the event lexicon that hold a lower-case word."""
    table = classes()
    return tuple(name for name in CLASSES if word in getattr(table, name))


@cache
def _events(word: str, verb: bool) -> tuple[str, ...]:
    senses = (verb_senses() if verb else noun_senses()).get(word, ())
    return tuple(dict.fromkeys(f"{s.type}/{s.mode}" for s in senses if not s.rest or not verb))[:2]


def events(token: Token) -> tuple[str, ...]:
    """PLOVER types and modes that a token may carry, at most two ("ASSAULT/abduct")."""
    return _events(token.lower_, token.pos_ in {"VERB", "AUX"})


@cache
def _common(word: str) -> bool:
    return (word.isalpha() and simplemma.is_known(word, lang="en")) or bool(word_classes(word))


def form(token: Token, lemma: bool = False) -> str:
    """A token's word or lemma; a name or figure shows only its kind."""
    word, kind = token.lower_, token.ent_type_
    if kind in FIGURES or (kind in NAMES and not word_classes(word)):
        return f"<{kind}>"
    if not kind and token.pos_ == "PROPN" and not _common(word):
        return "<name>"
    return token.lemma_.lower() if lemma and not kind else word


def seat(head: Token) -> tuple[str, Token, list[str]]:
    """How a noun hangs on what governs it: relation or preposition, governor, and steps on the way."""
    steps: list[str] = []
    token = head
    for _ in range(6):
        relation, above = token.dep_, token.head
        if above.i == token.i:
            return "root", token, steps
        if relation in {"conj", "appos"}:
            steps.append(relation)
            token = above
        elif relation == "pobj":
            return above.lower_, above.head, steps
        elif relation in {"compound", "nmod", "amod"}:
            return "mod", above, [*steps, "in"]
        else:
            return relation, above, steps
    return "deep", token, steps


def _head(head: Token, forms: Sequence[str]) -> list[str]:
    """A noun's word, seat, modifiers, the governor's other participants, and the words beside it."""
    relation, governor, steps = seat(head)
    found = [f"h={form(head, True)}", f"ne={head.ent_type_}", f"pos={head.tag_}", f"r={relation}"]
    found += [f"s={step}" for step in steps[:2]]
    found.append(f"g={relation}|{form(governor, True)}")
    marks = events(governor)
    found += [f"e={relation}|{mark}" for mark in marks]
    for name in word_classes(head.lower_):
        found += [f"c={name}", f"cr={name}|{relation}", *(f"ce={name}|{relation}|{mark}" for mark in marks)]
    if governor.head.i != governor.i:
        above, top, _ = seat(governor)
        found.append(f"g2={relation}|{governor.pos_}|{above}|{form(top, True)}")
        found += [f"e2={relation}|{above}|{mark}" for mark in events(top)]
    for child in head.children:
        found += _below(child)
    for child in governor.children:
        if child.i != head.i:
            found += _beside(child, relation)
    at = head.i
    for step in (1, 2, 3):
        if at >= step:
            found.append(f"w-{min(step, 2)}={forms[at - step]}")
        if at + step < len(forms):
            found.append(f"w+{min(step, 2)}={forms[at + step]}")
    return found


def _below(child: Token) -> Iterator[str]:
    """What a child of the noun tells of it."""
    kind = child.dep_
    if kind in {"relcl", "acl"}:
        yield from (f"rc={mark}" for mark in events(child))
        yield f"rcl={form(child, True)}"
    elif kind in {"compound", "amod", "nmod"}:
        yield f"m={form(child)}"
    elif kind == "prep":
        yield from (f"p={child.lower_}|{form(noun, True)}" for noun in child.children)
    elif kind in {"nummod", "det", "poss"}:
        yield f"d={kind}"
    elif kind == "appos":
        yield "ap"
        yield from (f"ap={name}" for name in word_classes(child.lower_))


def _beside(child: Token, relation: str) -> Iterator[str]:
    """What another child of the governor tells of the noun."""
    kind = child.dep_
    if kind in {"nsubj", "nsubjpass", "dobj"}:
        yield from (f"sib={relation}|{kind}|{mark}" for mark in _marks(child))
    elif kind in {"agent", "prep"}:
        word = child.lower_
        yield from (f"sibp={relation}|{word}|{mark}" for noun in child.children for mark in _marks(noun))
    elif kind in {"neg", "aux"}:
        yield f"gx={kind}|{child.lower_}"


def _marks(token: Token) -> tuple[str, ...]:
    return (*word_classes(token.lower_)[:2], *events(token))


def _cut(doc: Sequence[Token], c: Candidate, forms: Sequence[str]) -> list[str]:
    """The words at a candidate's ends and beside them, and which cut it is."""
    first, last, head = doc[c.first], doc[c.last], doc[c.head]
    before = doc[c.first - 1] if c.first else None
    after = doc[c.last + 1] if c.last + 1 < len(doc) else None
    goes_on = int(after is not None and after.ent_iob_ == "I")
    return [
        f"k={c.cut}",
        f"f={forms[c.first]}",
        f"l={forms[c.last]}",
        f"t={' '.join(forms[c.first : c.last + 1])}",
        f"n={min(c.last - c.first, 5)}",
        f"b={forms[c.first - 1] if c.first else '^'}",
        f"a={forms[c.last + 1] if after is not None else '$'}",
        f"kh={c.cut}|{form(head, True)}",
        f"ft={first.tag_}|{last.tag_}",
        f"fe={first.ent_iob_}{first.ent_type_}|{last.ent_type_}|{goes_on}",
        f"bt={before.tag_}|{before.dep_}" if before is not None else "bt=^",
        f"fd={first.dep_}",
        f"kr={c.cut}|{head.dep_}",
        *(f"kc={c.cut}|{name}" for name in word_classes(head.lower_)[:2]),
        *(f"fc={name}" for name in word_classes(first.lower_)[:2]),
    ]


def _bucket(number: int) -> int:
    return next((limit for limit in (20, 10, 5, 3) if number >= limit), number)


class _Around:
    """What the report and the sentences around tell: counted once, asked for every noun."""

    def __init__(self, doc: Doc) -> None:
        self.sentence_of = [0] * len(doc)
        self._marks: list[set[str]] = []
        for number, sentence in enumerate(doc.sents):
            self._marks.append({mark for token in sentence for mark in events(token)})
            self.sentence_of[sentence.start : sentence.end] = [number] * len(sentence)
        self.report = list(self._report(len(doc)))

    def _report(self, words: int) -> Iterator[str]:
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
        yield f"DW={words // 150}"

    def of(self, at: int) -> Iterator[str]:
        """Events of the noun's sentence and the ones beside it, and how far down it stands."""
        number = self.sentence_of[at]
        here = self._marks[number]
        near = set().union(*self._marks[max(0, number - 1) : number + 2])
        yield from (f"S={mark}" for mark in sorted(here))
        yield from (f"N={mark}" for mark in sorted(near))
        yield f"I={_bucket(number)}"
        yield f"SA={sum(mark.startswith('ASSAULT') for mark in here)}"
