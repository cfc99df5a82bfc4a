"""Each action: what it changes, whom it tells, what it refuses; and two at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import ReasonMissing, WrongState, steps_of
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.listings.models import Listing
from fyrtaarn.portal import actions
from fyrtaarn.portal.models import Challenge, Solution
from tests.harness.people import make_employee, make_organisation, make_user

from .conftest import make_challenge, make_solution

pytestmark = pytest.mark.django_db


def told(person: Any) -> list[str]:
    return list(Notice.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True))


def listing_of(subject: Any) -> Listing | None:
    kind = type(subject).__name__.lower()
    return Listing.objects.filter(kind=kind, subject_id=subject.pk, ended=None).first()


def test_a_draft_begins_with_her_department_and_herself(kolding: Any, editor: Any, department: Any) -> None:
    challenge = make_challenge(editor, kolding)
    assert (challenge.department, challenge.contact, challenge.state) == (department, editor, "draft")
    assert challenge.language == "da"
    assert listing_of(challenge) is None


def test_the_language_is_that_of_the_text(kolding: Any, editor: Any) -> None:
    text = "Many of the older people in the town eat alone, and we would like to bring them together at a table."
    assert make_challenge(editor, kolding, title="Eating alone", situation=text).language == "en"


def test_one_form_makes_one_draft(kolding: Any, editor: Any) -> None:
    key = uuid4()
    first = actions.add_challenge(editor, kolding, key, {"title": "En"})
    actions.delete_challenge(editor, first)
    second = actions.add_challenge(editor, kolding, key, {"title": "To"})
    assert (second.pk, second.title, second.deleted) == (first.pk, "En", None)


def test_nobody_gets_another_ones_draft_by_its_key(kolding: Any, editor: Any, colleague: Any) -> None:
    draft = make_challenge(editor, kolding)
    with pytest.raises(Refused):
        actions.add_challenge(colleague, kolding, draft.draft_key, {"title": "Min"})


def test_a_refused_change_changes_nothing(kolding: Any, editor: Any, colleague: Any) -> None:
    challenge = make_challenge(editor, kolding)
    with pytest.raises(Refused):
        actions.change_challenge(colleague, challenge, {"title": "Kapret"}, challenge.version)
    challenge.refresh_from_db()
    assert (challenge.title, challenge.version) == ("Ældre spiser alene", 1)


def test_the_second_of_two_editors_is_told(kolding: Any, editor: Any) -> None:
    challenge = make_challenge(editor, kolding)
    actions.change_challenge(editor, challenge, {"title": "Første"}, 1)
    with pytest.raises(Conflict) as conflict:
        actions.change_challenge(editor, challenge, {"title": "Anden"}, 1)
    assert conflict.value.current.title == "Første"


def test_a_page_does_not_stand_in_its_own_way(kolding: Any, editor: Any) -> None:
    challenge = make_challenge(editor, kolding)
    actions.change_challenge(editor, challenge, {"title": "Mens hun skriver"}, 1, page_key="a")
    actions.change_challenge(editor, challenge, {"title": "Da hun gemmer"}, 1, page_key="a")
    with pytest.raises(Conflict):
        actions.change_challenge(editor, challenge, {"title": "En anden fane"}, 1, page_key="b")
    with pytest.raises(Conflict):
        actions.change_challenge(editor, challenge, {"title": "Uden side"}, 1)
    with pytest.raises(Conflict):
        actions.change_challenge(editor, challenge, {"title": "Mens hun skr"}, 1, page_key="a", typing=True)
    current = Challenge.objects.get(pk=challenge.pk)
    assert (current.title, current.version) == ("Da hun gemmer", 3)


def test_publishing_lists_it_and_tells_contact_and_partners(
    kolding: Any, editor: Any, colleague: Any, other_department: Any
) -> None:
    contact = make_employee(kolding, "community_manager", name="Carla Kontakt")
    challenge = make_challenge(editor, kolding)
    actions.change_challenge(
        editor, challenge, {"partners": [other_department], "contact": contact}, challenge.version, typing=True
    )
    assert told(colleague) == []
    actions.publish_challenge(editor, challenge)
    assert (told(colleague), told(contact), told(editor)) == (["portal.partner"], ["portal.contact"], [])
    listing = listing_of(challenge)
    assert listing is not None
    assert set(listing.departments) == {challenge.department_id, other_department.pk}
    assert [step.name for step in steps_of(challenge)] == ["publish"]
    actions.change_challenge(editor, challenge, {"title": "Nyt navn"}, 2)
    assert told(colleague) == ["portal.partner"]
    assert Listing.objects.get(pk=listing.pk).title == "Nyt navn"


def test_an_incomplete_draft_is_not_published(kolding: Any, editor: Any) -> None:
    challenge = make_challenge(editor, kolding, situation="")
    with pytest.raises(Refused):
        actions.publish_challenge(editor, challenge)
    assert Challenge.objects.get(pk=challenge.pk).published is None


def test_a_published_challenge_cannot_be_made_incomplete(kolding: Any, editor: Any) -> None:
    challenge = make_challenge(editor, kolding, published=True)
    with pytest.raises(Refused):
        actions.change_challenge(editor, challenge, {"contact": None}, challenge.version)
    assert Challenge.objects.get(pk=challenge.pk).contact == editor


def test_taking_back_hides_it_again(kolding: Any, editor: Any) -> None:
    challenge = make_challenge(editor, kolding, published=True)
    actions.step_challenge(editor, challenge, "take_back")
    assert Challenge.objects.get(pk=challenge.pk).state == "draft"
    assert listing_of(challenge) is None


def test_an_answered_challenge_cannot_be_taken_back(kolding: Any, editor: Any, organisation: Any, owner: Any) -> None:
    from fyrtaarn.meetings.actions import open_meeting

    challenge = make_challenge(editor, kolding, published=True)
    solution = make_solution(owner, organisation, published=True)
    open_meeting(owner, listing_of(challenge), listing_of(solution), "Vi vil gerne hjælpe.")
    with pytest.raises(Refused):
        actions.step_challenge(editor, challenge, "take_back")


def test_a_dialogue_that_both_want_moves_the_challenge(
    kolding: Any, editor: Any, organisation: Any, owner: Any
) -> None:
    from fyrtaarn.meetings.actions import accept, open_meeting

    challenge = make_challenge(editor, kolding, published=True)
    solution = make_solution(owner, organisation, published=True)
    meeting = open_meeting(editor, listing_of(challenge), listing_of(solution), "Kan I hjælpe os?")
    assert Challenge.objects.get(pk=challenge.pk).state == "published"
    accept(owner, meeting)
    assert Challenge.objects.get(pk=challenge.pk).state == "in_dialogue"
    actions.end_challenge(editor, challenge, "solve", "Det lykkedes med et langbord.")
    assert "portal.ended" in told(owner)


@pytest.mark.parametrize("step", ["solve", "close"])
def test_an_end_needs_what_was_learned(kolding: Any, editor: Any, step: str) -> None:
    challenge = make_challenge(editor, kolding, published=True)
    with pytest.raises(ReasonMissing):
        actions.end_challenge(editor, challenge, step, "  ")
    assert Challenge.objects.get(pk=challenge.pk).state == "published"
    actions.end_challenge(editor, challenge, step, "Man skal spørge de ældre først.")
    ended = Challenge.objects.get(pk=challenge.pk)
    assert ended.learned == "Man skal spørge de ældre først."
    listing = listing_of(challenge)
    assert listing is not None
    assert listing.state == ended.state
    actions.step_challenge(editor, challenge, "reopen")
    assert Challenge.objects.get(pk=challenge.pk).state == "published"


def test_a_partner_leaves_and_the_others_are_told(
    kolding: Any, editor: Any, colleague: Any, other_department: Any
) -> None:
    challenge = make_challenge(editor, kolding)
    actions.change_challenge(editor, challenge, {"partners": [other_department]}, challenge.version)
    actions.publish_challenge(editor, challenge)
    with pytest.raises(Refused):
        actions.leave_challenge(editor, challenge, other_department)
    actions.leave_challenge(colleague, challenge, other_department)
    assert list(challenge.partners.order_by("pk")) == []
    assert told(editor) == ["portal.partner_left"]
    listing = listing_of(challenge)
    assert listing is not None
    assert listing.departments == [challenge.department_id]


def test_a_deleted_draft_comes_back_within_30_days(kolding: Any, editor: Any, colleague: Any) -> None:
    challenge = make_challenge(editor, kolding)
    actions.delete_challenge(editor, challenge)
    assert not Challenge.objects.filter(pk=challenge.pk).exists()
    with pytest.raises(Refused):
        actions.restore_challenge(colleague, challenge.pk)
    actions.restore_challenge(editor, challenge.pk)
    assert Challenge.objects.filter(pk=challenge.pk).exists()
    actions.delete_challenge(editor, challenge)
    assert actions.remove_deleted_drafts() == 0
    Challenge.with_deleted.filter(pk=challenge.pk).update(deleted=clock.now() - timedelta(days=31))
    assert actions.remove_deleted_drafts() == 1
    with pytest.raises(Challenge.DoesNotExist):
        actions.restore_challenge(editor, challenge.pk)


def test_a_solution_goes_out_in_and_out_again(organisation: Any, owner: Any) -> None:
    solution = make_solution(owner, organisation, published=True)
    listing = listing_of(solution)
    assert listing is not None
    assert listing.fresh_until == clock.today() + timedelta(days=180)
    actions.withdraw_solution(owner, solution)
    assert listing_of(solution) is None
    actions.publish_solution(owner, solution)
    again = listing_of(solution)
    assert again is not None
    assert again.pk == listing.pk
    with pytest.raises(WrongState):
        actions.publish_solution(owner, solution)


def test_references_become_exactly_those_of_the_form(organisation: Any, owner: Any) -> None:
    rows = [{"title": "Vejle", "year": 2024, "note": ""}, {"title": "Fredericia", "year": None, "note": "Gik godt"}]
    solution = actions.add_solution(owner, organisation, uuid4(), {"title": "Ny"}, rows)
    solution = actions.change_solution(owner, solution, {}, 1, rows[1:])
    assert [reference.title for reference in solution.references.order_by("pk")] == ["Fredericia"]


def test_a_copy_begins_as_a_draft_of_its_own(organisation: Any, owner: Any, editor: Any) -> None:
    solution = make_solution(owner, organisation, published=True, capacity="20 pladser", language="da")
    with pytest.raises(Refused):
        actions.copy_solution(editor, solution, uuid4())
    copy = actions.copy_solution(owner, solution, uuid4())
    assert (copy.state, copy.capacity, copy.what) == ("draft", "20 pladser", solution.what)
    assert copy.pk != solution.pk


def test_owners_are_asked_once_before_and_once_after(organisation: Any, owner: Any) -> None:
    fresh = make_solution(owner, organisation, published=True)
    soon = make_solution(owner, organisation, published=True)
    stale = make_solution(owner, organisation, published=True)
    Solution.objects.filter(pk=soon.pk).update(confirmed=clock.today() - timedelta(days=166))
    Solution.objects.filter(pk=stale.pk).update(confirmed=clock.today() - timedelta(days=180))
    for _morning in range(3):
        actions.remind_of_solutions()
    assert told(owner) == ["portal.confirm", "portal.stale"]
    Solution.objects.filter(pk=soon.pk).update(confirmed=clock.today() - timedelta(days=181))
    actions.remind_of_solutions()
    actions.confirm_solution(owner, Solution.objects.get(pk=stale.pk))
    stale.refresh_from_db()
    assert stale.confirmed == clock.today()
    actions.remind_of_solutions()
    assert told(owner) == ["portal.confirm", "portal.stale", "portal.stale"]
    assert fresh.pk


def test_a_stranger_confirms_nothing(kolding: Any, organisation: Any, owner: Any) -> None:
    solution = make_solution(owner, organisation, published=True)
    rival = make_user("Rikke Rival")
    make_organisation(kolding, "De andre", owner=rival)
    with pytest.raises(Refused):
        actions.confirm_solution(rival, solution)
    with pytest.raises(Refused):
        actions.withdraw_solution(rival, solution)


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run the calls in threads of their own at the same time; exceptions are answers too."""

    def run(call: Callable[[], Any]) -> Any:
        try:
            return call()
        except Exception as fault:  # noqa: BLE001 - the test looks at what was raised
            return fault
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(run, call) for call in calls]]


@pytest.mark.django_db(transaction=True)
def test_two_publish_at_once_and_it_is_published_once(kolding: Any, editor: Any) -> None:
    challenge = make_challenge(editor, kolding)
    answers = at_once(*[lambda: actions.publish_challenge(editor, challenge)] * 4)
    assert sum(isinstance(answer, Challenge) for answer in answers) == 1
    assert sum(isinstance(answer, WrongState) for answer in answers) == 3
    assert [step.name for step in steps_of(challenge)] == ["publish"]


@pytest.mark.django_db(transaction=True)
def test_two_save_at_once_and_one_is_told(kolding: Any, editor: Any) -> None:
    challenge = make_challenge(editor, kolding)
    answers = at_once(
        *[lambda n=n: actions.change_challenge(editor, challenge, {"title": f"Titel {n}"}, 1) for n in range(4)]
    )
    assert sum(isinstance(answer, Conflict) for answer in answers) == 3
    assert Challenge.objects.get(pk=challenge.pk).version == 2


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_draft(kolding: Any, editor: Any) -> None:
    key = uuid4()
    answers = at_once(*[lambda: actions.add_challenge(editor, kolding, key, {"title": "En"})] * 4)
    assert len({answer.pk for answer in answers}) == 1
    assert Challenge.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_publishing_and_withdrawing_at_once_leaves_listing_and_state_agreeing(organisation: Any, owner: Any) -> None:
    solution = make_solution(owner, organisation, published=True)
    at_once(
        lambda: actions.withdraw_solution(owner, solution),
        lambda: actions.confirm_solution(owner, solution),
        lambda: actions.withdraw_solution(owner, solution),
    )
    assert Solution.objects.get(pk=solution.pk).state == "withdrawn"
    assert listing_of(solution) is None
