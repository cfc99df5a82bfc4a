# ruff: noqa: S608 - values are parameters; only constants and placeholders are written into statements
"""Counting all listings of a scope by their codes, without reading them: see folding."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from ..models import BLOCK
from .facets import Counts, count_rows
from .scope import Group, Scope, condition

TOTAL = "total"
LOCAL = {"district": "areas_district", "department": "areas_department"}
"""Families whose values belong to a municipality, with their tables."""

CHANGED = f"""
WITH changed AS (
    SELECT listing_id / {BLOCK} AS block, bit_or(set_bit(0::bit({BLOCK}), (listing_id %% {BLOCK})::int, 1)) AS bits
    FROM listings_unfolded GROUP BY 1
)"""
"""The listings that the bits do not show as they are."""


def count_all(scope: Scope, chosen: Mapping[str, Group], families: Sequence[str]) -> Counts:
    """Total and counts by code for the listings in scope that meet what is chosen, each facet with the others' choices.

    Districts and departments are counted for the scope's municipality alone. One statement, so that bits and changes
    belong together.
    """
    within = scope.groups()
    parts: list[str] = []
    params: list[Any] = []
    others = [family for family in families if family not in chosen]
    for counted, groups in [
        (others, [*within, *chosen.values()]),
        *(([family], [*within, *(g for name, g in chosen.items() if name != family)]) for family in chosen),
    ]:
        base, base_params = _base(groups)
        if counted is others:
            parts.append(f"SELECT '{TOTAL}' AS code, sum(bit_count(base.bits))::bigint, NULL::varchar[] FROM {base}")
            params += base_params
        which, which_params = _counted([family for family in counted if family in families], scope.municipality)
        parts.append(
            "SELECT counted.code, sum(bit_count(counted.bits & base.bits))::bigint, NULL::varchar[]"
            f" FROM {base} JOIN listings_bits counted USING (block) WHERE {which} GROUP BY counted.code"
        )
        params += [*base_params, *which_params]
    where, where_params = condition(within)
    parts.append(
        "SELECT NULL, NULL, listing.codes FROM listings_listing listing"
        f" WHERE listing.id IN (SELECT listing_id FROM listings_unfolded) AND {where}"
    )
    params += where_params
    with connection.cursor() as cursor:
        cursor.execute(CHANGED + " UNION ALL ".join(parts), params)
        rows = cursor.fetchall()
    changed = count_rows((frozenset(codes) for code, _, codes in rows if code is None), chosen)
    folded = {code: count or 0 for code, count, _ in rows if code is not None}
    total = folded.pop(TOTAL)
    return Counts(total + changed.total, Counter(folded) + Counter(changed.by_code))


def _counted(families: Sequence[str], municipality: int | None) -> tuple[str, list[Any]]:
    """A condition on the codes to count, and its parameters."""
    conditions: list[str] = ["counted.code LIKE ANY(%s)"]
    params: list[Any] = [[f"{name}:%" for name in families if name not in LOCAL]]
    for family in families:
        if family in LOCAL:
            conditions.append(
                f"counted.code IN (SELECT '{family}:' || id FROM {LOCAL[family]} WHERE municipality_id = %s)"
            )
            params.append(municipality)
    return f"({' OR '.join(conditions)})", params


def _base(groups: Sequence[Group]) -> tuple[str, list[list[str]]]:
    """A subquery (block, bits) of the unchanged listings that meet all groups, and its parameters."""
    tables = " JOIN ".join(
        f"(SELECT block, bit_or(bits) AS bits FROM listings_bits WHERE code = ANY(%s) GROUP BY block) AS g{number}"
        + (" USING (block)" if number else "")
        for number in range(len(groups))
    )
    bits = " & ".join(f"g{number}.bits" for number in range(len(groups)))
    return (
        f"(SELECT block, {bits} & ~coalesce(changed.bits, 0::bit({BLOCK})) AS bits"
        f" FROM {tables} LEFT JOIN changed USING (block)) AS base",
        [list(group) for group in groups],
    )
