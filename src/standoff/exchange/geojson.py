"""GeoJSON (RFC 7946): incidents and places. What has no known place is kept with a null geometry."""

from __future__ import annotations

from typing import Any

from standoff.exchange.common import days, dumps, precision
from standoff.exchange.loss import Export, losses
from standoff.model import Incident, PlaceReferent, View


def geojson(view: View) -> Export:
    """One FeatureCollection. Coordinates are longitude, latitude in WGS84 degrees, six decimals."""
    places = {place.id: place for place in view.referents.places}
    features = [_incident(one, places.get(one.place or "")) for one in view.referents.incidents]
    features += [_place(place) for place in view.referents.places]
    collection = {
        "type": "FeatureCollection",
        "name": view.name,
        "features": features,
    }
    nowhere = sum(feature["geometry"] is None for feature in features)
    located = losses(
        ("features without a place", nowhere, "kept with a null geometry; most maps do not draw them"),
        ("disputes", len(view.derived.disputes), "GeoJSON has features, not accounts that disagree"),
        ("statements", sum(len(one.statements) for one in view.readings), "only places and incidents go out"),
        (
            "victims",
            len(view.referents.victims),
            "no person is put on a map",
        ),
    )
    return Export(files={f"{view.name}.geojson": dumps(collection)}, losses=located)


def _incident(incident: Incident, place: PlaceReferent | None) -> dict[str, Any]:
    start, end = days(incident.when)
    return {
        "type": "Feature",
        "id": incident.id,
        "geometry": _point(place),
        "properties": {
            "kind": "incident",
            "name": incident.name,
            "type": incident.type,
            "mode": incident.mode,
            "place_name": place.name if place else None,
            "uncertainty_m": _metres(place),
            "time": incident.when,
            "time_start": start,
            "time_end": end,
            "time_prec": precision(incident.when),
            "claim_ids": list(incident.claims),
            "quantity_ids": list(incident.quantities),
            "sources": list(incident.reports),
            "confidence": incident.confidence,
        },
    }


def _place(place: PlaceReferent) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": place.id,
        "geometry": _point(place),
        "properties": {
            "kind": "place",
            "place_name": place.name,
            "names": list(place.names),
            "geonameid": place.geonameid,
            "country": place.country,
            "feature": place.feature,
            "uncertainty_m": _metres(place),
            "mention_ids": list(place.mentions),
            "sources": list(place.reports),
        },
    }


def _point(place: PlaceReferent | None) -> dict[str, Any] | None:
    if place is None or place.lat is None or place.lon is None:
        return None
    if not (-90 <= place.lat <= 90 and -180 <= place.lon <= 180):
        return None
    return {"type": "Point", "coordinates": [round(place.lon, 6), round(place.lat, 6)]}


def _metres(place: PlaceReferent | None) -> float | None:
    return None if place is None or place.radius_km is None else place.radius_km * 1000
