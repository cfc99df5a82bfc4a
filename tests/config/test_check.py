"""What `fyrtaarn check` says of the search index."""

from typing import Any

import pytest

from fyrtaarn.config.commands.check import search_index
from fyrtaarn.listings.actions import publish
from fyrtaarn.listings.models import Listing
from tests.harness.people import make_organisation


@pytest.mark.django_db
def test_an_index_of_an_earlier_version_must_be_rebuilt(kolding: Any) -> None:
    publish(make_organisation(kolding, "Cykelhuset"))
    assert [finding.good for finding in search_index()] == [True]
    Listing.objects.update(analysis_version=1)
    (finding,) = search_index()
    assert not finding.good
    assert "fyrtaarn index rebuild" in finding.text
