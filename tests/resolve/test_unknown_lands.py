"""Countries and provinces that no gazetteer has are no towns, and where a report was written is no scene."""

from __future__ import annotations

from standoff.model import Incident, Referents
from standoff.read import read_many
from standoff.resolve import resolve
from standoff.situation import item_of
from tests.resolve.make import Page


def resolved(*texts: tuple[str, str]) -> Referents:
    pages = [Page(f"r{n}", text, published) for n, (text, published) in enumerate(texts)]
    readings = list(read_many([item_of(page.report()) for page in pages]))
    return resolve([page.report() for page in pages], readings)


def of_report(found: Referents, name: str) -> list[Incident]:
    return [each for each in found.incidents if name in each.reports and each.type == "ASSAULT"]


FIRST = (
    "DORVIK, Ostmarra, May 4 (Agency) - Shells hit the market in Dorvik on Tuesday, killing nine traders, "
    "the Guild said.",
    "2032-05-04",
)
LATER = (
    "VOSKAR, Ostmarra, May 6 (Agency) - The death toll from Tuesday's shelling of a market in southern "
    "Ostmarra rose to 12 traders on Thursday, the Guild said.",
    "2032-05-06",
)


def test_what_is_told_of_in_an_unknown_country_comes_together() -> None:
    found = resolved(FIRST, LATER)
    (one,) = of_report(found, "r0")
    assert one.reports == ("r0", "r1")
    assert one.place == next(each.id for each in found.places if "Dorvik" in each.names)


def test_one_report_that_tells_so_makes_the_name_a_region_in_all() -> None:
    bare = ("Ostmarra is at war. Raiders killed five herders in Ostmarra on Monday.", "2032-05-11")
    found = resolved(FIRST, bare)
    region = next(each for each in found.places if "Ostmarra" in each.names)
    assert region.feature == "region"


def test_where_a_report_was_written_is_no_scene_unless_it_says_this_town() -> None:
    away = (
        "VOSKAR, Ostmarra, May 6 (Agency) - Gunmen killed six herders on Thursday, the Guild said.",
        "2032-05-06",
    )
    here = (
        "VOSKAR, Ostmarra, May 6 (Agency) - Gunmen killed six herders on Thursday in this border town, "
        "the Guild said.",
        "2032-05-06",
    )
    written = [of_report(resolved(each), "r0")[0].place for each in (away, here)]
    assert "voskar" not in (written[0] or "")
    assert written[1] is not None
    assert "voskar" in written[1]


def test_the_name_of_a_country_names_no_site() -> None:
    titled = (
        "Nine killed in Ostmarra camp\n\nDORVIK, Ostmarra, May 4 (Agency) - Raiders killed nine weavers in "
        "the Dorvik camp on Tuesday, the Guild said.",
        "2032-05-04",
    )
    assert len(of_report(resolved(titled), "r0")) == 1


def test_a_village_lies_in_the_district_that_its_report_told_of_before() -> None:
    one = (
        "Jets struck Tarmok district on Tuesday. The jets hit the village of Dorvik, killing nine miners, "
        "the Guild said.",
        "2032-05-04",
    )
    two = ("Jets struck in Tarmok on Tuesday, killing nine miners, the Guild said.", "2032-05-05")
    assert len({each.id for name in ("r0", "r1") for each in of_report(resolved(one, two), name)}) == 1


def test_where_a_spokesman_speaks_is_no_scene() -> None:
    text = (
        "The raid killed nine weavers in Dorvik on Tuesday.\n\nIn Voskar, the spokesman of the Guild said a "
        "child had died, too.",
        "2032-05-04",
    )
    assert {each.place for each in of_report(resolved(text), "r0")} == {"g-dorvik"}


def test_where_a_region_is_named_as_the_scene_the_town_beside_it_is_none() -> None:
    text = (
        "DORVIK, Ostmarra, May 6 (Agency) - Weavers marched in the town of Dorvik on Thursday over a raid "
        "that killed nine miners in Tarmok province, the Guild said. Ostmarra has been at war for years.",
        "2032-05-06",
    )
    (raid,) = of_report(resolved(text), "r0")
    assert raid.place == "g-tarmok"


def test_a_name_in_the_capitals_of_a_dateline_is_known_below_it() -> None:
    first = (
        "VOSKAR, Ostmarra, May 4 (Agency) - Shells killed nine miners in this border town.",
        "2032-05-04",
    )
    later = (
        "VOSKAR, Ostmarra, May 5 (Agency) - Bells rang across Voskar as nine miners killed by shells were "
        "buried.",
        "2032-05-05",
    )
    assert of_report(resolved(first, later), "r1")[0].reports == ("r0", "r1")


def test_last_week_told_on_a_sunday_is_the_week_that_ends() -> None:
    first = ("Jets bombed the town of Dorvik on Tuesday, killing nine miners, the Guild said.", "2032-05-05")
    sunday = ("Last week's bombing of the town of Dorvik killed ten miners, the Guild said.", "2032-05-09")
    later = ("Last week's bombing of the town of Dorvik killed ten miners, the Guild said.", "2032-05-26")
    together = [of_report(resolved(first, each), "r1")[0].reports for each in (sunday, later)]
    assert together == [("r0", "r1"), ("r1",)]
