"""An introduction grows of a question at the entrance."""

from typing import Any

import pytest

from fyrtaarn.community.models import Introduction
from fyrtaarn.entrance import actions as entrance
from fyrtaarn.entrance.growing import grown_of, options_for
from fyrtaarn.foundation.rules import Refused
from tests.entrance.desk import make_desk, routed

from .conftest import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(place: Place) -> Any:
    """A question of an organisation's owner, which the community manager sees as all questions of the municipality."""
    desk = make_desk(place.district.municipality)
    return routed(desk, organisation=desk.organisation)


def introductions_offered(person: Any, case: Any) -> list[str]:
    return [option.key for kind, option in options_for(person, case) if kind == "introduction"]


def test_a_draft_with_the_asker_as_its_first_party_grows_once(place: Place, case: Any) -> None:
    assert introductions_offered(place.manager, case) == [str(place.district.pk)]
    grown = entrance.grow(place.manager, case, "introduction", str(place.district.pk))
    introduction = Introduction.objects.get()
    party = introduction.parties.get()
    assert (introduction.title, introduction.state, introduction.district) == (case.title, "draft", place.district)
    assert party.organisation == case.organisation
    assert case.title in party.asking.reason
    assert grown.path == f"{place.board}introduktioner/{introduction.pk}/"
    assert entrance.grow(place.manager, case, "introduction", str(place.district.pk)) == grown
    assert Introduction.objects.count() == 1
    assert introduction.parties.count() == 1
    assert [one.title for one in grown_of(place.manager, case)] == [case.title]


def test_it_is_the_community_managers_alone(place: Place, case: Any) -> None:
    asker = case.asker
    assert introductions_offered(asker, case) == []
    with pytest.raises(Refused):
        entrance.grow(asker, case, "introduction", str(place.district.pk))
    entrance.grow(place.manager, case, "introduction", str(place.district.pk))
    assert grown_of(asker, case) == []
