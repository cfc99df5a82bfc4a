"""Publishing and retiring: listing and index change together."""

import pytest
from django.db import transaction

from fyrtaarn.engine.matching import analyse
from fyrtaarn.listings.actions import publish, retire
from fyrtaarn.listings.models import Listing, TermVector, Unfolded
from fyrtaarn.listings.organisations import describe
from fyrtaarn.listings.packing import vector
from fyrtaarn.listings.terms import document_of, numbered
from tests.harness.people import make_organisation

pytestmark = pytest.mark.django_db


def terms_of(listing: Listing) -> dict[int, int]:
    stored = TermVector.objects.filter(listing=listing).first()
    return vector(stored.terms, stored.weights) if stored else {}


def test_publishing_writes_listing_and_terms(kolding: object) -> None:
    organisation = make_organisation(kolding, "Cykelbaggården", what="Vi reparerer cykler sammen med unge.")
    listing = publish(organisation)
    assert listing is not None
    assert (listing.kind, listing.title, listing.audience) == ("organisation", "Cykelbaggården", "public")
    assert f"in:{kolding.pk}" in listing.codes
    assert "see:all" in listing.codes
    assert terms_of(listing) == numbered("organisation", analyse(document_of(describe(organisation), [])).terms)


def test_publishing_again_renews_in_place(kolding: object) -> None:
    organisation = make_organisation(kolding, what="Vi bager brød.")
    first = publish(organisation)
    organisation.what = "Vi syr gardiner."
    second = publish(organisation)
    assert first.pk == second.pk
    assert terms_of(second) == numbered("organisation", analyse(document_of(describe(organisation), [])).terms)


def test_publishing_unchanged_writes_nothing(kolding: object) -> None:
    organisation = make_organisation(kolding, what="Vi bager brød.")
    publish(organisation)
    noted = Unfolded.objects.count()
    publish(organisation)
    assert Unfolded.objects.count() == noted


def test_retired_listing_is_kept_but_not_found(kolding: object) -> None:
    organisation = make_organisation(kolding, what="Vi bager brød.")
    listing = publish(organisation)
    retire(organisation)
    listing.refresh_from_db()
    assert listing.ended is not None
    assert listing.codes == []
    assert terms_of(listing) == {}
    assert publish(organisation).pk == listing.pk
    listing.refresh_from_db()
    assert listing.ended is None
    assert terms_of(listing)


def test_a_rolled_back_publishing_leaves_nothing(kolding: object) -> None:
    organisation = make_organisation(kolding, what="Vi bager brød.")
    with transaction.atomic():
        publish(organisation)
        transaction.set_rollback(True)
    assert not Listing.objects.exists()
    assert not TermVector.objects.exists()


def test_what_is_not_registered_is_refused(kolding: object) -> None:
    with pytest.raises(LookupError):
        publish(kolding)
