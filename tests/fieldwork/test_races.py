"""No more guests than places, whoever does what at the same moment."""

from typing import Any

import pytest

from fyrtaarn.fieldwork import actions
from fyrtaarn.fieldwork.models import SignedDeclaration, Stay
from fyrtaarn.foundation.rules import Refused
from tests.harness.people import make_organisation, make_user
from tests.harness.races import at_once

from .conftest import House, make_agreed, make_applied, make_house, make_over

pytestmark = pytest.mark.django_db(transaction=True)


def applications(house: House, number: int) -> list[Any]:
    found = []
    for count in range(number):
        person: Any = make_user(f"Gæst {count}")
        organisation: Any = make_organisation(house.municipality, f"Hus {count}", owner=person)
        found.append(actions.apply(person, house.period, organisation, "Derfor."))
    return found


@pytest.mark.parametrize("attempt", range(2))
def test_more_are_accepted_at_once_than_fit_in(kolding: Any, attempt: int) -> None:
    house = make_house(kolding, places=2)
    stays = applications(house, 4)
    outcomes = at_once(*[lambda stay=stay: actions.accept(house.host, stay, "Ja.") for stay in stays])
    assert not [one for one in outcomes if isinstance(one, Exception)]
    assert sorted(Stay.objects.values_list("state", flat=True)) == ["agreed", "agreed", "waiting", "waiting"]
    assert Stay.objects.exclude(place=None).values("place").distinct().count() == 2


def test_places_that_become_free_are_given_once(kolding: Any) -> None:
    house = make_house(kolding, places=2)
    stays = [actions.accept(house.host, stay, "Ja.") for stay in applications(house, 4)]
    at_once(*[lambda stay=stay: actions.cancel(house.host, stay, "Nej.") for stay in stays[:2]])
    at_once(*[lambda: actions.move_up(house.period.pk) for _number in range(3)])
    assert sorted(Stay.objects.values_list("state", flat=True)) == ["agreed", "agreed", "cancelled", "cancelled"]


def test_two_colleagues_apply_at_once(kolding: Any) -> None:
    house = make_house(kolding)
    outcomes = at_once(lambda: make_applied(house), lambda: make_applied(house))
    assert len([one for one in outcomes if isinstance(one, Refused)]) == 1
    assert Stay.objects.count() == 1


def test_a_guest_calls_off_while_the_host_says_yes(kolding: Any) -> None:
    house = make_house(kolding)
    stay: Any = make_applied(house)
    at_once(lambda: actions.accept(house.host, stay, "Ja."), lambda: actions.cancel(house.guest, stay, "Nej."))
    stay.refresh_from_db()
    assert stay.state == "cancelled"
    assert stay.place is None


def test_words_change_while_the_other_agrees(kolding: Any) -> None:
    """Either she agreed to the old words, and the new ones took her yes away, or she came too late."""
    house = make_house(kolding)
    stay = make_over(house)
    told = actions.write_learned(house.guest, stay, "Meget.", agrees=True)
    at_once(
        lambda: actions.agree(house.host, told, told.wording),
        lambda: actions.write_learned(house.guest, stay, "Noget andet.", agrees=True),
    )
    told.refresh_from_db()
    assert (told.text, told.guest_agrees, told.host_agrees) == ("Noget andet.", True, False)


def test_a_declaration_is_signed_once(kolding: Any) -> None:
    house = make_house(kolding)
    stay: Any = make_agreed(house)
    at_once(*[lambda: actions.sign(house.guest, stay, "Gerda Gæst", house.offer.version) for _number in range(2)])
    assert SignedDeclaration.objects.count() == 1
