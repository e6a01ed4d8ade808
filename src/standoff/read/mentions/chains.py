"""Which mentions are one party: names, acronyms, apposition, descriptions."""

from __future__ import annotations

import re
from bisect import bisect_left

from spacy.tokens import Doc

from standoff.read.mentions import spelling, words
from standoff.read.mentions.found import ACTING, Entity, Found

PERSONAL = frozenset({"person", "population"})
TAIL = frozenset({"ADP", "DET", "PROPN", "NOUN", "ADJ", "CCONJ", "NUM", "PART", "PUNCT"})
CLAUSE_END = re.compile(r"[,.;)\n\"“]|\b(?:said|told|says|who|which|was|is|has)\b")
BREAK = re.compile(r"[.?!][\"”]?\s|\n\s*\n")
COLLECTIVE = frozenset(
    {"group", "organization", "organisation", "movement", "militia", "faction", "body", "agency"}
)
OWNED = ("his ", "her ", "its ", "their ")
GENERIC = frozenset({"person", "people", "man", "woman", "source", "member", "side", "party", "family"})


class Chains:
    """Entities of one report, filled in text order."""

    def __init__(self, doc: Doc, found: list[Found]) -> None:
        self.doc = doc
        self.text = doc.text
        self.found = found
        self.entities: list[Entity] = []
        self._by_key: dict[str, Entity] = {}
        self._by_surname: dict[str, list[tuple[int, Entity]]] = {}
        self._by_frame: dict[str, list[Entity]] = {}
        self._by_head: dict[str, list[tuple[int, Entity]]] = {}

    def build(self) -> None:
        """Join names first (full ones before short ones), then apposition, then descriptions."""
        named = [m for m in self.found if m.form == "name"]
        for mention in sorted(named, key=lambda m: (m.last == m.first or m.type != "person", m.start)):
            self._name(mention)
        self._apposition()
        for mention in self.found:
            if mention.form == "description" and mention.entity is None:
                self._describe(mention)

    # names

    def _name(self, mention: Found) -> None:
        entity = self._known_person(mention) if mention.type == "person" else self._known_body(mention)
        if entity is None:
            entity = self._new(mention)
        mention.entity = entity
        if mention.title:
            entity.described.append(mention.title)
            self._heads(entity, mention.title, mention.start)
        entity.gender = entity.gender or mention.gender
        self._index(entity, mention)

    def _new(self, mention: Found) -> Entity:
        state = words.state_of(mention.text) if mention.type in {"state", "population"} else None
        name = words.bare(mention.text)
        if mention.type == "state":
            state = state or words.seat_of(mention.text)
            name = state or name
        entity = Entity(
            mention.type, name, state=state, gender=mention.gender, named=True, plural=mention.plural
        )
        self.entities.append(entity)
        return entity

    def _index(self, entity: Entity, mention: Found) -> None:
        key = words.plain(mention.text)
        self._by_key.setdefault(_typed(key, mention.type), entity)
        self._by_key.setdefault(key, entity)
        if mention.type == "person":
            self._by_surname.setdefault(surname(key), []).append((mention.start, entity))
            for each in spelling.frames(key):
                self._by_frame.setdefault(each, []).append(entity)
        elif mention.type != "state":
            head = key.split(" ")[-1]
            entity.heads.add(head)
            self._by_head.setdefault(head, []).append((mention.start, entity))

    def _known_person(self, mention: Found) -> Entity | None:
        key = words.plain(mention.text)
        if (entity := self._by_key.get(_typed(key, "person"))) is not None:
            return entity
        parts = key.split(" ")
        same = self._by_surname.get(surname(key), [])
        if len(parts) == 1:
            fitting = [(at, e) for at, e in same if not _clash(e.gender, mention.gender)]
            before = [pair for pair in fitting if pair[0] <= mention.start]
            if before or fitting:
                return max(before, key=lambda p: p[0])[1] if before else min(fitting, key=lambda p: p[0])[1]
            return None if same else self._respelt(mention, key)
        for _, entity in same:
            other = words.plain(entity.name).split(" ")
            if other[0] == parts[0] or {*parts} <= {*other} or _initial(other[0], parts[0]):
                if len(parts) > len(other):
                    entity.name = words.bare(mention.text)
                return entity
        return self._respelt(mention, key)

    def _respelt(self, mention: Found, key: str) -> Entity | None:
        """A person named before in another spelling: all of the name, or its last word alone."""
        alone = " " not in key
        if alone and len(key) < spelling.LEAST:
            return None
        for each in sorted(spelling.frames(key)):
            for entity in self._by_frame.get(each, ())[-8:]:
                name = words.plain(entity.name)
                last = spelling.alike(surname(key), surname(name)) if alone else spelling.same_name(key, name)
                if last and not _clash(entity.gender, mention.gender):
                    return entity
        return None

    def _known_body(self, mention: Found) -> Entity | None:
        key = words.plain(mention.text)
        if mention.type == "state":
            state = words.state_of(mention.text) or words.seat_of(mention.text)
            key = words.plain(state) if state else key
        entity = self._by_key.get(_typed(key, mention.type)) or self._by_key.get(key)
        if entity is not None and (entity.type == mention.type or mention.type not in {"person", "state"}):
            return entity if entity.type != "person" else None
        if _acronym(mention.text):
            return self._spelled_out(mention)
        return self._longer(key, mention)

    def _spelled_out(self, mention: Found) -> Entity | None:
        letters = mention.text.replace(".", "").upper()
        for other in self.found:
            if other.start >= mention.start:
                break
            if (
                other.entity
                and other.form == "name"
                and " " in other.text
                and other.entity.type not in {"person", "state"}
            ):
                bracket = other.last + 2 == mention.first and self.doc[other.last + 1].text == "("
                if bracket or words.initials(other.text) == letters:
                    return other.entity
        return None

    def _longer(self, key: str, mention: Found) -> Entity | None:
        """An organisation named before whose name begins or ends with these two or more words."""
        if " " not in key:
            return None
        for entity in reversed(self.entities[-60:]):
            if entity.type in {"person", "state"}:
                continue
            other = words.plain(entity.name)
            if other.startswith(key + " ") or other.endswith(" " + key):
                return entity
            if key.startswith(other + " ") and " " in other:
                entity.name = words.bare(mention.text)
                return entity
        return None

    # apposition and descriptions

    def _apposition(self) -> None:
        """Join "NAME, a spokesman for X" and "the envoy to X, NAME" to one party."""
        described = [m for m in self.found if m.form == "description"]
        starting = {m.first: m for m in reversed(described)}
        ending = {m.last: m for m in reversed(described) if m.entity is None and m.type in PERSONAL}
        for name in self.found:
            if name.form != "name" or name.entity is None:
                continue
            after = self._behind(name, starting)
            if after is not None:
                self._join(name.entity, after, self._to_clause_end(after))
            before = self._ahead(name, ending, described)
            if before is not None:
                self._join(name.entity, before, self.text[before.start : self._left_edge(name)])

    def _join(self, entity: Entity, description: Found, text: str) -> None:
        if description.entity is not None or (entity.type == "person" and description.type not in PERSONAL):
            return
        if description.type == "person" and entity.type in ACTING:
            return  # "the siege of Velm, the mayor said": a body is nobody's mayor
        description.entity = entity
        entity.described.append(text.strip(" ,\n"))
        entity.gender = entity.gender or _gender(description.head)
        self._heads(entity, description.text, description.start)
        entity.heads.add(description.head)
        self._by_head.setdefault(description.head, []).append((description.start, entity))

    def _behind(self, name: Found, starting: dict[int, Found]) -> Found | None:
        doc, at = self.doc, name.last + 1
        if at + 1 >= len(doc) or doc[at].text not in {",", "("}:
            return None
        found = starting.get(at + 1)
        if found is None or found.plural or not self._closed(found.last + 1):
            return None
        return found

    def _closed(self, at: int) -> bool:
        """Whether an apposition may end here: not in a list ("X, a driver and Y")."""
        return at >= len(self.doc) or self.doc[at].lower_ not in {"and", "or", "&"}

    def _ahead(self, name: Found, ending: dict[int, Found], described: list[Found]) -> Found | None:
        doc, at = self.doc, self._title_start(name) - 1
        if at < 1:
            return None
        if (found := ending.get(at)) is not None and not found.plural and name.type == "person":
            return found
        if doc[at].text != "," or name.type != "person":
            return None
        if (found := ending.get(at - 1)) is not None:
            tied = " for " in found.text or " of " in found.text
            one = found.definite or tied or self._in_apposition(found, name)
            return found if one and not found.plural else None
        return self._with_tail(at, described)

    def _in_apposition(self, found: Found, name: Found) -> bool:
        """ "a driver, NAME, said": closed by a comma, and the parse hangs the one on the other."""
        doc, after = self.doc, name.last + 1
        if after >= len(doc) or doc[after].text != "," or not self._closed(after + 1):
            return False
        # by names alone: the parser hangs a title, or the last name, on the description
        hanging = [doc[i] for i in range(self._title_start(name), after)]
        return any(t.dep_ == "appos" and found.first <= t.head.i <= found.last for t in hanging)

    def _with_tail(self, comma: int, described: list[Found]) -> Found | None:
        """ "the commander of X forces in Y and Z, NAME": the description whose tail ends at the comma."""
        low = self.doc[max(0, comma - 18)].idx
        first = bisect_left(described, low, key=lambda m: m.start)
        for found in described[first : first + 12]:
            if found.last >= comma:
                break
            tail = self.doc[found.last + 1 : comma]
            plain = all(t.pos_ in TAIL and t.text != "," and "\n" not in t.text for t in tail)
            if found.definite and not found.plural and found.type == "person" and len(tail) and plain:
                return found
        return None

    def _title_start(self, name: Found) -> int:
        return name.title_first if name.title else name.first

    def _left_edge(self, name: Found) -> int:
        return self.doc[self._title_start(name)].idx

    def _to_clause_end(self, description: Found) -> str:
        """The description to the end of its phrase: "a spokesman for the force in X"."""
        text = self.text
        end = CLAUSE_END.search(text, description.end)
        stop = end.start() if end and end.start() - description.end < 80 else description.end
        return text[description.start : stop]

    def _heads(self, entity: Entity, text: str, at: int) -> None:
        for word in text.split():
            key = word.casefold().strip(".,")
            if key in words.people("roles"):
                entity.heads.add(key)
                self._by_head.setdefault(key, []).append((at, entity))

    def _describe(self, mention: Found) -> None:
        key = words.plain(mention.text)
        entity = self._by_key.get(_typed(key, "description"))
        if entity is None and mention.definite:
            entity = self._same_head(mention)
        if entity is None:
            entity = self._named_later(mention)
        if entity is None:
            entity = Entity(
                mention.type, words.bare(mention.text), gender=_gender(mention.head), plural=mention.plural
            )
            entity.described.append(mention.text)
            self.entities.append(entity)
        mention.entity = entity
        self._by_key.setdefault(_typed(key, "description"), entity)
        if mention.head not in GENERIC:
            self._by_head.setdefault(mention.head, []).append((mention.start, entity))

    def _same_head(self, mention: Found) -> Entity | None:
        """For "the envoy": the latest party before it that was called an envoy and is not set apart."""
        extra = [w for w in words.plain(mention.text).split(" ") if w != mention.head]
        if mention.text.casefold().startswith(OWNED):
            return None
        if mention.head in COLLECTIVE and not extra:
            return self._nearby(mention)
        before = [pair for pair in self._by_head.get(mention.head, ()) if pair[0] < mention.start]
        for _, entity in sorted(before, key=lambda p: -p[0])[:6]:
            if entity.plural != mention.plural and entity.type == "person":
                continue
            said = " ".join([entity.name, *entity.described]).casefold()
            if all(word in said for word in extra):
                return entity
        return None

    def _named_later(self, mention: Found) -> Entity | None:
        """For a lead's "the provincial governor" the one person of that office whom the report names further
        down ("Governor NAME"); for "a hospital official", only one called by all these words."""
        if mention.plural or mention.type != "person" or mention.head not in words.people("roles"):
            return None
        bearers = {id(e): e for _, e in self._by_head.get(mention.head, ()) if e.named and e.type == "person"}
        if len(bearers) != 1 or mention.text.casefold().startswith(OWNED):
            return None
        entity = next(iter(bearers.values()))
        extra = {w for w in words.plain(mention.text).split(" ") if w != mention.head}
        said = set(words.plain(" ".join(entity.described)).split(" "))
        wide = words.people("somewhere") if mention.definite else frozenset[str]()
        return entity if extra - wide <= said and (mention.definite or extra) else None

    def _nearby(self, mention: Found) -> Entity | None:
        """For "the group": the last organisation named in the same sentence or the one before."""
        index = bisect_left(self.found, mention.start, key=lambda m: m.start)
        for other in reversed(self.found[max(0, index - 8) : index]):
            if len(BREAK.findall(self.text, other.end, mention.start)) > 1:
                return None
            if other.form == "name" and other.entity and other.entity.type in {"organisation", "armed_group"}:
                return other.entity
        return None

    def party(self, name: str) -> Entity | None:
        """The entity a name stands for, or None."""
        key = words.plain(name)
        if (entity := self._by_key.get(key) or self._by_key.get(_typed(key, "description"))) is not None:
            return entity
        return next((e for _, e in self._by_head.get(key, ())), None) if " " not in key else None


def surname(key: str) -> str:
    """Last word of a person's name, without Arabic article and generational suffix."""
    parts = [p for p in key.split(" ") if p not in {"jr", "sr", "ii", "iii", "iv"}] or [key]
    return re.sub(r"^(?:al|el|as|ar|at|ash|an|az)-", "", parts[-1])


def _typed(key: str, kind: str) -> str:
    return f"{kind}|{key}"


def _clash(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _initial(one: str, other: str) -> bool:
    short, long = sorted((one.strip("."), other.strip(".")), key=len)
    return len(short) == 1 and long.startswith(short)


def _acronym(text: str) -> bool:
    letters = text.replace(".", "")
    return letters.isupper() and letters.isalpha() and 2 <= len(letters) <= 8


def _gender(head: str) -> str | None:
    if head in {
        "spokeswoman",
        "woman",
        "mother",
        "wife",
        "daughter",
        "sister",
        "queen",
        "girl",
        "chairwoman",
    }:
        return "female"
    if head in {
        "spokesman",
        "man",
        "father",
        "husband",
        "son",
        "brother",
        "king",
        "boy",
        "prince",
        "chairman",
    }:
        return "male"
    return None
