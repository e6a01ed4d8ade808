"""Keys of names: aliases, transliterations and surnames."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from standoff.model import slug
from standoff.vocab import load

_ARTICLE = re.compile(r"\b(?:al|el|ez|es|as|ash|ad|an|ar|at)[-\s](?=\w{3})")
_DOUBLE = re.compile(r"(.)\1+")
_WORD = re.compile(r"\w+")
_VOWELS = dict.fromkeys(map(ord, "aeiouyw"))


@cache
def aliases() -> dict[str, tuple[str, str]]:
    """Casefolded form -> (name shown, type), from ``vocab/party_aliases.toml``."""
    table: dict[str, tuple[str, str]] = {}
    for row in load("party_aliases")["party"]:
        for form in (row["name"], *row["forms"]):
            table[form.casefold()] = (row["name"], row["type"])
    return table


@lru_cache(maxsize=65536)
def canonical(name: str) -> tuple[str, str | None]:
    """The name to show and the type the alias table gives it, if it knows the name."""
    plain = re.sub(r"^(?:the|a|an)\s+", "", name.strip(), flags=re.IGNORECASE)
    plain = re.sub(r"['’]s?$", "", plain)
    known = aliases().get(plain.casefold()) or aliases().get(name.casefold())
    return known if known else (plain or name, None)


@lru_cache(maxsize=65536)
def party_key(name: str) -> str:
    """Stable key of a party name."""
    return slug(canonical(name)[0])


@cache
def skeleton(name: str) -> str:
    """Consonants of a name under transliteration: vowels, doubles, article and q/k, y/i differences folded.

    Two spellings of one Arabic, Slavic or Spanish name mostly share it; so do some different names,
    which is why it only ever proposes.
    """
    folded = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in folded if not unicodedata.combining(c)).replace("'", "").replace("’", "")
    plain = _ARTICLE.sub("", plain).replace("q", "k").replace("ou", "u").replace("ph", "f")
    words = [word.translate(_VOWELS) or word for word in _WORD.findall(plain)]
    return " ".join(_DOUBLE.sub(r"\1", word.removesuffix("h") or word) for word in words)
