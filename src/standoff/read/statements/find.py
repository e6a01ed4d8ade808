"""Statements of a report: attributions resolved to parties, channels, relays, dates and stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
from spacy.tokens import Doc

from standoff.model import Context, Mention, Span, Spans, Statement, Time, Via, annotation_id, text_sha256
from standoff.model import spans as sp
from standoff.read.raw import RawAttribution
from standoff.read.statements import circumstances, lexicon, own
from standoff.read.statements.candidates import candidates
from standoff.read.statements.joining import joined
from standoff.read.statements.kind import kind_of
from standoff.read.statements.occasion import carried
from standoff.read.statements.own import Repeats, own_content
from standoff.read.statements.party import Speaker, Speakers
from standoff.read.statements.quotes import MARK
from standoff.read.statements.sentence import around
from standoff.read.statements.stance import accuses_another, cue_lemmas, stance

PAPER_BY = re.compile(
    r"\b(?:in|through|via|according to) (?:a|an|the) "
    r"(?:(?:joint|written|short|brief|new|recent|official|separate|\w+ed) )*"
    r"(?P<who>[\w.\-]+(?: [\w.\-]+){0,3}?)(?:['’]s?)? "
    r"(?:statement|communiqu[eé]|press release|letter|report|tweet)\b",
    re.IGNORECASE,
)


def find_statements(
    doc: Doc, context: Context, mentions: Sequence[Mention], times: Sequence[Time]
) -> list[Statement]:
    """Statements in text order; the report's own voice comes last, and there is always exactly one."""
    text = doc.text
    digest = context.text_sha256 or text_sha256(text)
    speakers = Speakers(doc, mentions)
    drafts = joined(text, [a for a in candidates(doc) if a.content], speakers)
    dates = sorted((t for t in times if t.edtf), key=lambda t: t.start)
    starts = [t.start for t in dates]
    repeats = Repeats(text)
    found = [
        _statement(text, digest, draft.made, draft.extra, draft.via, speakers, dates, starts, repeats)
        for draft in drafts
    ]
    found = _nested(text, carried(text, _once(text, found)))
    rest = own_content(text, [s for each in found for s in each.content])
    report = Statement(id=annotation_id("statement", digest, rest, "report"), voice="report", content=rest)
    return [*found, report]


def _statement(
    text: str,
    digest: str,
    made: RawAttribution,
    extra: Spans,
    relays: tuple[Via, ...],
    speakers: Speakers,
    dates: Sequence[Time],
    starts: Sequence[int],
    repeats: Repeats,
) -> Statement:
    """One attribution with every field that its own sentence settles."""
    cue = sp.merge([*made.cue, *extra])
    content, repeated = _with_repeats(text, made.content, repeats)
    sentence = around(text, made.source + made.cue, made.content)
    setting = circumstances.settings(text, sentence, made.source, cue, made.content)
    words = " … ".join(text[slice(*s)] for s in setting)
    speaker = _speaker(text, made, words, speakers)
    cue_words = sp.quote(text, cue, " ")
    first = circumstances.hearer(text, setting)
    via = _chain(first, relays, circumstances.relay(text, setting, made.source))
    return Statement(
        id=annotation_id("statement", digest, content, ",".join(f"{s}-{e}" for s, e in made.source + cue)),
        voice="source",
        source=made.source,
        cue=cue,
        content=content,
        party=speaker.party,
        represents=speaker.represents,
        channel=circumstances.channel_in(f"{cue_words} … {words}") or circumstances.channel_of(first),
        via=via,
        said=circumstances.said_when(dates, starts, setting),
        kind=kind_of([text[s:e] for s, e in content], repeated=repeated),
        stance=_stance(text, made, cue_words, speakers, speaker),
        confidence=round(made.confidence, 3),
    )


def _with_repeats(text: str, content: Spans, repeats: Repeats) -> tuple[Spans, tuple[bool, ...]]:
    extra = [r for piece in content if (r := repeats.of(piece)) is not None]
    extra = [e for e in extra if not any(sp.overlap(e, piece) for piece in content)]
    spans = sorted({*content, *extra})
    quoted = {_words(text, s) for s in spans if MARK.search(text, *s)}
    return tuple(spans), tuple(not MARK.search(text, *s) and _words(text, s) in quoted for s in spans)


def _chain(first: Via | None, relays: tuple[Via, ...], last: Via | None) -> tuple[Via, ...]:
    chain: list[Via] = []
    for via in (first, *relays, last):
        if via is not None and not any(sp.overlap(via.span, v.span) for v in chain):
            chain.append(via)
    return tuple(chain)


def _speaker(text: str, made: RawAttribution, setting: str, speakers: Speakers) -> Speaker:
    """The source's party; a paper of somebody else's ("in a coalition statement") says whom it speaks for."""
    speaker = speakers.of(made.source)
    match = PAPER_BY.search(setting)
    if speaker.party is not None and match is not None:
        other = speakers.named(match.group("who")) or speakers.named(match.group("who").split()[-1])
        if other is not None and other.party != speaker.party and other.type not in {"person", "media"}:
            return Speaker(speaker.party, other.represents or other.party, speaker.type)
    return speaker


def _stance(
    text: str, made: RawAttribution, cue_words: str, speakers: Speakers, speaker: Speaker
) -> tuple[str, ...]:
    content = sp.quote(text, made.content, " ")
    behind = text[made.cue[-1][1] : made.cue[-1][1] + 24] if made.cue else ""
    head = _head_stance(text, made) if made.cue else ()
    found = stance(cue_words, content, behind, head)
    if found[0] == "asserts" and made.content:
        others = [m.party for m in speakers.inside((made.content[0][0], made.content[0][0] + 12)) if m.party]
        if accuses_another(content, cue_words, [p for p in others if p], speaker.party):
            found = ("accuses", *(s for s in found if s not in {"asserts", "accuses"}))
    return found


def _head_stance(text: str, made: RawAttribution) -> tuple[str, ...]:
    """For "denounced X, arguing that Y": the stands of the verb the participle goes with."""
    start = made.cue[0][0]
    first = text[start : start + 20].split()
    if not first or not first[0].casefold().endswith("ing") or not made.source:
        return ()
    between = text[made.source[-1][1] : start]
    if len(between) > 200 or "\n" in between:
        return ()
    lemmas = [x for x in cue_lemmas(between.split(",")[0]) if x not in {"say", "tell", "add"}]
    return tuple(dict.fromkeys(s for x in lemmas for s in lexicon.stances().get(x, ())))


def _once(text: str, found: list[Statement]) -> list[Statement]:
    """The same words of the same party are one statement with all their pieces."""
    kept: list[Statement] = []
    seen: dict[tuple[str | None, tuple[str, ...]], int] = {}
    for each in sorted(found, key=lambda s: (sp.hull(s.content), sp.hull(s.cue) if s.cue else (0, 0))):
        keys = [(each.party, _words(text, piece)) for piece in each.content]
        at = next((seen[k] for k in keys if len(k[1]) >= 5 and k in seen), None)
        if at is None:
            for key in keys:
                seen.setdefault(key, len(kept))
            kept.append(each)
            continue
        first = kept[at]
        content = tuple(sorted({*first.content, *each.content}))
        kept[at] = msgspec.structs.replace(first, content=content)
    return kept


def _words(text: str, piece: Span) -> tuple[str, ...]:
    return own.key(text[slice(*piece)])


def _nested(text: str, found: list[Statement]) -> list[Statement]:
    """Set each statement's parent: the smallest other whose content holds its cue and content."""
    ordered = sorted(
        range(len(found)), key=lambda i: (sp.hull(found[i].content)[0], -sp.hull(found[i].content)[1])
    )
    open_: list[int] = []
    parents: dict[int, int] = {}
    for i in ordered:
        start = found[i].content[0][0]
        open_ = [o for o in open_ if sp.hull(found[o].content)[1] > start][-12:]
        inside = [o for o in open_ if _holds(found[o], found[i])]
        if inside:
            parents[i] = min(inside, key=lambda o: sum(e - s for s, e in found[o].content))
        open_.append(i)
    out = []
    for i, each in enumerate(found):
        parent = found[parents[i]] if i in parents else None
        via = each.via
        if parent is not None and parent.source and _medium(text, parent):
            span = (parent.source[0][0], parent.source[-1][1])
            via = (*via, Via(name=" ".join(text[slice(*span)].split()), span=span))
        out.append(msgspec.structs.replace(each, parent=parent.id if parent else None, via=via))
    return out


def _medium(text: str, statement: Statement) -> bool:
    return circumstances.is_medium(text[statement.source[0][0] : statement.source[-1][1]])


def _holds(outer: Statement, inner: Statement) -> bool:
    cue = inner.cue or inner.content
    return all(sp.covers(outer.content, c) for c in cue) and all(
        sp.covers(outer.content, c) for c in inner.content
    )
