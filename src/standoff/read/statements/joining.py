"""Attributions that are parts of one: a second cue, a relay, a paper that carries the words."""

from __future__ import annotations

import re

import msgspec

from standoff.model import Span, Spans, Via
from standoff.model import spans as sp
from standoff.read.raw import RawAttribution
from standoff.read.statements import circumstances
from standoff.read.statements.lexicon import is_silent
from standoff.read.statements.party import PAPER_ONLY, Speakers

REACH = 6
CITING = re.compile(r"\s*,?\s+(?:which\s+)?(?:citing|quoting|cited|quoted)\s+", re.IGNORECASE)
CITED = re.compile(
    r"\s*,?\s+(?:which\s+)?(?:citing|quoting|cited|quoted)\s+(?P<who>[^,.;:\n\"“]{3,80})(?=[,.;]|$)"
)
AS_CITED = re.compile(r"\s*(?P<who>[^,.;:\n\"“]{3,80}?),?\s+as (?:cited|quoted|reported|relayed) by\s+$")
REPORT = re.compile(
    r"(?:['’]s)?\s+(?:\w+\s+)?(?:report|story|article|dispatch|account|item)s?$", re.IGNORECASE
)
ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)


class Draft(msgspec.Struct):
    """An attribution with the cue pieces and relays that others added to it."""

    made: RawAttribution
    extra: Spans = ()
    via: tuple[Via, ...] = ()


def joined(text: str, found: list[RawAttribution], speakers: Speakers) -> list[Draft]:
    """Drafts in text order. "According to" a medium or a paper is no source beside somebody who speaks."""
    ordered = sorted((a for a in found if not silent(text, a)), key=lambda a: sp.hull(a.content + a.cue))
    drafts: list[Draft] = []
    carriers: list[RawAttribution] = []
    for made in ordered:
        if _carries(text, made) and not cited(text, made).via:
            carriers.append(made)
        else:
            drafts.append(cited(text, made))
    for made in carriers:
        host = _host(text, made, drafts)
        if host is None:
            drafts.append(Draft(made))
            continue
        source = (made.source[0][0], made.source[-1][1])
        if circumstances.is_medium(_name(text, source)):
            host.via = (*host.via, Via(name=_name(text, source), span=source))
        else:
            host.extra = sp.merge([*host.extra, *made.cue, *made.source], text)
            host.made = _with_content(host.made, made)
    sources = {d.made.source for d in drafts if d.via}
    drafts = [d for d in drafts if d.via or d.made.content not in sources]
    return sorted(drafts, key=lambda d: sp.hull(d.made.content + d.made.cue))


def silent(text: str, made: RawAttribution) -> bool:
    """Whether the cue says that nothing was said ("declined to comment"): no statement, never a denial."""
    return bool(made.cue) and is_silent(text, *sp.hull(made.cue))


def cited(text: str, made: RawAttribution) -> Draft:
    """For "according to a PAPER report citing two envoys": the envoys speak, the paper relays them."""
    if len(made.source) != 1:
        return Draft(made)
    start, end = made.source[0]
    match = CITING.search(text, start, end)
    if match is not None and match.end() < end:
        return _relayed(text, made, (start, match.start()), (match.end(), end), match.span())
    if (after := CITED.match(text, end)) is not None:
        return _relayed(text, made, (start, end), after.span("who"), (after.start(), after.start("who")))
    if made.cue and (before := AS_CITED.match(text, made.cue[-1][1], start)) is not None:
        return _relayed(text, made, (start, end), before.span("who"), (before.end("who"), start))
    return Draft(made)


def _relayed(text: str, made: RawAttribution, paper: Span, who: Span, words: Span) -> Draft:
    """The attribution as that of ``who``, whom a medium cites in ``words``; unchanged if it is no medium."""
    name = ARTICLE.match(text, *paper)
    first = name.end() if name else paper[0]
    medium = REPORT.sub("", text[first : paper[1]]).rstrip(" ,")
    if not circumstances.is_medium(medium):
        return Draft(made)
    cue = sp.merge([*made.cue, sp.trim(text, words)])
    inner = msgspec.structs.replace(made, source=(sp.trim(text, who),), cue=cue)
    return Draft(inner, via=(Via(name=" ".join(medium.split()), span=(first, first + len(medium))),))


def _name(text: str, span: Span) -> str:
    """A source's name without what follows its first comma."""
    return " ".join(text[slice(*span)].split(",")[0].split())


def _carries(text: str, made: RawAttribution) -> bool:
    """Whether an attribution is "according to" a medium or an unsigned paper."""
    if not made.source or not made.cue:
        return False
    cue = sp.quote(text, made.cue, " ").casefold()
    if not cue.startswith("according") and "according to" not in cue:
        return False
    name = text[made.source[0][0] : made.source[-1][1]]
    return circumstances.is_medium(name.split(",")[0]) or PAPER_ONLY.match(name) is not None


def _host(text: str, made: RawAttribution, drafts: list[Draft]) -> Draft | None:
    """The statement whose words the carrier brought: its cue lies in the carrier's content or beside it."""
    best: Draft | None = None
    reach = sp.hull(made.content + made.cue)
    for draft in drafts:
        cue = sp.hull(draft.made.cue) if draft.made.cue else reach
        if cue[0] > reach[1] or not draft.made.cue:
            continue
        near = (
            reach[0] - 4 <= cue[0] < reach[1] or 0 <= made.cue[0][0] - sp.hull(draft.made.content)[1] <= REACH
        )
        if near and "\n" not in text[min(cue[1], made.cue[0][0]) : max(cue[0], made.cue[0][1])]:
            best = draft
    return best


def _with_content(host: RawAttribution, carrier: RawAttribution) -> RawAttribution:
    """The speaker's content with the quotation that follows the paper's name."""
    after = [c for c in carrier.content if c[0] >= carrier.cue[-1][1]]
    spans = sp.merge([*host.content, *(a for a in after if not any(sp.overlap(a, h) for h in host.content))])
    return msgspec.structs.replace(host, content=spans)
