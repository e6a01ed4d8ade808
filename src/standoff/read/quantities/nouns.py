"""What a number counts: the noun phrase after it, read by tags and, where these fail, by words."""

from __future__ import annotations

import re

import msgspec

from standoff import vocab
from standoff.read.quantities.page import Page
from standoff.read.quantities.persons import is_person, is_plural, singular
from standoff.read.quantities.roles import BESIDE

NOUN = frozenset({"NN", "NNS", "NNP", "NNPS"})
MODIFIER = frozenset({"JJ", "JJR", "JJS", "VBN", "VBG", "HYPH", "POS", "AFX", "``", "''", "FW", "VBD"})
DETERMINERS = frozenset(
    {
        "the",
        "his",
        "her",
        "its",
        "their",
        "our",
        "my",
        "your",
        "these",
        "those",
        "this",
        "that",
        "all",
        "an",
        "a",
    }
)
PRONOUNS = frozenset({"them", "these", "those", "us", "which", "whom", "it", "you"})
SKIP = frozenset({"more", "other", "additional", "further", "fewer", "less", "remaining", "such"})
OTHERS = frozenset({"others", "ones", "more", "other"})
ALWAYS_OTHERS = frozenset({"others", "ones"})
BETWEEN = frozenset(vocab.load("en/quantity_roles")["beside"]["between"])
TIME_NOUNS = vocab.words("en/number_contexts", "day_words")
STOP = vocab.words("en/number_contexts", "function_words")
PAST_ONLY = vocab.words("en/number_contexts", "past_only")
LONGEST = 11
DATELINE = re.compile(
    r"\s*\n\s*[A-Z][A-Z'’. ]{2,40}(?:,[^\n]{2,40}?)?(?:\s*\([A-Z][^)\n]{1,20}\))?\s*(?:-{1,2}|–|—)\s",
    re.ASCII,
)
"""The first line of a report after its headline: a number that ends the headline counts nothing in it."""
MEMBERS = frozenset({"member", "person", "body", "corpse"})


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """The counted noun: its word, the fuller phrase, the token of its head and where the phrase ends.

    ``how`` is plain, part ("of the hostages"), pronoun ("of them"), others, beside ("12 dead") or none.
    """

    how: str = "none"
    what: str | None = None
    group: str | None = None
    head: int | None = None
    end: int = 0
    words: tuple[str, ...] = ()
    whole_at: int | None = None


def _plain_lower(word: str) -> bool:
    return word.isalpha() and word not in STOP


class Nouns:
    """Reads noun phrases off a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.tokens = page.tokens

    def word(self, i: int) -> str:
        """The word at token ``i``, lower case; empty past the end."""
        return self.tokens[i].lower_ if 0 <= i < len(self.tokens) else ""

    def _noun(self, i: int) -> bool:
        token = self.tokens[i]
        if not self.page.tagged:
            return _plain_lower(token.lower_)
        return token.tag_ in NOUN or is_person(token.text)

    def _fits(self, i: int) -> bool:
        """Whether token ``i`` may stand before the head noun."""
        token = self.tokens[i]
        low = token.lower_
        if low in STOP and low not in {"more", "such"}:
            return False
        if token.text in {"-", "'", '"', "“", "”", "’s", "'s", "’"} or low in SKIP:
            return True
        if token.tag_ == "RB":
            return low.endswith("ly") or self._fits_adjective(i + 1)
        if token.tag_ == "CD":
            return False
        return self._noun(i) or token.tag_ in MODIFIER

    def _fits_adjective(self, i: int) -> bool:
        return i < len(self.tokens) and self.tokens[i].tag_ in {"JJ", "VBN"}

    def _joined_adjective(self, i: int) -> bool:
        """ "and hungry" / ", hungry" between two modifiers of one noun."""
        if self.word(i) not in {"and", ",", "or"} or i + 2 >= len(self.tokens) or not self.page.tagged:
            return False
        before, after = self.tokens[i - 1], self.tokens[i + 1]
        adjective = {"JJ", "VBN", "VBG"}
        return before.tag_ in adjective and after.tag_ in adjective and self._fits(i + 2)

    def run(self, i: int, *, many: bool = True) -> tuple[int | None, int]:
        """Head noun of the phrase that begins at token ``i`` and the index after the phrase."""
        head, j, limit = None, i, min(len(self.tokens), i + LONGEST)
        while j < limit:
            if head is not None and self._closed(head, j, many):
                break
            if self._fits(j):
                if self._noun(j) and self.word(j) not in SKIP:
                    if self.word(j) in TIME_NOUNS and (head is not None or j == i):
                        break
                    head = j
                j += 1
            elif self._joined_adjective(j):
                j += 2
            elif head is not None and self._acronym(j):
                j += 3
            else:
                break
        return (head, head + 1) if head is not None else (None, i)

    def _acronym(self, j: int) -> bool:
        """ "(ABC)" in the middle of a phrase: "12 Alpha Beta Corps (ABC) fighters"."""
        if self.word(j) != "(" or self.word(j + 2) != ")" or j + 3 >= len(self.tokens):
            return False
        return self.tokens[j + 1].text.isupper() and self.tokens[j + 3].tag_ in NOUN and self._fits(j + 3)

    def _closed(self, head: int, j: int, many: bool) -> bool:
        """Whether the head found before ``j`` ends its phrase: a plural, unless it modifies a noun."""
        if head != j - 1:
            return is_plural(self.word(head)) and not self._noun(j)
        token = self.tokens[j]
        if token.text in {"'s", "’s", "’", "'"} or token.text == "-":
            return False
        word = self.tokens[head]
        plural = word.tag_ in {"NNS", "NNPS"} or (is_plural(word.text) and is_person(word.text))
        if plural and word.tag_ != "NNP":
            return not (token.tag_ in NOUN and is_person(token.text) and token.lower_ != "police")
        if plural:
            return not (self._noun(j) and (is_person(token.text) or is_plural(token.text)))
        return not many and token.tag_ in {"VBN", "VBD", "VBG", "JJ", "RB"} and is_person(word.text)

    def after(self, offset: int, *, many: bool = True) -> Counted:
        """What the number that ends at ``offset`` counts; ``many`` unless the number is one."""
        i = self.page.at(offset)
        if i is None:
            return Counted(end=offset)
        between = self.page.text[offset : self.page.starts[i]]
        if "\n" in between and self._headline_ends(offset):
            return Counted(end=offset)
        if "\n\n" in between or len(between) > 4 or self.page.starts[i] < offset:
            return Counted(end=offset)
        if self.word(i) == "of":
            return self._part(i, offset)
        if self.word(i) in {"more", "other"} and self.word(i + 1) == "of":
            return self._part(i + 1, offset)
        if self.word(i) in ALWAYS_OTHERS or (self.word(i) in OTHERS and not self._fits_next(i + 1)):
            beside = self._beside(i)
            if beside is None:
                return Counted(how="others", what=None, head=i, end=self.page.end(i))
        return self._phrase(i, offset, "plain", many=many)

    def _headline_ends(self, offset: int) -> bool:
        """Whether a line in small letters ends here and a dateline begins the next."""
        text = self.page.text
        line = text[text.rfind("\n", 0, offset) + 1 : offset]
        return not line.isupper() and DATELINE.match(text, offset) is not None

    def _fits_next(self, i: int) -> bool:
        return i < len(self.tokens) and self._fits(i) and self.run(i)[0] is not None

    def _part(self, i: int, offset: int) -> Counted:
        """ "of the hostages", "of them", "of the 72 hostages", "of their families"."""
        j = i + 1
        while self.word(j) in DETERMINERS or (self.word(j) in {"some", "about"}):
            j += 1
        if j > i + 1 and self.word(j - 1) in {"these", "those"} and not self._fits_next(j):
            return Counted(how="pronoun", head=j - 1, end=self.page.end(j - 1))
        if self.word(j) in ALWAYS_OTHERS:
            return Counted(how="others", head=j, end=self.page.end(j))
        if self.word(j) == "own" and j > i + 1 and not self._fits_next(j + 1):
            return Counted(how="pronoun", head=j, end=self.page.end(j))
        if self.word(j) in PRONOUNS:
            return Counted(how="pronoun", head=j, end=self.page.end(j))
        if j < len(self.tokens) and (self.tokens[j].tag_ == "CD" or self.tokens[j].like_num):
            return self._whole(j, offset)
        if self.word(j) in BESIDE and not self._fits_next(j + 1):
            return Counted(how="beside", head=j, end=self.page.end(j), words=(self.word(j),))
        found = self._phrase(j, offset, "part")
        return found if found.head is not None else Counted(end=offset)

    def _whole(self, j: int, offset: int) -> Counted:
        """The whole is itself a number: "of the 72 hostages"."""
        k = j
        while k < len(self.tokens) and (self.tokens[k].tag_ == "CD" or self.tokens[k].like_num):
            k += 1
        found = self._phrase(k, offset, "part") if k < len(self.tokens) else Counted(end=offset)
        whole_at = self.page.starts[j]
        if found.head is None:
            return Counted(how="part", end=self.page.end(k - 1), whole_at=whole_at)
        return msgspec.structs.replace(found, whole_at=whole_at)

    def _phrase(self, i: int, offset: int, how: str, *, many: bool = True) -> Counted:
        if i >= len(self.tokens):
            return Counted(end=offset)
        beside = self._beside(i)
        if how == "plain" and self.tokens[i].tag_ == "VBD" and self.word(i) in PAST_ONLY:
            return Counted(end=offset)
        if beside is not None and how == "plain":
            states = [self.word(beside)]
            if self.word(beside + 1) in {"or", "and"} and self.word(beside + 2) in BESIDE:
                states, beside = [*states, self.word(beside + 2)], beside + 2
            return Counted(how="beside", head=beside, end=self.page.end(beside), words=tuple(states))
        head, end = self.run(i, many=many)
        if head is None:
            return Counted(end=offset)
        words = tuple(token.lower_ for token in self.tokens[i:end] if token.text.strip())
        while i < head and (self.word(i) in SKIP or self.tokens[i].tag_ == "RB"):
            i += 1
        what = self._joined(i, head)
        group = re.sub(r"\s+", " ", self.page.text[self.page.starts[i] : self.page.end(head)])
        if self._of_follows(head) and (not is_person(what) or singular(what) in MEMBERS):
            group = self._with_of(i, head)
        return Counted(how=how, what=what, group=group, head=head, end=self.page.end(head), words=words)

    def _joined(self, i: int, head: int) -> str:
        """The head with what a hyphen ties to it ("hostage-takers")."""
        first = head
        while first - 2 >= i and self.word(first - 1) == "-":
            first -= 2
        return self.page.text[self.page.starts[first] : self.page.end(head)].lower()

    def _of_follows(self, head: int) -> bool:
        return self.word(head + 1) == "of"

    def _with_of(self, i: int, head: int) -> str:
        """The phrase with its "of ..." ("members of his family")."""
        j = head + 2
        while self.word(j) in DETERMINERS:
            j += 1
        last = self.run(j)[0] if j < len(self.tokens) else None
        end = self.page.end(last if last is not None else head)
        return re.sub(r"\s+", " ", self.page.text[self.page.starts[i] : end])

    def _beside(self, i: int) -> int | None:
        """Index of "dead", "wounded", "missing" ... standing for the counted persons themselves."""
        while self.word(i) in BETWEEN and (self.word(i + 1) in BESIDE or self.word(i + 1) in BETWEEN):
            i += 1
        if self.word(i) not in BESIDE or self.word(i) == "left":
            return None
        following = i + 1
        if following < len(self.tokens) and self._fits(following):
            head = self.run(following)[0]
            if head is not None and self.tokens[following].tag_ not in {"VBN", "VBD", "RB"}:
                return None
        return i
