"""The timeline, the clock, access, harm and agreements, over an invented situation."""

from __future__ import annotations

import random
import re

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.model import Actor, Axes, Quantity, Time
from standoff.reconcile import reconcile
from standoff.show.tolls import with_tolls
from tests.reconcile.world import Page, World, derive, remainder

ONE, TWO, THREE, TEN = "2031-05-01", "2031-05-02", "2031-05-03", "2031-05-10"


def told(world: World, *times: tuple[Page, str, str], **more):
    """Everything derived, with the dates that stand in the texts (page, words, EDTF)."""
    readings = []
    for page, reading in zip(world.pages, world.readings(), strict=True):
        found = []
        for where, words, edtf in times:
            if where is page:
                start = page.text.index(words)
                found.append(
                    Time(
                        id=f"tm-{page.id}-{start}", start=start, end=start + len(words), text=words,
                        type="DATE", value=edtf, edtf=edtf,
                    )
                )  # fmt: skip
        readings.append(msgspec.structs.replace(reading, times=tuple(found)))
    return reconcile(world.reports(), readings, world.referents(), **more)


def lasted(page: Page, words: str, number: float, unit: str = "day", **more) -> str:
    """A duration in the last words written on a page."""
    start = page.text.rindex(words)
    quantity = Quantity(
        id=f"qt-{page.id}-{start}", start=start, end=start + len(words), text=words, kind="duration",
        low=number, high=None if more.get("low_open") else number, unit=unit, **more,
    )  # fmt: skip
    page.quantities.append(quantity)
    return quantity.id


# -- timeline ----------------------------------------------------------------------------------------


def blast() -> World:
    """One blast told in three reports, one of which denies it, and an earlier flood told only by month."""
    world = World()
    ids = []
    for n, (day, words) in enumerate([(ONE, "shells hit the mill"), (TWO, "the mill was hit")]):
        page = world.page(f"r{n}", day)
        ids.append(
            page.claim("ASSAULT", words, targets="the mill", when=ONE if n == 0 else None, id=f"cl-hit-{n}")
        )
    third = world.page("r2", THREE)
    denial = third.says("Blue Side", "the mill was not hit", stance=("denies",))
    ids.append(third.claim("ASSAULT", "was not hit", targets="the mill", polarity="denied", statement=denial))
    third.claim("MOVE", "people fled the valley at some time in April", "people", when="2031-04")
    third.claim("MOVE", "the people came back", "people", when=THREE)
    world.incident("in-1", *ids, when=ONE)
    return world


def test_one_event_told_in_many_reports_is_one_item_with_all_its_tellings():
    items = derive(blast()).timeline
    [hit] = [each for each in items if each.incident == "in-1"]
    assert hit.reports == ("r0", "r1", "r2")
    assert [each.polarity for each in hit.told] == ["affirmed", "affirmed", "denied"]
    assert (hit.when, hit.polarity, hit.dates, hit.dates_agree) == (ONE, "affirmed", (ONE,), True)


def test_an_event_known_to_the_month_stands_where_it_can_and_says_so():
    items = derive(blast()).timeline
    [april] = [each for each in items if each.when == "2031-04"]
    assert april.precision == "month"
    assert (april.earliest, april.latest, april.bounds) == ("2031-04-01", "2031-04-30", "stated")
    assert [each.when for each in items] == ["2031-04", ONE, THREE]
    assert [(each.place_first, each.place_last) for each in items] == [(1, 1), (2, 2), (3, 3)]


def test_an_event_without_a_date_was_before_it_was_told_and_a_plan_is_not():
    world = World()
    page = world.page("r", TWO)
    page.claim("MOVE", "the convoy left the town by the north gate", "the convoy")
    page.claim("MOVE", "the convoy will leave the village at the ford", "the convoy", modality="planned")
    page.claim("MOVE", "the convoy set out from the harbour at noon", "the convoy", when=ONE)
    dated, undated, planned = derive(world).timeline
    assert (dated.place_first, dated.place_last) == (1, 2)
    assert (undated.earliest, undated.latest, undated.bounds) == (None, TWO, "told")
    assert (planned.earliest, planned.latest) == (TWO, None)
    assert (planned.place_first, planned.place_last) == (2, 3)


def test_dates_that_cannot_both_be_true_are_said_to_differ_and_both_days_are_allowed():
    world = blast()
    late = world.page("r3", TEN)
    world.incident_of[late.claim("ASSAULT", "shells hit the mill", targets="the mill", when=THREE)] = "in-1"
    [hit] = [each for each in derive(world).timeline if each.incident == "in-1"]
    assert hit.dates == (ONE, THREE)
    assert not hit.dates_agree
    assert (hit.earliest, hit.latest) == (ONE, THREE)


def test_two_targets_in_one_incident_are_two_items():
    world = World()
    page = world.page("r", TWO)
    ids = [
        page.claim("ASSAULT", "gunmen shot two guards at the gate of the mill", targets="guards", when=ONE),
        page.claim("ASSAULT", "gunmen set fire to the barn beside the old mill", targets="barn", when=ONE),
    ]
    world.incident("in-1", *ids)
    assert len(derive(world).timeline) == 2


def test_the_day_of_a_toll_is_no_date_of_the_event():
    world = World()
    page = world.page("r", TEN)
    toll = page.count("12 people", 12, role="killed", as_of=THREE, what="people")
    hit = page.claim("ASSAULT", "shells killed people at the mill", targets="people", when=ONE)
    world.incident("in-1", hit, toll, when=ONE)
    [item] = derive(world).timeline
    assert item.dates == (ONE,)


# -- clock -------------------------------------------------------------------------------------------


def standoff() -> tuple[World, tuple[tuple[Page, str, str], ...]]:
    """Lorries stranded since the crisis began on 1 May; told on 3 and 10 May, released on no date."""
    world = World()
    first = world.page("r0", THREE)
    first.claim("STATE", "the lorries are stuck for two days", targets="the lorries", mode="stranded")
    lasted(first, "two days", 2)
    second = world.page("r1", TEN)
    second.write("The crisis began on 1 May when the road was cut")
    second.claim("STATE", "20 lorries stuck for more than 12 days", targets="20 lorries", mode="stranded")
    lasted(second, "more than 12 days", 12, low_open=True)
    return world, ((second, "1 May", ONE),)


def clock_of(world: World, times, **more):
    rows = told(world, *times, **more).clock
    return rows[0], {row["subject"]: row for row in rows[1:]}


def test_the_situation_has_its_beginning_and_the_day_of_each_report():
    situation, _ = clock_of(*standoff())
    assert (situation["since"], situation["since_basis"]) == (ONE, "stated")
    assert "The crisis began on 1 May" in situation["since_told"][0]["text"]
    assert situation["days"] == [{"date": THREE, "low": 3, "high": 3}, {"date": TEN, "low": 10, "high": 10}]


def test_a_state_is_shown_as_last_told_with_its_age_by_the_newest_report():
    _, things = clock_of(*standoff())
    [lorries] = things.values()
    assert (lorries["state"], lorries["last"]["report"], lorries["stale_days_high"]) == ("stranded", "r1", 0)
    assert [each["report"] for each in lorries["accounts"]] == ["r0", "r1"]


def test_an_old_state_is_stale_by_the_newest_report_never_by_todays_date():
    world, times = standoff()
    world.page("r2", "2031-05-30").write("Nothing is said of the lorries")
    _, things = clock_of(world, times)
    [lorries] = things.values()
    assert (lorries["newest_report"], lorries["stale_days_low"]) == ("2031-05-30", 20)


def test_durations_are_held_to_the_dates_told_with_both_words():
    _, things = clock_of(*standoff())
    [lorries] = things.values()
    assert [(each["words"], each["verdict"]) for each in lorries["durations"]] == [
        ("two days", "holds"),
        ("more than 12 days", "too long"),
    ]
    assert {(each["from"], each["from_of"]) for each in lorries["durations"]} == {(ONE, "the situation")}
    assert all(each["text"] for each in lorries["durations"])


def test_without_a_beginning_one_is_reckoned_and_the_duration_stays_open():
    world, _ = standoff()
    situation, things = clock_of(world, ())
    [lorries] = things.values()
    assert situation["since_basis"] is None
    assert lorries["since_basis"] == "reckoned"
    assert {each["verdict"] for each in lorries["durations"]} == {"open"}


def test_rival_beginnings_stand_side_by_side():
    world, times = standoff()
    third = world.page("r3", "2031-05-11")
    third.write("The crisis began on 4 May")
    situation, _ = clock_of(world, (*times, (third, "4 May", "2031-05-04")))
    assert situation["since"] == ONE
    assert not situation["since_agrees"]
    assert [each["when"] for each in situation["since_told"]] == [ONE, "2031-05-04"]


def test_since_gives_the_beginning_of_the_state_that_it_stands_with():
    world = World()
    page = world.page("r", TEN)
    page.claim("STATE", "the crew is held since 3 May", targets="the crew", mode="held", when=THREE)
    [row] = clock_of(world, ((page, "3 May", THREE),))[1].values()
    assert (row["since"], row["since_basis"], row["last"]["as_of"]) == (THREE, "stated", TEN)
    assert row["days"][-1] == {"date": TEN, "low": 8, "high": 8}


def test_those_released_are_not_held_again_by_words_that_look_back():
    world = World()
    page = world.page("r0", THREE)
    page.claim("RETREAT", "the crew was freed", targets="the crew", mode="release", when=THREE)
    later = world.page("r1", TEN)
    later.claim("STATE", "the crew, held for a week", targets="the crew", mode="held")
    [row] = clock_of(world, ())[1].values()
    assert (row["state"], row["until"]) == ("released", THREE)


def test_the_clock_cut_at_a_date_knows_nothing_later():
    world, times = standoff()
    situation, things = clock_of(world, times, axes=Axes(as_of=THREE))
    assert situation["newest_report"] == THREE
    assert [each["last"]["report"] for each in things.values()] == ["r0"]


def test_points_in_time_and_ages_are_no_durations():
    world = World()
    page = world.page("r", TEN)
    page.claim("STATE", "the crew, held by men seized three years ago", targets="the crew", mode="held")
    lasted(page, "three years", 3, "year")
    [row] = clock_of(world, ())[1].values()
    assert row["durations"] == []


# -- access ------------------------------------------------------------------------------------------


def test_routes_are_hit_damaged_closed_and_opened():
    world = World()
    page = world.page("r", TWO)
    page.claim("ASSAULT", "jets bombed the bridge", "jets", "the bridge", mode="aerial")
    page.claim("ASSAULT", "the road was cratered", targets="the road", mode="destroy")
    page.claim("COERCE", "the army closed the crossing", "the army", "the north crossing", mode="close")
    page.claim("RETREAT", "the crossing was reopened", targets="the north crossing", mode="open", when=TEN)
    page.claim("COERCE", "never closed it", "the army", "the crossing", mode="close", polarity="denied")
    page.claim("ASSAULT", "shells hit the mill", targets="the mill", mode="heavy-weapons")
    rows = derive(world).access
    assert [row["state"] for row in rows if row["kind"] == "route"].count("hit") == 1
    assert sorted(str(row["state"]) for row in rows) == ["closed", "damaged", "hit", "not closed", "open"]
    assert all(row["question"] is None and row["what"] for row in rows)


def test_a_delivery_is_a_flow_with_its_counts_and_a_denied_one_a_flow_of_none():
    world = World()
    page = world.page("r", TWO)
    tons = page.count("10 tons", 10, what="tons", role="supplied")
    page.claim("AID", "10 tons of food came", "the agency", to="the camp", targets="food", quantities=(tons,))
    page.claim("AID", "no food came", to="the camp", targets="food", polarity="denied")
    rows = {str(row["state"]): row for row in derive(world).access}
    assert [each["low"] for each in rows["delivered"]["flow"]["counts"]] == [10]
    assert not rows["delivered"]["flow"]["none"]
    assert rows["not delivered"]["flow"]["none"]
    assert rows["delivered"]["to"] == ["the camp"]


def test_copies_of_one_origin_stand_once_and_are_named():
    world = World()
    for name in ("r0", "r1"):
        page = world.page(name, TWO)
        page.claim("COERCE", "the army closed the road", "the army", "the road", mode="close")
        world.origin_of[name] = "or-wire"
    [row] = derive(world).access
    assert [each["report"] for each in row["copies"]] == ["r1"]


# -- harm --------------------------------------------------------------------------------------------


def shelling() -> World:
    """Two tolls of one shelling; one side is blamed for it, denies it, and blames the other."""
    world = World()
    page = world.page("r", TWO)
    doctor = page.says("Doctor")
    dead = page.count("9 people", 9, role="killed", statement=doctor)
    child = page.count("2 children", 2, role="killed", age="child", of_total="inside", statement=doctor)
    hurt = page.count("30 people", 30, role="injured", at_least=True, statement=doctor)
    hit = page.claim("ASSAULT", "shells hit the village and its people", targets="villagers", when=ONE)
    red = page.says("Red Side", stance=("accuses",))
    blue = page.says("Blue Side", stance=("denies", "accuses"))
    ids = [
        page.claim("ASSAULT", "Blue Side shelled it", "Blue Side", "villagers", statement=red),
        page.claim("ASSAULT", "we did not", "Blue Side", "villagers", polarity="denied", statement=blue),
        page.claim("ASSAULT", "Red Side shelled it", "Red Side", "villagers", statement=blue),
    ]
    world.group("gr-people", "people", dead, hurt)
    world.group("gr-children", "children", child, parent="gr-people")
    world.incident("in-1", hit, *ids, dead, child, hurt, when=ONE)
    return world


def test_one_row_an_incident_with_each_group_and_the_widest_first():
    [row] = derive(shelling()).harm
    assert (row["harm"], row["group"], row["low"], row["when"]) == ("killed", "people", 9, ONE)
    assert [(each["harm"], each["group"]) for each in row["figures"]] == [
        ("killed", "people"), ("killed", "children"), ("injured", "people"),
    ]  # fmt: skip
    tolls = with_tolls(row)
    assert (tolls["killed_low"], tolls["killed_high"]) == (9, 9)
    assert (tolls["injured_low"], tolls["injured_high"], tolls["missing_low"]) == (30, 30, None)
    assert row["at_risk"] == ["villagers"]


def test_who_is_responsible_is_alleged_denied_and_never_asserted():
    [row] = derive(shelling()).harm
    named = {each["party"]: each for each in row["parties_named"]}
    assert named["Blue Side"]["alleged_by"] == ["Red Side"]
    assert named["Blue Side"]["denied"]
    assert not named["Blue Side"]["conceded"]
    assert named["Red Side"]["alleged_by"] == ["Blue Side"]
    assert [each["stance"] for each in row["said_to_be_responsible"]] == ["alleged", "denied", "alleged"]


def test_a_party_that_says_it_did_it_concedes():
    world = shelling()
    page = world.page("late", TEN)
    own = page.says("Blue Side")
    world.incident_of[page.claim("ASSAULT", "we fired", "Blue Side", "villagers", statement=own)] = "in-1"
    [row] = derive(world).harm
    [blue] = [each for each in row["parties_named"] if each["party"] == "Blue Side"]
    assert blue["conceded"]
    assert blue["denied"]


def conceding(kind: str, words: str, named: str) -> bool:
    """Whether Blue Side, in words of its own of which ``named`` are read as itself, is held to concede."""
    world = shelling()
    page = world.page("late", TEN)
    own = page.says("Blue Side", kind=kind)
    claim = page.claim("ASSAULT", words, "", "villagers", statement=own)
    (start, end) = page.claims[-1].evidence[0]
    at = page.text.index(named, start)
    doer = Actor(party_id="blue-side", name="Blue Side", mentions=((at, at + len(named)),))
    page.claims[-1] = msgspec.structs.replace(page.claims[-1], actors=(doer,))
    page.statements[-1] = msgspec.structs.replace(page.statements[-1], content=((start, end),))
    world.incident_of[claim] = "in-1"
    [row] = derive(world).harm
    return any(each["party"] == "Blue Side" and each["conceded"] for each in row["parties_named"])


@pytest.mark.parametrize(
    ("kind", "words", "named", "conceded"),
    [
        ("direct", "we fired on them", "we", True), ("direct", "they shelled families", "they", False),
        ("indirect", "they had fired first", "they", True),
        ("indirect", "that we shelled ourselves", "we", False),
    ],
)  # fmt: skip
def test_nobody_concedes_by_speaking_of_others(kind, words, named, conceded):
    assert conceding(kind, words, named) == conceded


# -- agreements --------------------------------------------------------------------------------------


def pact() -> tuple[World, Page, Page]:
    """A pact of two sides with two terms, told in one report; a second report to tell of its keeping."""
    world = World()
    page = world.page("r0", ONE)
    deal = page.claim("AGREE", "Red Side and Blue Side sign a pact", "Red Side, Blue Side", id="cl-deal")
    due = page.count("30 prisoners", 30, what="prisoners")
    page.claim("TERM", "Red Side frees 30 prisoners", "Red Side", of=deal)
    span = page.claims[-1].evidence[0]
    page.quantities[0] = msgspec.structs.replace(
        page.quantities[0], start=span[0] + 15, end=span[0] + 27, role="detained"
    )
    page.claim("TERM", "Blue Side repairs the harbour bridge", "Blue Side", of=deal)
    world.incident("in-deal", deal, type="AGREE", when=ONE)
    later = world.page("r1", TEN)
    world.group("gr-prisoners", "prisoners", due)
    return world, page, later


def terms_of(world: World):
    [row] = derive(world).agreements
    return row, {str(term["text"]): term for term in row["terms"]}


def test_a_term_of_which_nothing_is_told_says_so():
    row, terms = terms_of(pact()[0])
    assert {term["keeping"] for term in terms.values()} == {"nothing reported"}
    assert row["standing"] == "nothing reported"
    assert row["parties"] == ["Red Side", "Blue Side"]


def test_a_term_is_kept_in_part_by_a_smaller_count_and_kept_by_as_many():
    world, _, later = pact()
    red = later.says("Red Side")
    some = later.count("20 prisoners", 20, role="released", what="prisoners", statement=red)
    world.group_of[some] = "gr-prisoners"
    _, terms = terms_of(world)
    term = terms["Red Side frees 30 prisoners"]
    assert term["keeping"] == "kept in part"
    assert [each["by"] for each in term["told"]] == ["Red Side"]
    world.group_of[later.count("30 prisoners", 30, role="released", what="prisoners")] = "gr-prisoners"
    assert terms_of(world)[1]["Red Side frees 30 prisoners"]["keeping"] == "kept"


def test_those_who_remain_or_are_only_to_be_freed_keep_no_term():
    world, _, later = pact()
    rest = later.count("the other 10", 10, role="released", relation=remainder(), what="prisoners")
    plan = later.count("30 prisoners", 30, role="released", what="prisoners")
    later.text = later.text[:-2] + " would be freed on Sunday. "
    world.group_of |= {rest: "gr-prisoners", plan: "gr-prisoners"}
    assert terms_of(world)[1]["Red Side frees 30 prisoners"]["keeping"] == "nothing reported"


def test_keeping_and_breaking_told_by_two_is_disputed_and_lies_with_the_term_it_speaks_of():
    world, _, later = pact()
    later.says("Blue Side", "Red Side has broken the pact by keeping ten prisoners back")
    later.says("Red Side", "we have honoured the pact and the prisoners are free")
    row, terms = terms_of(world)
    assert row["standing"] == "disputed"
    assert [each["by"] for each in row["standing_told"]] == ["Blue Side", "Red Side"]
    assert terms["Blue Side repairs the harbour bridge"]["keeping"] == "nothing reported"
    later.says("Red Side", "Blue Side broke the pact over the harbour bridge")
    assert terms_of(world)[1]["Blue Side repairs the harbour bridge"]["keeping"] == "broken"


def test_what_is_denied_flips_and_what_is_only_threatened_is_not_told():
    world, _, later = pact()
    later.says("Red Side", "we never violated the pact")
    later.says("Blue Side", "our side may have broken the pact if they go on")
    row, _ = terms_of(world)
    assert [each["verdict"] for each in row["standing_told"]] == ["kept"]


def test_who_objects_is_named_with_the_words():
    world, _, later = pact()
    later.claim("REJECT", "Green Side rejected the pact", "Green Side", "the pact")
    row, _ = terms_of(world)
    assert row["denounced_by"] == ["Green Side"]
    assert [each["text"] for each in row["objections"]] == ["Green Side rejected the pact"]


def test_words_about_another_deal_are_not_put_to_this_one():
    world, _, _ = pact()
    other = world.page("r2", TEN)
    other.claim("AGREE", "Green Side and Grey Side sign a treaty", "Green Side, Grey Side", id="cl-other")
    other.says("Grey Side", "Green Side broke the treaty")
    rows = {str(row["report"]): row for row in derive(world).agreements}
    assert rows["r0"]["standing"] == "nothing reported"
    assert rows["r2"]["standing"] == "broken"


# -- what always holds -------------------------------------------------------------------------------


def everything() -> World:
    world = shelling()
    for part in (blast(), standoff()[0], pact()[0]):
        for page in part.pages:
            page.id = f"{page.id}-{len(world.pages)}"
            world.pages.append(page)
    return world


def tables(world: World):
    made = derive(world)
    return made.timeline, made.clock, made.access, made.harm, made.agreements


@settings(max_examples=15)
@given(st.randoms())
def test_the_order_of_reports_changes_no_table(rng: random.Random):
    world = everything()
    expected = msgspec.json.encode(tables(world))
    pairs = list(zip(world.reports(), world.readings(), strict=True))
    rng.shuffle(pairs)
    made = reconcile([a for a, _ in pairs], [b for _, b in pairs], world.referents())
    shown = (made.timeline, made.clock, made.access, made.harm, made.agreements)
    assert msgspec.json.encode(shown) == expected


def test_every_row_quotes_the_text_at_its_span():
    world = everything()
    texts = {page.id: page.text for page in world.pages}

    def check(value: object) -> int:
        if isinstance(value, dict):
            if isinstance(value.get("span"), list) and value.get("text") is not None:
                start, end = value["span"]
                assert texts[value["report"]][start:end] == value["text"]
                return 1
            return sum(check(each) for each in value.values())
        return sum(check(each) for each in value) if isinstance(value, list) else 0

    assert check(msgspec.json.decode(msgspec.json.encode(tables(world)))) > 10


def test_swapping_the_names_of_two_parties_changes_names_only():
    world = shelling()
    swap = {"Red ": "Teal ", "Teal ": "Red ", "red-": "teal-", "teal-": "red-"}
    pattern = re.compile("|".join(map(re.escape, swap)))

    def swapped(data: bytes) -> bytes:
        return pattern.sub(lambda found: swap[found.group()], data.decode().replace("Blue", "Teal")).encode()

    def renamed(each: msgspec.Struct) -> msgspec.Struct:
        return msgspec.json.decode(
            swapped(msgspec.json.encode(each).replace(b"blue-", b"teal-")), type=type(each)
        )

    def shown(of: World) -> list[dict]:
        rows = msgspec.json.decode(msgspec.json.encode(derive(of).harm))
        return [{key: row[key] for key in ("parties_named", "figures", "at_risk")} for row in rows]

    other = shelling()
    for page in other.pages:
        page.statements = [renamed(each) for each in page.statements]
        page.claims = [renamed(each) for each in page.claims]
    assert msgspec.json.decode(swapped(msgspec.json.encode(shown(world)))) == shown(other)
