"""The loader on a real database."""

import pytest

from fyrtaarn.demo.loading import is_loaded, load
from fyrtaarn.demo.models import DemoItem
from fyrtaarn.listings.models import Listing
from fyrtaarn.organisations.models import Organisation


@pytest.mark.django_db
def test_loading_twice_is_loading_once() -> None:
    assert not is_loaded()
    load()
    assert is_loaded()
    items = DemoItem.objects.count()
    assert Listing.objects.filter(kind="organisation").count() == Organisation.objects.count() > 200
    load()
    assert DemoItem.objects.count() == items
