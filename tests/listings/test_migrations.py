"""Migrations that move data: there and back again, the index says what it said."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from fyrtaarn.listings import upkeep
from fyrtaarn.listings.codes import seeing
from fyrtaarn.listings.folding import fold
from fyrtaarn.listings.models import Audience, Term
from fyrtaarn.listings.search import Scope
from tests.harness.people import make_employee
from tests.listings.samples import found


@pytest.mark.django_db
def test_terms_of_internal_listings_are_set_apart(make_listing: Callable[..., Any], kolding: Any) -> None:
    shelves = import_module("fyrtaarn.listings.migrations.0005_shelves")
    employee: Any = make_employee(kolding, "caseworker")
    make_listing("offer", "Cykelværkstedet", "Vi reparerer cykler.")
    make_listing("offer", "Xylofonhuset", "Vi bygger xylofoner.", audience=Audience.MUNICIPALITY)
    fold()
    make_listing("offer", "Cellohuset", "Vi bygger celloer.", audience=Audience.MUNICIPALITY)
    shelves.put_together(apps, None)
    fold()
    assert not Term.objects.filter(text__contains="@", frequency__gt=0).exists()
    assert Term.objects.get(text="offer/*").frequency == 3
    shelves.set_apart(apps, None)
    assert found("xylofoner", Scope(seeing(employee))) == ["Xylofonhuset"]
    fold()
    assert Term.objects.get(text="offer/*").frequency == 1
    assert found("celloer", Scope(seeing(employee))) == ["Cellohuset"]
    assert [fault for _, wrong in upkeep.compare() for fault in wrong] == []
    assert not upkeep.wrong_postings()
