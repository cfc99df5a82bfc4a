"""What the search suggests to a community manager, with reasons; what she sets aside, and what is introduced already."""

from typing import Any

import pytest
from django.test import Client

from fyrtaarn.community import actions, queries
from fyrtaarn.community.models import SetAside
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.listings.folding import fold
from fyrtaarn.listings.matches import matches_for, matches_for_each
from fyrtaarn.listings.models import Listing
from tests.harness.people import make_organisation, make_user
from tests.portal.conftest import make_challenge, make_solution

from .conftest import Place
from .test_views import shown

pytestmark = pytest.mark.django_db

NEED = {
    "title": "Unge uden fritidsjob",
    "situation": "Unge i Vamdrup mangler fritidsjob og nogen, der følger dem i gang.",
}
OFFER = {"title": "Fritidsjob til unge", "what": "Vi finder fritidsjob til unge og følger dem de første uger i jobbet."}


@pytest.fixture
def fitting(place: Place) -> tuple[Listing, Listing]:
    """A need of the district and an offer that fits it, both for everybody; and an offer that does not."""
    pair, here = place.pair, place.district
    challenge = make_challenge(pair.editor, here.municipality, published=True, **NEED, districts=[here])
    makers = make_organisation(here.municipality, "Jobmagerne", owner=make_user("Jytte Jobmager"))
    owner = makers.memberships.get().user
    solution = make_solution(owner, makers, published=True, **OFFER)
    make_solution(owner, makers, published=True, title="Stemning af klaverer", what="Vi stemmer klaverer og flygler.")
    fold()
    found = Listing.objects.in_bulk()
    by_subject = {(one.kind, one.subject_id): one for one in found.values()}
    return by_subject["challenge", challenge.pk], by_subject["solution", solution.pk]


@pytest.fixture
def manager(client: Client, place: Place) -> Client:
    client.force_login(place.manager)
    return client


def test_a_need_of_the_district_meets_an_offer_with_reasons(
    manager: Client, place: Place, fitting: tuple[Listing, Listing], at_most_queries: Any
) -> None:
    need, offer = fitting
    [one] = [s for s in queries.suggestions_in(place.district) if s.sought == need]
    assert one.offered == offer
    assert one.offerer == "Jobmagerne"
    assert one.sentences, "why it fits is said"
    with at_most_queries(12):
        page = shown(manager, f"{place.board}forslag/")
    assert "Fritidsjob til unge" in page
    assert one.sentences[0] in page or "fritidsjob" in page.lower()
    assert "klaverer" not in page
    listed = shown(manager, f"{place.board}behov-og-tilbud/")
    assert "Unge uden fritidsjob" in listed
    with at_most_queries(12):
        fits = shown(manager, f"{place.board}behov-og-tilbud/{need.pk}/")
    assert f"soegt={need.pk}&amp;tilbudt={offer.pk}" in fits


def test_what_is_set_aside_is_not_suggested_until_it_is_brought_back(
    manager: Client, place: Place, fitting: tuple[Listing, Listing]
) -> None:
    need, offer = fitting
    page, pair = f"{place.board}forslag/", {"sought": need.pk, "offered": offer.pk}
    for _click in range(2):
        assert manager.post(f"{page}til-side/", pair)["Location"] == page
    assert queries.suggestions_in(place.district) == []
    assert queries.fits_of(place.district, need) == []
    assert "Fritidsjob til unge" not in shown(manager, page)
    assert "Fritidsjob til unge" in shown(manager, f"{page}lagt-til-side/")
    aside = SetAside.objects.get()
    assert manager.post(f"{page}{aside.pk}/tilbage/")["Location"] == page
    assert manager.post(f"{page}{aside.pk}/tilbage/").status_code == 404
    assert [s.offered for s in queries.suggestions_in(place.district)] == [offer]
    for wrong in ({}, {**pair, "sought": offer.pk}, {**pair, "offered": "1'"}, {**pair, "offered": "9" * 30}):
        assert manager.post(f"{page}til-side/", wrong).status_code == 404
    with pytest.raises(Refused):
        actions.set_aside(place.pair.editor, place.district, need, offer)
    with pytest.raises(Refused):
        actions.bring_back(place.pair.editor, aside)


def test_who_is_introduced_already_is_not_suggested_again(
    manager: Client, place: Place, fitting: tuple[Listing, Listing]
) -> None:
    need, offer = fitting
    start = f"{place.board}introduktioner/ny/?soegt={need.pk}&tilbudt={offer.pk}"
    key = "6d3f0a52-6d1c-4d0e-9d53-0d6a7a0c4f11"
    words = {"draft_key": key, "title": "Fritidsjob", "sought_reason": "De finder job.", "offered_reason": ""}
    assert manager.post(start, words).status_code == 422
    assert manager.post(start, {**words, "offered_reason": "De søger job."}).status_code == 302
    assert queries.suggestions_in(place.district) == []
    [one] = queries.fits_of(place.district, need)
    assert one.introduction
    assert "De er allerede introduceret" in shown(manager, f"{place.board}behov-og-tilbud/{need.pk}/")


def test_only_what_everybody_can_see_is_suggested(place: Place, fitting: tuple[Listing, Listing]) -> None:
    need, offer = fitting
    Listing.objects.filter(pk=offer.pk).update(audience="municipality", codes=["kind:solution"])
    fold()
    assert queries.suggestions_in(place.district) == []
    assert need in queries.listed_in(place.district)


def test_several_are_matched_as_each_alone(place: Place, fitting: tuple[Listing, Listing]) -> None:
    each = matches_for_each(fitting, None)
    alone = [matches_for(one, None) for one in fitting]
    found = [[(hit.listing.pk, hit.reasons) for hit in hits] for hits in each]
    assert found == [[(hit.listing.pk, hit.reasons) for hit in hits] for hits in alone]
    assert any(found)
    assert matches_for_each([], None) == []


def test_an_empty_district_says_so(manager: Client, place: Place) -> None:
    assert "Der er ikke lagt noget til side" in shown(manager, f"{place.board}forslag/lagt-til-side/")
    assert "Ingen forslag lige nu" in shown(manager, f"{place.board}forslag/")
    assert "Der søges og tilbydes ikke noget i bydelen endnu" in shown(manager, f"{place.board}behov-og-tilbud/")
    assert manager.get(f"{place.board}behov-og-tilbud/1/").status_code == 404
