# ruff: noqa: S608 - values are parameters; only constants and placeholders are written into statements
"""Listings as lists show them, with the names of where and whose they are, one statement a page.

The statements stand here as text, because Django would put the same one together anew for every page that is shown.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.keys import key_in
from fyrtaarn.organisations.models import Organisation

from ..models import Listing
from .scope import Group, condition

NEWEST, NAME = "newest", "name"
ORDER = {NEWEST: ("fresh", "published", "id"), NAME: ("sort_key", "id")}
"""The columns of each order of lists: the newest first, what is stale after all that is fresh; names rising."""

NOT_SHOWN = {
    "sort_key", "codes", "audience", "districts", "themes", "target_groups", "goals", "delivers_in",
    "delivers_everywhere", "movable", "capacity", "fresh_until", "ended", "analysis_version",
}  # fmt: skip
"""What no list shows of a listing."""
FIELDS = [field.attname for field in Listing._meta.concrete_fields if field.name not in NOT_SHOWN]
MUNICIPALITY, ORGANISATION = ("id", "name", "name_en"), ("id", "name")

CENTRE = """(SELECT ARRAY[district.latitude, district.longitude] FROM areas_district district
    WHERE district.id = listing.districts[1] AND district.latitude IS NOT NULL)"""
"""The middle of a listing's first district."""
SHOWN = f"""
SELECT {", ".join(f"listing.{name}" for name in FIELDS)}, {", ".join(f"municipality.{name}" for name in MUNICIPALITY)},
    {", ".join(f"organisation.{name}" for name in ORGANISATION)}, {CENTRE}
FROM listings_listing listing JOIN areas_municipality municipality ON municipality.id = listing.municipality_id
    LEFT JOIN organisations_organisation organisation ON organisation.id = listing.organisation_id WHERE """


def read_listings(pks: Iterable[int]) -> dict[int, Listing]:
    """The listings with these primary keys."""
    wanted = list(pks)
    found = _read("listing.id = ANY(%s::bigint[])", [wanted]) if wanted else ()
    return {listing.pk: listing for listing in found}


def read_page(
    groups: Sequence[Group], seeing: Group, sort: str, after: str, before: str, size: int
) -> tuple[list[Listing], str, str]:
    """Keyset paging: listings of all groups beyond the one that `after` or `before` names; the names of the pages around.

    Such a name counts only if the reader may see the listing.
    """
    columns = ORDER.get(sort, ORDER[NEWEST])
    falling = sort != NAME
    back = bool(before and not after)
    where, params = condition(groups)
    pivot = _pivot(columns, seeing, before if back else after)
    if pivot is not None:  # compared as rows, so that an index begins there
        beyond = "<" if falling != back else ">"
        row, places = ", ".join(f"listing.{name}" for name in columns), ", ".join("%s" for _ in columns)
        where, params = f"{where} AND ({row}) {beyond} ({places})", [*params, *pivot]
    elif back:
        back = False
    direction = "DESC" if falling != back else "ASC"
    order = ", ".join(f"listing.{name} {direction}" for name in columns)
    listings = _read(f"{where} ORDER BY {order} LIMIT %s", [*params, size + 1])
    more = len(listings) > size
    listings = listings[:size]
    if back:
        listings.reverse()
    if not listings:
        return [], "", ""
    following = str(listings[-1].pk) if more or back else ""
    preceding = str(listings[0].pk) if (more if back else pivot is not None) else ""
    return listings, following, preceding


def _pivot(columns: Sequence[str], seeing: Group, name: str) -> tuple[Any, ...] | None:
    """Where the named listing stands in the order."""
    key = key_in(name)
    if key is None:
        return None
    where, params = condition([seeing])
    selected = ", ".join(f"listing.{column}" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {selected} FROM listings_listing listing WHERE listing.id = %s AND {where}", [key, *params]
        )
        found: tuple[Any, ...] | None = cursor.fetchone()
    return found


def _read(where: str, params: Sequence[Any]) -> list[Listing]:
    with connection.cursor() as cursor:
        cursor.execute(SHOWN + where, params)
        rows = cursor.fetchall()
    return [_listing(row) for row in rows]


def _listing(row: Sequence[Any]) -> Listing:
    whose = len(FIELDS) + len(MUNICIPALITY)
    listing: Any = Listing.from_db(connection.alias, FIELDS, row[: len(FIELDS)])
    listing.municipality = Municipality.from_db(connection.alias, MUNICIPALITY, row[len(FIELDS) : whose])
    if listing.organisation_id is not None:
        listing.organisation = Organisation.from_db(connection.alias, ORGANISATION, row[whose:-1])
    listing.centre = row[-1]
    return listing  # type: ignore[no-any-return]
