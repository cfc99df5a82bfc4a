"""An application for a stay grows of a question at the entrance."""

from typing import Any

import pytest

from fyrtaarn.entrance import actions as entrance
from fyrtaarn.entrance.growing import grown_of, options_for
from fyrtaarn.fieldwork import actions
from fyrtaarn.fieldwork.models import Stay
from fyrtaarn.foundation.rules import Refused

from .conftest import House

pytestmark = pytest.mark.django_db
WORDS = "Vi vil forstå, hvordan en dag i ungdomsskolen går."


@pytest.fixture
def case(house: House) -> Any:
    return entrance.ask(house.guest, house.municipality, WORDS, organisation=house.organisation)


def periods_offered(person: Any, case: Any) -> list[str]:
    return [option.key for kind, option in options_for(person, case) if kind == "stay"]


def test_the_question_is_the_purpose_and_the_host_is_asked_once(house: House, case: Any) -> None:
    assert periods_offered(house.guest, case) == [str(house.period.pk)]
    grown = entrance.grow(house.guest, case, "stay", str(house.period.pk))
    stay = Stay.objects.get()
    assert (stay.purpose, stay.state, stay.organisation) == (WORDS, "applied", house.organisation)
    assert grown.title == house.offer.title
    assert entrance.grow(house.guest, case, "stay", str(house.period.pk)) == grown
    assert Stay.objects.count() == 1
    assert [one.path for one in grown_of(house.guest, case)] == [grown.path]


def test_a_closed_offer_and_other_people_grow_nothing(house: House, case: Any) -> None:
    with pytest.raises(Refused):
        entrance.grow(house.other_guest, case, "stay", str(house.period.pk))
    actions.close_offer(house.host, house.offer)
    assert periods_offered(house.guest, case) == []
    with pytest.raises(Refused):
        entrance.grow(house.guest, case, "stay", str(house.period.pk))
