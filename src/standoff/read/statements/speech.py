"""Statements by quotation: who utters the words between quotation marks, from the words beside them."""

from __future__ import annotations

import msgspec
from spacy.tokens import Token

from standoff.model import Spans
from standoff.read import grammar
from standoff.read.raw import RawAttribution
from standoff.read.statements import lexicon
from standoff.read.statements.clauses import cue_tokens, source_tokens
from standoff.read.statements.quotes import Quotation
from standoff.read.statements.tokens import Words, abbreviates, pieces, subtree, trimmed

REACH = 45
LINKS = frozenset(
    [
        "in",
        "on",
        "at",
        "during",
        "after",
        "before",
        "as",
        "while",
        "when",
        "by",
        "via",
        "late",
        "early",
        "to",
        "from",
        "through",
        "according",
    ]
)
SKIP = frozenset({"and", "as", "but", ",", "—", "–", "-", "then", "also", "later", "however"})
ENDS = frozenset({".", "?", "!", ";", ":"})


class Tag(msgspec.Struct, frozen=True):
    """A cue beside a quotation: its verb, its spans, and where the tag's words end."""

    verb: int
    source: Spans
    cue: Spans
    start: int
    end: int


def speech_attributions(words: Words, marks: list[Quotation]) -> tuple[list[RawAttribution], set[int]]:
    """Attributions of quotations, and the cue verbs they use up."""
    found: list[RawAttribution] = []
    used: set[int] = set()
    last: Tag | None = None
    for number, quote in enumerate(marks):
        before = marks[number - 1].end if number else 0
        after = marks[number + 1].start if number + 1 < len(marks) else len(words.text)
        if found and last is not None and _goes_on(words.text, last.end, quote):
            found[-1] = _joined(found[-1], quote)
            last = msgspec.structs.replace(last, end=quote.end)
            continue
        last = _tag_after(words, quote, after) or _tag_before(words, quote, before)
        if last is None or last.verb in used:
            last = None
            continue
        used.add(last.verb)
        content = _with_lead(words, quote, before, last)
        found.append(RawAttribution(source=last.source, cue=last.cue, content=content, confidence=0.9))
    return found, used


def _goes_on(text: str, end: int, quote: Quotation) -> bool:
    """Whether nothing but marks and spaces parts a tag from the next quotation in its paragraph."""
    gap = text[end : quote.start] if end <= quote.start else "x"
    return "\n" not in gap and not any(c.isalnum() for c in gap)


def _joined(made: RawAttribution, quote: Quotation) -> RawAttribution:
    content = (*made.content, (quote.start, quote.end))
    return msgspec.structs.replace(made, content=content)


def _with_lead(words: Words, quote: Quotation, before: int, tag: Tag) -> Spans:
    """The quotation, with the words of its sentence before it when it begins in mid-sentence."""
    span = (quote.start, quote.end)
    first = words.first(quote.start)
    if tag.start < quote.start or first >= len(words.doc) or first == 0:
        return (span,)
    start = max(before, sentence_start(words, quote.start))
    lead = words.text[start : quote.start].strip()
    if not lead or lead[-1] in ",:.?!—–" or not any(c.isalnum() for c in lead):
        return (span,)
    begin = trimmed(words.text, (start, quote.end))
    return ((begin[0], quote.end),) if begin else (span,)


def sentence_start(words: Words, offset: int) -> int:
    """Start of the sentence around ``offset``, by stops and line breaks rather than by the parse."""
    index = words.first(offset) - 1
    while index >= 0:
        token = words.doc[index]
        if "\n" in token.text or (token.text in ENDS and not abbreviates(token)):
            return words.starts[index] + len(token)
        index -= 1
    return 0


def _tag_after(words: Words, quote: Quotation, limit: int) -> Tag | None:
    text = words.text
    inner = text[quote.start + 1 : quote.end].rstrip("\"”»'’ ")[-1:]
    outer = text[quote.end : quote.end + 1]
    if inner == "." or not (inner in ",?!-—–…" or outer in {",", " ", "\n"}):
        return None
    window = _window_after(words, quote.end, limit)
    if inner not in ",?!-—–" and outer != "," and not _close_verb(window):
        return None
    return _tag_in(words, window, quote.end)


def _close_verb(window: list[Token]) -> bool:
    return any(lexicon.cue_lemma(t) in lexicon.frame("that") for t in window[:4])


def _window_after(words: Words, start: int, limit: int) -> list[Token]:
    found: list[Token] = []
    for token in words.between(start, limit)[: REACH + 1]:
        if found and ("\n" in token.text or (token.text in ENDS and not abbreviates(token))):
            break
        if not token.is_space:
            found.append(token)
    return found


def _tag_in(words: Words, window: list[Token], start: int) -> Tag | None:
    """The cue of a tag such as "he told reporters" or "said Ms X, a teacher"."""
    verbs = [t for t in window if lexicon.cue_lemma(t) in lexicon.frame("that")]
    if not verbs:
        return None
    verb = next((t for t in verbs if t.dep_ not in {"relcl", "acl", "advcl"}), verbs[0])
    ahead = [t for t in window if t.i < verb.i]
    cue = _cue(words, verb)
    while ahead and (ahead[0].lower_ in SKIP or ahead[0].is_punct):
        ahead.pop(0)
    helpers = {i for s in cue for i in range(words.first(s[0]), words.first(s[1]))}
    ahead = [t for t in ahead if t.i not in helpers]
    while ahead and (ahead[-1].is_punct or ahead[-1].pos_ in {"ADV", "AUX"}):
        ahead.pop()
    source = pieces(words, {t.i for t in ahead}) if ahead else _inverted(words, verb, window)
    if not source and not _participle(verb):
        return None
    source = source or pieces(words, source_tokens(verb))
    end = window[-1].idx + len(window[-1])
    return Tag(verb.i, _hull(source), cue, start, _after_stop(words.text, end))


def _participle(verb: Token) -> bool:
    return verb.tag_ == "VBG"


def _after_stop(text: str, end: int) -> int:
    while end < len(text) and text[end] in ".?!,;: ":
        end += 1
    return end


def _hull(spans: Spans) -> Spans:
    return ((spans[0][0], spans[-1][1]),) if spans else ()


def _inverted(words: Words, verb: Token, window: list[Token]) -> Spans:
    """Who stands behind the verb in "said X": the subject's phrase, cut where the setting begins."""
    behind = [t for t in window if t.i > verb.i]
    heads = [c for c in verb.children if c.dep_ in grammar.SUBJECTS and c.i > verb.i]
    if heads:
        inside = subtree(heads[0])
        return pieces(words, {t.i for t in behind if t.i in inside})
    kept: list[int] = []
    for token in behind:
        if token.lower_ in LINKS or token.pos_ == "VERB":
            break
        kept.append(token.i)
    return pieces(words, kept)


def _cue(words: Words, verb: Token) -> Spans:
    return pieces(words, cue_tokens(verb))


def _tag_before(words: Words, quote: Quotation, before: int) -> Tag | None:
    """The nearest cue verb ahead of a quotation in its sentence: "X said: ..."."""
    start = max(before, sentence_start_loose(words, quote.start))
    window = [t for t in words.between(start, quote.start) if not t.is_space][-REACH:]
    if not window:
        return None
    mark = window[-1].text
    verbs = [t for t in window if lexicon.cue_lemma(t) in lexicon.frame("that")]
    if not verbs:
        return None
    verb = verbs[-1]
    near = window[-1].i - verb.i
    if not (mark in {",", ":"} or near <= 2 or window[-1].lower_ == "that"):
        return None
    tokens = source_tokens(verb)
    source = pieces(words, {i for i in tokens if i < words.first(quote.start)})
    if not source:
        source = _noun_before(words, verb, window)
    if not source:
        return None
    return Tag(verb.i, _hull(source), _cue(words, verb), start, quote.end)


def sentence_start_loose(words: Words, offset: int) -> int:
    """As `sentence_start`, but a colon right before the offset does not end a sentence."""
    index = words.first(offset) - 1
    while index >= 0:
        token = words.doc[index]
        if "\n" in token.text or (token.text in {".", "?", "!"} and not abbreviates(token)):
            return words.starts[index] + len(token)
        index -= 1
    return 0


def _noun_before(words: Words, verb: Token, window: list[Token]) -> Spans:
    kept: list[int] = []
    for token in reversed([t for t in window if t.i < verb.i]):
        if token.pos_ in {"AUX", "ADV", "PART"} and not kept:
            continue
        if token.pos_ not in {"PROPN", "NOUN", "PRON", "DET", "ADJ", "NUM"}:
            break
        kept.append(token.i)
    return pieces(words, kept)
