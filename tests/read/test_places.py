"""Places: the gazetteer, the keys of names, and what is found in invented sentences about the real world."""

from __future__ import annotations

import hashlib
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, Span
from tests.corpora import corpus

from standoff import vocab
from standoff.errors import VocabError
from standoff.measure.places import Gold, measure, score_text
from standoff.model import Context, Place
from standoff.model.spans import check_spans
from standoff.read.host import load_host
from standoff.read.places import find_places
from standoff.read.places.gazetteer import CITY, COUNTRY, FEATURES, gazetteer
from standoff.read.places.names import plain_key, spelling_class
from standoff.read.places.physical import physical
from standoff.read.places.rank import distance_km

NLP = spacy.blank("en")


def parsed(text: str, *entities: tuple[str, str]) -> Doc:
    """A text with entities (words, label) wherever the words stand; capitalised words are proper nouns."""
    doc = NLP(text)
    found = []
    for words, label in entities:
        begin = text.find(words)
        while begin >= 0:
            span = doc.char_span(begin, begin + len(words), label=label)
            if span is not None and not any(
                span.start < other.end and other.start < span.end for other in found
            ):
                found.append(span)
            begin = text.find(words, begin + 1)
    doc.ents = [Span(doc, span.start, span.end, span.label_) for span in found]
    for token in doc:
        token.pos_ = "PROPN" if token.text[0].isupper() else "NOUN"
        token.is_sent_start = token.i == 0 or doc[token.i - 1].text in ".!?"
    return doc


def places(text: str, *entities: tuple[str, str], context: Context | None = None) -> dict[str, Place]:
    """Places found, by name; the last of a name wins."""
    return {place.name: place for place in find_places(parsed(text, *entities), context or Context())}


def gpe(*names: str) -> list[tuple[str, str]]:
    return [(name, "GPE") for name in names]


# The gazetteer


def test_the_table_is_the_pinned_one_and_small() -> None:
    path = vocab.path("gazetteer/places.bin")
    data = path.read_bytes()
    assert hashlib.sha256(data).hexdigest() == vocab.load("gazetteer/places")["sha256"]
    assert len(data) < 20_000_000
    assert (
        "CC BY" in vocab.path("gazetteer/NOTICE").read_text()
        or "Attribution 4.0" in vocab.path("gazetteer/NOTICE").read_text()
    )


def test_a_damaged_table_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = tmp_path / "places.bin"
    bad.write_bytes(b"standpl1" + b"\0" * 100)
    monkeypatch.setattr(vocab, "path", lambda name: bad)
    with pytest.raises(VocabError, match="not the pinned one"):
        gazetteer.__wrapped__()


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Aleppo", "SY"),
        ("Kyoto", "JP"),
        ("Nairobi", "KE"),
        ("Cusco", "PE"),
        ("Tromsø", "NO"),
        ("Kharkiv", "UA"),
    ],
)
def test_towns_lie_in_their_countries(name: str, country: str) -> None:
    table = gazetteer()
    rows = table.find([plain_key(name)])[plain_key(name)].rows
    assert country in {table.countries[table.country[row]] for row in rows}


@given(st.integers(0, 10**6))
def test_rows_are_whole(number: int) -> None:
    table = gazetteer()
    row = number % len(table)
    assert -90 <= table.lat[row] <= 90
    assert -180 <= table.lon[row] <= 180
    assert table.radius[row] > 0
    assert FEATURES[table.feature[row]]
    assert row in table.find([plain_key(table.name(row))])[plain_key(table.name(row))].rows
    for unit in (table.unit1[row], table.unit2[row]):
        assert unit == 65535 or table.country[unit] == table.country[row]


def test_a_town_is_not_far_from_its_unit() -> None:
    table = gazetteer()
    rows = [
        row
        for row in range(60_000, len(table), 997)
        if table.feature[row] == CITY and table.unit1[row] < 65535
    ]
    units = table.unit1[rows]
    far = distance_km(table.lat[rows], table.lon[rows], table.lat[units], table.lon[units])
    assert (far < 3 * table.radius[units] + 400).mean() > 0.98


def test_features_of_our_own_are_on_earth_and_named_once() -> None:
    features, by_key = physical()
    assert len(features) > 400
    countries = set(gazetteer().countries)
    for feature in features:
        assert -90 <= feature.lat <= 90
        assert -180 <= feature.lon <= 180
        assert 0 < feature.radius < 10_000
        assert feature.country in countries | {""}
    assert by_key["euphrates"] == by_key["euphrates river"]


def test_countries_are_all_there() -> None:
    table = gazetteer()
    assert (table.feature == COUNTRY).sum() >= 240
    for demonym_of in vocab.load("en/places_demonyms")["country"]:
        hits = table.find([plain_key(demonym_of)]).get(plain_key(demonym_of))
        assert hits is not None, demonym_of
        assert (table.feature[hits.rows] == COUNTRY).any(), demonym_of


# Keys


@pytest.mark.parametrize(
    "spellings",
    [
        ("Deir ez-Zor", "Deir al-Zour", "Dayr az Zawr", "Deir Ezzor", "Deir el Zor"),
        ("Qamishli", "Kamishly", "al-Qamishli", "El Kamichli"),
        ("Raqqa", "ar-Raqqah", "Rakka", "Al-Raqa"),
        ("Ersal", "Arsal", "Irsal"),
        ("Daraa", "Dara'a", "Deraa"),
        ("Abu Kamal", "Bukamal", "Albu Kamal", "Boukamal"),
        ("Sayda", "Saida", "Ṣaydā"),
    ],
)
def test_transliterations_share_a_class(spellings: tuple[str, ...]) -> None:
    assert len({spelling_class(each) for each in spellings}) == 1


def test_other_names_do_not_share_a_class() -> None:
    names = (
        "Homs",
        "Hama",
        "Idlib",
        "Aleppo",
        "Raqqa",
        "Kabul",
        "Mosul",
        "Basra",
        "Tikrit",
        "Sanaa",
        "Aden",
        "Taiz",
    )
    assert len({spelling_class(each) for each in names}) == len(names)


LETTERS = st.text("abdefghiklmnoqrstuz", min_size=4, max_size=10)


@given(LETTERS, st.sampled_from(["al-", "el-", "Al ", "El-", "AL-"]))
def test_articles_capitals_and_accents_do_not_matter(stem: str, article: str) -> None:
    assert spelling_class(article + stem.title()) == spelling_class(stem)
    assert plain_key(stem.upper()) == plain_key(stem)
    assert plain_key(stem.replace("a", "á").replace("e", "ê")) == plain_key(stem)


SYLLABLES = st.lists(st.tuples(st.sampled_from("bdfkmnqrtz"), st.sampled_from("aiu")), min_size=2, max_size=5)


@given(SYLLABLES)
def test_q_is_k_u_is_ou_and_doubled_letters_are_one(syllables: list[tuple[str, str]]) -> None:
    name = "m" + "".join(vowel + consonant for consonant, vowel in syllables)
    assert spelling_class(name.replace("q", "k")) == spelling_class(name)
    assert spelling_class(name.replace("u", "ou")) == spelling_class(name)
    assert spelling_class(name.replace("k", "kk").replace("m", "mm")) == spelling_class(name)
    assert spelling_class(name + "ah") == spelling_class(name + "a")


@given(st.text())
def test_keys_never_fail_and_are_stable(text: str) -> None:
    assert plain_key(text) == plain_key(text.strip())
    assert isinstance(spelling_class(text), str)


# Finding


@pytest.mark.parametrize(
    ("text", "names", "wanted"),
    [
        ("The choir of Paris, Texas, sang.", ["Paris", "Texas"], {"Paris": (33.66, -95.56)}),
        ("The choir of Paris, France, sang.", ["Paris", "France"], {"Paris": (48.85, 2.35)}),
        ("A well was dug in Tripoli, Lebanon.", ["Tripoli", "Lebanon"], {"Tripoli": (34.44, 35.85)}),
        ("A well was dug in Tripoli, Libya.", ["Tripoli", "Libya"], {"Tripoli": (32.89, 13.19)}),
        ("Flour went to Hyderabad, Pakistan.", ["Hyderabad", "Pakistan"], {"Hyderabad": (25.4, 68.36)}),
        ("Flour went to Valencia, Venezuela.", ["Valencia", "Venezuela"], {"Valencia": (10.16, -68.0)}),
        ("Trucks left Santiago, Chile.", ["Santiago", "Chile"], {"Santiago": (-33.46, -70.65)}),
        ("Trucks left Santiago, Cuba.", ["Santiago", "Cuba"], {"Santiago": (20.02, -75.82)}),
    ],
)
def test_what_contains_a_town_tells_which_it_is(
    text: str, names: list[str], wanted: dict[str, tuple[float, float]]
) -> None:
    found = places(text, *gpe(*names))
    for name, (lat, lon) in wanted.items():
        place = found[name]
        assert place.lat is not None
        assert place.lon is not None
        assert float(distance_km(place.lat, place.lon, lat, lon)) < 50  # type: ignore[arg-type]


def test_two_towns_of_one_name_are_kept_apart() -> None:
    doc = parsed("Cordoba, Argentina, wrote to Cordoba, Spain.", *gpe("Cordoba", "Argentina", "Spain"))
    assert [p.country for p in find_places(doc, Context()) if p.name == "Cordoba"] == ["AR", "ES"]


def test_neighbours_tell_which_town_it_is() -> None:
    text = "Nurses from Macon and Savannah met in Athens, said the mayor of Augusta."
    assert places(text, *gpe("Macon", "Savannah", "Athens", "Augusta"))["Athens"].country == "US"
    text = "Nurses from Patras and Thessaloniki met in Athens, said the mayor of Piraeus."
    assert places(text, *gpe("Patras", "Thessaloniki", "Athens", "Piraeus"))["Athens"].country == "GR"


def test_the_publisher_tells_where_a_bare_name_is() -> None:
    text, names = "The fair in Dublin opens at noon.", gpe("Dublin")
    assert places(text, *names)["Dublin"].country == "IE"
    local = places(text, *names, context=Context(publisher="Columbus Telegram"))["Dublin"]
    plain = places(text, *names)["Dublin"]
    ohio = [c.score for c in local.candidates if c.country == "US" and 39 < c.lat < 41]
    before = [c.score for c in plain.candidates if c.country == "US" and 39 < c.lat < 41]
    assert ohio
    assert max(ohio) > max(before, default=0.0)


def test_the_word_behind_tells_town_from_province() -> None:
    found = places("Hospitals in Aleppo province took in people from Aleppo.", *gpe("Aleppo"))
    assert found["Aleppo province"].feature == "admin1"
    assert found["Aleppo"].feature == "city"


def test_other_spellings_are_found() -> None:
    found = places(
        "Bread reached Deir al-Zur and Kamishli in Syria.", *gpe("Deir al-Zur", "Kamishli", "Syria")
    )
    assert found["Deir al-Zur"].country == found["Kamishli"].country == "SY"


def test_names_inside_organisations_and_short_forms() -> None:
    text = "The Nairobi Fire Department bought pumps from a U.S. firm in Mobile, Ala."
    found = places(text, ("Nairobi Fire Department", "ORG"), *gpe("Mobile"))
    assert found["Nairobi"].country == "KE"
    assert found["U.S."].canonical == "United States"
    assert found["Mobile"].lat == pytest.approx(30.69, abs=0.2)


def test_persons_are_no_places() -> None:
    found = places(
        "Israel Jordan and Chelsea London wrote a song.",
        ("Israel Jordan", "PERSON"),
        ("Chelsea London", "PERSON"),
    )
    assert not set(found) & {"Jordan", "London"}


def test_one_token_with_a_hyphen_keeps_its_offsets() -> None:
    doc = Doc(NLP.vocab, words=["a", "U.S.-led", "force"], pos=["DET", "ADJ", "NOUN"], sent_starts=[1, 0, 0])
    place = find_places(doc, Context())[0]
    assert doc.text[place.start : place.end] == place.name == "U.S."


@pytest.mark.parametrize(
    "text",
    [
        "QARLUN, Kenya, March 4 (Wire) - Troops took the jail in the hills on Monday.",
        "Jail taken\n\nQARLUN (Wire) -- Troops took the jail in the hills on Monday.",
        "By Ann Teal\nQARLUN, March 4 (Wire) - Troops took the jail.",
    ],
)
def test_what_opens_a_dateline_is_a_place_though_nobody_knows_it(text: str) -> None:
    found = find_places(load_host().doc(text), Context())
    (place,) = [each for each in found if each.name == "QARLUN"]
    assert (place.geonameid, place.start) == (None, text.index("QARLUN"))


def test_a_people_is_no_unknown_place() -> None:
    text = (
        "Officers search Kenyan barracks after theft\n\nRifles were found at a Kenyan camp, in Kenyan hands."
    )
    found = [
        each.geonameid for each in find_places(load_host().doc(text), Context()) if each.name == "Kenyan"
    ]
    assert found
    assert set(found) == {192950}


def test_an_unknown_name_has_no_coordinates() -> None:
    place = places("They fled to Xqzwrthville near midnight.", *gpe("Xqzwrthville")).get("Xqzwrthville")
    if place is not None:
        assert place.lat is place.lon is place.geonameid is place.radius_km is None
        assert place.candidates == ()


def test_a_name_with_many_far_bearers_lists_them() -> None:
    place = places("A bakery opened in Springfield.", *gpe("Springfield"))["Springfield"]
    assert len(place.candidates) == 5
    assert sum(candidate.score for candidate in place.candidates) <= 1.0
    assert place.lat is None or place.confidence < 0.9


def test_rivers_and_deserts() -> None:
    found = places(
        "Boats crossed the Euphrates River by the Syrian Desert.",
        ("Euphrates River", "LOC"),
        ("Syrian Desert", "LOC"),
    )
    assert found["Euphrates River"].feature == "river"
    assert found["Syrian Desert"].feature == "desert"
    assert (found["Euphrates River"].radius_km or 0) > 100


def test_a_vague_reference_widens_the_radius() -> None:
    exact = places("A camp in Gaziantep was closed.", *gpe("Gaziantep"))["Gaziantep"]
    vague = places("A camp north of Gaziantep was closed.", *gpe("Gaziantep"))["Gaziantep"]
    assert vague.radius_km is not None
    assert exact.radius_km is not None
    assert vague.radius_km > exact.radius_km


# What always holds


PIECES = st.sampled_from(
    [
        "Paris",
        "Texas",
        ",",
        "the",
        "U.S.",
        "Syrian",
        "army",
        "near",
        "River",
        "al-Bab",
        "in",
        "(",
        ")",
        "\n",
        "\n\n",
        "DEIR",
        "EZ-ZOR",
        "Springfield",
        "County",
        "'s",
        "–",
        "São",
        "Ōsaka",
        "🚌",
        "of",
        "-",
        "New",
        "York",
        "Mr.",
    ]
)


@given(st.lists(PIECES, max_size=40), st.lists(st.tuples(st.integers(0, 39), st.integers(1, 4)), max_size=6))
def test_offsets_are_right_and_nothing_overlaps(pieces: list[str], ents: list[tuple[int, int]]) -> None:
    doc = NLP(" ".join(pieces))
    marks, end = [], 0
    for first, size in sorted(ents):
        if end <= first and first + size <= len(doc):
            marks.append(Span(doc, first, first + size, ("GPE", "ORG", "PERSON", "FAC")[first % 4]))
            end = first + size
    doc.ents = marks
    found = find_places(doc, Context())
    check_spans([(place.start, place.end) for place in found], len(doc.text))
    for place in found:
        assert doc.text[place.start : place.end] == place.name
        assert 0 <= place.confidence <= 1
        assert (place.lat is None) == (place.lon is None) == (place.radius_km is None)
        assert len(place.candidates) <= 5
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert msgspec.json.decode(msgspec.json.encode(found), type=list[Place]) == found


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    doc = NLP(text)
    assert find_places(doc, Context(publisher=text)) == find_places(doc, Context(publisher=text))


@pytest.mark.parametrize(("noun", "place"), [("guerrillas", False), ("dockers", True)])
def test_a_movement_called_by_a_name_that_a_town_bears_is_no_place(noun: str, place: bool) -> None:
    found = places(f"At dawn the Cerro Azul {noun} met in Peru.", *gpe("Cerro Azul", "Peru"))
    assert ("Cerro Azul" in found) == place


def test_a_well_known_city_stays_a_place_before_a_word_for_fighters() -> None:
    assert "Lima" in places("At dawn the Lima guerrillas met in Peru.", *gpe("Lima", "Peru"))


def test_a_country_is_found_by_its_former_name() -> None:
    found = places("Letters from Zaire reach Burma in May.", *gpe("Zaire", "Burma"))
    assert (found["Zaire"].country, found["Burma"].country) == ("CD", "MM")


def test_an_empty_text_has_no_places() -> None:
    assert find_places(NLP(""), Context()) == []


# The measure


def _at(start: int, lat: float | None, lon: float | None) -> Place:
    return Place(id=f"pl-{start}", start=start, end=start + 5, name="x", lat=lat, lon=lon)


def test_the_measure_counts_as_it_says() -> None:
    gold = [
        Gold(start=0, end=5, name="x", lat=10.0, lon=10.0),
        Gold(start=10, end=15, name="x", lat=10.0, lon=10.0),
        Gold(start=20, end=25, name="x"),
    ]
    found = [_at(2, 10.5, 10.5), _at(10, 40.0, 10.0), _at(20, 1.0, 1.0), _at(30, 1.0, 1.0)]
    score = score_text(gold, found)
    assert (score.right, score.detected, score.predicted, score.gold) == (1, 2, 3, 2)
    assert score.table()["f1"] == 40.0
    assert score_text(gold, [_at(0, None, None)]).predicted == 1
    assert score_text(gold[:1], [_at(0, 10.0, 10.0), _at(3, 10.0, 10.0)]).right == 1


@pytest.mark.corpus
def test_the_floors_on_the_development_texts_hold() -> None:
    host = load_host()

    def read(texts: list[str]) -> list[list[Place]]:
        return [find_places(doc, Context()) for doc in host.docs(texts)]

    scores = measure(corpus("data/places"), read, most=8)
    assert scores["trnews"]["f1"] >= 75
    assert scores["lgl"]["f1"] >= 55
    assert scores["geovirus"]["f1"] >= 55
