"""Aggregates of one number question under named, versioned rules: what each used and set aside, and why.

The rules, their owners, sources and tables of vague words are data: ``vocab/aggregation_rules.toml``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from standoff import vocab
from standoff.errors import UsageError
from standoff.model import Account, Aggregate, Question, SetAside
from standoff.model.annotation import Number
from standoff.model.ids import derived_id
from standoff.model.when import last_day
from standoff.reconcile.figures.seen import Seen, seen_under
from standoff.reconcile.figures.standing import repeating, superseded
from standoff.reconcile.trust import Trust
from standoff.reconcile.wording import answer_words

NO_TRUST_LIMIT = Trust()


class Setting(NamedTuple):
    """What a rule must know of a question beyond its accounts.

    ``origin_of``: whose words each account is (by account id; else its party, else its report's
    origin); ``speaks_for``: party ids of each account's speaker and whom it speaks for; ``losses``
    and ``cautions``: notes for each account, and for the question; ``contested``: what to say where
    civilian status is contested; ``trust``: whose figures count.
    """

    origin_of: Mapping[str, str] = {}
    speaks_for: Mapping[str, tuple[str, ...]] = {}
    losses: Mapping[str, str] = {}
    cautions: tuple[str, ...] = ()
    contested: str | None = None
    trust: Trust = NO_TRUST_LIMIT


class Figures(NamedTuple):
    """What a rule makes of the accounts: bounds, and the accounts it took them from."""

    used: list[Seen]
    low: Number | None = None
    high: Number | None = None
    best: Number | None = None
    aside: tuple[tuple[Seen, str], ...] = ()


def rules() -> dict[str, dict[str, Any]]:
    """The rules by name, as the vocabulary has them."""
    found: dict[str, dict[str, Any]] = vocab.load("aggregation_rules")["rules"]
    return found


def said(section: str, key: str, **parts: object) -> str:
    """A sentence of ``vocab/en/aggregates.toml``, filled in."""
    template: str = vocab.load("en/aggregates")[section][key]
    return template.format(**parts)


def aggregate(question: Question, rule: str = "minmax", setting: Setting = Setting()) -> Aggregate:  # noqa: B008 - immutable
    """The question's figure under a rule. Raises `UsageError` for a rule that does not exist."""
    if rule not in RULES:
        raise UsageError(f"there is no aggregation rule {rule!r}", todo=f"use one of {', '.join(rules())}")
    return _aggregate(question, rule, setting, *_standing(question, setting))


def all_rules(question: Question, setting: Setting) -> tuple[Aggregate, ...]:
    """The question's figure under every rule, in the order of the vocabulary."""
    standing, aside = _standing(question, setting)
    return tuple(_aggregate(question, rule, setting, standing, aside) for rule in rules())


def _aggregate(
    question: Question, rule: str, setting: Setting, standing: list[Account], aside: list[SetAside]
) -> Aggregate:
    about = rules()[rule]
    seen = [seen_under(each, about, setting.origin_of.get(each.id)) for each in standing]
    found = RULES[rule](seen)
    low = found.low
    if setting.contested and "contested_low" in about and low is not None:
        low = about["contested_low"]
    own = [SetAside(account=each.account.id, why=said("aside", why)) for each, why in found.aside]
    return Aggregate(
        id=derived_id("ar", question.id, rule),
        rule=rule,
        version=about["version"],
        of=about["of"],
        means=about["means"],
        source=about["source"],
        low=low,
        high=found.high,
        best=found.best,
        low_open=low == found.low and _open(found.used, low, "low"),
        high_open=_open(found.used, found.high, "high"),
        used=tuple(each.account.id for each in found.used),
        set_aside=(*aside, *own),
        notes=tuple(dict.fromkeys(_notes(found, about, setting))),
    )


def _standing(question: Question, setting: Setting) -> tuple[list[Account], list[SetAside]]:
    """Accounts that every rule may use, and those that none does."""
    replaced, copies = superseded(question.links), repeating(question.links)
    standing, aside = [], []
    for account in question.accounts:
        parties = setting.speaks_for.get(account.id) or ((account.party_id,) if account.party_id else ())
        if account.id in replaced:
            why = "replaced"
        elif account.id in copies:
            why = "copy"
        elif not setting.trust.counts(own=account.source is None, parties=parties):
            why = "distrusted"
        elif _only_denies(account):
            why = "denies"
        elif account.low is None and account.high is None and account.best is None:
            why = "no_bounds"
        else:
            standing.append(account)
            continue
        aside.append(SetAside(account=account.id, why=said("aside", why)))
    return standing, aside


def _only_denies(account: Account) -> bool:
    """Whether an account says no more than "not 14". "No one" is a figure: 0."""
    return (account.answer or "").startswith(answer_words("not", answer="")) and account.best != 0


def _lowest_low(seen: list[Seen]) -> Number | None:
    return min((each.low for each in seen if each.low is not None), default=None)


def _highest_high(seen: list[Seen]) -> Number | None:
    return max((each.top for each in seen if each.top is not None), default=None)


def _minmax(seen: list[Seen]) -> Figures:
    return Figures(seen, _lowest_low(seen), _highest_high(seen))


def _best_low_high(seen: list[Seen]) -> Figures:
    """Best: the value with most origins, the later told on a tie (accounts stand in time order)."""
    origins: dict[Number, set[str]] = {}
    for each in seen:
        if each.named is not None:
            held = origins.pop(each.named, set())
            origins[each.named] = held | {each.origin}
    best: Number | None = None
    for value, of in origins.items():
        best = value if best is None or len(of) >= len(origins[best]) else best
    return _minmax(seen)._replace(best=best)


def _lowest(seen: list[Seen]) -> Figures:
    known, unknown = _with_low(seen)
    low = _lowest_low(known)
    return Figures(known, low, low, low, tuple((each, "no_figure") for each in unknown))


def _conservative(seen: list[Seen]) -> Figures:
    """One low an origin, the smallest of those that stand; then the smallest of all."""
    known, unknown = _with_low(seen)
    return Figures(known, _lowest_low(known), aside=tuple((each, "no_low") for each in unknown))


def _latest(seen: list[Seen]) -> Figures:
    """Newest is what is told of the latest time; where that is one time, all that is told of it."""
    newest: dict[str, str] = {}
    for each in seen:
        newest[each.origin] = max(newest.get(each.origin, ""), _moment(each.account))
    last = [each for each in seen if _moment(each.account) == newest[each.origin]]
    older = tuple((each, "older") for each in seen if _moment(each.account) != newest[each.origin])
    return Figures(last, _lowest_low(last), _highest_high(last), aside=older)


def _with_low(seen: list[Seen]) -> tuple[list[Seen], list[Seen]]:
    return [each for each in seen if each.low is not None], [each for each in seen if each.low is None]


def _moment(account: Account) -> str:
    """The last day of the time an account is about, then of when it was told; unknown comes first."""
    days = (last_day(account.as_of), last_day(account.said) or last_day(account.published))
    about = days[0] or days[1]
    return f"{about or ''}|{days[1] or ''}"


def _open(used: list[Seen], value: Number | None, side: str) -> bool:
    """Whether every account that gives a bound leaves the bound itself out."""
    at = [each for each in used if value is not None and (each.low if side == "low" else each.top) == value]
    return bool(at) and all(each.low_open if side == "low" else each.top_open for each in at)


RULES: dict[str, Callable[[list[Seen]], Figures]] = {
    "minmax": _minmax,
    "best_low_high": _best_low_high,
    "lowest": _lowest,
    "conservative": _conservative,
    "latest": _latest,
}


def _notes(found: Figures, about: dict[str, Any], setting: Setting) -> list[str]:
    """What a reader must know of the figure."""
    notes = [setting.losses[each.account.id] for each in found.used if each.account.id in setting.losses]
    if setting.contested and "contested_low" in about:
        notes.append(setting.contested)
    notes += [note for each in found.used for note in each.notes]
    one_number = found.best is not None and found.low == found.high
    for each in found.used:
        if each.low_open and each.low == found.low and one_number:
            notes.append(said("notes", "open", text=each.account.text, value=f"{each.low:g}"))
        if found.high is not None and each.unbounded and not one_number:
            notes.append(said("notes", "no_high", text=each.account.text))
    below = [
        each for each in (*found.used, *(one for one, _ in found.aside)) if _allows_fewer(each, found.low)
    ]
    notes += [said("notes", "lower_allowed", text=each.account.text) for each in below]
    if len(found.used) > 1 and len({each.origin for each in found.used}) == 1:
        notes.append(said("notes", "one_origin"))
    return [*notes, *setting.cautions]


def _allows_fewer(each: Seen, low: Number | None) -> bool:
    return each.low is None and each.top is not None and low is not None and each.top < low
