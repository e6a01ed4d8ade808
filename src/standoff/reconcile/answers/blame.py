"""Who is to blame, and was it right: accusations against each other, agreements endorsed or denounced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from itertools import combinations

from standoff.model import Actor, Claim, Statement
from standoff.model.spans import quote
from standoff.reconcile.accounts import Teller, Told, as_told_of, claim_span
from standoff.reconcile.answers.akin import named_doers, one_camp
from standoff.reconcile.answers.opposed import Answer, ask
from standoff.reconcile.answers.times import about_one_time, windows
from standoff.reconcile.decisions import Decisions
from standoff.reconcile.figures.questions import Open
from standoff.reconcile.matter import NOTION, stems
from standoff.reconcile.shelf import Page, Shelf
from standoff.reconcile.wording import answer_words, content_words, definite, event_words, phrase, say, table

SEVERAL = 2
"""Words that two accusations must share to be about one matter, where neither blames the other's accuser."""

# -- responsibility ----------------------------------------------------------------------------------


def responsibility_questions(shelf: Shelf, teller: Teller, decisions: Decisions) -> list[Open]:
    """Who is responsible? Accusations of one incident, of each other, or of one matter in one report."""
    answers = [each for page in shelf.pages for each in accusations_in(shelf, teller, page)]
    within = windows()["blame_days"]
    asked = ask(
        "responsibility",
        answers,
        lambda members: _responsibility_words(shelf, members),
        lambda a, b: (
            one_camp(shelf, a.value, b.value) is not True
            and about_one_time(a, b, within)
            and _one_matter(shelf, a, b)
        ),
        decisions,
    )
    return [each for each in asked if each.linked.against]


def accusations_in(shelf: Shelf, teller: Teller, page: Page) -> list[Answer]:
    """Who is accused in a report, as answers to who is responsible."""
    return shelf.of_page(page, "accusations", partial(_accused_in, shelf, teller, page))


def _accused_in(shelf: Shelf, teller: Teller, page: Page) -> list[Answer]:
    found = list(_accusations(shelf, teller, page))
    outright = {answer.told.id for answer, openly in found if openly}
    return _with_shared_matters(shelf, [answer for answer, _ in found], outright)


def _blamed(page: Page, claim: Claim) -> tuple[tuple[Actor, ...], bool]:
    """Whom a claim blames, and whether it does so in so many words: an accusation, or harm that a
    source lays at somebody's door."""
    if claim.polarity == "denied" or claim.modality != "actual":
        return (), False
    if claim.type == "ACCUSE":
        return claim.recipients or claim.targets, True
    statement = page.statements.get(claim.statement or "")
    if statement is None or statement.voice == "report":
        return (), False
    harmful = claim.type in {"ASSAULT", "COERCE"} or (claim.type == "STATE" and claim.mode == "harm")
    return (claim.actors if harmful else ()), "accuses" in statement.stance


def _accusations(shelf: Shelf, teller: Teller, page: Page) -> Iterator[tuple[Answer, bool]]:
    """Accusations in a report, each with whether it is made in so many words."""
    for claim in page.reading.claims:
        blamed, outright = _blamed(page, claim)
        if not blamed:
            continue
        named = named_doers(shelf, page, blamed)
        if not named:
            continue  # "aircraft", "shells" and "they" are nobody's door
        party = named[0]
        told = teller.of_claim(page, claim, shelf.name(party, blamed[0].name), "responsibility")
        if told is None or told.principal == party:
            continue
        accuser = told.principal or next(iter(shelf.actors(page, claim.actors)), None)
        blocks = []
        incident = shelf.incident(claim.id, claim.incident)
        if incident and outright:
            blocks.append(f"incident:{incident}")
        if accuser and outright:
            # Sorted, so that A against B and B against A share the block; what is withheld is another matter.
            withheld = ":withheld" if _kind(told) == "withheld" else ""
            blocks.append("pair:" + "|".join(sorted((accuser, party))) + withheld)
        yield Answer(told, party, tuple(blocks) or (f"alone:{told.id}",)), outright


def _with_shared_matters(shelf: Shelf, answers: list[Answer], outright: set[str]) -> list[Answer]:
    """Answers of one page with a block added for each matter that two accusers in one report speak of; one
    of the two at least must accuse in so many words."""
    extra: dict[str, list[str]] = defaultdict(list)
    for a, b in combinations(answers, 2):
        if not outright & {a.told.id, b.told.id} or a.told.own or b.told.own:
            continue
        if a.value != b.value and a.told.key != b.told.key and _one_matter(shelf, a, b):
            block = f"matter:{a.told.id}:{b.told.id}"
            extra[a.told.id].append(block)
            extra[b.told.id].append(block)
    return [Answer(each.told, each.value, each.blocks + tuple(extra[each.told.id])) for each in answers]


def _one_matter(shelf: Shelf, a: Answer, b: Answer) -> bool:
    """Whether both accusers tell of one thing; one word does in one report, or where the one blames the
    other's side."""
    if len({kind for each in (a, b) if (kind := _kind(each.told))}) > 1:
        return False
    shared = _matter_words(shelf, a) & _matter_words(shelf, b)
    words = sum(not each.startswith(NOTION) for each in shared)
    crossed = any(
        mine.told.principal and one_camp(shelf, mine.told.principal, theirs.value)
        for mine, theirs in ((a, b), (b, a))
    )
    if crossed:
        return bool(shared)
    return words >= (1 if a.told.page is b.told.page else SEVERAL)


def _kind(told: Told) -> str | None:
    """What kind of deed is laid at a door: harm done, or something withheld or shut; None where the words
    tell of no deed, or of both."""
    claim = told.claim
    if claim is None:
        return None
    told_in = told.page.reading.claims if claim.type == "ACCUSE" else (claim,)
    deeds = [each for each in told_in if each.type in DEEDS and each.statement == claim.statement]
    kinds = {DEEDS[each.type] for each in deeds}
    return kinds.pop() if len(kinds) == 1 else None


DEEDS = {"ASSAULT": "harm", "STATE": "harm", "COERCE": "withheld"}


def _matter_words(shelf: Shelf, answer: Answer) -> frozenset[str]:
    """Stems of the whole statement and of the accusation, without the names of those who take part."""
    told = answer.told
    return shelf.of_page(
        told.page, ("matter", told.account.statement, told.account.span), lambda: _matter(told)
    )


def _matter(told: Told) -> frozenset[str]:
    statement = told.page.statements.get(told.account.statement or "")
    spans = (*(statement.content if statement and statement.voice == "source" else ()), told.account.span)
    return stems(quote(told.page.text, spans)) - _names(told.page)


def _names(page: Page) -> frozenset[str]:
    """Stems of the words by which a report names who takes part, notions apart."""
    found: frozenset[str] | None = page.note.held.get("names")
    if found is None:
        words = {word for text in {each.text for each in page.reading.mentions} for word in stems(text)}
        found = page.note.held["names"] = frozenset(each for each in words if not each.startswith(NOTION))
    return found


def _suffering(claim: Claim | None) -> tuple[str, ...]:
    """To whom a claim of blame says that something happened."""
    if claim is None:
        return ()
    if claim.type == "COERCE":
        return tuple(each.name for each in claim.recipients)
    accusing = claim.type == "ACCUSE" and not claim.recipients
    return () if accusing else tuple(each.name for each in claim.targets)


def _responsibility_words(shelf: Shelf, members: list[Answer]) -> tuple[str, str | None]:
    """Who suffered is told best by the accusations themselves; where, by their incident."""
    claims = [answer.told.claim for answer in members]
    found = (shelf.incident(claim.id, claim.incident) for claim in claims if claim)
    incident = next((each for each in found if each in shelf.incidents), None)
    known = shelf.incidents.get(incident or "")
    # Who suffered is told more plainly by an accusation than by what was withheld.
    claims.sort(key=lambda claim: claim is not None and claim.type == "COERCE")
    suffering = [each for claim in claims for each in _suffering(claim)]
    if not suffering and known:
        suffering = [shelf.name(target) for target in known.targets[:1]]
    to = phrase("to", target=definite(suffering[0]) if suffering else None)
    where = phrase("where", place=shelf.place_name(None, known.place)) if known else ""
    return say("questions", "responsibility", to=to, where=where), incident


# -- legitimacy --------------------------------------------------------------------------------------

STANCE = {"endorses": "right", "rejects": "wrong", "denounces": "wrong"}
CLAIM = {"SUPPORT": "right", "REJECT": "wrong"}


def legitimacy_questions(shelf: Shelf, teller: Teller, decisions: Decisions) -> list[Open]:
    """Was it right? Who endorses and who denounces one agreement or act."""
    answers = [
        each
        for page in shelf.pages
        for each in shelf.each_of_page(page, "judgements", partial(_judgements, shelf, teller, page))
    ]
    found = ask(
        "legitimacy",
        answers,
        lambda members: _legitimacy_words(shelf, members),
        lambda _a, _b: True,
        decisions,
    )
    return [each for each in found if each.linked.against]


def _judgements(shelf: Shelf, teller: Teller, page: Page) -> Iterator[Answer]:
    """Endorsements and rejections in one report: by claims, by stance where no claim was drawn."""
    seen: set[str] = set()
    for claim in page.reading.claims:
        verdict = CLAIM.get(claim.type)
        if verdict is None or claim.modality not in {"actual", "historical"}:
            continue
        if claim.polarity == "denied":
            verdict = "wrong" if verdict == "right" else "right"
        blocks = _agreement_blocks(shelf, page, claim, None)
        told = teller.of_claim(page, claim, answer_words(verdict), "legitimacy") if blocks else None
        if told:
            seen.add(claim.statement or "")
            yield _judged(shelf, page, claim, told, verdict, blocks)
    for statement in page.reading.statements:
        verdict = next((STANCE[each] for each in statement.stance if each in STANCE), None)
        if verdict is None or statement.id in seen or statement.voice == "report":
            continue
        blocks = _agreement_blocks(shelf, page, None, statement)
        told = teller.of_statement(page, statement, answer_words(verdict), "legitimacy") if blocks else None
        if told:
            yield Answer(told, verdict, blocks)


def _judged(
    shelf: Shelf, page: Page, claim: Claim, told: Told, verdict: str, blocks: tuple[str, ...]
) -> Answer:
    """A judgement told by the report's own voice is its actor's: the report only tells of it."""
    if not told.own or not claim.actors:
        return Answer(told, verdict, blocks)
    actor = shelf.actor(page, claim.actors[0])
    return Answer(as_told_of(shelf, told, actor, claim.actors[0].name), verdict, blocks)


def agreements_in(page: Page) -> list[Claim]:
    """The agreements that a report tells of."""
    return [each for each in page.reading.claims if each.type == "AGREE" and each.polarity == "affirmed"]


def _agreement_blocks(
    shelf: Shelf, page: Page, claim: Claim | None, statement: Statement | None
) -> tuple[str, ...]:
    """What is judged: the claim named, the agreement that the words point back at, or the incident."""
    deals = {each.id: each for each in agreements_in(page)}
    if claim and claim.of:
        return (_deal_block(shelf, page, deals.get(claim.of) or page.claims.get(claim.of), claim.of),)
    own = shelf.incident(claim.id, claim.incident) if claim else None
    if own:
        return (f"incident:{own}",)
    span = claim_span(page, claim) if claim else None
    words = content_words(page.text[span[0] : span[1]], 4) if span else frozenset()
    speech = statement or (page.statements.get(claim.statement or "") if claim else None)
    if speech and speech.voice == "source":
        words |= content_words(quote(page.text, (*speech.cue, *speech.content)), 4)
    pointing = words & frozenset(table("about")["agreement"])
    if not deals or not pointing:
        return ()
    best = max(deals.values(), key=lambda deal: (_shared(page, deal, words), -_start(page, deal)))
    return (_deal_block(shelf, page, best, best.id),)


def _shared(page: Page, deal: Claim, words: frozenset[str]) -> int:
    span = claim_span(page, deal)
    return len(content_words(page.text[span[0] : span[1]], 4) & words) if span else 0


def _start(page: Page, deal: Claim) -> int:
    span = claim_span(page, deal)
    return span[0] if span else 0


def _deal_block(shelf: Shelf, page: Page, deal: Claim | None, claim_id: str) -> str:
    incident = shelf.incident(deal.id, deal.incident) if deal else None
    return f"incident:{incident}" if incident else f"claim:{page.report.id}:{claim_id}"


def _legitimacy_words(shelf: Shelf, members: list[Answer]) -> tuple[str, str | None]:
    for answer in members:
        for block in answer.blocks:
            incident = block.removeprefix("incident:")
            known = shelf.incidents.get(incident)
            if known and known.type != "AGREE":
                return say("questions", "legitimacy", event=event_words(known.type, known.mode)), incident
            if known:
                return say("questions", "legitimacy", event=phrase("agreement")), incident
    return say("questions", "legitimacy", event=phrase("agreement")), None
