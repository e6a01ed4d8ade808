"""Two keys of a place name: one that forgives typography, one that forgives transliteration.

The gazetteer is built with these very functions, so a change here needs a new build
(``training/gazetteer.py``); `KEY_VERSION` is checked when the table is loaded.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

KEY_VERSION = 1

_DROPPED = re.compile("['’‘`ʻʼʾʿ´]")
_GAP = re.compile(r"[^\w]+|_+")
_PLAIN = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h",
    "ə": "e", "ŋ": "ng",
}  # fmt: skip
_PLAIN_TABLE = str.maketrans(_PLAIN)
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}

_ARTICLES = frozenset(
    [
        "al",
        "el",
        "ul",
        "ol",
        "az",
        "ez",
        "as",
        "es",
        "ash",
        "esh",
        "ad",
        "ed",
        "adh",
        "edh",
        "ar",
        "er",
        "at",
        "et",
        "ath",
        "eth",
        "an",
        "en",
        "il",
        "the",
    ]
)
_FATHER = {"abu": "bu", "abou": "bu", "abo": "bu", "albu": "bu", "albou": "bu", "bou": "bu"}
_VARIANTS = _FATHER | {"kfar": "kafr", "kufr": "kafr", "kafar": "kafr", "kefar": "kafr"}
_STEPS = tuple(
    (re.compile(pattern), into)
    for pattern, into in (
        (r"[aeu](?:l(?=[zsdrtn])|(?=zz|ss|dd|rr|tt|nn))(?=.{3})(?<=.{3})", ""),  # a glued article
        (r"ou|oo|aw|au|w", "u"),
        (r"ay|ai|ei|ey|ee|ie|y", "i"),
        (r"q|ck|kh", "k"),
        (r"c(?=[ei])", "s"),
        (r"tch|ch|sch", "sh"),
        (r"c", "k"),
        (r"gh", "g"),
        (r"dh", "d"),
        (r"th", "t"),
        (r"ph", "f"),
        (r"dj|dzh|zh", "j"),
        (r"x", "ks"),
        (r"(?<=[aeiou])h$", ""),
        (r"e", "a"),
        (r"o", "u"),
        (r"(.)\1+", r"\1"),
        (r"^[aiu]", "a"),
    )
)


@lru_cache(maxsize=65536)
def plain_key(name: str) -> str:
    """The name in lower case without accents, apostrophes, punctuation and a leading "the"."""
    if name.isascii():
        text = name.lower()
    else:
        text = unicodedata.normalize(
            "NFKD", unicodedata.normalize("NFKC", name).casefold().translate(_PLAIN_TABLE)
        )
        text = "".join(char for char in text if not unicodedata.combining(char))
    words = _GAP.sub(" ", _DROPPED.sub("", _initials(text))).split()
    words = words[1:] if len(words) > 1 and words[0] == "the" else words
    return " ".join(_SHORT.get(word, word) for word in words)


def _initials(text: str) -> str:
    """Dotted initials as one word: "u.s." becomes "us"."""
    return re.sub(r"\b(\w)\.(?=\w\b)", r"\1", text) if "." in text else text


@lru_cache(maxsize=65536)
def spelling_class(name: str) -> str:
    """A key that transliterations of one name share; "" when too little of the name is left.

    Articles fall away (al-, el-, ez-, ash-), vowels come down to three classes, q/k, ou/u,
    doubled letters and a final -ah/-a are one.
    """
    words = plain_key(name).split()
    kept = [_VARIANTS.get(word, word) for word in words if word not in _ARTICLES] or words
    text = "".join(kept)
    if not text.isascii():
        return ""
    for pattern, into in _STEPS:
        text = pattern.sub(into, text)
    return text if len(text) >= 3 else ""


def key_hash(key: str) -> int:
    """40 bits of BLAKE2 over a key: what the gazetteer's index holds instead of the key."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=5).digest(), "big")
