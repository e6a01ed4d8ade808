"""All attributions of a text before anything is resolved: the tagger's, the rules', or both."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import msgspec
from spacy.tokens import Doc

from standoff.model import Span
from standoff.model import spans as sp
from standoff.read.raw import ATTRIBUTIONS, RawAttribution
from standoff.read.statements import lexicon
from standoff.read.statements.clauses import clause_attributions
from standoff.read.statements.nested import covered, missing, size
from standoff.read.statements.phrases import according_attributions, noun_attributions
from standoff.read.statements.quotes import MARK, Quotation, paragraphs, quotations
from standoff.read.statements.reckonings import completed, figure_attributions, unheard
from standoff.read.statements.repairs import mended
from standoff.read.statements.shouted import shouted_attributions
from standoff.read.statements.speech import speech_attributions
from standoff.read.statements.tokens import Words, whole_source, without_dateline
from standoff.read.statements.trailing import trailing_attributions
from standoff.read.where import dateline

KEPT = "standoff.statements.candidates"
SHRED = 2
FIRST_PERSON = frozenset({"i", "we", "you"})


def candidates(doc: Doc) -> list[RawAttribution]:
    """Attributions in text order; found once for a text and then kept with it."""
    if KEPT not in doc.user_data:
        tagged = doc.user_data.get(ATTRIBUTIONS)
        if tagged is not None:
            tagged = mended(doc, tagged)
        ruled = rule_attributions(doc)
        found = ruled if tagged is None else combined(doc.text, tagged, ruled)
        words = Words.of(doc)
        figures = unheard(found, figure_attributions(words))
        whole = completed([*found, *figures], trailing_attributions(words))
        _, body = dateline(words.text)
        told = [_told_in_body(each, body) for each in whole] if body else whole
        doc.user_data[KEPT] = sorted(told, key=_order) if told != found else found
    kept: list[RawAttribution] = doc.user_data[KEPT]
    return kept


def _told_in_body(made: RawAttribution, body: int) -> RawAttribution:
    """What was said without the dateline that ran into it; ``body`` is where the text proper begins."""
    content = tuple((max(start, body), end) for start, end in made.content if end > body)
    return msgspec.structs.replace(made, content=content) if content else made


def combined(
    text: str, tagged: Sequence[RawAttribution], ruled: Sequence[RawAttribution]
) -> list[RawAttribution]:
    """The tagger's attributions with whole quotations, and those of the rules that it passed over."""
    marks = quotations(text, paragraphs(text))
    by_cue = {start: rule for rule in ruled for start, _ in rule.cue}
    found = [_repaired(text, _helped(text, made, by_cue), marks) for made in tagged if made.content]
    return sorted([*found, *missing(text, found, ruled)], key=_order)


def _helped(text: str, made: RawAttribution, by_cue: dict[int, RawAttribution]) -> RawAttribution:
    """The rules' speaker of the same cue if the tagger has none, their content if its own is in shreds."""
    rule = next((by_cue[at] for span in made.cue for at in range(*span) if at in by_cue), None)
    if rule is None:
        return made
    if not made.source and rule.source and _participle(text, rule):
        made = msgspec.structs.replace(made, source=rule.source)
    return msgspec.structs.replace(made, content=rule.content) if _torn(text, made, rule) else made


def _torn(text: str, made: RawAttribution, rule: RawAttribution) -> bool:
    """Whether a content is in shreds, or in unquoted pieces that are most of what the rules found whole."""
    shreds = [s for s in made.content if not _quoted(text, s) and len(text[slice(*s)].split()) <= SHRED]
    inside = sum(covered(sp.merge(rule.content), s) for s in made.content)
    if len(shreds) > 1:
        return inside > 0.8 * size(made)
    torn = len(made.content) > len(rule.content) and not any(_quoted(text, s) for s in made.content)
    return torn and inside == size(made) and inside > 0.5 * size(rule)


def _participle(text: str, made: RawAttribution) -> bool:
    return text[slice(*made.cue[0])].split()[0].casefold().endswith("ing")


def _repaired(text: str, made: RawAttribution, marks: list[Quotation]) -> RawAttribution:
    return whole_quotes(_at_home(text, made), marks) if made.cue else made


def _at_home(text: str, made: RawAttribution) -> RawAttribution:
    """Without unquoted pieces that stand in another paragraph than the cue, when others are left."""
    cue = made.cue[0]
    kept = tuple(s for s in made.content if _quoted(text, s) or not _parted(text, s, cue))
    return msgspec.structs.replace(made, content=kept) if kept else made


def _quoted(text: str, span: Span) -> bool:
    return MARK.search(text, *span) is not None


def _parted(text: str, one: Span, other: Span) -> bool:
    return "\n\n" in text[min(one[1], other[1]) : max(one[0], other[0])]


def rule_attributions(doc: Doc) -> list[RawAttribution]:
    """What the rules alone find."""
    if not len(doc):
        return []
    words = Words.of(doc)
    marks = quotations(words.text, paragraphs(words.text))
    speech, used = speech_attributions(words, marks)
    rest = shouted_attributions(words)
    rest += according_attributions(words) + clause_attributions(words, used) + noun_attributions(words)
    found = speech + [whole_quotes(made, marks) for made in rest if not _own_words(words.text, made, marks)]
    spoken = [a for a in found if not lexicon.is_silent(words.text, *sp.hull(a.cue))]
    whole = [_whole(words, a) for a in spoken]
    return _without_doubles(sorted(whole, key=_order))


def _whole(words: Words, made: RawAttribution) -> RawAttribution:
    source = tuple(whole_source(words, without_dateline(words.text, span)) for span in made.source)
    return made if source == made.source else msgspec.structs.replace(made, source=source)


def whole_quotes(made: RawAttribution, marks: list[Quotation]) -> RawAttribution:
    """Content widened so that no quotation beside its cue is cut at an edge."""
    cue = sp.hull(made.cue)
    near = [m for m in _around(marks, sp.hull(made.content)) if not m.start <= cue[0] < m.end]
    widened = []
    for start, end in made.content:
        for mark in near:
            if mark.start < end <= mark.end and start <= mark.start + 1:
                start, end = min(start, mark.start), mark.end
            elif mark.start < end < mark.end:
                end = mark.end
            elif mark.start < start < mark.end <= end:
                start = mark.start
        widened.append((start, end))
    return msgspec.structs.replace(made, content=sp.merge(widened))


def _around(marks: list[Quotation], span: Span) -> list[Quotation]:
    first = bisect_left(marks, span[0], key=lambda m: m.end)
    last = bisect_right(marks, span[1], key=lambda m: m.start)
    return marks[first:last]


def _own_words(text: str, made: RawAttribution, marks: list[Quotation]) -> bool:
    """Whether a quoted speaker speaks of his own saying: "I think ..." is no statement beside his."""
    cue = made.cue[0]
    inside = any(m.start <= cue[0] < m.end for m in _around(marks, cue))
    source = "".join(text[s:e] for s, e in made.source).casefold()
    return inside and source in FIRST_PERSON


def _order(made: RawAttribution) -> tuple[int, int]:
    pieces = made.content + made.cue
    return sp.hull(pieces)


def _without_doubles(found: list[RawAttribution]) -> list[RawAttribution]:
    """Of attributions with nearly the same content, the surest."""
    kept: list[RawAttribution] = []
    for made in found:
        rival = next((k for k in reversed(kept[-4:]) if _same(k, made)), None)
        if rival is None:
            kept.append(made)
        elif made.confidence > rival.confidence:
            kept[kept.index(rival)] = made
    return kept


def _same(a: RawAttribution, b: RawAttribution) -> bool:
    shared = sum(sp.overlap(x, y) for x in a.content for y in b.content)
    return shared > 0.8 * max(size(a), size(b))
