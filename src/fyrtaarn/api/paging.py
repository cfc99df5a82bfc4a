"""Keyset paging: `after` is the last id that the reader has; nothing is skipped or repeated when others write."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest

LARGEST_PAGE = 100


def page(
    request: HttpRequest, rows: QuerySet[Any], after: int, limit: int, shape: Callable[[Any], dict[str, Any]]
) -> dict[str, Any]:
    """One page of `rows` (ordered by primary key) and the address of the next, or None at the end."""
    found = list(rows.filter(pk__gt=after)[: limit + 1])
    shown = found[:limit]
    following = None
    if len(found) > limit:
        query = {**request.GET.dict(), "after": shown[-1].pk}
        following = f"{request.path}?{urlencode(query)}"
    return {"items": [shape(row) for row in shown], "next": following}
