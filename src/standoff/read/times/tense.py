"""On which side of the anchor a sentence looks: by the tags of its verb, else by surface words."""

from __future__ import annotations

from bisect import bisect_right
from typing import Literal

from spacy.tokens import Doc, Token

from standoff.read.grammar import clause_of
from standoff.vocab import words

Side = Literal["past", "future", "present"]
_FUTURE = words("en/tense_cues", "future")
_PAST = words("en/tense_cues", "past")
_EITHER = frozenset({"could", "might"})
_REACH, _CLOSE = 18, 3
_AUXILIARIES = frozenset({"aux", "auxpass"})


class Tense:
    """Answers for one Doc; looks at grammar only where it is asked."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._starts: list[int] | None = None
        self._parsed = doc.has_annotation("DEP")
        self._tagged = doc.has_annotation("TAG")
        self._sentences = doc.has_annotation("SENT_START")

    def side(self, offset: int) -> Side | None:
        """Whether the clause around a code point tells of the past or of the future; None when unclear."""
        if not len(self._doc):
            return None
        token = self._token(offset)
        if self._parsed and (side := self._by_tree(token)):
            return side
        return self._by_neighbours(token)

    def signs(self, offset: int) -> list[str]:
        """What speaks for either side of a code point: the tense of its clause, the nearest words of tense,
        form and auxiliaries of the verb that governs it and of the one above (these only where parsed)."""
        if not len(self._doc):
            return []
        token = self._token(offset)
        around, close = self._by_neighbours(token), self._by_neighbours(token, _CLOSE)
        signs = [f"words {around}", f"close {close}"]
        if self._parsed:
            return [*signs, *self._clause_signs(token)]
        return [*signs, f"bare words {around}", f"bare close {close}"]

    def _clause_signs(self, token: Token) -> list[str]:
        verb = clause_of(token)
        above = clause_of(verb.head) if verb.head.i != verb.i else verb
        signs = [f"tense {self._by_tree(token)}", *(f"verb {sign}" for sign in self._form(verb))]
        if above.i != verb.i:
            signs += [f"above {sign}" for sign in self._form(above)]
        signs.append(f"dep {token.dep_} of {token.head.pos_}")
        return [*signs, "behind the verb" if token.i > verb.i else "before the verb"]

    def _form(self, verb: Token) -> list[str]:
        around = [child for child in verb.children if child.dep_ in _AUXILIARIES]
        form = [tag for tag in (verb.tag_, *(child.tag_ for child in around)) if tag]
        form += [child.lower_ for child in around if child.tag_ == "MD"]
        return [*form, "looks ahead"] if verb.lower_ in _FUTURE else form

    def _token(self, offset: int) -> Token:
        if self._starts is None:
            self._starts = [token.idx for token in self._doc]
        return self._doc[max(0, bisect_right(self._starts, offset) - 1)]

    def _by_tree(self, token: Token) -> Side | None:
        verb = clause_of(token)
        for _ in range(4):
            side = self._of_verb(verb)
            if side or verb.head.i == verb.i:
                return side
            verb = clause_of(verb.head)
        return None

    def _of_verb(self, verb: Token) -> Side | None:
        if verb.pos_ not in {"VERB", "AUX"} and not verb.tag_.startswith("VB"):
            return None
        around = [child for child in verb.children if child.dep_ in _AUXILIARIES]
        lowers = {child.lower_ for child in around}
        modal = next((child.lower_ for child in around if child.tag_ == "MD"), None)
        if modal in _EITHER and "have" not in lowers:
            return None
        if modal:
            return "past" if "have" in lowers else "future"
        if "to" in lowers and any(
            up.lower_ == "had" for head in (verb.head, verb.head.head) for up in head.children
        ):
            return "past"
        if "to" in lowers or verb.lower_ in _FUTURE:
            return "future"
        if (
            verb.tag_ == "VBD"
            or any(child.tag_ == "VBD" for child in around)
            or lowers & {"has", "have", "'ve"}
        ):
            return "future" if verb.lower_ in _FUTURE else "past"
        if verb.tag_ == "VBN" and not around:
            return "past"
        if verb.tag_ in {"VBZ", "VBP"} or any(child.tag_ in {"VBZ", "VBP"} for child in around):
            return "present"
        return None

    def _by_neighbours(self, token: Token, reach: int = _REACH) -> Side | None:
        low, high = max(0, token.i - reach), min(len(self._doc), token.i + reach)
        for i in [*range(token.i - 1, low - 1, -1), *range(token.i + 1, high)]:
            near = self._doc[i]
            if near.lower_ in {".", "\n\n"}:
                if i > token.i:
                    break
                continue
            if near.lower_ in _FUTURE or near.tag_ == "MD":
                return "future"
            if near.tag_ == "VBD" or near.lower_ in _PAST or (not self._tagged and _looks_past(near)):
                return "past"
        return None


def _looks_past(token: Token) -> bool:
    return len(token.lower_) > 4 and token.lower_.endswith("ed")
