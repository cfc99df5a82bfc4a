"""From a question grow a challenge, a solution and a dialogue, and nobody types anything again."""

from typing import Any

import pytest

from fyrtaarn.entrance import actions
from fyrtaarn.entrance.growing import grown_of, options_for
from fyrtaarn.entrance.models import CaseGrowth
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.meetings.models import Meeting
from fyrtaarn.portal import actions as portal
from fyrtaarn.portal.models import Challenge, Solution
from tests.harness.races import at_once

from .desk import CARE, Desk, guest_case, routed


def offered(desk: Desk, case: Any) -> set[str]:
    return {kind for kind, _option in options_for(desk.karl, case)}


@pytest.mark.django_db
def test_challenge_solution_and_dialogue(desk: Desk, client: Any) -> None:
    case = routed(desk, organisation=desk.organisation)
    client.force_login(desk.karl)
    here = f"/kolding/sager/{case.pk}/gro/"
    assert offered(desk, case) == {"challenge"}
    address = client.post(here, {"kind": "challenge", "option": ""})["Location"]
    challenge = Challenge.objects.get()
    assert (challenge.path, challenge.title, challenge.situation) == (address, case.title, CARE)
    assert case.title in client.get(address).content.decode()
    assert f"/kolding/sager/{case.pk}/" in client.get(address).content.decode(), "the way back"
    client.post(here, {"kind": "challenge", "option": ""})
    assert Challenge.objects.count() == CaseGrowth.objects.count() == 1, "the same draft again"
    portal.publish_challenge(desk.karl, challenge)

    client.force_login(desk.owner)
    mine = f"/min/spoergsmaal/{case.pk}/gro/"
    assert "Et udkast til en løsning fra Eksempelværkstedet" in client.get(mine).content.decode()
    client.post(mine, {"kind": "solution", "option": desk.organisation.pk})
    solution = Solution.objects.get()
    assert (solution.what, solution.organisation) == (CARE, desk.organisation)
    assert grown_of(desk.karl, case) != grown_of(desk.owner, case), "a draft is its own team's"
    portal.publish_solution(desk.owner, solution)

    [(kind, option)] = [found for found in options_for(desk.karl, case) if found[0] == "dialogue"]
    client.force_login(desk.karl)
    address = client.post(here, {"kind": kind, "option": option.key})["Location"]
    meeting = Meeting.objects.get()
    assert address == f"/min/dialoger/{meeting.pk}/"
    assert meeting.messages.get().text == CARE
    page = client.get(here).content.decode()
    assert page.count('class="card') >= 3
    client.force_login(desk.owner)
    assert f"/min/dialoger/{meeting.pk}/" in client.get(mine).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "option"),
    [("", ""), ("challenge", "1"), ("solution", ""), ("solution", "1"), ("dialogue", "1-2"), ("x", "\0")],
)
def test_what_is_not_offered_does_not_grow(desk: Desk, client: Any, kind: str, option: str) -> None:
    case = routed(desk)
    client.force_login(desk.karl)
    assert client.post(f"/kolding/sager/{case.pk}/gro/", {"kind": kind, "option": option}).status_code == 403
    assert not CaseGrowth.objects.exists()


@pytest.mark.django_db
def test_strangers_let_nothing_grow(desk: Desk, client: Any) -> None:
    case = routed(desk)
    for person in (desk.stranger, desk.kaja, desk.administrator):
        with pytest.raises(Refused):
            actions.grow(person, case, "challenge", "")
    client.force_login(desk.stranger)
    assert client.get(f"/min/spoergsmaal/{case.pk}/gro/").status_code in (403, 404)
    unconfirmed = guest_case(desk)
    with pytest.raises(Refused):
        actions.grow(desk.karl, unconfirmed, "challenge", "")


@pytest.mark.django_db
def test_the_way_back_is_for_the_municipality_s_people_alone(desk: Desk, client: Any) -> None:
    case = routed(desk)
    actions.grow(desk.karl, case, "challenge", "")
    challenge = portal.publish_challenge(desk.karl, Challenge.objects.get())
    for person in (desk.stranger, desk.owner, desk.kaja):
        client.force_login(person)
        assert "Udspringer af" not in client.get(challenge.path).content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_a_double_click_grows_one(desk: Desk, attempt: int) -> None:
    case = routed(desk)
    at_once(*[lambda: actions.grow(desk.karl, case, "challenge", "")] * 3)
    assert (Challenge.objects.count(), CaseGrowth.objects.count()) == (1, 1)
