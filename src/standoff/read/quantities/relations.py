"""How the quantities of a text hang together: parts, remainders, likes, all-buts, borrowed nouns."""

from __future__ import annotations

import re
from bisect import bisect_left

import msgspec

from standoff import vocab
from standoff.read.quantities import rules
from standoff.read.quantities.draft import Draft
from standoff.read.quantities.page import Page
from standoff.read.quantities.persons import is_people, is_person, is_plural, singular
from standoff.read.quantities.rules import Bounds, tidy

OWN = vocab.load("en/quantity_roles")["own_figure"]
ALL_BUT = re.compile(r"(?<!\w)all\s+but\s+(?:for\s+)?$", re.IGNORECASE)
INSIDE = re.compile(
    r"(?<!\w)(?<!not )(?:including(?:\s+(?:at\s+least))?|"
    r"among\s+(?:them|those|whom)(?:\s+(?:were|are|was))?,?|of\s+(?:whom|which|them|those|these)|"
    r"inclusive\s+of|counting)[\s,]+(?:[\w'’-]+\s+){0,2}$",
    re.IGNORECASE,
)
OUTSIDE = re.compile(
    r"(?<!\w)(?:besides|in\s+addition\s+to|on\s+top\s+of|plus|apart\s+from|excluding|not\s+including|not\s+counting|"
    r"aside\s+from|as\s+well\s+as|along\s+with|together\s+with)\s+(?:the\s+|its\s+|his\s+|their\s+)?$",
    re.IGNORECASE,
)
OF_THOSE = re.compile(
    r"(?<!\w)(?:of|among)\s+(?:those|these|them|whom|which|the\s+\w+)[\s,]+(?:at\s+least\s+)?$", re.I
)
OF_ALL = re.compile(r"\s+of\s+(?:the|its|his|her|their|those|these)\s+", re.IGNORECASE)
OUT_OF = re.compile(
    r"\s+(?:out\s+of|of|from\s+among)\s+(?:the\s+|its\s+|their\s+|a\s+total\s+of\s+|every\s+)?(?:\w+\s+)?",
    re.I,
)
FRONTED = re.compile(
    r"(?:^|[.!?;:][\"'”’)]*\s+|\n\s*|[\"“]\s*)of\s+(?:(?:the|its|his|her|their|those|these|some|about)\s+)*$",
    re.IGNORECASE,
)
LISTED = re.compile(r"\s*(?:,|,?\s*(?:and|plus|as\s+well\s+as))\s+", re.IGNORECASE)
COMPARED = re.compile(
    rf"(?<!\w)(?:{'|'.join(vocab.load('en/quantity_roles')['compared']['before'])})\s+(?:the\s+|its\s+|his\s+)?$",
    re.IGNORECASE,
)
OWN_FIGURE = re.compile(
    rf"(?<!\w)(?:his|her|its|their)\s+(?:own\s+)?(?:{'|'.join(OWN['nouns'])})\s+"
    rf"(?:{'|'.join(OWN['links'])})\s+$",
    re.IGNORECASE,
)
"""Somebody's figure, of what it is not said: where people died it is the toll."""
OPENING = re.compile(r"(?:among|of)\s+(?:them|those|these|whom)\b", re.IGNORECASE)
THE = re.compile(r"(?<!\w)the\s+$", re.IGNORECASE)
APPOSED = re.compile(r"\s*[,(–—-]\s*(?:and\s+|at\s+least\s+)?")
REACH = 900
SPAN = 200
"""The longest that a count's own words may be, for the search back."""
NEAREST = 24


def _counts(drafts: list[Draft]) -> list[Draft]:
    kept = [d for d in drafts if d.kind in {"count", "rate"} and not (d.negated and d.value == 0)]
    return sorted(kept, key=_start)


def _near(draft: Draft, drafts: list[Draft]) -> list[Draft]:
    """Earlier counts within reach, nearest first, at most `NEAREST`. ``drafts`` stand in text order."""
    found: list[Draft] = []
    index = bisect_left(drafts, draft.start, key=_start)
    while index > 0 and len(found) < NEAREST:
        index -= 1
        other = drafts[index]
        if draft.start - other.start > REACH + SPAN:
            break
        if other.end <= draft.start and draft.start - other.end <= REACH:
            found.append(other)
    return found


def _start(draft: Draft) -> int:
    return draft.start


def fill_nouns(page: Page, drafts: list[Draft]) -> None:
    """Give bare numbers ("the remaining 11", "five of them") the noun of the nearest earlier count."""
    for draft in drafts:
        if draft.kind == "percent":
            draft.what, draft.group = draft.counted.what, draft.counted.group
    counted = _counts(drafts)
    for draft in counted:
        found = draft.counted
        if found.how in {"plain", "part"} and found.what:
            draft.what, draft.group = found.what, found.group
        elif draft.what is None:
            _borrow(page, draft, counted, persons=found.how == "beside")


def _borrow(page: Page, draft: Draft, earlier: list[Draft], *, persons: bool) -> None:
    if persons:
        draft.what = draft.counted.words[0]
        return
    headed = page.headed(draft.start)
    near = [
        o
        for o in _near(draft, earlier)[:8]
        if o.what is not None and o.kind == "count" and o.counted.how != "beside"
        if headed is None or o.start >= headed[0]
    ]
    if headed is not None and not near and is_person(headed[1]) and is_plural(headed[1]):
        draft.what = draft.group = headed[1]
        return
    if draft.counted.how == "pronoun":
        start, _ = page.sentence(draft.start)
        near.sort(key=lambda o: o.end < start or not (apposed(page, draft, o) or counts_persons(page, o)))
    if THE.search(page.text, max(0, draft.start - 6), draft.start) and draft.value is not None:
        near.sort(key=lambda o: o.value != draft.value)  # "the seven" are the seven told of before
    if draft.counted.how != "pronoun":
        near.sort(key=lambda o: is_inside(page, o))  # "..., including four children, and dozens were hurt"
    for other in near:
        draft.what, draft.group = other.what, other.group
        draft.confidence = min(draft.confidence, 0.6)
        return


def is_inside(page: Page, draft: Draft) -> bool:
    """Whether the words before a count tell it as a part: "including 3 children"."""
    return INSIDE.search(page.text, max(0, draft.start - 60), draft.start) is not None


def apposed(page: Page, draft: Draft, whole: Draft) -> bool:
    """ "14 lorries, three of them loaded": the whole stands right before its part."""
    smaller = whole.value is None or draft.value is None or whole.value > draft.value
    return smaller and APPOSED.fullmatch(page.text, whole.end, draft.start) is not None


def counts_persons(page: Page, draft: Draft) -> bool:
    """Whether a draft counts persons, peoples by name included."""
    if draft.what is None:
        return False
    if is_person(draft.what) or draft.counted.how == "beside":
        return True
    head = draft.counted.head
    return head is not None and (page.tokens[head].ent_type_ == "NORP" or is_people(page.tokens[head].text))


def same_what(a: Draft, b: Draft) -> bool:
    """Whether two counts are of one noun, or one of them says no noun of its own."""
    if a.what is None or b.what is None:
        return True
    return singular(a.what) == singular(b.what)


def _larger(draft: Draft, others: list[Draft]) -> Draft | None:
    """The nearest earlier count of the same noun that can be its whole."""
    for other in others:
        value = other.value
        if other.kind != "count" or value is None or other.relation in {"remainder", "part_of"}:
            continue
        if same_what(draft, other) and (draft.value is None or value > draft.value):
            return other
    return None


def remainders(drafts: list[Draft]) -> None:
    """ "the remaining 11" of the 17 buses told before."""
    counts = _counts(drafts)
    for draft in counts:
        if draft.relation == "remainder" and draft.related is None:
            near = _near(draft, counts)
            draft.related = _larger(draft, near) or (near[0] if near and draft.value is None else None)


def likes(drafts: list[Draft]) -> None:
    """ "a like number": bounds of the nearest earlier count."""
    counts = _counts(drafts)
    for draft in counts:
        if draft.relation != "equals":
            continue
        near = [d for d in _near(draft, counts) if d.value is not None]
        if near:
            draft.related = near[0]
            draft.bounds = msgspec.structs.replace(
                near[0].bounds, approximate=draft.bounds.approximate or near[0].bounds.approximate
            )


def all_buts(page: Page, drafts: list[Draft]) -> list[Draft]:
    """ "all but one of the 72 hostages": a quantity of its own, the whole less the exception."""
    made = []
    counts = _counts(drafts)
    for draft in counts:
        before = ALL_BUT.search(page.text, max(0, draft.start - 16), draft.start)
        if not before or draft.value is None:
            continue
        whole = _whole_inside(page, draft, counts)
        earlier = whole or _larger(draft, _near(draft, counts))
        made.append(_all_but(draft, whole, earlier, before.start()))
        draft.roleless = True
        if whole is None:
            draft.relation, draft.related = "remainder", earlier
    return made


def _all_but(draft: Draft, whole: Draft | None, earlier: Draft | None, start: int) -> Draft:
    bounds = Bounds()
    if whole is not None and whole.bounds.best is not None and draft.bounds.best is not None:
        bounds = rules.exact(tidy(whole.bounds.best - draft.bounds.best))
    source = whole or draft
    return Draft(
        start=start,
        end=max(draft.end, whole.end if whole else 0),
        kind="count",
        bounds=bounds,
        counted=source.counted,
        what=source.what,
        group=source.group,
        anchor=draft.anchor,
        relation="all_but",
        related=earlier,
        whole=whole.bounds.best if whole else None,
        confidence=0.8 if whole else 0.5,
        number_start=draft.number_start,
        number_end=draft.number_end,
    )


def _whole_inside(page: Page, draft: Draft, counts: list[Draft]) -> Draft | None:
    """The whole written right after a part: "10 of 12", "one of the 72 hostages", "8 out of 10"."""
    index = bisect_left(counts, draft.start, key=_start)
    for k in range(index, len(counts)):
        other = counts[k]
        if other.start - draft.number_end > 40:
            break
        close = 0 <= other.number_start - draft.number_end <= 40
        if other is draft or not close:
            continue
        if OUT_OF.fullmatch(page.text, draft.number_end, other.start) and (other.value or 0) > (
            draft.value or 0
        ):
            return other
    return None


def mark_wholes(page: Page, drafts: list[Draft]) -> None:
    """Wholes of a part ("of the 12 hostages") take no role from the part's verb."""
    counts = _counts(drafts)
    for draft in drafts:
        whole = _whole_inside(page, draft, counts)
        if whole is not None and draft.kind in {"count", "rate", "percent"}:
            whole.roleless = True


def parts(page: Page, drafts: list[Draft]) -> None:
    """ "10 of 12", "five of them", "three of the bodies", "of those, 12 died", "including 3 children"."""
    shares = [d for d in drafts if d.kind == "percent" and d.relation == "part_of"]
    counts = sorted(_counts(drafts) + shares, key=_start)
    for draft in counts:
        if draft.relation in {"all_but", "equals"}:
            continue
        whole = _whole_inside(page, draft, counts)
        if whole is not None:
            _part_of_number(draft, whole)
            continue
        near = _near(draft, counts)
        before = page.text[max(0, draft.start - 60) : draft.start]
        pointed = draft.counted.how in {"pronoun"} or OF_THOSE.search(before)
        if pointed or (draft.counted.how == "part" and draft.value is not None and draft.relation is None):
            if draft.counted.how == "part" and not OF_ALL.match(page.text, draft.number_end):
                continue
            found = _larger(draft, near) if draft.kind == "count" else next(iter(near), None)
            draft.relation = draft.relation or "part_of"
            draft.related = draft.related or found
        _in_or_out(page, draft, near, before)


def _part_of_number(draft: Draft, whole: Draft) -> None:
    draft.relation, draft.related, draft.whole = "part_of", whole, whole.bounds.best
    draft.of_total = "inside"
    if draft.what is None or draft.counted.what is None:
        draft.what, draft.group = whole.what, whole.group
    if draft.kind == "percent" and draft.bounds.best is not None and whole.bounds.best is not None:
        draft.kind, draft.unit = "count", None
        draft.bounds = rules.exact(tidy(round(draft.bounds.best * whole.bounds.best / 100)))


def _listed(page: Page, draft: Draft, before: Draft) -> None:
    """The next of a list inside or outside a total: "including five women and three children"."""
    if before.of_total is None or before.relation == "remainder" or draft.counted.how != "plain":
        return
    joint = LISTED.fullmatch(page.text, before.end, draft.start)
    if joint is None or (before.of_total == "outside" and joint[0].strip() == ","):
        return
    whole = before.related
    fits = whole is None or None in (whole.value, draft.value) or (whole.value or 0) > (draft.value or 0)
    if fits and draft.role in {None, "other", before.role}:
        draft.of_total = before.of_total
        if whole is not None:
            draft.relation, draft.related = draft.relation or before.relation, whole


def fronted(page: Page, drafts: list[Draft]) -> None:
    """ "Of the 17 lorries that left, six turned back and the remaining 11 were stuck"."""
    counts = _counts(drafts)
    for k, whole in enumerate(counts):
        if whole.kind != "count" or not FRONTED.search(page.text, max(0, whole.start - 24), whole.start):
            continue
        _, end = page.sentence(whole.start)
        for part in counts[k + 1 : k + 1 + NEAREST]:
            if part.start >= end:
                break
            smaller = part.value is None or whole.value is None or part.value < whole.value
            if part.related is None and part.kind == "count" and smaller and same_what(part, whole):
                part.relation, part.related = part.relation or "part_of", whole
                part.of_total = part.of_total or "inside"


def compared(page: Page, drafts: list[Draft]) -> None:
    """Figures set beside an earlier one ("up from 24", "an earlier figure of 25") have its role and noun."""
    counts = _counts(drafts)
    for draft in counts:
        bare = draft.counted.how == "none"
        if not bare or draft.kind != "count" or draft.role not in {None, "other"}:
            continue
        before = page.text[max(0, draft.start - 60) : draft.start]
        if not COMPARED.search(before) or OWN_FIGURE.search(before):
            continue
        start, _ = page.sentence(draft.start)
        start, _ = page.sentence(max(0, start - 2))
        other = next((o for o in _near(draft, counts) if o.start >= start and o.kind == "count"), None)
        if other is not None and other.role not in {None, "other"}:
            draft.role, draft.what, draft.group = other.role, other.what, other.group
            draft.personal = other.personal


def _in_or_out(page: Page, draft: Draft, near: list[Draft], before: str) -> None:
    """Inside or outside the total that stands before it in the sentence."""
    start, _ = page.sentence(draft.start)
    if draft.kind == "percent" and draft.related is None and not INSIDE.search(before):
        return
    if INSIDE.search(before) or (draft.relation == "part_of" and draft.of_total is None):
        draft.of_total = "inside"
        persons = draft.what is not None and is_person(draft.what)
        if OPENING.match(page.text, start):
            start, _ = page.sentence(max(0, start - 2))
        for other in near:
            if draft.related is not None or other.end < start:
                break
            if draft.counted.how == "part" and not INSIDE.search(before) and not same_what(draft, other):
                continue
            fits = other.value is None or draft.value is None or other.value > draft.value
            if fits and (
                not persons
                or other.what is None
                or other.personal
                or is_person(other.what)
                or other.counted.how == "beside"
            ):
                draft.relation, draft.related = draft.relation or "part_of", other
    elif OUTSIDE.search(before):
        draft.of_total = "outside"
    elif draft.of_total is None and near:
        _listed(page, draft, near[0])
    if draft.related is not None and draft.relation == "part_of" and draft.role in {None, "other"}:
        draft.role = draft.related.role
