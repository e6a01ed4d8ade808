"""Numbers as written, in digits or words, before any hedge: where they stand and what they are worth."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from standoff import vocab
from standoff.model.annotation import Number
from standoff.read.quantities import rules
from standoff.read.quantities.rules import Bounds, tidy

SIMPLE: dict[str, int] = vocab.load("en/numbers")["cardinals"]
SCALES: dict[str, int] = vocab.load("en/numbers")["scales"]
SUFFIXES: dict[str, int] = vocab.load("en/numbers")["suffixes"]
VAGUE: dict[str, str] = vocab.load("en/numbers")["vague"]
FRACTIONS: dict[str, list[int]] = vocab.load("en/numbers")["fractions"]
DONE_TO = re.compile(
    rf"(?<!\w)(?:{'|'.join(vocab.load('en/numbers')['done_to']['scores'])})\s+$", re.IGNORECASE
)
LARGEST = 10**15
PARTS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")
OF_SCALES = frozenset({"tens", "dozens", "scores", "hundreds", "thousands"})

_DIGITS = (
    r"\d+,\d{1,2}(?=\s*(?:million|billion|trillion|mn|bn)\b)|\d+[ -]1/[2-9](?![\d/])|\d*[½¼¾](?!\w)|"
    r"\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?|\d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+(?!\d)"
    r"|[1-9]\d{0,2}(?: \d{3})+(?![\d,]|\.\d)|\d+(?:\.\d+)?|(?<!\S)\.\d+"
)
_WORDS = "|".join(sorted({*SIMPLE, *SCALES, *VAGUE, *FRACTIONS}, key=lambda w: (-len(w), w)))
ATOM = re.compile(
    rf"(?<![\w])(?P<d>{_DIGITS})(?P<tail>[^\W\d_]+)?|(?<![\w])(?P<w>{_WORDS})(?!\w)", re.IGNORECASE
)
ARTICLE = re.compile(r"(?<!\w)an?\s+$", re.IGNORECASE)
AND_A_HALF = re.compile(r"[\s-]+and[\s-]+an?[\s-]+half\b", re.IGNORECASE)
ALONE = vocab.load("en/numbers")["alone"]
BY = re.compile(rf"(?<!\w)(?:{'|'.join(ALONE['before'])})\s+$", re.IGNORECASE)
COMPARED = re.compile(rf"\s+(?:{'|'.join(ALONE['behind'])})\b", re.IGNORECASE)
SCALED = re.compile(rf"[\s-]+(?:{'|'.join(SCALES)})s?\b", re.IGNORECASE)
GAP, LINKED = re.compile(r"\s+|-|\s*-\s*\n\s*"), re.compile(r"\s+and\s+", re.IGNORECASE)
OF, OF_A = re.compile(r"\s+of\s+", re.IGNORECASE), re.compile(r"(?:\s+of)?\s+(?:an?\s+)?", re.IGNORECASE)


class Atom(msgspec.Struct, frozen=True):
    """One run of digits or one number word."""

    start: int
    end: int
    kind: str
    value: Number
    word: str
    tail: str = ""


class Numeral(msgspec.Struct, frozen=True, kw_only=True):
    """A number as written. ``word`` is set for vague words, ``tail`` for letters glued to digits.

    ``fraction`` marks a share ("two-thirds"), ``plain`` bare digits without separator or scale.
    """

    start: int
    end: int
    bounds: Bounds
    digits: str = ""
    word: str = ""
    tail: str = ""
    fraction: bool = False
    plain: bool = False


def number_of(digits: str) -> Number:
    """The value of written digits, thousands separators dropped. No locale has a say."""
    if digits[-1] in PARTS or "/" in digits:
        return _mixed(digits)
    if DECIMAL_COMMA.fullmatch(digits):
        digits = digits.replace(",", ".")
    bare = re.sub(r"[,\s]", "", digits)
    return tidy(float(bare)) if "." in bare else int(bare)


def _mixed(digits: str) -> Number:
    """ "3 1/2", "2½"."""
    if digits[-1] in PARTS:
        return tidy(int(digits[:-1] or 0) + PARTS[digits[-1]])
    whole, top, bottom = (int(part) for part in re.split(r"[ /-]", digits))
    return tidy(whole + top / bottom)


def _atom(match: re.Match[str]) -> Atom | None:
    if match["d"]:
        digits, tail = match["d"], match["tail"] or ""
        if len(digits) > 24:
            return None
        value: Number = number_of(digits)
        return Atom(match.start(), match.end(), "digits", value, digits, tail)
    word = match["w"].lower()
    if word in SIMPLE:
        return Atom(match.start(), match.end(), "simple", SIMPLE[word], word)
    if word in SCALES:
        return Atom(match.start(), match.end(), "scale", SCALES[word], word)
    kind = "vague" if word in VAGUE else "fraction"
    return Atom(match.start(), match.end(), kind, 0, word)


def atoms(text: str) -> list[Atom]:
    """Every run of digits and number word of a text, in order."""
    found = (_atom(match) for match in ATOM.finditer(text))
    return [atom for atom in found if atom is not None]


@cache
def _simple_order(word: str) -> int:
    return 1 if SIMPLE[word] < 10 else 2


class _Reader:
    """Reads numerals off a list of atoms; one pass, left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.atoms = atoms(text)

    def joined(self, i: int, how: re.Pattern[str] = GAP) -> bool:
        """Whether atom ``i`` follows atom ``i - 1`` with only ``how`` between."""
        if not 0 < i < len(self.atoms):
            return False
        return how.fullmatch(self.text, self.atoms[i - 1].end, self.atoms[i].start) is not None

    def article(self, i: int) -> int | None:
        """Start of "a"/"an" right before atom ``i``."""
        start = self.atoms[i].start
        found = ARTICLE.search(self.text, max(0, start - 4), start)
        return found.start() if found else None

    def scales(self, i: int, value: Number, ceiling: Number = LARGEST) -> tuple[Number, int]:
        """Multiply by the scales that follow; returns the value and the index after them."""
        while i < len(self.atoms) and self.atoms[i].kind == "scale" and self.joined(i):
            if self.atoms[i].value >= ceiling or (self.atoms[i].word == "score"):
                break
            ceiling = self.atoms[i].value if self.atoms[i].value != 100 else ceiling
            value, i = tidy(value * self.atoms[i].value), i + 1
        return value, i

    def cardinal(self, i: int) -> tuple[Number, int]:
        """A number in words from atom ``i`` on: value and the index after it."""
        total: Number = 0
        part: Number = self.atoms[i].value
        floor: Number = part
        cap: Number = LARGEST
        last = i
        j = i + 1
        while j < len(self.atoms):
            atom = self.atoms[j]
            if atom.kind == "scale" and self.joined(j) and atom.word not in {"dozen", "score"}:
                if atom.value == 100 and part < 100:
                    part, floor = part * 100, 100
                elif atom.value > 100 and atom.value < cap:
                    total, part, cap, floor = total + part * atom.value, 0, atom.value, atom.value
                else:
                    break
            elif atom.kind == "simple" and self._adds(j, floor, atom.value):
                part, floor = part + atom.value, atom.value
            else:
                break
            last, j = j, j + 1
        return tidy(total + part), last + 1

    def _adds(self, j: int, floor: Number, value: Number) -> bool:
        """Whether a simple word adds to what stands before it: "twenty-four", "two hundred and six"."""
        after_scale = floor >= 100
        if after_scale:
            return (self.joined(j) or self.joined(j, LINKED)) and 0 < value < floor
        return self.joined(j) and floor >= 20 and floor % 10 == 0 and 0 < value < 10

    def digits(self, i: int) -> tuple[Numeral, int]:
        """A numeral that starts with digits: "1.5 million", "$2.3bn", "300"."""
        atom = self.atoms[i]
        times = SUFFIXES.get(atom.tail.lower())
        if times:
            value, j = tidy(atom.value * times), i + 1
        elif atom.tail:
            value, j = atom.value, i + 1
        else:
            value, j = self.scales(i + 1, atom.value)
        end = self.atoms[j - 1].end
        plain = j == i + 1 and not times and atom.word.isdigit()
        tail = "" if times else atom.tail
        made = Numeral(
            start=atom.start, end=end, bounds=rules.exact(value), digits=atom.word, tail=tail, plain=plain
        )
        return self._and_a_half(made, value, self.atoms[j - 1]), j

    def words(self, i: int) -> tuple[Numeral, int]:
        """A numeral in words, shares ("two-thirds") included."""
        value, j = self.cardinal(i)
        if j < len(self.atoms) and self.atoms[j].kind == "fraction" and self.joined(j) and j == i + 1:
            return self._share(self.atoms[i].start, self.atoms[j], value), j + 1
        value, j = self.scales(j, value)
        made = Numeral(start=self.atoms[i].start, end=self.atoms[j - 1].end, bounds=rules.exact(value))
        return self._and_a_half(made, value, self.atoms[j - 1]), j

    def _and_a_half(self, made: Numeral, value: Number, last: Atom) -> Numeral:
        """Add "and a half": half of the last scale, or of one."""
        half = AND_A_HALF.match(self.text, made.end)
        if not half or made.tail:
            return made
        bounds = rules.exact(tidy(value + 0.5 * (last.value if last.kind == "scale" else 1)))
        scaled = SCALED.match(self.text, half.end())
        if scaled and last.kind != "scale":
            times = SCALES[scaled[0].strip(" -\n\t").lower().removesuffix("s")]
            bounds, end = rules.exact(tidy((value + 0.5) * times)), scaled.end()
        else:
            end = half.end()
        return Numeral(start=made.start, end=end, bounds=bounds)

    def _share(self, start: int, atom: Atom, times: Number) -> Numeral:
        top, bottom = FRACTIONS[atom.word]
        bounds = rules.exact(tidy(round(100 * times * top / bottom, 2)))
        return Numeral(start=start, end=atom.end, bounds=bounds, word=atom.word, fraction=True)

    def fraction(self, i: int) -> tuple[Numeral | None, int]:
        """ "half a million", "half an hour", "half of", "a third of", "half the"."""
        atom = self.atoms[i]
        start = self.article(i)
        begins = atom.start if start is None else start
        if i + 1 < len(self.atoms) and self.atoms[i + 1].kind == "scale":
            top, bottom = FRACTIONS[atom.word]
            between = self.text[atom.end : self.atoms[i + 1].start]
            if OF_A.fullmatch(between) or (between == "-" and atom.word == "half"):
                value, j = self.scales(i + 2, tidy(round(self.atoms[i + 1].value * top / bottom)))
                end = self.atoms[j - 1].end
                return Numeral(start=begins, end=end, bounds=rules.exact(value)), j
        if atom.word == "half":
            hour = re.compile(r"(?:\s+an?|-an?)?[\s-]+(?=hour|day|mile|century|year|kilo|met|dec)", re.I)
            found = hour.match(self.text, atom.end)
            if found:
                return Numeral(start=begins, end=atom.end, bounds=rules.exact(0.5), word="half"), i + 1
        takes = r"\s+of\b" if atom.word != "half" else r"\s+(?:of|the|its|their|his|her|our)\b"
        if re.compile(takes, re.I).match(self.text, atom.end) and (atom.word == "half" or start is not None):
            return self._share(begins, atom, 1), i + 1
        if start is not None or atom.word == "half":
            return self._alone(begins, atom), i + 1
        return None, i + 1

    def _alone(self, start: int, atom: Atom) -> Numeral | None:
        """ "by a quarter", "a third longer": a share of what went before."""
        if COMPARED.match(self.text, atom.end):
            return self._share(start, atom, 1)
        open_end = re.compile(r"\s*(?:[.,;:)]|$|(?:in|to|from|since|over|on|at|between|compared)\b)", re.I)
        if BY.search(self.text, max(0, start - 20), start) and open_end.match(self.text, atom.end):
            return self._share(start, atom, 1)
        return None

    def vague(self, i: int) -> tuple[Numeral | None, int]:
        """ "several hundred", "tens of thousands", "a couple of dozen", "dozens"."""
        atom = self.atoms[i]
        key, j, article = VAGUE[atom.word], i + 1, self.article(i)
        start = atom.start if article is None else article
        times: Number = 1
        if j < len(self.atoms) and self.atoms[j].kind == "scale" and self.joined(j, OF_A):
            times, j = self.scales(j + 1, self.atoms[j].value)
        elif atom.word in OF_SCALES and self.joined(j, OF) and self.atoms[j].word.removesuffix("s") in SCALES:
            times, j = SCALES[self.atoms[j].word.removesuffix("s")], j + 1
        if not self._allowed(atom, times, article is not None):
            return None, j
        return self._vague(start, j, key, times), j

    def _vague(self, start: int, j: int, key: str, times: Number) -> Numeral:
        # A pair is two and no guess; a couple may be.
        bounds = rules.exact(2 * times) if key == "pair" else rules.word(key, times)
        return Numeral(start=start, end=self.atoms[j - 1].end, bounds=bounds, word=key)

    def _allowed(self, atom: Atom, times: Number, article: bool) -> bool:
        """Whether a vague word counts at all where it stands."""
        if times > 1:
            return True
        after = self.text[atom.end : atom.end + 12].lower()
        if atom.word == "few":
            return article and not after.startswith((" of us", " minutes of"))
        if atom.word in {"couple", "pair", "handful"}:
            article = article or self.text[max(0, atom.start - 4) : atom.start].lower() == "the "
            return article and (after.startswith((" of ", " more ")) or "dozen" in after)
        if atom.word in {"scores", "tens"}:
            if DONE_TO.search(self.text, max(0, atom.start - 16), atom.start):
                return True
            return after.startswith((" of ", " more", " were", " dead", " killed", " injured", " wounded"))
        return True

    def scale(self, i: int) -> tuple[Numeral | None, int]:
        """ "a dozen", "a million", "a hundred and six"; a bare scale counts nothing ("the dozen" does)."""
        start = self.article(i)
        if self.atoms[i].word == "score":
            after_of = self.text[self.atoms[i].end : self.atoms[i].end + 4] == " of "
            if start is None or not after_of:
                return None, i + 1
            return Numeral(start=start, end=self.atoms[i].end, bounds=rules.exact(20)), i + 1
        if start is None and self.atoms[i].word != "dozen":
            return None, i + 1
        value, j = self.scales(i + 1, self.atoms[i].value)
        while (
            j < len(self.atoms) and self.atoms[j].kind == "simple" and self._adds(j, 100, self.atoms[j].value)
        ):
            if self.atoms[i].word == "dozen":
                break
            more, j = self.cardinal(j)
            value = tidy(value + more)
            break
        begins = self.atoms[i].start if start is None else start
        made = Numeral(start=begins, end=self.atoms[j - 1].end, bounds=rules.exact(value))
        return self._and_a_half(made, value, self.atoms[j - 1]), j

    def read(self, i: int) -> tuple[Numeral | None, int]:
        """The numeral at atom ``i`` (None if it counts nothing) and the index after it."""
        kind = self.atoms[i].kind
        if kind == "digits":
            return self.digits(i)
        if kind == "simple":
            return self.words(i)
        if kind == "vague":
            return self.vague(i)
        if kind == "fraction":
            return self.fraction(i)
        return self.scale(i)


def numerals(text: str) -> list[Numeral]:
    """All numbers written in a text, in order, none overlapping."""
    reader, i = _Reader(text), 0
    found: list[Numeral] = []
    while i < len(reader.atoms):
        numeral, i = reader.read(i)
        if numeral is not None and (not found or found[-1].end <= numeral.start):
            found.append(numeral)
    return found
