"""Migrations that move data: there and back again, the index says what it said."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command

from fyrtaarn.listings import upkeep
from fyrtaarn.listings.codes import seeing
from fyrtaarn.listings.folding import fold
from fyrtaarn.listings.models import Audience, SavedSearch, SearchTerm, Term
from fyrtaarn.listings.saved import save_search, tell_of
from fyrtaarn.listings.search import Scope
from fyrtaarn.listings.weighing import fold_searches, weigh_new
from tests.harness.people import make_employee, make_user
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


@pytest.mark.django_db(transaction=True)
def test_saved_searches_find_again_after_going_back_and_forth(make_listing: Callable[..., Any], kolding: Any) -> None:
    save_search(make_user(), name="Cykler", question="cykler")
    weigh_new()
    fold_searches()
    try:
        call_command("migrate", "listings", "0005_shelves", verbosity=0)
    finally:
        call_command("migrate", verbosity=0)
    assert SavedSearch.objects.get().terms is None
    assert not SearchTerm.objects.exists()
    assert tell_of(make_listing("offer", "Cykelværkstedet", "Vi reparerer cykler.").pk) == 1
