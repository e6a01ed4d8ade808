"""All mentions of parties in a report, each with its chain's name and whom that party speaks for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from spacy.tokens import Doc

from standoff.model import Context, Mention, Place, Span, annotation_id, text_sha256
from standoff.read.mentions import words
from standoff.read.mentions.chains import Chains
from standoff.read.mentions.descriptions import descriptions, pronouns
from standoff.read.mentions.found import Entity, Found
from standoff.read.mentions.names import names
from standoff.read.mentions.pointing import point
from standoff.read.mentions.represents import represented
from standoff.read.raw import RawAttribution
from standoff.read.statements.candidates import candidates
from standoff.read.statements.quotes import paragraphs, quotations

STANDS_FOR_ITSELF = frozenset({"organisation", "armed_group", "state", "media"})


def find_mentions(doc: Doc, context: Context, places: Sequence[Place] = ()) -> list[Mention]:
    """Mentions in text order. Pronouns without a party are kept: who they mean is unknown, not nobody.

    A name among ``places`` is no person or body, whatever the recogniser has it for.
    """
    if not len(doc):
        return []
    said = candidates(doc)
    found = _found(doc, said, places)
    chains = Chains(doc, found)
    chains.build()
    quoted = [(q.start, q.end) for q in quotations(doc.text, paragraphs(doc.text))]
    point(doc, found, quoted, sorted(s for a in said for s in a.source))
    owners = _owners(found)
    spoken_for = {id(e): _represents(e, chains) or owners.get(id(e)) for e in chains.entities}
    parties = _parties(found, said, spoken_for)
    digest = context.text_sha256 or text_sha256(doc.text)
    return [_mention(m, digest, parties[n]) for n, m in enumerate(found)]


def _found(doc: Doc, said: list[RawAttribution], places: Sequence[Place]) -> list[Found]:
    """Names, descriptions and pronouns, plus every source that holds none of them."""
    named = names(doc, places)
    found = named + descriptions(doc, named) + pronouns(doc)
    found.sort(key=lambda m: (m.start, -m.end))
    found = _outermost(found)
    starts = [m.start for m in found]
    extra = []
    for span in sorted({s for a in said for s in a.source}):
        index = bisect_right(starts, span[1]) - 1
        if not any(m.end > span[0] and m.start < span[1] for m in found[max(0, index - 3) : index + 1]):
            extra.append(_from_source(doc, span))
    return sorted([*found, *(m for m in extra if m)], key=lambda m: (m.start, m.end))


def _outermost(found: list[Found]) -> list[Found]:
    """No state inside "US officials": a description takes in the names at its front, not persons."""
    kept: list[Found] = []
    for mention in found:
        outer = kept[-1] if kept and kept[-1].end >= mention.end else None
        if outer is not None and mention.form == "name" and mention.type in {"state", "population"}:
            continue
        kept.append(mention)
    return kept


def _from_source(doc: Doc, span: Span) -> Found | None:
    inside = doc.char_span(*span, alignment_mode="expand")
    if inside is None or not any(t.is_alpha for t in inside):
        return None
    first = next((t for t in inside if not (t.is_punct or t.is_space)), inside[0])
    text = doc[first.i : inside.end].text[: span[1] - first.idx]
    form = "name" if any(t.pos_ == "PROPN" for t in inside) and text[:1].isupper() else "description"
    root = inside.root
    made = Found(first.i, inside[-1].i, first.idx, span[1], text, form, "unknown", head=root.lower_)
    made.plural = root.tag_ in {"NNS", "NNPS"}
    made.definite = first.lower_ == "the"
    made.confidence = 0.5
    return made


def _owners(found: list[Found]) -> dict[int, str]:
    """Whom persons described by their body's pronoun speak for ("its president, NAME"), by entity."""
    pronouns = {m.start: m.entity for m in found if m.form == "pronoun" and m.entity is not None}
    owners: dict[int, str] = {}
    last: Entity | None = None
    for mention in found:
        if mention.start in pronouns and pronouns[mention.start] is not last:
            pronouns.pop(mention.start)  # another body was named in between: whose it is stays open
        if mention.form != "pronoun" and mention.entity and mention.entity.type in STANDS_FOR_ITSELF:
            last = mention.entity
        owner = pronouns.get(mention.start) if mention.form == "description" else None
        entity = mention.entity
        if owner is None or entity is None or mention.head not in words.people("speaks_for"):
            continue
        if owner.type in STANDS_FOR_ITSELF and entity.type == "person":
            owners.setdefault(id(entity), owner.name)
    return owners


def _represents(entity: Entity, chains: Chains) -> str | None:
    def known(name: str) -> str | None:
        party = chains.party(name)
        return party.name if party is not None and party is not entity and party.type != "person" else None

    def person_too(name: str) -> str | None:
        party = chains.party(name)
        return party.name if party is not None and party is not entity else None

    if entity.type in STANDS_FOR_ITSELF and entity.named:
        return entity.state or words.seat_of(entity.name) or _ministry(entity.name) or entity.name
    if entity.type == "population" and entity.named:
        return None
    for text in sorted(entity.described, key=_telling):
        if (party := represented(text, known) or represented(text, person_too)) is not None:
            return party
    return _described_body(entity, known) if entity.type in STANDS_FOR_ITSELF else None


def _described_body(entity: Entity, known: Callable[[str], str | None]) -> str | None:
    """A body only described: its state, the organisation its fighters are of, or itself if named apart."""
    if (state := _ministry(entity.name)) is not None:
        return state
    parts = entity.name.split()
    for start in range(len(parts) - 1):
        if (party := known(" ".join(parts[start:-1]))) is not None:
            return party
    return entity.name if any(p[0].isupper() for p in parts) else None


def _telling(text: str) -> tuple[bool, int]:
    """A spokesman's "for X" tells more than a nationality: descriptions with a tie come first."""
    return not (" for " in text or " of " in text), -len(text)


def _ministry(name: str) -> str | None:
    parts = name.split()
    state, size = words.leading_state(parts)
    rest = {p.casefold().strip(".,") for p in parts[size:]}
    return state if state and rest & words.people("state_bodies") else None


def _parties(
    found: list[Found], said: list[RawAttribution], spoken_for: dict[int, str | None]
) -> list[tuple[str | None, str | None, str]]:
    """Party, represented and type of each mention; first persons inside a content are its speaker."""
    speakers = _speakers(found, said)
    out: list[tuple[str | None, str | None, str]] = []
    for mention in found:
        entity = mention.entity
        if mention.form == "pronoun" and mention.type in {"speaker", "speakers"}:
            entity = speakers.get(id(mention))
            side = spoken_for.get(id(entity)) if entity else None
            if entity is not None and mention.type == "speakers" and side is not None:
                out.append((side, side, "organisation"))
                continue
        if entity is None:
            out.append((None, None, "unknown" if mention.form == "pronoun" else mention.type))
        else:
            out.append((entity.name, spoken_for.get(id(entity)), entity.type))
    return out


def _speakers(found: list[Found], said: list[RawAttribution]) -> dict[int, Entity]:
    starts = [m.start for m in found]
    table: dict[int, Entity] = {}
    for made in said:
        speaker = next((e for s in made.source if (e := _entity_in(found, starts, s)) is not None), None)
        if speaker is None:
            continue
        for start, end in made.content:
            for mention in found[bisect_right(starts, start - 1) : bisect_right(starts, end)]:
                if mention.type in {"speaker", "speakers"}:
                    table[id(mention)] = speaker
    return table


def _entity_in(found: list[Found], starts: list[int], span: Span) -> Entity | None:
    inside = [m for m in found[bisect_right(starts, span[0] - 1) : bisect_right(starts, span[1])] if m.entity]
    inside = [m for m in inside if m.start < span[1]]
    people = [m for m in inside if m.form == "name" and m.type == "person"]
    return next((m.entity for m in [*people, *inside]), None)


def _mention(mention: Found, digest: str, about: tuple[str | None, str | None, str]) -> Mention:
    party, speaks_for, kind = about
    return Mention(
        id=annotation_id("mention", digest, [(mention.start, mention.end)], mention.form),
        start=mention.start,
        end=mention.end,
        text=mention.text,
        form=mention.form,  # type: ignore[arg-type]  # a plain string while being found
        type=kind,
        party=party,
        represents=speaks_for,
        confidence=mention.confidence,
    )
