"""Our own outline map: the land around Denmark from Natural Earth (public domain, packed by world-atlas), with towns.

Input is TopoJSON (https://github.com/topojson/topojson-specification), output
`{"land": GeoJSON MultiPolygon, "places": [{"name", "lat", "lon", "rank"}]}` in WGS 84.
"""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

COUNTRIES = {"Denmark", "Sweden", "Germany", "Norway", "Poland", "Netherlands"}
WEST, SOUTH, EAST, NORTH = 4.0, 51.5, 18.0, 60.0
DIGITS = 3  # of a degree: about a hundred metres
Point = tuple[float, float]
Ring = list[Point]


def outline(atlas: Path, places: Path) -> dict[str, Any]:
    """The land within the frame, and the places to be named on it."""
    topology = json.loads(atlas.read_text())
    arcs = [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    polygons = []
    for country in topology["objects"]["countries"]["geometries"]:
        if country["properties"]["name"] in COUNTRIES:
            parts = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
            for rings in parts:
                clipped = _clipped(_ring(rings[0], arcs))
                if len(clipped) > 3:
                    polygons.append([[[round(lon, DIGITS), round(lat, DIGITS)] for lon, lat in clipped]])
    with places.open(newline="") as file:
        named = [
            {"name": row["name"], "lat": float(row["lat"]), "lon": float(row["lon"]), "rank": int(row["rank"])}
            for row in csv.DictReader(file)
        ]
    return {"land": {"type": "MultiPolygon", "coordinates": polygons}, "places": named}


def _decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> Ring:
    """Delta-encoded whole numbers as degrees."""
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * scale_x + move_x, y * scale_y + move_y))
    return points


def _ring(indices: list[int], arcs: list[Ring]) -> Ring:
    """Arcs joined end to end; a negative index is an arc walked backwards."""
    ring: Ring = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += arc if not ring else arc[1:]
    return ring


def _clipped(ring: Ring) -> Ring:
    """The part of a ring within the frame (Sutherland and Hodgman, 1974: one edge of the frame after the other)."""
    edges: list[tuple[int, float, Callable[[float, float], bool]]] = [
        (0, WEST, float.__ge__),
        (0, EAST, float.__le__),
        (1, SOUTH, float.__ge__),
        (1, NORTH, float.__le__),
    ]
    for axis, limit, inside in edges:
        kept: Ring = []
        for before, point in zip(ring[-1:] + ring[:-1], ring, strict=True):
            if inside(point[axis], limit) != inside(before[axis], limit):
                share = (limit - before[axis]) / (point[axis] - before[axis])
                kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
            if inside(point[axis], limit):
                kept.append(point)
        ring = kept
    return ring
