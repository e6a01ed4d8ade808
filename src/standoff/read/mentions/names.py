"""Names: what the recogniser marks as person, organisation, people or state, and titled names it misses."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from operator import itemgetter

from spacy.tokens import Doc, Span, Token

from standoff.model import Place
from standoff.read.mentions import words
from standoff.read.mentions.found import Found
from standoff.read.statements.tokens import abbreviates

LABELS = {
    "PERSON": "person",
    "ORG": "organisation",
    "NORP": "population",
    "GPE": "state",
    "FAC": "organisation",
}
MISTAKEN = frozenset({"PERSON", "ORG", "FAC"})
"""Labels that a recogniser gives to places that it does not know."""
AT = frozenset(
    [
        "in",
        "at",
        "near",
        "from",
        "to",
        "across",
        "outside",
        "inside",
        "around",
        "into",
        "through",
        "toward",
        "towards",
        "of",
        "over",
    ]
)
OF = frozenset({"of", "for"})
HOPS = 2
"""How many times "of" or "for" may stand between a name and its head."""
WALL = frozenset({",", ".", ";", ":", "(", ")", '"', "“", "”", "—", "–", "-"})


def names(doc: Doc, places: Iterable[Place] = ()) -> list[Found]:
    """Named mentions in text order, each token in one at most.

    What the recogniser has for a person or a body and ``places`` for a place is named as places are: where
    the place is one nobody knows, not at all.
    """
    ents = _entities(doc, places)
    label = _voted(ents)
    family = _family(doc, ents, label)
    found: list[Found] = []
    covered: set[int] = set()
    for ent, own in ents:
        kind = "PERSON" if ent.text in family else label.get(words.plain(ent.text))
        kind = own if own == "GPE" and kind in MISTAKEN else kind
        if kind is None or own not in LABELS:
            continue
        made = _named(doc, ent.start, ent.end - 1, kind)
        if made is not None and covered.isdisjoint(range(made.first, made.last + 1)):
            covered.update(range(made.first, made.last + 1))
            found.append(made)
    for made in _titled(doc, covered) + _brackets(doc, found, covered):
        if covered.isdisjoint(range(made.first, made.last + 1)):
            covered.update(range(made.first, made.last + 1))
            found.append(made)
    found += _surnames(doc, found, covered)
    return sorted(found, key=lambda m: m.start)


def _entities(doc: Doc, places: Iterable[Place]) -> list[tuple[Span, str]]:
    """The recogniser's names and their labels, put right by ``places``; without places that nobody knows."""
    spots = sorted((place.start, place.end, place.lat is not None) for place in places)
    out = []
    for ent in doc.ents:
        label = ent.label_
        if label in MISTAKEN and spots:
            first, last = _shaved(doc, ent.start, ent.end - 1)
            begin, end = (
                (doc[first].idx, _end(doc, last)) if first <= last else (ent.start_char, ent.end_char)
            )
            at = bisect_right(spots, begin, key=itemgetter(0)) - 1
            if at >= 0 and end <= spots[at][1]:
                if not spots[at][2]:
                    continue
                label = "GPE"
        out.append((ent, label))
    return out


def _voted(ents: list[tuple[Span, str]]) -> dict[str, str]:
    """The label that each name gets most often: recognisers waver from one sentence to the next."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for ent, label in ents:
        votes[words.plain(ent.text)][label] += 1
    chosen = {}
    for key, counts in votes.items():
        best = max(sorted(counts), key=lambda name: counts[name])
        if best in LABELS:
            chosen[key] = best
    return chosen


def _family(doc: Doc, ents: list[tuple[Span, str]], label: dict[str, str]) -> set[str]:
    """Last names of persons named in full: alone they are persons too, whatever the recogniser says."""
    found = set()
    for ent, _ in ents:
        first, last = _shaved(doc, ent.start, ent.end - 1)
        if (
            last > first
            and label.get(words.plain(ent.text)) == "PERSON"
            and words.state_of(doc[last].text) is None
        ):
            found.add(doc[last].text)
    return found


def _named(doc: Doc, first: int, last: int, label: str) -> Found | None:
    first, last = _shaved(doc, first, last)
    if (
        first > last
        or _is_title(doc[last])
        or any(t.pos_ == "AUX" or "\n" in t.text for t in doc[first : last + 1])
    ):
        return None
    if label == "PERSON":
        last = _whole(doc, last)
    elif label in {"ORG", "FAC", "NORP"}:
        first = _from_head(doc, first)
    text = _text(doc, first, last)
    kind = _kind(text, label, doc, last)
    if kind is None or _setting(doc, first, last, kind):
        return None
    made = Found(first, last, doc[first].idx, _end(doc, last), text, "name", kind, head=doc[last].lower_)
    made.plural = kind == "population"
    if kind == "person":
        _take_title(doc, made)
        return made if made.first <= made.last else None
    if kind != "state" and not any(c.isupper() for c in made.text):
        return None
    return made


def _shaved(doc: Doc, first: int, last: int) -> tuple[int, int]:
    """Without article, possessive mark and punctuation at the edges."""
    while first <= last and (doc[first].is_space or doc[first].is_punct or _article(doc[first])):
        first += 1
    while first <= last and (doc[last].is_space or doc[last].is_punct or doc[last].tag_ == "POS"):
        last -= 1
    return first, last


def _from_head(doc: Doc, first: int) -> int:
    """A body's name from its head on, which the recogniser may leave out: "Front for the Rights of All"."""
    at, begin = first, first
    for _ in range(HOPS):
        tie = at if doc[at].lower_ in OF else at - 1
        while tie > 0 and doc[tie].lower_ == "the":
            tie -= 1
        if tie < 1 or doc[tie].lower_ not in OF or not doc[tie - 1].text[0].isupper():
            break
        at = tie - 1
        if doc[at].lower_ in words.people("bodies"):
            begin = at
            while begin > 0 and doc[begin - 1].pos_ == "PROPN" and doc[begin - 1].text[0].isupper():
                begin -= 1
            return begin
    return first


def _whole(doc: Doc, last: int) -> int:
    """A person's name to the end of its capitalised run, where the recogniser cut it short."""
    while last + 1 < len(doc) and doc[last + 1].pos_ == "PROPN" and doc[last + 1].ent_type_ != "GPE":
        follower = doc[last + 1]
        if not follower.text[0].isupper() or follower.is_upper != doc[last].is_upper or _is_title(follower):
            break
        last += 1
    return last


def _article(token: Token) -> bool:
    return token.lower_ in {"the", "a", "an"}


def _text(doc: Doc, first: int, last: int) -> str:
    return str(doc[first : last + 1].text)


def _end(doc: Doc, last: int) -> int:
    return doc[last].idx + len(doc[last])


def _kind(text: str, label: str, doc: Doc, last: int) -> str | None:
    if words.plain(text) in words.media("names") or words.plain(text).split(" ")[-1] in words.media(
        "name_ends"
    ):
        return (
            "media"
            if label in {"ORG", "GPE", "FAC", "NORP"} or words.plain(text) in words.media("names")
            else "person"
        )
    state = words.state_of(text)
    if state is not None:
        if words.plain(text) == words.plain(state) or label == "GPE":
            return "state"
        return (
            "population"
            if label == "NORP" and _stands_alone(doc, last)
            else ("state" if label != "NORP" else None)
        )
    follower = doc[last + 1].lower_ if last + 1 < len(doc) else ""
    if label in {"ORG", "NORP", "GPE"} and follower in words.people("armed_names"):
        return "armed_group"
    if label == "NORP" and not _stands_alone(doc, last):
        return None
    return LABELS[label]


def _stands_alone(doc: Doc, last: int) -> bool:
    token = doc[last]
    if last + 1 < len(doc) and doc[last + 1].text == "-":
        return False
    return token.dep_ not in {"amod", "compound", "nmod"} or token.head.i <= last


def _setting(doc: Doc, first: int, last: int, kind: str) -> bool:
    """Whether a state or place is only where something happens."""
    if kind != "state":
        return False
    token = doc[last]
    if token.dep_ == "pobj" and token.head.lower_ in AT:
        return True
    if token.dep_ in {"compound", "nmod", "amod", "npadvmod"} and token.head.i > last:
        return True
    return words.state_of(_text(doc, first, last)) is None and token.dep_ not in {
        "nsubj",
        "agent",
        "poss",
    }


def _take_title(doc: Doc, made: Found) -> None:
    """Move titles from the front of a person's name, and the words before it, into ``title``."""
    while made.first < made.last and _is_title(doc[made.first]):
        made.first += 1
    made.start, made.text = doc[made.first].idx, _text(doc, made.first, made.last)
    left = made.first
    while left > 0 and (_in_title(doc[left - 1], made) or abbreviates(doc[left - 1])):
        left -= 1
    if left < made.first:
        made.title, made.title_first = _text(doc, left, made.first - 1), left
        made.gender = _gender(made.title)
    made.head = doc[made.last].lower_


def _is_title(token: Token) -> bool:
    return token.lower_.strip(".") in words.people("titles")


def _in_title(token: Token, made: Found) -> bool:
    key = token.lower_.strip(".")
    if token.text in WALL and token.text != "-":
        return False
    if token.is_space:
        return False
    if key in words.people("titles") or key in words.people("services") or key in words.people("roles"):
        return True
    if words.state_of(token.text) is not None:
        return True
    # The rest of the same noun phrase: "coalition spokesman", "Health Ministry".
    return (
        token.dep_ in {"compound", "nmod", "amod", "poss", "case"}
        and made.first <= token.head.i <= made.last + 1
    )


def _gender(title: str) -> str | None:
    keys = {word.strip(".").casefold() for word in title.split()}
    if keys & words.people("female_titles"):
        return "female"
    return "male" if keys & words.people("male_titles") else None


def _titled(doc: Doc, covered: set[int]) -> list[Found]:
    """A title and capitalised words after it: "Brig. Gen. X Y"."""
    found = []
    size, free = len(doc), 0
    for index in [token.i for token in doc[: size - 1] if _is_title(token) and token.text[0].isupper()]:
        after = index + 2 if abbreviates(doc[index + 1]) and index + 2 < size else index + 1
        if index < free or index in covered or not _namelike(doc[after]):
            continue
        first = last = after
        while last + 1 < size and last - first < 3 and _namelike(doc[last + 1]) and last + 1 not in covered:
            last += 1
        if first not in covered:
            made = Found(
                first, last, doc[first].idx, _end(doc, last), _text(doc, first, last), "name", "person"
            )
            made.confidence = 0.8
            _take_title(doc, made)
            found.append(made)
        free = last + 1
    return found


def _namelike(token: Token) -> bool:
    if not token.text[0].isupper() or not token.text[-1].isalnum() or _is_title(token):
        return False
    if token.is_upper and len(token) > 1:
        return token.pos_ == "PROPN" and not token.is_stop and token.lower_ not in _sayings()
    return token.pos_ in {"PROPN", "NOUN", "ADJ", "X"} and not token.is_stop


def _sayings() -> frozenset[str]:
    return frozenset({"said", "says", "told", "added", "wrote", "tweeted", "announced", "stated", "reported"})


def _brackets(doc: Doc, found: list[Found], covered: set[int]) -> list[Found]:
    """Acronyms that follow a name in brackets."""
    made = []
    for name in found:
        at = name.last + 2
        if name.type in {"person", "state"} or at + 1 >= len(doc) or doc[at - 1].text != "(" or at in covered:
            continue
        if doc[at + 1].text == ")" and doc[at].is_upper and doc[at].is_alpha and 2 <= len(doc[at]) <= 8:
            made.append(
                Found(
                    at, at, doc[at].idx, _end(doc, at), doc[at].text, "name", name.type, head=doc[at].lower_
                )
            )
    return made


def _surnames(doc: Doc, found: list[Found], covered: set[int]) -> list[Found]:
    """Surnames of persons named in full elsewhere that the recogniser passed over."""
    known = {doc[m.last].text for m in found if m.type == "person" and m.last > m.first}
    made = []
    for token in doc if known else ():
        if token.i not in covered and token.text in known and token.pos_ in {"PROPN", "NOUN"}:
            name = Found(
                token.i,
                token.i,
                token.idx,
                _end(doc, token.i),
                token.text,
                "name",
                "person",
                head=token.lower_,
            )
            _take_title(doc, name)
            made.append(name)
    return made
