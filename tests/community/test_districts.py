"""The pages of districts: whom to turn to, what was asked for, and figures that tell of nobody."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.areas.models import LocalBody
from fyrtaarn.community import actions
from fyrtaarn.community.models import Introduction, Wish
from fyrtaarn.community.queries.districts import figures
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import Refused

from .conftest import Place, make_sent
from .test_views import shown

PAGE = "/kolding/bydele/vamdrup/"


@given(made=st.integers(0, 40), data=st.data())
def test_no_figure_tells_of_one_to_four(made: int, data: st.DataObject) -> None:
    led = data.draw(st.integers(0, made))
    told = figures(made, led)
    known = [n for n in (told.made, told.led) if n is not None]
    if told.made is not None and told.led is not None:
        known.append(told.made - told.led)
    assert all(n == 0 or n >= 5 for n in known)
    assert told.made in (made, None)
    assert told.led in (led, None)


def told(place: Place, **changes: Any) -> dict[str, Any]:
    body = LocalBody.objects.get_or_create(
        municipality=place.district.municipality,
        slug="vamdrup",
        defaults={"name": "Vamdrup Byforum", "kind": "local_council", "district": place.district},
    )[0]
    wish = {"local_body": body, "title": "Et sted at mødes", "text": "", "asked_on": clock.today(), "source": ""}
    return {**wish, "state": "asked", "taken_by": "", "became": "", **changes}


def test_a_district_without_anything_says_so(client: Client, place: Place) -> None:
    place.appointment.delete()
    page = shown(client, PAGE)
    assert "Bydelen har ingen community manager endnu." in page
    assert "Der er ikke noteret noget endnu." in page
    assert "Vamdrup" in shown(client, "/kolding/bydele/")


def test_a_district_shows_whom_to_turn_to_and_what_happens(client: Client, place: Place, at_most_queries: Any) -> None:
    place.appointment.greeting = "Find mig på biblioteket om tirsdagen"
    place.appointment.save()
    actions.add_wish(place.manager, told(place, state="taken", taken_by="Kulturforvaltningen"))
    make_sent(place)
    with at_most_queries(12):
        page = shown(client, PAGE)
    assert "Trine Tavle" in page
    assert "Find mig på biblioteket" in page
    assert "Taget op af Kulturforvaltningen" in page
    assert "Færre end fem" in page
    Introduction.objects.all().delete()
    assert "Færre end fem" not in shown(client, PAGE), "none is not a small group"


def test_wishes_are_followed_by_the_one_in_charge(client: Client, place: Place) -> None:
    with pytest.raises(Refused):
        actions.add_wish(place.pair.editor, told(place))
    client.force_login(place.manager)
    assert "Nyt ønske" in shown(client, f"{place.board}oensker/")
    sent = {**told(place), "local_body": told(place)["local_body"].pk, "asked_on": "2026-01-31"}
    answer = client.post(f"{place.board}oensker/ny/", {**sent, "state": "fulfilled", "source": "ikke et link"})
    assert answer.status_code == 422
    assert "Skriv, hvad der blev af det." in answer.content.decode()
    assert client.post(f"{place.board}oensker/ny/", sent).status_code == 302
    wish = Wish.objects.get()
    follow = f"{place.board}oensker/{wish.pk}/"
    shown(client, follow)
    assert client.post(follow, {**sent, "state": "fulfilled", "became": "Der er en bænk"}).status_code == 302
    assert "Der er en bænk" in shown(client, PAGE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Wish.objects.update(became="")
