"""What `fyrtaarn check` says of the search index, and what it keeps to itself."""

from typing import Any

import pytest

from fyrtaarn.config.commands.check import _is_secret, search_index
from fyrtaarn.config.environment import DATABASE_URLS, VARIABLES
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


def test_no_setting_that_may_hold_a_secret_is_shown() -> None:
    words = ("password", "secret", "key", "token", "must show")
    may_hold_one = {
        variable.name for variable in VARIABLES if any(word in variable.meaning.casefold() for word in words)
    }
    public = {
        "FYRTAARN_BACKUP_RECIPIENT",
        "FYRTAARN_SAML_CERTIFICATE",
        "FYRTAARN_PROOF_MINUTES",
        "FYRTAARN_SECOND_FACTOR",
    }
    shown = {variable.name for variable in VARIABLES if not _is_secret(variable.name)}
    assert (may_hold_one | {*DATABASE_URLS}) & shown == public
