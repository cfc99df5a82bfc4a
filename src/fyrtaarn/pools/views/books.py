"""The books of a pool: which book an address means. The pages are the ledger's."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from fyrtaarn.areas.models import Municipality
from fyrtaarn.ledger.models import Book

from .. import queries
from .common import Trail, trail_of


def book_of(request: HttpRequest, municipality: str, slug: str) -> tuple[Book, Trail]:
    """The pool's book, for those who may read it, and the way to it. Raises Http404."""
    request.municipality = get_object_or_404(Municipality, slug=municipality, open=True)  # type: ignore[attr-defined]
    pool = queries.pool_at(request.municipality, slug)  # type: ignore[attr-defined]
    return get_object_or_404(Book, pk=pool.book_id), trail_of(request, pool)  # type: ignore[arg-type]
