"""Matches: what fits comes with its reasons, in both directions, and nothing that the reader may not see."""

from collections.abc import Callable
from typing import Any

import pytest

from fyrtaarn.listings.matches import matches_for, matches_for_text, similar_to
from fyrtaarn.listings.models import Audience, Listing
from tests.harness.people import make_employee
from tests.listings.samples import listed

pytestmark = pytest.mark.django_db
Make = Callable[..., Listing]


@pytest.fixture
def wish(make_listing: Make) -> Listing:
    return make_listing(
        "wish",
        "Unge uden for uddannelse mangler et sted at lære",
        "Vi søger et værksted, hvor unge kan reparere cykler og få en praktik i et lille fællesskab.",
    )


@pytest.fixture
def offers(make_listing: Make, koebenhavn: Any) -> dict[str, Listing]:
    return {
        "here": make_listing("offer", "Cykelværkstedet", "Unge i praktik reparerer cykler hos os.", stage="proven"),
        "there": make_listing(
            "offer", "Cykelværkstedet", "Unge i praktik reparerer cykler hos os.", municipality=koebenhavn
        ),
        "food": make_listing("offer", "Suppekøkkenet", "Vi laver suppe af overskudsgrøntsager hver torsdag."),
    }


def titles(hits: Any) -> list[int]:
    return [hit.listing.pk for hit in hits]


def test_what_fits_is_found_and_what_does_not_is_left_out(wish: Listing, offers: dict[str, Listing]) -> None:
    hits = matches_for(wish, None)
    assert titles(hits) == [offers["here"].pk, offers["there"].pk]
    assert hits[0].reasons
    assert hits[0].against == []
    assert hits[1].against == ["Det hører til i en anden kommune."]


def test_the_other_way_round(wish: Listing, offers: dict[str, Listing]) -> None:
    assert titles(matches_for(offers["here"], None)) == [wish.pk]


def test_an_offer_delivered_here_is_not_held_against_its_home(
    make_listing: Make, wish: Listing, offers: dict[str, Listing], kolding: Any, koebenhavn: Any
) -> None:
    again = {"again": offers["there"], "municipality": koebenhavn}
    there = make_listing(
        "offer", "Cykelværkstedet", "Unge i praktik reparerer cykler.", delivers_in=(kolding.pk,), **again
    )
    by_listing = {hit.listing.pk: hit for hit in matches_for(wish, None)}
    assert by_listing[there.pk].against == []
    (hit,) = matches_for(there, None)
    assert hit.against == []


def test_what_has_ended_is_not_suggested(make_listing: Make, wish: Listing, offers: dict[str, Listing]) -> None:
    make_listing("wish", wish.title, wish.text, again=wish, state="ended")
    assert matches_for(offers["here"], None) == []
    twin = make_listing("wish", wish.title, wish.text)
    assert titles(similar_to(twin, None)) == [wish.pk], "but it is still there to learn from"


def test_internal_matches_are_for_employees(
    make_listing: Make, wish: Listing, offers: dict[str, Listing], kolding: Any
) -> None:
    make_listing("wish", wish.title, wish.text, again=wish, audience=Audience.MUNICIPALITY)
    assert matches_for(offers["here"], None) == []
    assert titles(matches_for(offers["here"], make_employee(kolding, "buyer"))) == [wish.pk]


def test_like_things_leave_out_the_thing_itself(make_listing: Make, wish: Listing) -> None:
    twin = make_listing("wish", "Unge mangler et værksted", "De unge vil gerne reparere cykler i en praktik.")
    assert titles(similar_to(wish, None)) == [twin.pk]


def test_a_text_that_is_being_written_is_matched(offers: dict[str, Listing], kolding: Any) -> None:
    hits = matches_for_text("Reparation af cykler", "for unge", None, side="offered", municipality=kolding)
    assert titles(hits)[0] == offers["here"].pk
    assert matches_for_text("", "", None, side="offered") == []


def test_an_organisation_has_no_other_side(kolding: Any) -> None:
    assert matches_for(listed(kolding, "Cykelhuset", "cykler"), None) == []
