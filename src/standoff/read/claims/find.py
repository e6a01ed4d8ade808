"""The one way in: every claim of a report, in text order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from spacy.tokens import Doc, Token

from standoff.model import Claim, Context, Mention, Place, Quantity, Statement, Time, text_sha256
from standoff.read.claims.access import from_access_noun, from_arrival, from_control
from standoff.read.claims.blame import accusations
from standoff.read.claims.deals import terms, tie, undertakings
from standoff.read.claims.draft import Draft, write
from standoff.read.claims.events import from_noun, from_verb
from standoff.read.claims.harm import COUNTED, counted, lives, share_harm
from standoff.read.claims.kinds import actor
from standoff.read.claims.page import Page
from standoff.read.claims.parts import attack_told, bring_in
from standoff.read.event_words import noun_senses, verb_cues, verb_senses
from standoff.read.roles import find_parts

_Find = Callable[[Page, Token], Draft | None]


def find_claims(
    doc: Doc,
    context: Context,
    *,
    statements: Sequence[Statement] = (),
    mentions: Sequence[Mention] = (),
    quantities: Sequence[Quantity] = (),
    times: Sequence[Time] = (),
    places: Sequence[Place] = (),
) -> list[Claim]:
    """Typed propositions with their participants, figures, dates, modality, polarity and statement.

    All arguments are of the same report; any may be empty, and then what they would give is None
    or empty. Offsets are code points of ``doc.text``. A claim is drawn only where the words carry an
    event and its participants; a document of another matter gives none.
    """
    page = Page(
        doc, statements=statements, mentions=mentions, quantities=quantities, times=times, places=places
    )
    drafts = _settled(page, [draft for token in _candidates(page) for draft in _drafts(page, token)])
    if attack_told(page):
        drafts = bring_in(page, drafts, find_parts(doc))
    text_hash = context.text_sha256 or text_sha256(doc.text)
    claims = {claim.id: claim for claim in (write(page, draft, text_hash) for draft in drafts)}
    for claim in accusations(list(claims.values()), statements, text_hash):
        claims[claim.id] = claim
    return tie(sorted(claims.values(), key=lambda c: (c.trigger or (0, 0), c.type)))


def _finders() -> dict[str, list[_Find]]:
    """Word form -> what to try at a token of that form, in order; the first draft found is taken."""
    table: dict[str, list[_Find]] = {}
    for form in verb_cues("allow") | verb_cues("block"):
        table.setdefault(form, []).append(from_control)
    for form in (
        "reach",
        "reached",
        "reaches",
        "arrive",
        "arrived",
        "arrives",
        "enter",
        "entered",
        "get",
        "got",
    ):
        table.setdefault(form, []).append(from_arrival)
    for form in ("access", "passage"):
        table.setdefault(form, []).append(from_access_noun)
    for form in COUNTED:
        table.setdefault(form, []).append(counted)
    for form in ("lives", "life"):
        table.setdefault(form, []).append(lives)
    for form in verb_senses():
        table.setdefault(form, []).append(from_verb)
    for form in noun_senses():
        table.setdefault(form, []).append(from_noun)
    return table


_TABLE = _finders()


def _candidates(page: Page) -> Iterator[Token]:
    for i, word in enumerate(page.lower):
        if word in _TABLE:
            yield page.doc[i]


def _drafts(page: Page, token: Token) -> Iterator[Draft]:
    for find in _TABLE[token.lower_]:
        draft = find(page, token)
        if draft is not None:
            yield draft
            return


def _settled(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Drafts without those that another one takes in, and with the terms of agreements."""
    taken = {i for draft in drafts for i in draft.absorbed}
    share_harm(drafts)
    told = {(d.type, d.mode) for d in drafts if d.head.dep_ != "amod"}
    kept = [
        d
        for d in drafts
        if d.head.i not in taken
        and says_something(page, d)
        # "the stranded families" adds nothing to "the families were stranded"
        and not (d.head.dep_ == "amod" and (d.type, d.mode) in told)
    ]
    undertakings(page, kept)
    kept.extend(terms(page, kept))
    return kept


def says_something(page: Page, draft: Draft) -> bool:
    """Whether a claim would have a participant; an event without any says nothing that can be compared."""
    if any(actor(page, token) is not None for token in draft.participants()):
        return True
    first, last = draft.evidence
    return (
        any(page.quantity_at[i] or page.place_at[i] for i in range(first, last + 1))
        and draft.type == "ASSAULT"
    )
