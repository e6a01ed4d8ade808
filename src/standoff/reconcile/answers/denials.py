"""Denials: what a source says is untrue, not done or not so, and whose words it denies.

Four kinds, from the plainest: a word of denying ("denied that ..."); what somebody said thrown out or
disowned ("rejected the allegations by ..."); a verdict on it ("a fabrication"); a negated telling ("we hit
no civilians"). "Could neither confirm nor deny" and "did not comment" are none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from standoff.reconcile.answers.near import Meeting
from standoff.reconcile.answers.passages import Passage, once, once_in_page
from standoff.reconcile.matter import NOTION, WORD, clause_around, pattern, stems, table
from standoff.vocab import Caseless

SHORT = 16
"""A verdict says all that a sentence of at most so many words says."""
HEAD = 3
"""So many telling words after a negation say what is negated."""
EARLY = 6
"""A negation after more words of its clause says little of the whole."""
FEW = 2
"""With fewer words of its own, a denial says only that something said is untrue."""
OPENING = 70
"""How far into a content, in code points, its object is looked for."""
SETTLED = frozenset({"ASSAULT", "COERCE", "STATE", "MOVE", "RETREAT", "AID", "MOBILIZE", "PROTEST", "AGREE"})
HARM = frozenset({"ASSAULT", "COERCE"})
GRAVE = frozenset(NOTION + each for each in ("kill", "strike", "burn", "rape", "torture", "hold"))
"""What a report that speaks for a side lays at the other's door by telling of it."""
CHANGING = frozenset({"MOVE", "RETREAT", "AID", "COERCE", "MOBILIZE", "CONSULT", "AGREE"})
"""Of these a later telling may tell of a later state."""


@dataclass(frozen=True)
class Denial:
    """A passage that denies. ``bare`` says that it only judges what another said; ``of`` the principals
    whose words it throws out, where it names them; ``sure`` that a word of denying says so; ``disowns`` its
    own official."""

    passage: Passage
    bare: bool
    of: frozenset[str]
    sure: bool
    disowns: bool
    words: frozenset[str]
    clause: str
    head: frozenset[str] = frozenset()

    @property
    def points(self) -> bool:
        """Whether it says only "a charge denied by X", of the charge that stands before it."""
        return self.passage.retold is not None and not self.passage.content


@once_in_page
def find_denial(passage: Passage) -> Denial | None:
    """The denial that a source's passage is, if it is one."""
    if passage.party is None and passage.statement is None:
        return None
    text, cue = passage.content, passage.cue
    if passage.retold:
        silent = pattern("denial", "silent").search(text)
        rejects = pattern("denial", "verbs").search(cue) or _throws_out(cue, text)
        return _made(passage, sure=True) if rejects and not silent else None
    whole = f"{cue} {text}"
    if pattern("denial", "silent").search(whole):
        return None
    if pattern("denial", "verbs").search(cue) and not pattern("denial", "negation").search(cue):
        return _made(passage, sure=True)
    if _throws_out(cue, text) or pattern("denial", "disowning").search(whole):
        return _made(passage, sure=True)
    if pattern("denial", "short").search(text):
        return Denial(passage, True, frozenset(), True, False, frozenset(), text)
    if _judges(passage, whole):
        return _made(passage, sure=True)
    return _plainly_negated(passage)


def _plainly_negated(passage: Passage) -> Denial | None:
    words, clause = _negated(passage)
    if not words:
        return None
    found = pattern("denial", "negation").search(clause)
    after = clause[found.end() :] if found else clause
    first = [each for word in WORD.findall(after) if (each := stems(word))][:HEAD]
    return Denial(passage, False, frozenset(), False, False, words, clause, frozenset().union(*first))


def _throws_out(cue: str, text: str) -> bool:
    if not pattern("denial", "rejecting").search(cue) or pattern("denial", "negation").search(cue):
        return False
    opening = f"{cue} {text[:OPENING]}"
    if pattern("denial", "verdicts").search(opening):
        return True
    rejects = [m.group().casefold() for m in pattern("denial", "rejecting").finditer(cue)]
    plain = all(each.startswith(("call", "label", "brand", "describ", "term")) for each in rejects)
    return not plain and pattern("denial", "said").search(opening) is not None


def _judges(passage: Passage, whole: str) -> bool:
    """Whether a verdict is passed on something said, in a sentence that says little else."""
    return len(passage.text.split()) <= SHORT and _verdict().search(whole) is not None


@cache
def _verdict() -> Caseless:
    """Words that judge what was said, with a verdict right behind them."""
    return Caseless(table("denial")["judged"] + table("denial")["verdicts"])


def _negated(passage: Passage) -> tuple[frozenset[str], str]:
    """Stems and clause of what a passage tells was not so, of what can be settled; none where it tells
    nothing of the kind."""
    text = passage.text
    found = pattern("denial", "negation").search(text)
    if found is None or pattern("denial", "apart").search(text) or RELATIVE.search(text, 0, found.start()):
        return frozenset(), ""
    start, end = clause_around(text, found.span())
    if pattern("denial", "unsettled").search(text, start, end):
        return frozenset(), ""
    denied = [c for c in passage.claims if c.polarity == "denied" and c.modality == "actual"]
    early = len(text[start : found.start()].split()) <= EARLY and start <= OPENING
    if not early and not {c.type for c in denied} & SETTLED:
        return frozenset(), ""
    return stems(text[start:end]) & passage.words, text[start:end]


AUX = r"(?:did|do|does|had|has|have|was|were|could|would)"
RELATIVE = Caseless(rf"\b(?:(?:who|which)\s+(?:{AUX}\s*)?|that\s+{AUX}\s*)$")
"""Before a negation that only says who somebody is: "a man who did not live to see it"."""


def _made(passage: Passage, *, sure: bool) -> Denial:
    text = passage.content
    disowns = pattern("denial", "disowning").search(f"{passage.cue} {text}") is not None
    own = stems(pattern("denial", "verdicts").sub(" ", pattern("denial", "said").sub(" ", text)))
    plain = [each for each in own & passage.words if not each.startswith(NOTION)]
    other = passage.named - {passage.party} if passage.party else passage.named
    authored = pattern("denial", "said").search(text[:OPENING]) is not None
    by = AUTHOR.search(text[:OPENING]) is not None
    return Denial(
        passage,
        bare=disowns or len(plain) < FEW or (authored and by),
        of=frozenset(other) if by or disowns else frozenset(),
        sure=sure,
        disowns=disowns,
        words=own & passage.words,
        clause=text,
    )


AUTHOR = pattern("denial", "authored")


@once
def charges(passage: Passage) -> bool:
    """Whether a passage lays something at somebody's door or tells of harm."""
    if "accuses" in passage.stance or pattern("denial", "charging").search(passage.cue):
        return True
    told = [c for c in passage.claims if c.polarity == "affirmed" and c.modality == "actual"]
    if any(c.type in HARM | {"ACCUSE"} or c.mode == "harm" for c in told):
        return True
    return passage.partisan and passage.statement is None and bool(passage.words & GRAVE)


def score(denial: Denial, met: Meeting, accused: bool, cover: float) -> float:
    """How surely a passage is what a denial denies; 0 where it cannot be. ``cover`` is what both share, as a
    part of what the less telling of them says. Compare with `NEEDED`."""
    if met.words + met.notions == 0:
        return 0.0
    if denial.sure and not (met.words > 1 or met.notions or met.types or met.incident):
        return 0.0
    one_place = met.places and met.notions > 0  # "did not fire at Zarim" and "fired at a post near Zarim"
    if not denial.sure and not (met.words > 1 or met.types or (met.words and (met.next or one_place))):
        return 0.0
    found = min(met.words, 3) + 0.7 * min(met.notions, 2) + cover
    found += 0.4 * min(met.around, 2)
    blamed = accused or _same_doer(denial, met)
    found += 1.5 * met.incident + 0.5 * met.places + 0.8 * met.beside + 0.5 * met.types + 0.8 * blamed
    if denial.sure:
        return found
    tied = met.beside or met.incident or met.places or accused or cover >= COVERED
    return found if tied and (met.words or met.notions > 1) else 0.0


def _same_doer(denial: Denial, met: Meeting) -> bool:
    """Whether a negated telling and a telling of harm at one place name one and the same party."""
    mine = denial.passage
    return (
        not denial.sure and met.places and bool(met.other.types & HARM) and bool(mine.named & met.other.named)
    )


COVERED = 0.35
NEEDED = {True: 2.6, False: 3.4}
"""Least score by whether a word of denying says that it is a denial."""
