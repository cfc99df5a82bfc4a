"""Our own outline map: land within its frame, closed rings, places that lie where they should."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

FRONTEND = Path(__file__).resolve().parent.parent / "frontend"
sys.path.insert(0, str(FRONTEND))

import outline  # noqa: E402


@pytest.fixture(scope="module")
def drawn() -> dict[str, Any]:
    return outline.outline(FRONTEND / "node_modules/world-atlas/countries-10m.json", FRONTEND / "places.csv")


def inside(ring: list[list[float]], lon: float, lat: float) -> bool:
    """Whether a point lies within a ring: a ray to the east crosses its edge an odd number of times."""
    crossings = 0
    for (x1, y1), (x2, y2) in zip(ring[-1:] + ring[:-1], ring, strict=True):
        if (y1 > lat) != (y2 > lat) and lon < x1 + (lat - y1) / (y2 - y1) * (x2 - x1):
            crossings += 1
    return crossings % 2 == 1


def on_land(drawn: dict[str, Any], lon: float, lat: float) -> bool:
    return any(inside(polygon[0], lon, lat) for polygon in drawn["land"]["coordinates"])


def test_land_stays_within_the_frame(drawn: dict[str, Any]) -> None:
    for polygon in drawn["land"]["coordinates"]:
        for lon, lat in polygon[0]:
            assert outline.WEST <= lon <= outline.EAST
            assert outline.SOUTH <= lat <= outline.NORTH


def test_towns_lie_on_land_and_the_great_belt_does_not(drawn: dict[str, Any]) -> None:
    inland = ("Herning", "Kolding", "Odense", "Roskilde", "Silkeborg", "Viborg")
    places = {place["name"]: place for place in drawn["places"]}
    for name in inland:
        assert on_land(drawn, places[name]["lon"], places[name]["lat"]), name
    assert not on_land(drawn, 10.95, 55.33)


def test_the_packed_map_is_the_one_that_is_drawn(drawn: dict[str, Any]) -> None:
    packed = FRONTEND.parent / "src/fyrtaarn/foundation/static/vendor/map/denmark.json"
    assert json.loads(packed.read_text()) == drawn
