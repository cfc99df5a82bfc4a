"""The books' pages where the tests' pools have them: by the municipality and the number of the book."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import include, path

from fyrtaarn.areas.addresses import in_municipality
from fyrtaarn.config.urls import urlpatterns as all_pages
from fyrtaarn.ledger.models import Book
from fyrtaarn.ledger.urls import books_at

Found = tuple[Book, list[tuple[str, str]]]


@in_municipality  # type: ignore[arg-type]
def find(request: Any, pool: int) -> Found:
    return get_object_or_404(Book, pk=pool, municipality=request.municipality), [("Puljen", "/")]


def found(request: HttpRequest, **address: Any) -> Found:
    return find(request, **address)  # type: ignore[return-value]


mounted = (books_at(found, "pool"), "pool")
urlpatterns = [path("<kommune:municipality>/puljer/<int:pool>/regnskab/", include(mounted)), *all_pages]
