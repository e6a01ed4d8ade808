# ruff: noqa: E501  (records as a table: one a line reads better)
"""An invented situation as a view, by hand: one report is hostile, one partly Arabic, one undated.

A dam on the invented river Ossel breaks; who was warned, how many died, and what became of the lorries is
contested. Every span is found by its words, so that the view is consistent by construction.
"""

from __future__ import annotations

from typing import Any

from standoff.model import (
    Account,
    Acquisition,
    Actor,
    Aggregate,
    Axes,
    Bound,
    Claim,
    Conflict,
    Derived,
    Dispute,
    Equation,
    Extractor,
    Finding,
    Grade,
    Group,
    Incident,
    Ledger,
    LedgerGroup,
    LedgerStep,
    Mention,
    Origin,
    Orphan,
    Party,
    Place,
    PlaceReferent,
    PossiblySame,
    Quantity,
    Question,
    QuestionLink,
    ReaderInfo,
    Reading,
    Referents,
    Report,
    RestsOn,
    Review,
    SetAside,
    Side,
    Sourced,
    Span,
    Statement,
    TimelineItem,
    Via,
    Victim,
    View,
)
from standoff.model.ids import sha256_hex
from standoff.model.review import Anchor

HOSTILE = '<script>alert("owned")</script><img src=x onerror=alert(1)>'

ONE = """Dam breaks above Tarvel

TARVEL, March 4 — At least 12 people were killed when the Ossel dam broke on Wednesday, the mayor, \
Ilka Brandström, told Radio Ossel. The waterworks said that all villages had been warned.

A convoy of 17 lorries left the depot; six lorries turned back. "We were warned by nobody," said Nadim Khoury, \
a farmer. Among the dead was Miro Vance, 9, a schoolboy."""

TWO = """Flood: the ministry's account

The ministry said on Thursday that 30 to 35 people had died. "Every village was warned," its spokeswoman, \
Dana Okafor-Lind, said in a statement. About 300 people are in the school at Brenk.

قال نديم خوري: «لم يحذرنا أحد قبل الفيضان»."""

THREE = f"""{HOSTILE}
Late edition

The remaining 11 lorries reached Brenk. Mayor Brandström corrected her figure: 14 people were killed. \
Write to ilka.brandstrom@tarvel.example or see #BrandstromMustGo."""

FOUR = """Undated leaflet

More than 20 villagers are missing. The waterworks let supplies through to Brenk; \
the ministry has blocked the road to Brenk."""


def _report(name: str, text: str, published: str | None, publisher: str | None, **more: Any) -> Report:
    return Report(
        id=name,
        sha256=sha256_hex(text.encode()),
        size=len(text.encode()),
        media_type="text/plain",
        text=text,
        text_sha256=sha256_hex(text.encode()),
        extractor=Extractor(name="plain", version="1"),
        acquired=Acquisition(
            at="2031-03-09T10:00:00Z", where=name, sha256=sha256_hex(text.encode()), size=len(text.encode())
        ),
        published=Sourced(value=published, origin="given" if published else None),
        publisher=Sourced(value=publisher, origin="given" if publisher else None),
        **more,
    )


def at(text: str, words: str) -> Span:
    """The span of words that stand once in a text."""
    assert text.count(words) == 1, words
    start = text.index(words)
    return start, start + len(words)


class Book:
    """Collects the annotations of one report."""

    def __init__(self, report: Report) -> None:
        self.report, self.kept = (
            report,
            {k: [] for k in ("statements", "mentions", "places", "quantities", "claims")},
        )

    def says(self, key: str, party: str | None, words: str, **more: Any) -> str:
        self.kept["statements"].append(
            Statement(
                id=f"st-{key}", voice="source" if party else "report", content=(at(self.report.text, words),),
                party=party, **more,
            )
        )  # fmt: skip
        return f"st-{key}"

    def names(self, key: str, words: str, kind: str, party: str, form: str = "name") -> str:
        start, end = at(self.report.text, words)
        self.kept["mentions"].append(
            Mention(id=f"mn-{key}", start=start, end=end, text=words, form=form, type=kind, party=party)  # type: ignore[arg-type]
        )
        return f"mn-{key}"

    def place(self, key: str, words: str, nth: int = 0, **more: Any) -> str:
        start = -1
        for _ in range(nth + 1):
            start = self.report.text.index(words, start + 1)
        self.kept["places"].append(
            Place(id=f"pl-{key}", start=start, end=start + len(words), name=words, **more)
        )
        return f"pl-{key}"

    def count(self, key: str, words: str, **more: Any) -> str:
        start, end = at(self.report.text, words)
        self.kept["quantities"].append(
            Quantity(id=f"qt-{key}", start=start, end=end, text=words, kind="count", **more)
        )
        return f"qt-{key}"

    def claim(self, key: str, words: str, kind: str, **more: Any) -> str:
        span = at(self.report.text, words)
        self.kept["claims"].append(Claim(id=f"cl-{key}", type=kind, evidence=(span,), trigger=span, **more))
        return f"cl-{key}"

    def reading(self) -> Reading:
        return Reading(
            report=self.report.id,
            text_sha256=self.report.text_sha256,
            reader=ReaderInfo(name="by-hand", version="1"),
            published=self.report.published.value,
            **{layer: tuple(held) for layer, held in self.kept.items()},
        )

    def account(self, key: str, words: str, source: str | None, origin: str, **more: Any) -> Account:
        base: dict[str, Any] = {"said": None, "as_of": None, "party_id": None, "statement": None}
        return Account(
            id=f"ac-{key}", report=self.report.id, span=at(self.report.text, words), text=words, source=source,
            origin=origin, published=self.report.published.value, **{**base, **more},
        )  # fmt: skip


def view(axes: Axes | None = None, undated: int = 0) -> View:
    """The whole invented situation."""
    reports = (
        _report("tarvel-post.txt", ONE, "2031-03-05", "The Tarvel Post",
                title=Sourced(value="Dam breaks above Tarvel", origin="metadata"),
                author=Sourced(value="Jori Maas", origin="metadata"), url="https://tarvelpost.example/dam"),
        _report("ministry-wire.html", TWO, "2031-03-06", "Northern Wire", title=Sourced(value="Flood")),
        _report("late-edition.html", THREE, "2031-03-07", "Evening Lamp", title=Sourced(value=HOSTILE),
                author=Sourced(value="Northern Wire")),
        _report("leaflet.txt", FOUR, None, None, warnings=("no publication date was given or found",)),
        _report("broken.pdf", "", "2031-03-08", "Evening Lamp", error="the PDF ends too early"),
    )  # fmt: skip
    one, two, three, four = (Book(report) for report in reports[:4])
    mayor, ministry = "Ilka Brandström", "ministry"

    told = one.says("mayor", mayor, "At least 12 people were killed", said="2031-03-04", channel="radio",
                    via=(Via(name="Radio Ossel", span=at(ONE, "Radio Ossel")),), stance=("asserts",),
                    party_id="p-ilka-brandstrom")  # fmt: skip
    works = one.says(
        "works", "waterworks", "all villages had been warned", stance=("asserts",), party_id="p-waterworks"
    )
    farmer = one.says(
        "farmer", "Nadim Khoury", "We were warned by nobody", stance=("denies",), party_id="p-nadim-khoury"
    )
    own = one.says("own1", None, "A convoy of 17 lorries left the depot")
    died = two.says("died", ministry, "30 to 35 people had died", said="2031-03-06", party_id="p-ministry")
    warned = two.says("warned", "Dana Okafor-Lind", "Every village was warned", represents=ministry,
                      channel="statement", party_id="p-dana-okafor-lind")  # fmt: skip
    arabic = two.says(
        "arabic", "Nadim Khoury", "«لم يحذرنا أحد قبل الفيضان»", stance=("denies",), party_id="p-nadim-khoury"
    )
    corrected = three.says(
        "fix", mayor, "14 people were killed", stance=("asserts",), party_id="p-ilka-brandstrom"
    )

    mentions = {
        one.names("1", "Ilka Brandström", "person", mayor): "p-ilka-brandstrom",
        one.names("2", "the mayor", "person", mayor, "description"): "p-ilka-brandstrom",
        one.names("3", "Nadim Khoury", "person", "Nadim Khoury"): "p-nadim-khoury",
        one.names("4", "Radio Ossel", "media", "Radio Ossel"): "p-radio-ossel",
        one.names("5", "Miro Vance", "person", "Miro Vance"): "p-miro-vance",
        two.names("6", "Dana Okafor-Lind", "person", "Dana Okafor-Lind"): "p-dana-okafor-lind",
        two.names("7", "نديم خوري", "person", "نديم خوري"): "p-nadim-khoury",
        three.names("8", "Brandström", "person", mayor): "p-ilka-brandstrom",
    }
    tarvel = one.place("1", "Tarvel", canonical="Tarvel", lat=47.512345, lon=11.212345, radius_km=2.0)
    brenk = two.place("2", "Brenk", canonical="Brenk", lat=47.698765, lon=11.601234, radius_km=6.0)
    lost = one.place("3", "Ossel", nth=0)
    dead1 = one.count("dead1", "At least 12 people", low=12, group="people", role="killed", statement=told)
    lorries = one.count(
        "lorries", "17 lorries", low=17, high=17, best=17, group="lorries", role="present", statement=own
    )
    back = one.count(
        "back", "six lorries", low=6, high=6, best=6, group="lorries", role="left", statement=own
    )
    dead2 = two.count(
        "dead2", "30 to 35 people", low=30, high=35, group="people", role="killed", statement=died
    )
    school = two.count(
        "school", "About 300 people", best=300, approximate=True, group="people", role="present"
    )
    rest = three.count(
        "rest", "remaining 11 lorries", low=11, high=11, best=11, group="lorries", role="present"
    )
    dead3 = three.count(
        "dead3", "14 people", low=14, high=14, best=14, group="people", role="killed", statement=corrected
    )
    missing = four.count(
        "missing", "More than 20 villagers", low=20, low_open=True, group="villagers", role="missing"
    )
    broke = one.claim("broke", "the Ossel dam broke on Wednesday", "STATE", when="2031-03-03", statement=told,
                      actors=(Actor(party_id=None, name="dam"),))  # fmt: skip
    let = four.claim(
        "let",
        "The waterworks let supplies through to Brenk",
        "AID",
        actors=(Actor(party_id="p-waterworks", name="waterworks"),),
    )
    block = four.claim("block", "the ministry has blocked the road to Brenk", "COERCE", mode="restrict",
                       actors=(Actor(party_id="p-ministry", name=ministry),))  # fmt: skip

    post, wire, lamp, leaf = "or-1", "or-2", "or-3", "or-4"
    deaths = (
        one.account("d1", "At least 12 people", mayor, post, low=12, quantity=dead1, statement=told, said="2031-03-04",
                    answer="at least 12", party_id="p-ilka-brandstrom"),
        two.account("d2", "30 to 35 people", ministry, wire, low=30, high=35, quantity=dead2, statement=died,
                    said="2031-03-06", answer="30 to 35", party_id="p-ministry"),
        three.account("d3", "14 people", mayor, lamp, low=14, high=14, best=14, quantity=dead3, statement=corrected,
                      answer="14", party_id="p-ilka-brandstrom"),
    )  # fmt: skip
    warning = (
        one.account("w1", "all villages had been warned", "waterworks", post, answer="yes", statement=works),
        one.account("w2", "We were warned by nobody", "Nadim Khoury", post, answer="no", statement=farmer),
        two.account("w3", "Every village was warned", "Dana Okafor-Lind", wire, answer="yes", statement=warned),
        two.account("w4", "«لم يحذرنا أحد قبل الفيضان»", "Nadim Khoury", wire, answer="no", statement=arabic),
    )  # fmt: skip
    gone = (four.account("m1", "More than 20 villagers", None, leaf, low=20, low_open=True, quantity=missing,
                         answer="more than 20"),)  # fmt: skip
    questions = (
        Question(id="qn-deaths", question="How many people were killed at Tarvel?", kind="number", group="gr-people",
                 incident="in-1", accounts=deaths, links=(
                     QuestionLink(id="ln-1", from_="ac-d3", to="ac-d1", relation="corrects", reason="the same source gives another figure later"),
                     QuestionLink(id="ln-2", from_="ac-d2", to="ac-d1", relation="compatible", reason="within the bound"),
                 ), aggregates=tuple(
                     Aggregate(id=f"ar-deaths-{rule}", rule=rule, version=2, of=of, means="what it means", source="where it was read",
                               low=low, high=high, used=("ac-d2", "ac-d3"), notes=("civilian status is contested",) if rule == "minmax" else (),
                               set_aside=(SetAside(account="ac-d1", why="its own source replaced it"),))
                     for rule, of, low, high in (("minmax", "Airwars", 12, 35), ("conservative", "standoff", 14, None))
                 )),
        Question(id="qn-warned", question="Were the villages warned?", kind="occurrence", incident="in-1", accounts=warning),
        Question(id="qn-missing", question="How many villagers are missing?", kind="number", accounts=gone),
    )  # fmt: skip
    disputes = (
        Dispute(id="ds-deaths", question=questions[0].question, question_id="qn-deaths", kind="number", incident="in-1",
                status="open", why="Ilka Brandström said 14; ministry said 30 to 35, and both cannot hold.",
                rule="standoff-number-1", sides=(
                    Side(id="sd-1", answer="30 to 35", low=30, high=35, parties=(ministry,), origins=1, accounts=("ac-d2",)),
                    Side(id="sd-2", answer="14", low=14, high=14, parties=(mayor,), origins=1, accounts=("ac-d3",)),
                )),
        Dispute(id="ds-warned", question=questions[1].question, question_id="qn-warned", kind="occurrence", incident="in-1",
                status="open", why="waterworks answers “yes”, Nadim Khoury answers “no”.", rule="standoff-opposed-1", sides=(
                    Side(id="sd-3", answer="yes", parties=("waterworks", "Dana Okafor-Lind"), origins=2, accounts=("ac-w1", "ac-w3")),
                    Side(id="sd-4", answer="no", parties=("Nadim Khoury",), origins=2, accounts=("ac-w2", "ac-w4"),
                         only_through_opponent=True),
                )),
    )  # fmt: skip
    none = Bound(low=None, high=None)
    ledger = Ledger(
        groups=(
            LedgerGroup(id="gr-lorries", name="lorries", unit="lorry", steps=(
                LedgerStep(id="ls-1", at="2031-03-04", kind="stock", low=17, high=17, best=17, text="lorries: 17", assumptions=(),
                           rests_on=RestsOn(low=(lorries,), high=(lorries,)), without_assumptions=Bound(low=17, high=17)),
                LedgerStep(id="ls-2", at="2031-03-04", kind="left", low=6, high=6, best=6, text="lorries left: 6", assumptions=(),
                           rests_on=RestsOn(low=(back,), high=(back,)), without_assumptions=Bound(low=6, high=6)),
                LedgerStep(id="ls-3", at=None, kind="remaining", low=11, high=11, best=11, text="lorries remaining: 11 (17 − 6)",
                           assumptions=("no other flow",), rests_on=RestsOn(low=(lorries, back, rest), high=(lorries, back)),
                           without_assumptions=Bound(low=11, high=None)),
            )),
            LedgerGroup(id="gr-people", name="people", unit="person", steps=(
                LedgerStep(id="ls-4", at="2031-03-06", kind="stock", low=None, high=300, best=300, text="people: about 300", assumptions=(),
                           rests_on=RestsOn(high=(school,)), without_assumptions=none),
                LedgerStep(id="ls-5", at="2031-03-04", kind="killed", low=12, high=None, best=None, text="people killed: at least 12",
                           assumptions=(), rests_on=RestsOn(low=(dead1,)), without_assumptions=Bound(low=12)),
            )),
        ),
        equations=(
            Equation(id="eq-1", text="17 = 6 + 11", terms=(lorries, back, rest), holds="yes"),
            Equation(id="eq-2", text="about 300 = at least 12 + 11", terms=(school, dead1), holds="no"),
        ),
        conflicts=(Conflict(id="cf-1", claims=(dead2, dead3), sentence="These two cannot all be true: “30 to 35 people” (ministry) and “14 people” (Ilka Brandström)."),),
    )  # fmt: skip
    timeline = (
        TimelineItem(id="tl-1", incident="in-1", when="2031-03-03", precision="day", said="2031-03-04", published="2031-03-05",
                     text="the Ossel dam broke on Wednesday", report="tarvel-post.txt", span=at(ONE, "the Ossel dam broke on Wednesday"),
                     statement=told, modality="actual", polarity="affirmed", earliest="2031-03-03", latest="2031-03-03"),
        TimelineItem(id="tl-2", incident=None, when=None, precision=None, said=None, published=None,
                     text="the ministry has blocked the road to Brenk", report="leaflet.txt",
                     span=at(FOUR, "the ministry has blocked the road to Brenk"), statement=None, modality="planned", polarity="denied"),
    )  # fmt: skip
    access = (
        {"id": "ac-x1", "question": "qn-aid", "kind": "passage", "when": None, "since": None, "since_text": None, "said": None,
         "published": None, "state": "let through", "what": ["supplies"], "by": ["waterworks"], "incident": None, "flow": None, "origin": "or-leaflet",
         "copies": [],
         "to": ["Brenk"], "place": "Brenk", "source": None, "report": "leaflet.txt",
         "span": at(FOUR, "The waterworks let supplies through to Brenk"), "text": "The waterworks let supplies through to Brenk",
         "claim": let, "statement": None},
    )  # fmt: skip
    toll = {"question": "qn-deaths", "group": "people", "group_id": "gr-people", "harm": "killed", "status": None, "sex": None,
            "age": None, "scope": " (a stated part)", "low": 12, "high": 35, "rule": "minmax-1"}  # fmt: skip
    under = {"best": None, "aggregate": "ar-deaths-minmax", "notes": ["civilian status is contested"], "grade": None}  # fmt: skip
    harm = (
        {"id": "hm-1", "incident": "in-1", "what": "attack or harm", "when": "2031-03-03", "place": "Tarvel", **toll,
         "figures": [{**toll, "part": True, "disputed": True, "sources": [mayor, ministry], "origins": 3,
                      "accounts": ["ac-d1", "ac-d2", "ac-d3"], **under}],
         "at_risk": ["people"], "victims": ["v-1"],
         "said_to_be_responsible": [{"party": "waterworks", "by": "Nadim Khoury", "polarity": "denied", "stance": "cleared",
                                     "claim": broke, "report": "tarvel-post.txt", "said": None,
                                     "span": at(ONE, "the Ossel dam broke on Wednesday"), "text": "the Ossel dam broke on Wednesday"}],
         "parties_named": [{"party": "waterworks", "alleged_by": [], "named_by": [], "cleared_by": ["Nadim Khoury"],
                            "conceded": False, "denied": False}],
         "disputed": True, "sources": [mayor, ministry], "origins": 3, "reports": ["tarvel-post.txt"],
         "accounts": ["ac-d1", "ac-d2", "ac-d3"], "claims": [broke], **under},
    )  # fmt: skip
    leaflet = {"report": "leaflet.txt", "source": None, "said": None, "published": None, "statement": None}
    kept = {**leaflet, "span": at(FOUR, "let supplies through"), "text": "let supplies through", "annotation": None,
            "verdict": "kept", "of": "waterworks", "by": "ministry"}  # fmt: skip
    agreements = (
        {"id": "ag-1", "incident": None, "parties": ["ministry", "waterworks"], "when": "2031-03", "reports": ["leaflet.txt"],
         "standing": "nothing reported", "standing_told": [], "objections": [],
         "terms": [{"kind": "term", "text": "let supplies through", "modality": "planned", "owed_by": ["waterworks"],
                    "keeping": "kept", "told": [kept], "report": "leaflet.txt",
                    "span": at(FOUR, "let supplies through"), "claim": let}],
         "breaches": [{"kind": "breach", "text": None, "modality": "actual", "owed_by": [], "keeping": "broken", "told": [],
                       "report": "leaflet.txt", "span": None, "claim": block}],
         "endorsed_by": ["waterworks"], "denounced_by": [mayor], "text": "The waterworks", "report": "leaflet.txt",
         "span": at(FOUR, "The waterworks"), "claims": [let]},
    )  # fmt: skip
    shut = {**leaflet, "span": at(FOUR, "blocked the road to Brenk"), "text": "blocked the road to Brenk", "annotation": block}  # fmt: skip
    clock = (
        {"id": "ck-1", "subject": "the road", "kind": "access", "state": "closed", "last": {**shut, "state": "closed", "as_of": "2031-03-04"},
         "since": "2031-03-01/2031-03-03", "since_basis": "stated", "since_told": [{**shut, "when": "2031-03-01/2031-03-03"}],
         "since_agrees": True, "until": None, "until_told": [], "newest_report": "2031-03-09", "stale_days_low": 5,
         "stale_days_high": 5, "days": [{"date": "2031-03-09", "low": 7, "high": 9}],
         "durations": [{**shut, "quantity": "qt-x", "words": "five days", "low": 5, "high": 5, "low_open": False, "high_open": False,
                        "unit": "day", "days_low": 5.0, "days_high": 5.0, "from": "2031-03-01/2031-03-03", "from_of": "itself",
                        "to": "2031-03-09", "reckoned_low": 6, "reckoned_high": 9, "verdict": "too short"}],
         "accounts": [{**shut, "state": "closed", "as_of": "2031-03-04"}], "reports": ["leaflet.txt"]},
    )  # fmt: skip
    grades = (
        Grade(id="gd-1", scheme="airwars", version=1, source="where it was read", question="qn-deaths", incident="in-1", grade="contested",
              means="Competing claims of responsibility.", why="it is in open dispute who did it", rests_on=("ac-d2", "ac-d3")),
    )  # fmt: skip
    findings = (
        Finding(id="fn-1", text="How many people were killed at Tarvel? 14, by Ilka Brandström.", status="disputed",
                question="qn-deaths", origins=1, proof=("ac-d3",)),
        Finding(id="fn-2", text="How many villagers are missing? more than 20.", status="reported", question="qn-missing", origins=1, proof=("ac-m1",)),
    )  # fmt: skip
    referents = Referents(
        parties=(
            Party(id="p-ilka-brandstrom", name=mayor, type="person", aliases=("Brandström", "the mayor"),
                  statements=(told, corrected), mentions=3, reports=("tarvel-post.txt", "late-edition.html")),
            Party(id="p-nadim-khoury", name="Nadim Khoury", type="person", aliases=("نديم خوري",), statements=(farmer, arabic), mentions=2),
            Party(id="p-dana-okafor-lind", name="Dana Okafor-Lind", type="person", represents=ministry, statements=(warned,), mentions=1),
            Party(id="p-waterworks", name="waterworks", type="organisation", statements=(works,)),
            Party(id="p-ministry", name=ministry, type="organisation", statements=(died,)),
            Party(id="p-radio-ossel", name="Radio Ossel", type="media", mentions=1),
            Party(id="p-miro-vance", name="Miro Vance", type="person", mentions=1),
        ),
        places=(
            PlaceReferent(id="g-1", name="Tarvel", lat=47.512345, lon=11.212345, radius_km=2.0, country="ZZ", mentions=(tarvel,)),
            PlaceReferent(id="g-2", name="Brenk", lat=47.698765, lon=11.601234, radius_km=6.0, country="ZZ", mentions=(brenk,)),
            PlaceReferent(id="g-3", name="Ossel", mentions=(lost,)),
        ),
        groups=(Group(id="gr-people", name="people", unit="person", members=(dead1, dead2, dead3)),
                Group(id="gr-lorries", name="lorries", unit="lorry", members=(lorries, back, rest))),
        incidents=(
            Incident(id="in-1", name="dam break", type="STATE", when="2031-03-03", place="g-1", claims=(broke,), reports=("tarvel-post.txt",)),
            Incident(id="in-2", name="flood", type="STATE", place="g-1", quantities=(lorries,), reports=("leaflet.txt",), possibly_same=(PossiblySame(other="in-1", reason="place agrees", confidence=0.5),)),
        ),
        victims=(
            Victim(id="v-1", name="Miro Vance", name_original="Miro Vance", age=9, sex="male", harm="killed", incident="in-1",
                   report="tarvel-post.txt", span=at(ONE, "Miro Vance"), text="Miro Vance"),
            Victim(id="v-2", name=None, description="a schoolboy", report="tarvel-post.txt", span=at(ONE, "a schoolboy"), text="a schoolboy"),
        ),
        origins=(
            Origin(id=post, name="The Tarvel Post", reports=("tarvel-post.txt",), evidence="its own words"),
            Origin(id=wire, name="Northern Wire", reports=("ministry-wire.html",), evidence="its own words"),
            Origin(id=lamp, name="Evening Lamp", reports=("late-edition.html", "broken.pdf"), evidence="late-edition.html is a copy of broken.pdf"),
            Origin(id=leaf, name="leaflet.txt", reports=("leaflet.txt",), evidence="nothing is known"),
        ),
        party_of=mentions,
        place_of={tarvel: "g-1", brenk: "g-2", lost: "g-3"},
        group_of={dead1: "gr-people", dead2: "gr-people", dead3: "gr-people", lorries: "gr-lorries", back: "gr-lorries", rest: "gr-lorries"},
        incident_of={broke: "in-1"},
        origin_of={"tarvel-post.txt": post, "ministry-wire.html": wire, "late-edition.html": lamp, "leaflet.txt": leaf, "broken.pdf": lamp},
    )  # fmt: skip
    review = Review(action="correct", by="a reviewer", at="2031-03-10T08:00:00Z", why="read again", value={"low": 14},
                    targets=(Anchor(layer="quantity", text_sha256=reports[2].text_sha256, spans=(at(THREE, "14 people"),),
                                    quote="14 people", key=dead3),))  # fmt: skip
    return View(
        name="Ossel dam",
        axes=axes or Axes(),
        reports=reports,
        readings=tuple(book.reading() for book in (one, two, three, four)),
        referents=referents,
        derived=Derived(
            questions=questions, disputes=disputes, ledger=ledger, timeline=timeline, findings=findings,
            clock=clock, access=access, harm=harm, agreements=agreements, grades=grades,
        ),
        reviews=((9, review),),
        orphans=(Orphan(entry=7, review=review, reason="its words are gone"),),
        status={dead3: "corrected"},
        undated=undated,
        head=(9, "ab" * 32),
    )  # fmt: skip
