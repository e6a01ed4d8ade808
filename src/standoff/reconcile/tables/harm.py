"""Incidents of harm, a row each: who was killed, injured, missing or at risk, and who is held responsible."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from standoff.model import Actor, Aggregate, Claim, Dispute
from standoff.model.ids import derived_id
from standoff.reconcile.accounts import Teller, Told
from standoff.reconcile.answers.deeds import doers
from standoff.reconcile.figures.questions import Open
from standoff.reconcile.finish import with_figures
from standoff.reconcile.independence import independent_origins
from standoff.reconcile.shelf import Page, Shelf
from standoff.reconcile.tables.access import is_route
from standoff.reconcile.tables.cited import Row

HARM = ("killed", "injured", "missing", "casualties")
"""Roles of a toll, in the order of columns; "casualties" are killed or injured."""
RULE = "minmax"
PARAGRAPH = "\n\n"
NEAR = 200
"""Characters within which an accusation follows what it is about."""


@dataclass
class _Told:
    """What is told of one incident besides its figures."""

    blamed: dict[tuple[object, ...], Row] = field(default_factory=dict)
    at_risk: dict[str, None] = field(default_factory=dict)
    claims: dict[str, None] = field(default_factory=dict)
    reports: dict[str, None] = field(default_factory=dict)
    victims: list[str] = field(default_factory=list)
    when: str | None = None

    @property
    def parts(self) -> tuple[object, ...]:
        """All of it, in order."""
        listed = [list(each) for each in (self.at_risk, self.claims, self.reports, self.blamed.items())]
        return (listed, self.victims, self.when)


Figures = Mapping[str, tuple[Aggregate, ...]]
"""Figures under every rule by their question."""


def harm_rows(
    shelf: Shelf, teller: Teller, questions: list[Open], disputes: list[Dispute], figures: Figures
) -> list[Row]:
    """One row an incident; figures of no known incident share a row where they are of one group and scope.

    The row's own ``group``, ``harm``, ``low`` ... are those of the first of its ``figures``: the dead of the
    widest group. Rows stand in the order of their first account.
    """
    contested = {each.question_id for each in disputes if each.status == "open"}
    by_incident: dict[str, list[Open]] = defaultdict(list)
    for each in questions:
        if _counts_harm(each):
            by_incident[_key(each)].append(each)
    told = _told_of(shelf, teller, {each.subject.incident for each in questions if each.subject} - {None})
    return [_kept_row(shelf, members, told, contested, figures) for members in by_incident.values()]


def _kept_row(
    shelf: Shelf, members: list[Open], told: dict[str, _Told], contested: set[str], figures: Figures
) -> Row:
    """`_row`, as it was while its questions, their figures and what is told besides are the same."""
    incident = members[0].subject.incident if members[0].subject else None
    return shelf.kept.of(
        ("harm", members[0].question.id),
        members,
        lambda: _row(shelf, members, told, [_figure(shelf, each, contested, figures) for each in members]),
        (
            told[incident].parts if incident and incident in told else None,
            [each.question.id in contested for each in members],
            [figures.get(each.question.id, ()) for each in members],
        ),
    )


def _counts_harm(each: Open) -> bool:
    subject = each.subject
    return (
        subject is not None
        and subject.role in HARM
        and subject.modality == "actual"
        and subject.kind == "count"
        and subject.measure != "new"
    )


def _key(each: Open) -> str:
    assert each.subject is not None
    place = each.subject.place or ""
    return each.subject.incident or f"no incident|{each.question.group}|{place}|{each.subject.local or ''}"


def _row(shelf: Shelf, members: list[Open], told: dict[str, _Told], figures: list[Row]) -> Row:
    figures = sorted(figures, key=_rank)
    subject = members[0].subject
    assert subject is not None
    incident = subject.incident
    known = shelf.incidents.get(incident or "")
    about = told.get(incident, _Told()) if incident else _Told()
    lead = figures[0]
    sources = dict.fromkeys(name for each in members for name in (one.label for one in each.told))
    blamed = list(about.blamed.values())
    return {
        "id": derived_id("hm", incident or members[0].question.id),
        "incident": incident,
        "what": known.name if known else None,
        "when": about.when or (known.when if known else None),
        "place": shelf.place_name(None, known.place) if known else None,
        **{key: lead[key] for key in LEADING},
        "figures": figures,
        "at_risk": list(about.at_risk),
        "victims": about.victims,
        "said_to_be_responsible": blamed,
        "parties_named": _parties_named(blamed),
        "disputed": any(bool(each["disputed"]) for each in figures),
        "sources": list(sources),
        "origins": independent_origins([one for each in members for one in each.told]),
        "reports": list(
            dict.fromkeys([*(one.page.report.id for each in members for one in each.told), *about.reports])
        ),
        "accounts": [one.id for each in members for one in each.told],
        "claims": list(about.claims),
    }


LEADING = (
    "question", "group", "group_id", "harm", "status", "sex", "age", "scope", "low", "high", "rule",
    "best", "aggregate", "notes", "grade",
)  # fmt: skip


def _figure(shelf: Shelf, each: Open, contested: set[str], figures: Figures) -> Row:
    """The toll of one group, role and scope under the rule, over all accounts."""
    subject = each.subject
    assert subject is not None
    group = shelf.groups.get(each.question.group or "")
    row: Row = {
        "question": each.question.id,
        "group": each.name,
        "group_id": each.question.group,
        "harm": subject.role,
        "status": subject.status,
        "sex": subject.sex,
        "age": subject.age,
        "scope": each.question.scope,
        "part": bool(subject.part) or bool(group and group.parent),
        "low": None,
        "high": None,
        "rule": RULE,
        "disputed": each.question.id in contested,
        "sources": list(dict.fromkeys(told.label for told in each.told)),
        "origins": independent_origins(each.told),
        "accounts": [told.id for told in each.told],
    }
    return with_figures(row, figures.get(each.question.id, ()), RULE)


def _rank(figure: Row) -> tuple[int, bool, int, float, str]:
    """The dead before the injured, wholes before parts, what more tell of before what fewer do, the larger
    before the smaller, then by question."""
    narrowed = bool(figure["scope"] or figure["status"] or figure["sex"] or figure["age"] or figure["part"])
    size = next((n for n in (figure["low"], figure["high"]) if isinstance(n, int | float)), 0)
    told = figure["origins"] if isinstance(figure["origins"], int) else 0
    return HARM.index(str(figure["harm"])), narrowed, -told, -size, str(figure["question"])


# -- who is held responsible, who was at risk --------------------------------------------------------


def _told_of(shelf: Shelf, teller: Teller, incidents: set[str | None]) -> dict[str, _Told]:
    """Per incident: who is said to have done it and by whom, who was hit or threatened."""
    found: dict[str, _Told] = defaultdict(_Told)
    for victim in shelf.referents.victims:
        found[victim.incident or ""].victims.append(victim.id)
    for page in shelf.pages:
        for incident, claim, hit in shelf.each_of_page(page, "incidents", partial(_incidents, shelf, page)):
            if incident not in incidents:
                continue
            about = found[incident]
            about.claims[claim.id] = about.reports[page.report.id] = None
            about.when = about.when or claim.when
            about.at_risk.update(dict.fromkeys(hit))
            blame = partial(_blame, shelf, teller, page, claim)
            for row in shelf.of_page(page, ("blame", claim.id), blame):
                about.blamed.setdefault((row["party"], row["by"], row["stance"]), row)
    return found


def _incidents(shelf: Shelf, page: Page) -> Iterator[tuple[str, Claim, list[str]]]:
    """The claims of a page that are of an incident, with that and whom they say was hit."""
    by_statement: dict[str, list[Claim]] = defaultdict(list)
    for claim in page.reading.claims:
        by_statement[claim.statement or ""].append(claim)
    last: tuple[int, str] | None = None
    for claim in page.reading.claims:
        incident = shelf.incident(claim.id, claim.incident)
        if incident is None and claim.type == "ACCUSE":
            incident = _accused_of(shelf, claim, by_statement[claim.statement or ""])
            incident = incident or _told_before(page, claim, last)
        if incident and claim.evidence and claim.type in {"ASSAULT", "STATE"}:
            last = (claim.evidence[-1][1], incident)
        if incident is not None:
            yield incident, claim, _hit(claim)


def _accused_of(shelf: Shelf, claim: Claim, beside: list[Claim]) -> str | None:
    """The incident of an accusation that has none of its own: that of a claim made in the same words."""
    for other in beside:
        inside = any(s < e2 and s2 < e for s, e in claim.evidence for s2, e2 in other.evidence)
        if other.id != claim.id and inside and (found := shelf.incident(other.id, other.incident)):
            return found
    return None


def _told_before(page: Page, claim: Claim, last: tuple[int, str] | None) -> str | None:
    """The incident told right before an accusation, in its paragraph ("It blamed X for the deaths")."""
    if last is None or not claim.evidence:
        return None
    between = page.text[last[0] : claim.evidence[0][0]]
    return last[1] if PARAGRAPH not in between and len(between) < NEAR else None


def _hit(claim: Claim) -> list[str]:
    """Whom and what a claim says was hit or aimed at, by name: no roads; numbers alone name nobody."""
    if claim.type == "ACCUSE":
        return []
    hit = (*claim.targets, *claim.recipients)
    return [each.name for each in hit if any(c.isalpha() for c in each.name) and not is_route(each.name)]


def _blame(shelf: Shelf, teller: Teller, page: Page, claim: Claim) -> list[Row]:
    named: tuple[Actor, ...] = ()
    if claim.type in {"ASSAULT", "COERCE"} or (claim.type == "STATE" and claim.mode == "harm"):
        named = claim.actors
    elif claim.type == "ACCUSE":
        named = claim.recipients
    if not named:
        return []
    told = teller.of_claim(page, claim, "", "responsibility")
    if told is None:
        return []
    rows: list[Row] = []
    for doer in doers(shelf, page, named, told):
        words = (each.name for each in named if shelf.principal(shelf.actor(page, each)) == doer)
        rows.append(
            {
                "party": shelf.name(doer, next(words, None)),
                "by": told.account.source or page.publisher,
                "polarity": claim.polarity,
                "stance": stance(told, doer, claim),
                "claim": claim.id,
                "report": page.report.id,
                "span": told.account.span,
                "text": told.account.text,
                "said": told.account.said,
            }
        )
    return rows


def stance(told: Told, doer: str, claim: Claim) -> str:
    """How a party is tied to a deed: it concedes or denies its own; another alleges it, or clears it; or the
    report names it in its own voice."""
    if told.own:
        return "named" if claim.polarity == "affirmed" else "cleared"
    own = told.principal == doer
    if claim.polarity == "denied":
        return "denied" if own else "cleared"
    return "conceded" if own else "alleged"


def _parties_named(blamed: list[Row]) -> list[Row]:
    """Each party named as responsible, once: who alleges it, whether it concedes or denies; in the order of
    first telling. Both may stand, for what a party concedes and denies need not be one deed."""
    found: dict[str, Row] = {}
    for row in blamed:
        one = found.setdefault(
            str(row["party"]),
            {
                "party": row["party"],
                "alleged_by": [],
                "named_by": [],
                "cleared_by": [],
                "conceded": False,
                "denied": False,
            },
        )
        if row["stance"] in {"conceded", "denied"}:
            one[str(row["stance"])] = True
        else:
            names = one[f"{row['stance']}_by"]
            assert isinstance(names, list)
            names.append(row["by"])
    return list(found.values())
