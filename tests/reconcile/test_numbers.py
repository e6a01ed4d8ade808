"""Number questions: what is a revision, what a dispute, what neither."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.model import Anchor, Axes, PlaceReferent, Relation, Review
from standoff.reconcile import Setting, aggregate
from standoff.reconcile.derive import ask
from standoff.reconcile.figures.aggregates import rules
from standoff.reconcile.figures.figure import figure_words, make_figure, meet, width
from tests.reconcile.world import World, derive, tolls

ONE, TWO, THREE, FOUR = "2031-05-01", "2031-05-02", "2031-05-03", "2031-05-04"


def relations(derived):
    return [link.relation for each in derived.questions for link in each.links]


def test_a_source_that_raises_its_own_figure_revises_it():
    derived = derive(tolls((ONE, "Fire Brigade", 12), (TWO, "Fire Brigade", 19)))
    assert relations(derived) == ["revises"]
    assert not derived.disputes


@pytest.mark.parametrize(
    ("first", "second", "relation"), [(True, False, "revises"), (False, True, "compatible")]
)
def test_a_source_that_later_says_it_more_closely_revises_its_rough_figure(
    first: bool, second: bool, relation: str
):
    """Not the other way round: "about 50" after 51 only rounds it."""
    world = World()
    ids = []
    for n, (day, number, about) in enumerate([(ONE, 50, first), (TWO, 51, second)]):
        page = world.page(f"r{n}", day)
        said = page.says("Fire Brigade")
        ids.append(page.count(f"{number} dead", number, role="killed", statement=said, approximate=about))
    world.group("gr", "people", *ids)
    world.incident("in", *ids)
    assert relations(derive(world)) == [relation]


def test_a_source_that_lowers_its_own_figure_corrects_it():
    derived = derive(tolls((ONE, "Fire Brigade", 19), (TWO, "Fire Brigade", 12)))
    assert relations(derived) == ["corrects"]
    assert not derived.disputes


def test_a_spokesman_revises_the_figure_of_another_of_the_same_side():
    world = tolls((ONE, "Ann Teal", 12), (TWO, "Bo Umber", 19))
    world.represents = {"Ann Teal": "Fire Brigade", "Bo Umber": "Fire Brigade"}
    assert relations(derive(world)) == ["revises"]


def test_a_later_higher_count_of_another_source_is_a_development():
    derived = derive(tolls((ONE, "Fire Brigade", 12), (TWO, "City Hospital", 19)))
    assert relations(derived) == ["develops"]
    assert not derived.disputes


def test_a_development_becomes_a_dispute_when_the_earlier_source_reaffirms():
    derived = derive(
        tolls((ONE, "Fire Brigade", 12), (TWO, "City Hospital", 19), (THREE, "Fire Brigade", 12))
    )
    [dispute] = derived.disputes
    assert [side.answer for side in dispute.sides] == ["12", "19"]
    assert [side.parties for side in dispute.sides] == [("Fire Brigade",), ("City Hospital",)]
    assert (dispute.kind, dispute.status) == ("number", "open")


def test_a_dispute_is_settled_when_the_sources_come_to_agree():
    derived = derive(
        tolls((ONE, "City Hospital", 19), (TWO, "Fire Brigade", 12), (THREE, "Fire Brigade", 19))
    )
    assert [each.status for each in derived.disputes] == ["settled"]


def test_a_figure_that_its_source_had_withdrawn_is_no_side():
    derived = derive(
        tolls((ONE, "Fire Brigade", 40), (TWO, "Fire Brigade", 12), (THREE, "City Hospital", 15))
    )
    assert not derived.disputes


@pytest.mark.parametrize(
    ("behind", "questions"), [("were killed since Sunday", 2), ("were killed, it said", 1)]
)
def test_a_count_of_all_since_a_day_is_no_revision_of_that_day_s(behind: str, questions: int):
    world = World()
    page = world.page("r", TWO)
    four = page.count(
        "four guards", 4, role="killed", statement=page.says("Mill Guild"), behind="fell on Sunday"
    )
    page.at("Sunday", ONE, "DATE")
    later = world.page("s", FOUR)
    more = later.count("20 guards", 20, role="killed", statement=later.says("Mill Guild"), behind=behind)
    world.group("gr", "guards", four, more)
    world.incident("in", four, more, when=ONE, place="pl")
    derived = derive(world)
    assert len(derived.questions) == questions
    assert relations(derived) == ["revises"] * (2 - questions)


@pytest.mark.parametrize(
    ("behind", "questions"), [("were killed, it said", 1), ("were killed in clashes, it said", 2)]
)
def test_where_all_tell_of_one_event_a_count_without_a_place_is_of_it(behind: str, questions: int):
    world = World()
    placed = []
    for name, day in (("r", ONE), ("s", TWO), ("t", THREE)):
        page = world.page(name, day)
        placed.append(page.count("nine guards", 9, role="killed", statement=page.says("Mill Guild")))
    page = world.page("u", FOUR)
    bare = page.count("12 guards", 12, role="killed", statement=page.says("Fire Brigade"), behind=behind)
    world.group("gr", "guards", *placed, bare)
    world.incident("in", *placed, when=ONE, place="pl")
    assert len(derive(world).questions) == questions


def guards(world: World, reports: int, number: str = "nine", place: int | None = None) -> list[str]:
    """So many reports of one day, each with a count of guards killed, with ``place`` in a town that the words
    name; the ids of the counts."""
    found = []
    for n in range(reports):
        page = world.page(f"{number}{n}", ONE)
        value = {"nine": 9, "four": 4}[number]
        said = page.says("Mill Guild")
        behind = "were killed in Velm" if place else ""
        found.append(page.count(f"{number} guards", value, role="killed", statement=said, behind=behind))
        if place:
            page.stands_at("Velm", place)
    return found


@pytest.mark.parametrize(
    ("behind", "as_of", "elsewhere", "day", "questions"),
    [
        ("were killed, it said", None, 1, None, 1),
        ("were killed, it said", None, 2, None, 2),
        ("were killed since Monday", None, 0, None, 2),
        ("were killed, it said", "2031-04-01", 0, None, 2),
        ("were killed, it said", None, 0, "2031-05-04", 1),
        ("were killed, it said", None, 0, "2031-04-20/2031-05-06", 1),
        ("were killed, it said", None, 0, "2031-04-10/2031-04-20", 2),
        ("were killed, it said", None, 0, "2031-05-20", 2),
    ],
)
def test_what_keeps_a_count_from_being_of_the_one_event(
    behind: str, as_of: str | None, elsewhere: int, day: str | None, questions: int
):
    """Reports of another place, a count since some time or from before, and another day in its words."""
    world = World()
    placed, others = guards(world, 3), guards(world, elsewhere, "four", 77)
    page = world.page("u", FOUR)
    said = page.says("Fire Brigade")
    bare = page.count("12 guards", 12, role="killed", statement=said, behind=behind, as_of=as_of)
    world.group("gr", "guards", *placed, *others, bare)
    world.incident("in", *placed, when=ONE, place="pl")
    if others:
        world.incident("in-else", *others, when=ONE, place="geonames:77")
    if day:
        world.incident("in-bare", bare, when=day)
    found = next(q for q in derive(world).questions if any(a.quantity == bare for a in q.accounts))
    assert (len(found.accounts) == 1) == (questions == 2)


@pytest.mark.parametrize("place", [None, "pl"])
def test_what_a_person_set_apart_stays_apart(place: str | None):
    world = World()
    placed = guards(world, 3)
    page = world.page("u", FOUR)
    bare = page.count("12 guards", 12, role="killed", statement=page.says("Fire Brigade"))
    world.group("gr", "guards", *placed, bare)
    world.incident("in", *placed, when=ONE, place="pl")
    if place:
        world.incident("in-bare", bare, place=place)
    for parted, questions in (((), 1), (((bare, placed[1]),), 2)):
        asked = ask(world.reports(), world.readings(), world.referents(), parted=parted)
        assert len(asked.found) == questions


@pytest.mark.parametrize(("events", "day", "questions"), [(3, None, 1), (2, None, 2), (3, "2031-03-09", 2)])
def test_where_all_tell_of_one_event_in_a_town_its_counts_without_a_day_are_of_it(
    events: int, day: str | None, questions: int
):
    """Of two events there that are told of alike, none is the one meant; nor is one of another day."""
    world = World()
    first = guards(world, 4)
    last = world.page("z", FOUR)
    bare = last.count("12 guards", 12, role="killed", statement=last.says("Fire Brigade"))
    world.group("gr", "guards", *first, bare)
    world.incident("in", *first[:events], when=ONE, place="pl")
    if events < len(first):
        world.incident("in-other", *first[events:], when=TWO, place="pl")
    else:
        world.incident("in-other", first[-1], when=ONE, place="pl")
    world.incident("in-bare", bare, when=day, place="pl")
    found = [each for each in derive(world).questions if any(a.quantity == bare for a in each.accounts)]
    assert (len(found[0].accounts) == 1) == (questions == 2)


@pytest.mark.parametrize(("role", "relation"), [("present", "compatible"), ("killed", "revises")])
def test_two_stocks_in_one_breath_are_no_revision_and_two_tolls_are(role: str, relation: str):
    world = World()
    page = world.page("r", ONE)
    ids = [page.count(f"{n} guards", n, role=role, statement=page.says("Fire Brigade")) for n in (30, 4)]
    world.group("gr", "guards", *ids)
    world.incident("in", *ids)
    assert relations(derive(world)) == [relation]


def test_none_is_a_number_and_stands_against_another():
    """ "No one was killed" says how many; "not 14" says only how many it was not."""
    world, ids = World(), []
    for name, number, more in (("r", 0, {"negated": True}), ("s", 14, {}), ("t", 14, {"negated": True})):
        page = world.page(name, ONE)
        words = "nobody" if not number else f"{number} guards"
        ids.append(page.count(words, number, role="killed", statement=page.says(f"Guild {name}"), **more))
    world.group("gr", "guards", *ids)
    world.incident("in", *ids)
    (dispute,) = derive(world).disputes
    assert [side.answer for side in dispute.sides] == ["0", "14", "not 14"]


@pytest.mark.parametrize(("second", "questions"), [("Mill Guild", 2), ("Fire Brigade", 1)])
def test_two_figures_in_one_sentence_are_a_whole_and_its_part_from_one_mouth_only(
    second: str, questions: int
):
    world = World()
    page = world.page("r", ONE)
    first, other = page.says("Mill Guild"), page.says(second)
    if second == "Mill Guild":
        other = first
    six = page.count("six guards", 6, role="killed", statement=first, behind="fell and 16 guards too")
    start = page.text.index("16 guards")
    made = msgspec.structs.replace(
        page.quantities[-1], id="qt-r-16", start=start, end=start + 9, text="16 guards",
        low=16, high=16, best=16, statement=other,
    )  # fmt: skip
    page.quantities.append(made)
    world.group("gr", "guards", six, made.id)
    world.incident("in", six, made.id)
    assert len(derive(world).questions) == questions


@pytest.mark.parametrize(("feature", "questions"), [("city", 1), ("country", 2)])
def test_counts_without_a_day_are_not_of_the_one_event_of_a_whole_country(feature: str, questions: int):
    world = World()
    placed = guards(world, 3)
    others = guards(world, 2, "four")
    page = world.page("u", FOUR)
    bare = page.count("12 guards", 12, role="killed", statement=page.says("Fire Brigade"))
    world.group("gr", "guards", *placed, *others, bare)
    world.incident("in", *placed, when=ONE, place="pl")
    world.incident("in-else", *others, when=ONE, place="pl-else")
    world.incident("in-bare", bare, place="pl")
    referents = msgspec.structs.replace(
        world.referents(),
        places=(
            PlaceReferent(id="pl", name="Velm", feature=feature, names=("Velm",), mentions=(), reports=()),
        ),
    )
    found = ask(world.reports(), world.readings(), referents).found
    mine = next(each for each in found if any(told.annotation == bare for told in each.told))
    assert (len(mine.told) == 1) == (questions == 2)


def test_two_parties_in_one_report_are_in_dispute():
    world = World()
    page = world.page("r", ONE)
    ids = [
        page.count(f"{n} died", n, role="killed", statement=page.says(who))
        for who, n in [("Fire Brigade", 12), ("City Hospital", 19)]
    ]
    world.group("gr", "people", *ids)
    world.incident("in", *ids)
    [dispute] = derive(world).disputes
    assert "Fire Brigade" in dispute.why


def test_copies_of_one_origin_count_once():
    world = tolls((ONE, None, 12), (ONE, None, 12), (TWO, None, 12))
    world.origin_of = {"r0": "or-wire", "r1": "or-wire"}
    findings = [each for each in derive(world).findings if each.text.startswith("How many")]
    assert [(each.status, each.origins) for each in findings] == [("corroborated", 2)]
    world.origin_of = dict.fromkeys(("r0", "r1", "r2"), "or-wire")
    assert [(each.status, each.origins) for each in derive(world).findings] == [("reported", 1)]


def test_one_official_quoted_by_three_papers_is_one_origin():
    derived = derive(tolls((ONE, "Fire Brigade", 12), (ONE, "Fire Brigade", 12), (TWO, "Fire Brigade", 12)))
    assert [(each.status, each.origins) for each in derived.findings] == [("reported", 1)]


def lower_bounds(*told):
    world = World()
    ids = []
    for n, (day, party, low) in enumerate(told):
        page = world.page(f"r{n}", day)
        said = page.says(party)
        ids.append(
            page.count(
                f"at least {low}", low, at_least=True, high=None, best=None, role="killed", statement=said
            )
        )
    world.group("gr", "people", *ids)
    world.incident("in", *ids)
    return world


def test_lower_bounds_that_differ_are_divergent_not_contradictory():
    [dispute] = derive(lower_bounds((ONE, "Fire Brigade", 12), (ONE, "City Hospital", 19))).disputes
    assert (dispute.kind, dispute.status) == ("divergent", "divergent")
    assert [side.answer for side in dispute.sides] == ["at least 12", "at least 19"]


def test_different_incidents_are_different_questions():
    world = tolls((ONE, "Fire Brigade", 12), (ONE, "City Hospital", 19))
    world.incident("in-2", "qt-r1-0")
    derived = derive(world)
    assert len(derived.questions) == 2
    assert not derived.disputes


def test_a_part_does_not_contradict_its_total():
    world = World()
    page = world.page("r", ONE)
    whole = page.count("12 died", 12, role="killed", statement=page.says("Fire Brigade"))
    part = page.count(
        "four of them", 4, role="killed", statement=page.says("City Hospital"),
        relation=Relation(kind="part_of", of=whole),
    )  # fmt: skip
    world.group("gr", "people", whole, part)
    world.incident("in", whole, part)
    assert not derive(world).disputes


def test_what_is_demanded_does_not_contradict_what_is():
    world = World()
    page = world.page("r", ONE)
    asked = page.count("30 lorries", 30, role="arrived", statement=page.says("Aid Union"))
    came = page.count("eight lorries", 8, role="arrived", statement=page.says("Border Guard"))
    page.claim("REQUEST", "asked for 30", "Aid Union", modality="demanded", quantities=(asked,))
    world.group("gr", "lorries", asked, came, unit="lorry")
    assert not derive(world).disputes


def test_stocks_of_different_days_develop():
    world = World()
    ids = []
    for n, (day, who, number) in enumerate([(ONE, "Red Side", 700), (TWO, "Blue Side", 80)]):
        page = world.page(f"r{n}", day)
        ids.append(page.count(f"{number} held", number, role="detained", statement=page.says(who)))
    world.group("gr", "hostages", *ids)
    assert not derive(world).disputes


@pytest.mark.parametrize(("other", "clash"), [(104, False), (96, False), (140, True)])
def test_the_width_of_about_makes_no_dispute_by_itself(other, clash):
    world = tolls((ONE, "Fire Brigade", other))
    page = world.page("x", ONE)
    said = page.says("City Hospital")
    about = page.count("about 100", 100, approximate=True, role="killed", statement=said)
    world.group("gr-people", "people", about, "qt-r0-0")
    world.incident("in-1", about, "qt-r0-0")
    assert bool(derive(world).disputes) is clash


def test_an_unclear_source_is_called_so_and_is_not_the_reports_own():
    world = World()
    page = world.page("r", ONE)
    ids = [page.count("12 died", 12, role="killed", statement=page.says(None))]
    world.group("gr", "people", *ids)
    [question] = derive(world).questions
    assert question.accounts[0].source == "source unclear"
    assert question.accounts[0].party_id is None


def test_without_referents_figures_are_compared_within_one_origin_only():
    world = tolls((ONE, "Fire Brigade", 12), (ONE, "City Hospital", 19))
    world.group_of.clear()
    world.incident_of.clear()
    derived = derive(world)
    assert len(derived.questions) == 2
    assert not derived.disputes


def test_as_of_leaves_out_what_came_later():
    world = tolls((ONE, "Fire Brigade", 12), (THREE, "Fire Brigade", 19))
    [question] = derive(world, axes=Axes(as_of=TWO)).questions
    assert [account.best for account in question.accounts] == [12]


def test_a_person_can_judge_that_two_accounts_do_not_contradict():
    world = tolls((ONE, "City Hospital", 19), (TWO, "Fire Brigade", 12))
    assert derive(world).disputes
    target = Anchor(layer="dispute", key="qt-r0-0|qt-r1-0")
    review = Review(action="reject", targets=(target,), by="me", at="2031-06-01", why="other site")
    assert not derive(world, reviews=[review]).disputes


def test_a_person_can_split_and_merge_questions():
    world = tolls((ONE, "City Hospital", 19), (TWO, "Fire Brigade", 12))
    key = "qt-r0-0|qt-r1-0"
    split = Review(action="split", targets=(Anchor(layer="question", key=key),), by="me", at="2031-06-01")
    merge = Review(action="merge", targets=(Anchor(layer="question", key=key),), by="me", at="2031-06-02")
    assert len(derive(world, reviews=[split]).questions) == 2
    assert len(derive(world, reviews=[split, merge]).questions) == 1


def test_questions_are_worded_without_words_that_take_a_side():
    world = tolls((ONE, "Fire Brigade", 12))
    world.groups["gr-people"] = ("terrorists", "person", None)
    assert [each.question for each in derive(world).questions] == ["How many people were killed?"]


# -- figures -----------------------------------------------------------------------------------------

NUMBERS = st.integers(1, 2000)


@given(NUMBERS, NUMBERS)
def test_equal_figures_always_meet_and_meeting_is_mutual(a, b):
    one, two = make_figure(None, None, a, approximate=True), make_figure(b, b, b)
    assert meet(one, two) == meet(two, one)
    assert meet(one, make_figure(a, a, a))


@given(NUMBERS)
def test_the_width_of_about_is_at_most_a_tenth_and_at_least_one(n):
    assert 1 <= width(n) <= max(1, n / 10)


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ({"low": 14, "high": 14, "best": 14}, "14"),
        ({"low": 10, "high": None, "best": None}, "at least 10"),
        ({"low": 10, "high": None, "best": None, "low_open": True}, "more than 10"),
        ({"low": None, "high": 1200, "best": None}, "up to 1,200"),
        ({"low": 10, "high": 20, "best": None}, "10 to 20"),
        ({"low": None, "high": None, "best": 85, "approximate": True}, "about 85"),
    ],
)
def test_figures_in_words(bounds, words):
    assert figure_words(**bounds) == words


# -- aggregates --------------------------------------------------------------------------------------


@pytest.fixture
def question():
    told = (
        (ONE, "Fire Brigade", 12),
        (TWO, "Fire Brigade", 15),
        (TWO, "City Hospital", 19),
        (THREE, None, 15),
    )
    [found] = derive(tolls(*told)).questions
    return found


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("minmax", (15, 19, None)),
        ("best_low_high", (15, 19, 15)),
        ("lowest", (15, 15, 15)),
        ("conservative", (15, None, None)),
        ("latest", (15, 19, None)),
    ],
)
def test_aggregates_leave_out_what_was_revised_and_say_so(question, rule, expected):
    found = aggregate(question, rule)
    assert (found.low, found.high, found.best) == expected
    assert [each.account for each in found.set_aside] == [question.accounts[0].id]
    assert {*found.used, *(each.account for each in found.set_aside)} == {a.id for a in question.accounts}


def test_a_minimum_is_nought_where_civilian_status_is_contested(question):
    assert aggregate(question, "minmax", Setting(contested="it is contested")).low == 0


def test_a_partys_figure_of_anothers_losses_is_said_to_be_one(question):
    loss = "a figure by Fire Brigade of members of another party"
    losses = {each.id: loss for each in question.accounts if each.source == "Fire Brigade"}
    for rule in rules():
        assert aggregate(question, rule, Setting(losses=losses)).notes[0] == loss


def test_two_names_for_one_side_are_never_set_against_each_other():
    world = World()
    page = world.page("r", ONE)
    first = page.says("Fire Brigade", represents="City Office")
    second = page.says("Fire Brigade", represents="Brigade Union")
    ids = [
        page.count(f"{n} died", n, role="killed", statement=said) for n, said in [(12, first), (19, second)]
    ]
    world.group("gr", "people", *ids)
    world.incident("in", *ids)
    assert not derive(world).disputes


@pytest.mark.parametrize(
    ("words", "what", "questions"),
    [("19 people", "people", 1), ("19 civilians", "civilians", 2), ("19 soldiers", "soldiers", 2)],
)
def test_who_they_all_were_is_another_matter_than_how_many(words, what, questions):
    """ "19 people, all of them civilians" answers what "12 people" answers; "19 civilians" does not."""
    world = World()
    said = []
    for day, party, counted, noun, status in (
        (ONE, "Fire Brigade", "12 people", "people", None),
        (TWO, "City Hospital", words, what, "civilian"),
    ):
        page = world.page(f"p-{day}", day)
        statement = page.says(party)
        said.append(
            page.count(
                counted,
                float(counted.split()[0]),
                what=noun,
                group=noun,
                role="killed",
                statement=statement,
                status=status,
                as_of=day,
            )
        )
    world.group("gr-people", "people", *said)
    assert len([each for each in derive(world).questions if each.kind == "number"]) == questions


def stocks(*told: tuple[str, str, float]) -> World:
    world, ids = World(), []
    for n, (day, party, number) in enumerate(told):
        page = world.page(f"r{n}", day)
        ids.append(page.count(f"{number:g} miners", number, role="missing", statement=page.says(party)))
    world.group("gr", "miners", *ids)
    world.incident("in", *ids)
    return world


def test_a_state_told_of_a_later_day_by_another_source_is_a_later_state():
    derived = derive(stocks((ONE, "Fire Brigade", 12), (TWO, "City Hospital", 7)))
    assert relations(derived) == ["develops"]
    assert not derived.disputes


def test_a_later_state_is_reckoned_from_what_a_report_holds_last():
    world, ids = World(), []
    page = world.page("a", ONE)
    ids += [page.count(f"{n} miners", n, role="missing") for n in (12, 47)]  # 47 at first, 12 are left
    later = world.page("b", TWO)
    ids.append(later.count("7 miners", 7, role="missing", statement=later.says("Fire Brigade")))
    world.group("gr", "miners", *ids)
    world.incident("in", *ids)
    derived = derive(world)
    told = {account.id: account.text for q in derived.questions for account in q.accounts}
    linked = [
        (told[x.to], told[x.from_]) for q in derived.questions for x in q.links if x.relation == "develops"
    ]
    assert linked == [("12 miners", "7 miners")]


@pytest.mark.parametrize(("between", "relation"), [(", not ", "revises"), (" on foot and ", "compatible")])
def test_what_one_source_puts_in_the_place_of_its_own_figure_revises_it(between: str, relation: str):
    world = World()
    page = world.page("r", ONE)
    said = page.says("Fire Brigade")
    start = len(page.text)
    page.text += f"9 barges{between}8 barges came. "
    ids = []
    for words, number in (("9 barges", 9), ("8 barges", 8)):
        ids.append(page.count(words, number, role="present", statement=said))
        at = page.text.index(words, start)
        page.quantities[-1] = msgspec.structs.replace(page.quantities[-1], start=at, end=at + len(words))
    world.group("gr", "barges", *ids, unit="barge")
    assert relations(derive(world)) == [relation]


def headline(*body: tuple[str, float]) -> World:
    """A report whose headline gives 17 dead in its own voice, and whose body gives figures by sources."""
    world = World()
    page = world.page("r", ONE)
    ids = [page.count("17 dead", 17, role="killed")]
    page.text += "\n"
    ids += [page.count(f"{n:g} killed", n, role="killed", statement=page.says(who)) for who, n in body]
    world.group("gr-people", "people", *ids)
    world.incident("in-1", *ids)
    return world


def test_a_headline_repeats_the_one_source_that_gives_its_figure_in_the_body():
    [first, _] = derive(headline(("City Hospital", 17))).questions[0].accounts
    assert first.source == "City Hospital"


@pytest.mark.parametrize("body", [[("City Hospital", 17), ("Fire Brigade", 17)], [("City Hospital", 30)]])
def test_a_headline_is_the_reports_own_where_no_one_source_alone_gives_its_figure(body):
    first = min(
        (a for q in derive(headline(*body)).questions for a in q.accounts), key=lambda each: each.span
    )
    assert first.source is None


@pytest.mark.parametrize(
    ("publisher", "one"),
    [
        ("Harbour Guild", True),
        ("Harbour Guild (statement)", True),
        ("The Bell (bulletin of the Harbour Guild)", True),
        ("Harbour Guild press office", True),
        ("Harbour Times", False),
    ],
)
def test_what_a_body_publishes_is_its_own_figure(publisher: str, one: bool):
    world = World()
    said, told = world.page("a", ONE), world.page("b", TWO, publisher)
    ids = [said.count("40 dead", 40, role="killed", statement=said.says("Harbour Guild"))]
    ids.append(told.count("31 dead", 31, role="killed"))
    world.group("gr-people", "people", *ids)
    world.incident("in-1", *ids)
    derived = derive(world)
    assert relations(derived) == (["corrects"] if one else ["contradicts"])


@pytest.mark.parametrize(("last", "status"), [(9, "settled"), (4, "open")])
def test_a_dispute_about_a_state_is_settled_when_sources_agree_on_a_later_day(last: int, status: str):
    days = [(ONE, "Red", 4), (ONE, "Blue", 9), (TWO, "Red", last), (TWO, "Blue", 9)]
    assert {each.status for each in derive(stocks(*days)).disputes} == {status}


@pytest.mark.parametrize(("second", "disputes"), [("in-1", 1), ("in-2", 0)])
def test_those_in_one_yard_are_not_those_in_another(second: str, disputes: int):
    world, ids = World(), []
    for n, (number, incident) in enumerate(((15, "in-1"), (60, second))):
        page = world.page(f"r{n}", ONE)
        said = page.says(("Fire Brigade", "Dockers Guild")[n])
        ids.append(page.count(f"{number} dockers", number, role="present", statement=said, incident=incident))
    world.group("gr", "dockers", *ids)
    assert len(derive(world).disputes) == disputes


def elsewhere(words: str, place: str, reports: int = 1, events: int = 3) -> int:
    """How many accounts the question has that one more count is of, told in these words, where it was taken
    to be of an occurrence at another place that so many reports tell of."""
    world = World()
    placed = guards(world, events)
    others = []
    for n in range(reports):
        page = world.page(f"v{n}", ONE)
        before, _, behind = words.partition("12 guards")
        if before:
            page.tells(before.strip())
        others.append(page.count("12 guards", 12, role="killed", behind=behind.strip()))
        for name in ("Velm", "VELM"):
            if name in words:
                page.stands_at(name, 77)
    world.group("gr", "guards", *placed, *others)
    first = tuple(f"nine{n}" for n in range(events))
    world.incident("in", *placed, when=ONE, place="pl", reports=first)
    told = tuple(f"v{n}" for n in range(reports))
    world.incident("in-else", *others, place=place, reports=told)
    found = next(q for q in derive(world).questions if any(a.quantity == others[0] for a in q.accounts))
    return len(found.accounts)


def test_a_count_is_of_the_one_event_where_its_place_was_only_inferred():
    assert elsewhere("12 guards were killed", "geonames:77") == 4
    assert elsewhere("12 guards were killed in Velm", "geonames:77") == 1
    assert elsewhere("They came to Velm. 12 guards were killed", "geonames:77") == 1
    assert elsewhere("VELM, May 2 (Agency) - Trams ran as ever 12 guards were killed", "geonames:77") == 4
    assert elsewhere("12 guards were killed", "geonames:77", reports=3) == 3


def counted(*nouns: str, both: bool = False) -> list[str]:
    """The questions of a record in which each of some nouns is counted by another source, of one incident;
    with ``both`` one source more counts the first two of them apart."""
    world, counts = World(), []
    for n, noun in enumerate(nouns):
        page = world.page(f"r{n}", ONE)
        counts.append(page.count(f"{n + 5} {noun}", n + 5, role="killed", statement=page.says(f"Guild {n}")))
        world.group(f"gr-{noun}", noun, counts[-1])
        world.nouns[f"gr-{noun}"] = noun
    if both:
        page = world.page("both", TWO)
        said = page.says("Fire Brigade")
        for number, noun in ((20, nouns[0]), (3, nouns[1])):
            counts.append(page.count(f"{number} {noun}", number, role="killed", statement=said))
            world.group(f"gr-{noun}", noun, counts[-1])
    world.incident("in", *counts, when=ONE, place="pl")
    return [each.question for each in derive(world).questions]


def test_nouns_that_nobody_counts_apart_are_words_for_all_who_were_harmed():
    assert counted("people", "pilgrims", "passengers") == ["How many people were killed in pl?"]
    assert len(counted("people", "pilgrims", "passengers", "passengers")) == 1
    assert len(counted("people", "pilgrims", "passengers", "passengers", both=True)) == 2
    assert len(counted("people", "pilgrims", "soldiers", "passengers")) == 4, "there was a fight"
    assert len(counted("people", "children", "passengers", "pilgrims")) == 2, "children are a part"


@pytest.mark.parametrize(("reports", "questions"), [(3, 1), (2, 3)])
def test_in_a_record_of_one_event_those_held_are_one_group_under_several_nouns(reports: int, questions: int):
    """Two reports are too few to tell of one event."""
    world = World()
    placed = guards(world, reports)
    world.group("gr", "guards", *placed)
    world.incident("in", *placed, when=ONE, place="pl")
    held = []
    for n, noun in enumerate(("people", "suspects", "villagers")):
        page = world.page(f"h{n}", TWO)
        said = page.says(f"Office {n}")
        held.append(page.count(f"{n + 5} {noun}", n + 5, role="detained", measure="stock", statement=said))
        world.group(f"gr-{noun}", noun, held[-1])
        world.nouns[f"gr-{noun}"] = noun
    found = [q for q in derive(world).questions if any(a.quantity in held for a in q.accounts)]
    assert len(found) == questions


def test_several_of_them_are_not_all_of_them():
    """ "Several pilgrims" were held: how many were, says only who counts them all."""
    world = World()
    placed = guards(world, 3)
    world.group("gr", "guards", *placed)
    world.incident("in", *placed, when=ONE, place="pl")
    one, other = world.page("h0", TWO), world.page("h1", TWO)
    held = [
        one.count("72 people", 72, role="detained", measure="stock", statement=one.says("Office")),
        other.count(
            "several pilgrims", 3, 9, role="detained", measure="stock", statement=other.says("Guild")
        ),
    ]
    for quantity, noun in zip(held, ("people", "pilgrims"), strict=True):
        world.group(f"gr-{noun}", noun, quantity)
        world.nouns[f"gr-{noun}"] = noun
    assert not derive(world).disputes
