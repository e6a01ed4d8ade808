"""Claims, disputes and the ledger of one report's record against a gold record of the same report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from standoff.measure.items import Gold, Item, differs, graded, missed, overlap, spans, words
from standoff.model import Claim, Dispute, Reading, Spans, Statement, View

# -- claims -----------------------------------------------------------------------------------------


def _about(row: Gold) -> str:
    return " ".join(str(row.get(key) or "") for key in ("about", "what", "target", "toward", "of"))


def match_claims(gold: Gold, reading: Reading, pairs: Mapping[str, Statement], text: str) -> dict[str, Claim]:
    """Gold id -> the claim that agrees most, one to one, best agreements first."""
    ranked = []
    for i, row in enumerate(gold["claims"]):
        for j, claim in enumerate(reading.claims):
            if merit := _merit(row, claim, gold, reading, pairs, text):
                # an agreeing type goes before everything else
                ranked.append((row["type"] != claim.type, -merit, i, j))
    found: dict[str, Claim] = {}
    taken: set[int] = set()
    for *_, i, j in sorted(ranked):
        key = gold["claims"][i]["id"]
        if key not in found and j not in taken:
            found[key] = reading.claims[j]
            taken.add(j)
    return found


def _merit(
    row: Gold, claim: Claim, gold: Gold, reading: Reading, pairs: Mapping[str, Statement], text: str
) -> float:
    """How far a claim answers to a gold one; 0 when it does not at all."""
    evidence = " ".join(text[start:end] for start, end in claim.evidence)
    shared = len(words(_about(row)) & words(evidence))
    counted = _counts(row, claim, gold, reading)
    doers = overlap(row.get("actors", ()), [a.name for a in claim.actors])
    same = row["type"] == claim.type
    sourced = _sourced(row, claim, reading, pairs)
    # another type answers only in the same mouth, else any claim on like words would
    if not ((counted or shared >= 2 or doers) if same else sourced and (counted or shared >= 2)):
        return 0.0
    return 3.0 * float(same) + 2.0 * float(sourced) + doers + 2.0 * counted + 0.5 * shared


def _counts(row: Gold, claim: Claim, gold: Gold, reading: Reading) -> int:
    """How many of the gold claim's quantities the claim holds."""
    spans = {each["id"]: each["span"] for each in gold["quantities"]}
    held = [q for q in reading.quantities if q.id in claim.quantities]
    wanted = [spans[each] for each in row.get("quantity", ())]
    return sum(any(q.start < end and start < q.end for q in held) for start, end in wanted)


def _sourced(row: Gold, claim: Claim, reading: Reading, pairs: Mapping[str, Statement]) -> bool:
    statements = {each.id: each for each in reading.statements}
    holder = statements.get(claim.statement or "")
    if row["according_to"] == "report":
        return holder is None or holder.voice == "report"
    named = re.findall(r"s\d+", row["according_to"])
    return holder is not None and any(holder is pairs.get(each) for each in named)


MODALITIES = {
    "actual": {"actual"},
    "done": {"actual"},
    "conditional": {"conditional", "hypothetical"},
    "intended": {"planned"},
}


def claim_item(
    row: Gold, claim: Claim | None, reading: Reading, pairs: Mapping[str, Statement], gold: Gold
) -> Item:
    """What became of a gold claim."""
    label = " ".join([row["type"], *row.get("actors", [])[:2]])
    if claim is None:
        return missed("claims", row["id"], label, "no claim answers to it")
    return graded("claims", row["id"], label, _claim_facets(row, claim, reading, pairs, gold))


def _claim_facets(
    row: Gold, claim: Claim, reading: Reading, pairs: Mapping[str, Statement], gold: Gold
) -> Iterator[str | None]:
    if row["type"] != claim.type:
        yield f"told as {claim.type}" + (f" ({claim.mode})" if claim.mode else "")
    others = [a.name for a in (*claim.recipients, *claim.targets)]
    for what, held in (("actors", [a.name for a in claim.actors]), ("recipients", others)):
        wanted = row.get(what, [])
        if (hits := overlap(wanted, held)) < len(wanted):
            yield f"{hits} of {len(wanted)} {what}"
    if (counted := _counts(row, claim, gold, reading)) < len(row.get("quantity", ())):
        yield f"{counted} of {len(row['quantity'])} quantities"
    if row.get("when"):
        yield differs("when", row["when"], claim.when)
    if row.get("toward") and not claim.places:
        yield "no place it goes to"
    if claim.modality not in MODALITIES.get(row.get("status", ""), {claim.modality}):
        yield f"modality {claim.modality}, gold {row['status']}"
    if not _sourced(row, claim, reading, pairs):
        yield "not credited to the source gold gives"


# -- disputes and ledger ----------------------------------------------------------------------------


def _side_spans(side: Gold, gold: Gold) -> Spans:
    """Content of the statements that a gold side rests on."""
    ids = list(side.get("statements", ()))
    claims = {each["id"]: each for each in gold["claims"]}
    for claim in side.get("claims", ()):
        ids += re.findall(r"s\d+", claims[claim]["according_to"])
    statements = {each["id"]: each for each in gold["statements"]}
    return tuple(span for each in ids for span in spans(statements[each]["content"]))


def best_dispute(row: Gold, gold: Gold, view: View) -> Dispute | None:
    """The dispute in which most gold sides are answered by a side of their own; at least two must be."""
    best = max(view.derived.disputes, key=lambda each: len(_sides(row, gold, view, each)), default=None)
    return best if best and len(_sides(row, gold, view, best)) > 1 else None


def _sides(row: Gold, gold: Gold, view: View, dispute: Dispute) -> dict[int, int]:
    """Gold side -> the dispute's side with an account on that gold side's words."""
    question = next(each for each in view.derived.questions if each.id == dispute.question_id)
    spans = {account.id: account.span for account in question.accounts}
    answered: dict[int, int] = {}
    for i, wanted in enumerate(row["sides"]):
        words = _side_spans(wanted, gold)
        for j, side in enumerate(dispute.sides):
            on = any(spans[a][0] < end and start < spans[a][1] for a in side.accounts for start, end in words)
            if on and j not in answered.values() and i not in answered:
                answered[i] = j
    return answered


def dispute_item(row: Gold, gold: Gold, view: View) -> Item:
    """What became of a gold dispute: its sides, and under which names they stand."""
    label = row["question"].rstrip("?")
    found = best_dispute(row, gold, view)
    if found is None:
        return missed("disputes", row["id"], label, "no dispute stands on the words of both sides")
    remarks = []
    for i, j in _sides(row, gold, view, found).items():
        names = list(row["sides"][i]["by"])
        hits = overlap(names, found.sides[j].parties)
        if hits < len(names):
            remarks.append(f"side {i + 1}: {hits} of {len(names)} parties by their names")
        extra = [name for name in found.sides[j].parties if not overlap([name], names)]
        if extra and hits == len(names):
            remarks.append(f"side {i + 1}: {len(extra)} further under no known name")
    return graded("disputes", row["id"], f"{label} ({found.kind})", remarks)


def ledger_items(gold: Gold, view: View) -> Iterator[Item]:
    """Every bound and every sum of the gold ledger: held or not."""
    ledger = view.derived.ledger
    bounds = {(step.low, step.high): step for group in ledger.groups for step in group.steps}
    for number, group in enumerate(gold["ledger"]["groups"], 1):
        name = group["group"]
        for step in (*group.get("steps", ()), *([group] if "value" in group else ())):
            for key in ("value", "loss", "remaining"):
                if key in step:
                    held = tuple(step[key]) in bounds
                    label = f"{name}, {key} {step[key][0]} to {step[key][1]}"
                    yield _bound_item(f"l{number}", label, held)
            if "check" in step:
                holds = any(e.text == step["check"] and e.holds == "yes" for e in ledger.equations)
                yield _bound_item(f"l{number}", step["check"], holds)


def _bound_item(id_: str, label: str, held: bool) -> Item:
    return Item(
        kind="ledger",
        id=id_,
        label=label,
        grade="found" if held else "missed",
        remarks=() if held else ("the ledger does not hold it",),
    )
