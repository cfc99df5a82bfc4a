"""What was learned is read by all while both sides agree to the very words, and no longer."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from fyrtaarn.fieldwork import actions
from fyrtaarn.fieldwork.queries import published_learning
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import ReasonMissing, WrongState, steps_of
from fyrtaarn.organisations.models import Membership
from fyrtaarn.people.models import User

from .conftest import House, make_agreed, make_over, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Reasons are compared in English."""
    with translation.override("en"):
        yield


def published(house: House) -> list[str]:
    return [one.text for one in published_learning(house.municipality).order_by("pk")]


def test_one_text_is_published_when_both_agree_to_it(house: House) -> None:
    stay = make_over(house)
    one = actions.write_learned(house.guest, stay, "Vi så, hvor lidt tid der er.", agrees=True)
    assert told("learned") == {"Helle Vært"}
    assert published(house) == []
    actions.agree(house.host, one, one.wording)
    assert published(house) == ["Vi så, hvor lidt tid der er."]
    other = actions.write_learned(house.host, stay, "Vi fik nye øjne på os.", agrees=False)
    actions.agree(house.guest, other, other.wording)
    assert published(house) == ["Vi så, hvor lidt tid der er."]
    assert {one.who, other.who} == {"Værkstedet", "Ungdomsskolen"}


@pytest.mark.parametrize("side", ["guest", "host"])
def test_each_side_can_take_its_yes_back(house: House, side: str) -> None:
    stay = make_over(house)
    one = actions.agree(house.host, actions.write_learned(house.guest, stay, "Meget.", agrees=True), 1)
    actions.take_back(getattr(house, side), one)
    assert published(house) == []
    assert [step.name for step in steps_of(stay)][-2:] == ["publish", "take back"]
    actions.agree(getattr(house, side), one, one.wording)
    assert published(house) == ["Meget."]


def test_new_words_need_a_new_yes(house: House) -> None:
    stay = make_over(house)
    one = actions.agree(house.host, actions.write_learned(house.guest, stay, "Meget.", agrees=True), 1)
    actions.write_learned(house.guest, stay, "Meget.", agrees=True)
    assert published(house) == ["Meget."]
    changed = actions.write_learned(house.guest, stay, "Noget helt andet.", agrees=True)
    assert published(house) == []
    with pytest.raises(WrongState):
        actions.agree(house.host, one, one.wording)
    actions.agree(house.host, changed, changed.wording)
    assert published(house) == ["Noget helt andet."]


def test_nobody_has_learned_before_the_stay(house: House) -> None:
    with pytest.raises(Refused, match="has begun"):
        actions.write_learned(house.guest, make_agreed(house), "Meget.", agrees=True)


def test_strangers_neither_write_nor_agree(house: House) -> None:
    stay = make_over(house)
    one = actions.write_learned(house.guest, stay, "Meget.", agrees=True)
    for act in (
        lambda: actions.write_learned(house.other_guest, stay, "Også os.", agrees=True),
        lambda: actions.agree(house.other_guest, one, one.wording),
        lambda: actions.take_back(house.other_guest, one),
    ):
        with pytest.raises(Refused):
            act()
    with pytest.raises(ReasonMissing):
        actions.write_learned(house.guest, stay, "  ", agrees=True)


def test_nobody_agrees_with_herself(house: House) -> None:
    one = actions.write_learned(house.guest, make_over(house), "Meget.", agrees=True)
    host: Any = User.objects.get(pk=house.host.pk)
    Membership.objects.create(user=host, organisation=house.organisation, kind="member")
    with pytest.raises(Refused, match="both"):
        actions.agree(host, one, one.wording)
    assert published(house) == []
