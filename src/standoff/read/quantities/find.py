"""The layer's one function: every quantity of a text, its bounds, what it counts, how it hangs together."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from standoff.model import Context, Mention, Place, Quantity, Statement, Time
from standoff.model.ids import annotation_id, text_sha256
from standoff.read.confidence import calibrated, quantity_forms
from standoff.read.quantities import elliptic, relations
from standoff.read.quantities.asserted import assert_more
from standoff.read.quantities.counts import counts
from standoff.read.quantities.describe import describe
from standoff.read.quantities.draft import Draft
from standoff.read.quantities.labels import labels
from standoff.read.quantities.listed import names_of_people
from standoff.read.quantities.members import members
from standoff.read.quantities.nouns import Nouns
from standoff.read.quantities.of_whom import of_whom
from standoff.read.quantities.page import Page
from standoff.read.quantities.setting import Setting
from standoff.read.quantities.wordless import wordless


def find_quantities(
    doc: Doc,
    context: Context,
    *,
    statements: Sequence[Statement] = (),
    times: Sequence[Time] = (),
    places: Sequence[Place] = (),
    mentions: Sequence[Mention] = (),
) -> list[Quantity]:
    """Every number that counts or measures something, in text order, bounds under rule ``standoff-1``.

    What the other layers found is used where it is given: ``times`` for dates that are no quantities and for
    ``as_of``, ``statements`` for who says so, ``places`` for where. None of them is needed.
    """
    page = Page(doc)
    if not len(page.tokens):
        return []
    drafts = drafts_of(page, times)
    setting = Setting(page, context, statements, times, places)
    text_hash = context.text_sha256 or text_sha256(page.text)
    ids = {id(d): annotation_id("quantity", text_hash, [(d.start, d.end)], d.relation or "") for d in drafts}
    return [_record(page, draft, setting, ids) for draft in drafts]


def drafts_of(page: Page, times: Sequence[Time] = ()) -> list[Draft]:
    """The drafts of a page: numbers, wordless quantities, what they count, their relations and roles."""
    nouns = Nouns(page)
    numbered = counts(page, nouns, times)
    drafts = _apart(numbered, wordless(page, nouns))
    relations.fill_nouns(page, drafts)
    drafts = _sorted([*drafts, *relations.all_buts(page, drafts)])
    relations.mark_wholes(page, drafts)
    labels(page, drafts)
    of_whom(page, drafts)
    for draft in drafts:
        describe(page, draft)
    names_of_people(page, drafts)
    relations.fronted(page, drafts)
    relations.parts(page, drafts)
    relations.remainders(drafts)
    relations.likes(drafts)
    relations.compared(page, drafts)
    elliptic.summed(page, drafts)
    elliptic.topics(page, drafts)
    members(page, drafts)
    assert_more(page, drafts)
    return drafts


def _sorted(drafts: list[Draft]) -> list[Draft]:
    by_place = {(d.start, -d.end, d.relation or ""): d for d in reversed(drafts)}
    return [by_place[place] for place in sorted(by_place)]


def _apart(numbered: list[Draft], others: list[Draft]) -> list[Draft]:
    """All drafts but those wordless ones that stand on a number or on one another."""
    kept = list(numbered)
    for draft in others:
        clash = any(d.start < draft.end and draft.start < d.end and d.kind != "age" for d in kept)
        if not clash:
            kept.append(draft)
    return _sorted(kept)


def _record(page: Page, draft: Draft, setting: Setting, ids: dict[int, str]) -> Quantity:
    statement = setting.statement(draft)
    bounds, text = draft.bounds, page.text[draft.start : draft.end]
    return Quantity(
        id=ids[id(draft)],
        start=draft.start,
        end=draft.end,
        text=text,
        kind=draft.kind,
        low=bounds.low,
        high=bounds.high,
        best=bounds.best,
        low_open=bounds.low_open,
        high_open=bounds.high_open,
        approximate=bounds.approximate,
        unit=draft.unit,
        what=draft.what,
        group=draft.group,
        role=draft.role,
        measure=draft.measure,
        status=draft.status,
        sex=draft.sex,
        age=draft.age,
        of_total=draft.of_total,
        as_of=setting.as_of(draft, statement),
        place=setting.place(draft, statement),
        statement=statement.id if statement else None,
        relation=setting.relation(draft, ids),
        negated=draft.negated,
        confidence=calibrated("quantities", draft.confidence, *quantity_forms(text, draft.confidence)),
    )
