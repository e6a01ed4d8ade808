"""Outlines of the page's map: GeoJSON that stands by itself, made once."""

from __future__ import annotations

import gzip
import json
from itertools import pairwise

import pytest

from standoff.show.brief.outlines import outlines
from standoff.show.page.outlines import NOTICE, collection, packed


@pytest.fixture(scope="module")
def world():
    return json.loads(packed().body)


def test_every_country_is_a_feature_with_its_box(world):
    assert world["type"] == "FeatureCollection"
    assert [each["properties"]["name"] for each in world["features"]] == [
        name for name, _ in outlines().countries
    ]
    for feature in world["features"]:
        points = [p for polygon in feature["geometry"]["coordinates"] for ring in polygon for p in ring]
        west, south, east, north = feature["bbox"]
        assert [west, south] == [min(p[0] for p in points), min(p[1] for p in points)]
        assert [east, north] == [max(p[0] for p in points), max(p[1] for p in points)]


def test_rings_are_closed_and_stay_in_one_piece_over_the_date_line(world):
    for feature in world["features"]:
        assert feature["geometry"]["type"] == "MultiPolygon"
        for (ring,) in feature["geometry"]["coordinates"]:
            assert len(ring) >= 4
            assert ring[0] == ring[-1]
            steps = [abs(b[0] - a[0]) for a, b in pairwise(ring[:-1])]
            pole = any(abs(p[1]) == 90 for p in ring)
            assert max(steps) < 180 or pole, feature["properties"]["name"]


def test_the_source_is_told_and_nothing_is_claimed_of_whose_land_it_is(world):
    assert world["notice"] == NOTICE
    assert "Natural Earth" in NOTICE
    assert "says nothing" in NOTICE


def test_it_is_made_once_and_packed_the_same_each_time():
    assert packed() is packed()
    assert gzip.decompress(packed().gzip) == packed().body
    assert json.loads(packed().body) == json.loads(json.dumps(collection()))
    assert len(packed().gzip) < 700_000
