"""Who did it: at whose door the voices of a record lay one incident, and who says that it was not they.

Of most attacks each side names the other, in words that share little: "the work of the militia", "blamed the
rebels", "we had nothing to do with it". Patterns tell whom a passage names, or clears. Two voices stand
against each other where they name two parties that are not known to be of one camp, or the one names whom the
other clears, of one incident: the passage's own, else the one that its report tells of most.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import combinations
from typing import NamedTuple

from standoff.model import BODIES, Mention, Span
from standoff.model.spans import overlap
from standoff.reconcile.accounts import Teller
from standoff.reconcile.answers.akin import against, one_camp
from standoff.reconcile.answers.blame import accusations_in
from standoff.reconcile.answers.deeds import OWN
from standoff.reconcile.answers.near import soon
from standoff.reconcile.answers.opposed import Answer, ask
from standoff.reconcile.answers.passages import Passage, passages_in, tell
from standoff.reconcile.decisions import Decisions
from standoff.reconcile.figures.questions import Open
from standoff.reconcile.matter import pattern as pattern_of
from standoff.reconcile.matter import table
from standoff.reconcile.shelf import Page, Shelf
from standoff.reconcile.wording import answer_words, definite, event_words, phrase, say
from standoff.vocab import Caseless

DAYS = 30
"""Days within which two passages may speak of one incident's doers."""
NAME = re.compile(r"[^\W\d_a-z][\w’'-]*(?: [^\W\d_a-z][\w’'-]*)*")
HEAD = re.compile(r"\s(?:on|in|at|near|from|above|outside|who|which|that|had|has|have)\s", re.IGNORECASE)
"""What stands behind the words that name somebody: "guards at the gate" are guards."""
FOR = re.compile(r"\s(?:for|of)\s", re.IGNORECASE)
OF_EACH = 4
MOST = 120
"""Passages that are compared for one incident."""
DOERS = frozenset({*BODIES, "person", "group", "unknown"})
"""Types of mentions at whose door a deed may be laid."""


@dataclass(frozen=True)
class Laid:
    """A passage that says who did it, or with ``clears`` who did not: ``who`` is a principal, ``incident``
    what it speaks of."""

    passage: Passage
    who: str
    clears: bool
    incident: str


def culprit_questions(shelf: Shelf, teller: Teller, decisions: Decisions) -> list[Open]:
    """Questions of who did it, where two voices name two doers or the one clears whom the other names."""
    by_incident: dict[str, list[Laid]] = defaultdict(list)
    for page in shelf.pages:
        for each in shelf.of_page(page, "culprits", partial(_in_page, shelf, page)):
            by_incident[each.incident].append(each)
    found: list[Open] = []
    for incident, told in sorted(by_incident.items()):
        pairs = _not_asked_elsewhere(shelf, teller, _pairs(shelf, _of_each_voice(told)))
        if pairs:
            found += _asked(shelf, teller, decisions, incident, pairs)
    return found


def _not_asked_elsewhere(
    shelf: Shelf, teller: Teller, pairs: list[tuple[Laid, Laid]]
) -> list[tuple[Laid, Laid]]:
    """Pairs without those of two doers whom two accusations name: of these it is asked who is responsible."""
    asked = {
        frozenset((a.who, b.who))
        for a, b in pairs
        if _accuses(shelf, teller, a) and _accuses(shelf, teller, b)
    }
    return [(a, b) for a, b in pairs if frozenset((a.who, b.who)) not in asked]


def _accuses(shelf: Shelf, teller: Teller, laid: Laid) -> bool:
    """Whether a passage is an accusation, too."""
    said = laid.passage.statement
    accused = accusations_in(shelf, teller, laid.passage.page) if said else []
    return any(each.told.account.statement == said.id for each in accused if said)


def _asked(
    shelf: Shelf, teller: Teller, decisions: Decisions, incident: str, pairs: list[tuple[Laid, Laid]]
) -> list[Open]:
    blocks: dict[str, list[str]] = defaultdict(list)
    laid: dict[str, Laid] = {}
    for a, b in pairs:
        for each in (a, b):
            laid[each.passage.key] = each
            blocks[each.passage.key].append(f"culprit:{a.passage.key}:{b.passage.key}")
    answers = [
        Answer(account, f"{'not ' * each.clears}{each.who}", tuple(blocks[key]))
        for key, each in laid.items()
        if (account := tell(teller, each.passage, _answer(shelf, each), "culprit", only=True))
    ]
    known = shelf.incidents[incident]
    target = next((shelf.name(each) for each in known.targets), None)
    words = say(
        "questions",
        "actor",
        event=event_words(known.type, known.mode),
        on=phrase("on", target=definite(target) if target else None),
        where=phrase("where", place=shelf.place_name(None, known.place)),
        when=phrase("when", when=known.when),
    )
    asked = ask("actor", answers, lambda _: (words, incident), lambda _a, _b: True, decisions)
    return [each for each in asked if each.linked.against]


def _answer(shelf: Shelf, laid: Laid) -> str:
    """Who did it, or who did not, by name."""
    name = shelf.name(laid.who)
    return answer_words("not", answer=name) if laid.clears else name


def _pairs(shelf: Shelf, laid: list[Laid]) -> list[tuple[Laid, Laid]]:
    """Passages of two voices that cannot both be right.

    That two names differ does not tell that two parties do: two who are named are known to be rivals where
    somebody who is named names the other, or where names tell; then others who name them stand with those.
    """
    apart = [(a, b) for a, b in combinations(laid, 2) if against(shelf, a.passage, b.passage)]
    apart = [(a, b) for a, b in apart if not (a.clears and b.clears) and soon(a.passage, b.passage, DAYS)]
    rivals = {
        frozenset((a.who, b.who)) for a, b in apart if not a.clears and not b.clears and _crossed(shelf, a, b)
    }
    named_so = [each for each in laid if not each.clears]
    return [
        (a, b)
        for a, b in apart
        if (
            _meant(shelf, a if a.clears else b, b if a.clears else a, named_so)
            if a.clears or b.clears
            else frozenset((a.who, b.who)) in rivals
        )
    ]


def _meant(shelf: Shelf, cleared: Laid, named: Laid, all_named: list[Laid]) -> bool:
    """Whether who is cleared may be who is named: by their names, or, where nobody names the cleared one so,
    by its clearing itself: nobody does unless somebody lays it at its door."""
    same = one_camp(shelf, cleared.who, named.who)
    if same is not None or cleared.passage.party != cleared.who:
        return same is True
    return not any(one_camp(shelf, cleared.who, each.who) is True for each in all_named)


def _crossed(shelf: Shelf, a: Laid, b: Laid) -> bool:
    """Whether two named parties are known to be two: their names tell, or the one's side names the other."""
    if one_camp(shelf, a.who, b.who) is not None:
        return one_camp(shelf, a.who, b.who) is False
    return any(
        mine.passage.party is not None and one_camp(shelf, mine.passage.party, theirs.who) is True
        for mine, theirs in ((a, b), (b, a))
    )


def _of_each_voice(laid: list[Laid]) -> list[Laid]:
    """The first few that each voice says of each party; so many that no incident grows beyond what its voices
    can say."""
    held: Counter[tuple[object, str, bool]] = Counter()
    kept: list[Laid] = []
    for each in laid:
        key = each.passage.voice, each.who, each.clears
        held[key] += 1
        if held[key] <= OF_EACH and len(kept) < MOST:
            kept.append(each)
    return kept


def _in_page(shelf: Shelf, page: Page) -> list[Laid]:
    passages = [each for each in passages_in(shelf, page) if each.retold is None]
    main = _main_incident(shelf, page) if passages else None
    found = []
    for passage in passages:
        incident = next(iter(sorted(_harmed(shelf, passage))), main)
        if incident is not None and incident in shelf.incidents:
            found += list(_laid(shelf, passage, incident))
    return found


def _harmed(shelf: Shelf, passage: Passage) -> Iterator[str]:
    """Incidents of harm that a passage tells of."""
    for claim in passage.claims:
        incident = shelf.incident(claim.id, claim.incident)
        if incident is not None and claim.type == "ASSAULT" and claim.modality == "actual":
            yield incident


def _main_incident(shelf: Shelf, page: Page) -> str | None:
    """The incident of harm that a report tells of most, the first on a tie."""
    told = [
        incident
        for claim in page.reading.claims
        if claim.type == "ASSAULT" and claim.modality == "actual"
        if (incident := shelf.incident(claim.id, claim.incident))
    ]
    return Counter(told).most_common(1)[0][0] if told else None


def _laid(shelf: Shelf, passage: Passage, incident: str) -> Iterator[Laid]:
    """Who a passage says did it, or did not; the first pattern that finds somebody."""
    for found in _matches(passage):
        if not _of_harm(found, passage.page.text):
            continue
        told = _teller_of(shelf, passage, found.by)
        who = _party_in(shelf, told, found.who) if told is not None else None
        if who is None or told is None or (not found.clears and told.party == who):
            continue
        yield Laid(told, who, found.clears, incident)
        return


@dataclass(frozen=True)
class Found:
    """What a pattern finds: who is named, who says so, and the deed. ``harmful`` says that the pattern has a
    deed."""

    who: Span
    by: Span | None
    deed: str | None
    harmful: bool
    clears: bool


class Opening(NamedTuple):
    """What is sought right before a pattern, and whether it must be there."""

    before: Caseless
    needed: bool


def _of_harm(found: Found, text: str) -> bool:
    """Whether the deed that a pattern names is one of harm, or nobody is blamed "for" any."""
    if not found.harmful:
        return True
    if found.deed:
        return _deed().search(found.deed) is not None
    return FOR.search(text, *found.who) is None


def _matches(passage: Passage) -> Iterator[Found]:
    """What the patterns find in a passage."""
    text, (start, end) = passage.page.text, passage.span
    for cue, pattern, clears in _by_cue():
        if passage.cue and cue.search(passage.cue) and (found := pattern.match(text, start, end)):
            yield _as_found(found, None, clears)
    if pattern_of("culprit", "saying").holds(text, start, end):
        for pattern, opening, clears in _patterns():
            for found in pattern.finditer(text, start, end):
                before = opening.before.search(text, start, found.start()) if opening else None
                if before is not None or opening is None or not opening.needed:
                    yield _as_found(found, before, clears)


def _as_found(found: re.Match[str], before: re.Match[str] | None, clears: bool) -> Found:
    """Both parts of a match as one: what a pattern finds, and what stands before it."""
    parts = [each for each in (found, before) if each is not None]
    spans = {
        name: each.span(name) for each in parts for name, held in each.groupdict().items() if held is not None
    }
    deed = next((each["deed"] for each in parts if "deed" in each.groupdict()), None)
    return Found(
        who=spans.get("who", (found.end(), found.end())),
        by=spans.get("by"),
        deed=deed,
        harmful=any("deed" in each.groupdict() for each in parts),
        clears=clears,
    )


def _teller_of(shelf: Shelf, passage: Passage, by: Span | None) -> Passage | None:
    """The passage as its teller's: a report that tells that somebody blames another is that one's account."""
    if by is None or passage.party is not None:
        return passage if passage.party is not None else None
    mention = _mention_in(passage, by)
    party = _principal(shelf, mention) if mention is not None else None
    if mention is None or party is None:
        return None
    return replace(passage, party=party, speaker=party, retold=mention.party or mention.text)


def _party_in(shelf: Shelf, passage: Passage, span: Span) -> str | None:
    """The principal of the party that words name; of "we" and "its men" that of the speaker's side."""
    words = HEAD.split(passage.page.text[span[0] : span[1]] + " ", maxsplit=1)[0].strip()
    span = span[0], span[0] + max(len(words), 1)
    if OWN.match(words) or words.casefold() in {"", "us"}:
        return passage.party
    mention = _mention_in(passage, span)
    return _called(shelf, words) or (_principal(shelf, mention) if mention is not None else None)


def _called(shelf: Shelf, words: str) -> str | None:
    """The principal of a party that the record knows by a name in these words."""
    known = (party for name in NAME.findall(words) if (party := shelf.party_called(name)) in shelf.parties)
    return next((shelf.principal(each) for each in known), None)


def _mention_in(passage: Passage, span: Span) -> Mention | None:
    """The mention that words hold, a name before a description; none of a place or an outlet."""
    inside = [
        each
        for each in passage.page.reading.mentions
        if overlap((each.start, each.end), span)
        and each.form != "pronoun"
        and each.type in DOERS
        and each.party
    ]
    return min(inside, key=lambda each: (each.form != "name", each.start), default=None)


def _principal(shelf: Shelf, mention: Mention) -> str | None:
    known = shelf.referents.party_of.get(mention.id) or mention.party_id
    return shelf.principal(known or shelf.party_called(mention.party or mention.text))


@cache
def _patterns() -> tuple[tuple[Caseless, Opening | None, bool], ...]:
    """Every pattern, what is sought before it, and whether it says that whom it names did not do it. What
    stands before is sought last: the other way round took a third of all time."""
    words = table("culprit")
    openings = {
        "WHO": Opening(Caseless(words["who"] + r"\s*[\"“]?\s*$"), needed=True),
        "BY": Opening(Caseless(words["by"]), needed=False),
        "DEED": Opening(Caseless(words["deed"]), needed=True),
    }
    found = []
    for key, clears in (("cleared", True), ("named", False)):
        for each in words[key]:
            first, _, rest = each.partition(" ")
            opening = openings.get(first)
            found.append((Caseless(_filled(rest if opening else each)), opening, clears))
    return tuple(found)


def _filled(pattern: str) -> str:
    """A pattern of the vocabulary with what its capitals stand for."""
    words = table("culprit")
    return str(pattern).replace("WHOM", words["whom"]).replace("WHO", words["who"])


@cache
def _by_cue() -> tuple[tuple[Caseless, Caseless, bool], ...]:
    """Patterns of cues with what the words that they bring in must open with; see `_patterns`."""
    words = table("culprit")
    return tuple(
        (
            Caseless(each["cue"]),
            Caseless(_filled(each["words"].removeprefix("^"))),
            clears,
        )
        for key, clears in (("cleared_by", True), ("named_by", False))
        for each in words[key]
    )


@cache
def _deed() -> Caseless:
    """Words for harm done: what somebody must be blamed for."""
    return Caseless(rf"\b(?:{'|'.join(table('culprit')['deeds'])})")
