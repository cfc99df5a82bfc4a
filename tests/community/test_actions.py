"""What a community manager does, what the parties answer, and what follows."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from fyrtaarn.community import actions
from fyrtaarn.community.models import Appointment, AskingLetter, IntroducedParty, Introduction
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import ReasonMissing, WrongState
from tests.harness.people import make_department, make_employee, make_organisation, make_user
from tests.harness.races import at_once

from .conftest import Place, asking_of, make_accepted, make_draft, make_place, make_sent, say


def told(person: Any) -> list[str]:
    return list(Notice.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True))


def test_an_introduction_goes_from_a_pair_to_what_came_of_it(place: Place) -> None:
    introduction = make_sent(place)
    pair = place.pair
    assert told(pair.editor) == told(pair.colleague) == told(pair.owner) == told(pair.member) == ["community.asked"]
    say(introduction, place, "yes")
    introduction.refresh_from_db()
    assert introduction.state == "proposed"
    assert told(pair.owner) == ["community.asked"], "nobody hears of one side's yes"
    assert told(place.manager) == ["community.answered"]
    say(introduction, place, "", "yes")
    actions.bring_together(introduction.pk)
    introduction.refresh_from_db()
    assert introduction.state == "accepted"
    assert introduction.meeting.state == "open"
    assert {introduction.meeting.department, introduction.meeting.organisation} == {pair.department, pair.organisation}
    assert introduction.follow_up == clock.today() + timedelta(days=14)
    assert told(pair.owner)[-1] == told(pair.editor)[-1] == told(place.manager)[-1] == "community.accepted"
    actions.meet(place.manager, introduction, clock.today())
    actions.conclude(place.manager, introduction, "going_on", "De mødes hver fredag.")
    introduction.refresh_from_db()
    assert (introduction.state, introduction.outcome, introduction.follow_up) == ("concluded", "going_on", None)
    actions.go_on(place.manager, introduction)
    introduction.refresh_from_db()
    assert (introduction.state, introduction.outcome, introduction.closed) == ("accepted", "", None)


def test_bringing_together_twice_tells_once(place: Place) -> None:
    introduction = make_accepted(place)
    before = Notice.objects.count()
    actions.bring_together(introduction.pk)
    assert Notice.objects.count() == before


def test_a_dialogue_that_ended_is_opened_again(place: Place) -> None:
    from fyrtaarn.meetings import actions as meetings

    pair = place.pair
    earlier = meetings.open_meeting(pair.owner, pair.sought, pair.offered, "Vi har plads.")
    meetings.decline(pair.editor, earlier, "Ikke lige nu.")
    introduction = make_accepted(place)
    assert introduction.meeting == earlier
    assert introduction.meeting.state == "open"
    assert introduction.meeting.messages.count() == 2


def test_a_pair_that_can_have_no_dialogue_is_brought_together_without(place: Place) -> None:
    introduction = make_sent(place)
    place.pair.sought.ended = clock.now()
    place.pair.sought.save()
    say(introduction, place, "yes", "yes")
    actions.bring_together(introduction.pk)
    introduction.refresh_from_db()
    assert introduction.state == "accepted"
    assert introduction.meeting is None
    assert told(place.pair.owner)[-1] == "community.accepted"


def test_a_no_changes_nothing_that_the_other_can_see(place: Place) -> None:
    introduction = make_sent(place)
    say(introduction, place, "no")
    introduction.refresh_from_db()
    assert introduction.state == "proposed"
    assert told(place.pair.owner) == ["community.asked"]
    say(introduction, place, "", "yes")
    introduction.refresh_from_db()
    assert introduction.state == "proposed"
    actions.withdraw(place.manager, introduction)
    assert told(place.pair.owner)[-1] == "community.closed"
    assert told(place.pair.editor)[-1] == "community.asked", "who said no is not told that it came to nothing"


def test_a_mind_is_changed_until_all_have_said_yes(place: Place) -> None:
    introduction = make_sent(place)
    for answer in ("no", "later", "yes"):
        say(introduction, place, answer)
    say(introduction, place, "", "yes")
    introduction.refresh_from_db()
    assert introduction.state == "accepted"
    with pytest.raises(Refused):
        say(introduction, place, "no")


def test_later_gives_more_time(place: Place) -> None:
    introduction = make_sent(place)
    Introduction.objects.update(expires=clock.today() + timedelta(days=1))
    say(introduction, place, "later")
    introduction.refresh_from_db()
    assert introduction.expires == clock.today() + timedelta(days=28)


def test_the_same_answer_twice_is_one(place: Place) -> None:
    introduction = make_sent(place)
    say(introduction, place, "no")
    say(introduction, place, "no")
    assert told(place.manager) == ["community.answered"]


def test_nobody_says_yes_for_two(place: Place) -> None:
    pair, both = place.pair, place.pair.editor
    pair.organisation.memberships.create(user=both, kind="member")
    introduction = make_sent(place)
    actions.answer(both, asking_of(introduction, pair.department), "yes")
    with pytest.raises(Refused, match="colleague"):
        actions.answer(both, asking_of(introduction, pair.organisation), "yes")
    introduction.refresh_from_db()
    assert introduction.state == "proposed"


@pytest.mark.parametrize("who", ["stranger", "owner", "manager", "former"])
def test_only_those_who_speak_for_a_party_answer_for_it(place: Place, who: str) -> None:
    introduction = make_sent(place)
    pair = place.pair
    people = {"stranger": pair.stranger, "owner": pair.owner, "manager": place.manager, "former": pair.colleague}
    pair.colleague.roles.update(ends=clock.today())
    with pytest.raises(Refused):
        actions.answer(people[who], asking_of(introduction, pair.department), "yes")


def test_an_answer_that_comes_too_late_is_none(place: Place) -> None:
    introduction = make_sent(place)
    Introduction.objects.update(expires=clock.today())
    with pytest.raises(Refused, match="closed"):
        say(introduction, place, "yes")


def test_each_step_is_for_those_in_charge(place: Place, koebenhavn: Any) -> None:
    other = make_employee(koebenhavn, "community_manager")
    colleague = make_employee(place.district.municipality, "community_manager")
    draft = make_draft(place)
    for person in (other, colleague, place.pair.editor, place.pair.owner):
        for act in (actions.send, actions.discard, actions.withdraw):
            with pytest.raises(Refused):
                act(person, draft)
        with pytest.raises(Refused):
            actions.begin(person, place.district, uuid4(), "Noget")
    draft.refresh_from_db()
    assert (draft.state, draft.proposed) == ("draft", None)


def test_a_draft_lacks_something_until_it_is_whole(place: Place) -> None:
    draft = actions.begin(place.manager, place.district, uuid4(), "Et lokale")
    with pytest.raises(Refused, match="at least two"):
        actions.send(place.manager, draft)
    alone = make_organisation(place.district.municipality, "Uden hold")
    with pytest.raises(Refused, match="Nobody uses"):
        actions.add_party(place.manager, draft, alone, "Kom og vær med")  # type: ignore[arg-type]
    first = actions.add_party(place.manager, draft, place.pair.organisation, "De har en sal")
    second = actions.add_party(place.manager, draft, place.pair.stranger, " ")
    assert actions.add_party(place.manager, draft, place.pair.organisation, "Igen") == first
    with pytest.raises(Refused, match="why they should meet"):
        actions.send(place.manager, draft)
    actions.write_reason(place.manager, second.asking, "De mangler en bager")
    assert actions.send(place.manager, draft).state == "proposed"
    with pytest.raises(Refused, match="stays as it is"):
        actions.rename(place.manager, draft, "Noget andet")


def test_a_department_where_nobody_answers_is_not_asked(place: Place) -> None:
    draft = actions.begin(place.manager, place.district, uuid4(), "Et lokale")
    silent: Any = make_department(place.district.municipality, "Kulturforvaltningen")
    with pytest.raises(Refused, match="Nobody uses"):
        actions.add_party(place.manager, draft, silent, "De søger en sal")


def test_two_clicks_make_one_draft_and_a_pair_is_introduced_once(place: Place) -> None:
    key = uuid4()
    first = actions.begin(place.manager, place.district, key, "Et lokale")
    assert actions.begin(place.manager, place.district, key, "Et lokale") == first
    assert make_draft(place) == make_draft(place)
    assert Introduction.objects.count() == 2


def test_taking_out_one_of_a_pair_forgets_the_pair(place: Place) -> None:
    draft = make_draft(place)
    actions.remove_party(place.manager, draft.parties.get(department=None))
    draft.refresh_from_db()
    assert (draft.sought, draft.offered) == (None, None)
    assert draft.parties.count() == 1


def test_what_was_closed_begins_again_without_the_old_answers(place: Place) -> None:
    introduction = make_sent(place)
    letters = set(AskingLetter.objects.values_list("token", flat=True))
    say(introduction, place, "yes", "later")
    actions.withdraw(place.manager, introduction)
    actions.restore(place.manager, introduction)
    introduction.refresh_from_db()
    assert (introduction.state, introduction.closed) == ("draft", None)
    assert list(introduction.askings.values_list("answer", flat=True)) == ["", ""]
    with pytest.raises(Refused, match="kept"):
        actions.discard(place.manager, introduction)
    actions.send(place.manager, introduction)
    assert letters.isdisjoint(AskingLetter.objects.values_list("token", flat=True))
    say(introduction, place, "yes", "yes")
    introduction.refresh_from_db()
    assert introduction.state == "accepted"


def test_a_draft_nobody_has_seen_is_deleted(place: Place) -> None:
    draft = make_draft(place)
    with pytest.raises(Refused, match="Delete it"):
        actions.withdraw(place.manager, draft)
    actions.discard(place.manager, draft)
    assert not Introduction.objects.exists()


def test_they_cannot_meet_tomorrow_or_end_without_words(place: Place) -> None:
    introduction = make_accepted(place)
    with pytest.raises(Refused, match="earlier"):
        actions.meet(place.manager, introduction, clock.today() + timedelta(days=1))
    with pytest.raises(ReasonMissing):
        actions.conclude(place.manager, introduction, "nothing", "  ")
    with pytest.raises(WrongState):
        actions.send(place.manager, introduction)
    introduction.refresh_from_db()
    assert (introduction.state, introduction.met_on) == ("accepted", None)


def test_a_person_shares_her_address_and_takes_it_back(place: Place) -> None:
    introduction = make_accepted(place)
    asking = asking_of(introduction, place.pair.organisation)
    assert asking.shares_contact
    actions.show_contact(place.pair.owner, asking, False)
    asking.refresh_from_db()
    assert not asking.shares_contact
    with pytest.raises(Refused):
        actions.show_contact(place.pair.member, asking, True)


def test_a_district_has_one_community_manager_at_a_time(place: Place) -> None:
    administrator: Any = make_employee(place.district.municipality, "municipality_administrator")
    successor: Any = make_employee(place.district.municipality, "community_manager")
    today = clock.today()
    with pytest.raises(Refused, match="one already"):
        actions.appoint(administrator, successor, place.district, today)
    with pytest.raises(Refused):
        actions.appoint(place.manager, successor, place.district, today)
    with pytest.raises(Refused, match="role"):
        actions.appoint(administrator, place.pair.editor, place.district, today, deputy=True)
    actions.end_appointment(administrator, place.appointment, today + timedelta(days=3))
    actions.appoint(administrator, successor, place.district, today + timedelta(days=3))
    assert told(successor) == ["community.appointed"]
    assert list(Appointment.objects.current()) == [place.appointment]


def test_the_deputy_works_while_the_manager_is_away(place: Place) -> None:
    deputy: Any = make_employee(place.district.municipality, "community_manager")
    Appointment.objects.create(district=place.district, user=deputy, deputy=True)
    draft, today = make_draft(place), clock.today()
    with pytest.raises(Refused):
        actions.send(deputy, draft)
    del deputy.read_charges
    away = {"house": None, "greeting": "", "away_from": today, "away_until": today + timedelta(days=2)}
    with pytest.raises(Refused):
        actions.tell_of_oneself(deputy, place.appointment, away)
    actions.tell_of_oneself(place.manager, place.appointment, away)
    assert actions.send(deputy, draft).state == "proposed"
    say(draft, place, "yes")
    assert told(deputy) == told(place.manager) == ["community.answered"]


@pytest.mark.django_db(transaction=True)
def test_both_say_yes_at_once(kolding: Any) -> None:
    place = make_place(kolding)
    introduction = make_sent(place)
    pair = place.pair
    first, second = (asking_of(introduction, party) for party in (pair.department, pair.organisation))
    outcomes = at_once(
        lambda: actions.answer(pair.editor, first, "yes"), lambda: actions.answer(pair.owner, second, "yes")
    )
    assert not [one for one in outcomes if isinstance(one, Exception)]
    introduction.refresh_from_db()
    assert introduction.state == "accepted"


@pytest.mark.django_db(transaction=True)
def test_a_yes_and_a_closing_at_once_leave_one_of_both(kolding: Any) -> None:
    place = make_place(kolding)
    introduction = make_sent(place)
    say(introduction, place, "yes")
    last = asking_of(introduction, place.pair.organisation)
    at_once(
        lambda: actions.answer(place.pair.owner, last, "yes"), lambda: actions.withdraw(place.manager, introduction)
    )
    introduction.refresh_from_db()
    assert introduction.state == "withdrawn", "what was accepted first is closed after, or closed before the yes"
    actions.bring_together(introduction.pk)
    introduction.refresh_from_db()
    assert introduction.meeting is None


@pytest.mark.django_db(transaction=True)
def test_two_who_are_appointed_at_once_are_one(kolding: Any) -> None:
    place = make_place(kolding)
    Appointment.objects.all().delete()
    administrator: Any = make_employee(kolding, "municipality_administrator")
    others: list[Any] = [make_employee(kolding, "community_manager") for _ in range(2)]
    outcomes = at_once(
        *(
            lambda one=one: actions.appoint(administrator, one, place.district, clock.today())  # type: ignore[misc]
            for one in others
        )
    )
    assert [type(one).__name__ for one in outcomes if isinstance(one, Exception)] == ["Refused"]
    assert Appointment.objects.count() == 1


def test_the_database_keeps_what_the_actions_keep(place: Place) -> None:
    introduction = make_sent(place)
    party = introduction.parties.first()
    wrong = (
        lambda: Introduction.objects.update(state="accepted"),
        lambda: Introduction.objects.update(state="concluded", accepted=clock.now(), closed=clock.now()),
        lambda: Introduction.objects.update(state="met", accepted=clock.now()),
        lambda: Introduction.objects.update(state="withdrawn"),
        lambda: introduction.askings.update(answer="yes"),
        lambda: introduction.askings.update(shares_contact=True),
        lambda: IntroducedParty.objects.filter(pk=party.pk).update(person=make_user()),
        lambda: Appointment.objects.create(district=place.district, user=place.pair.editor),
        lambda: Appointment.objects.update(away_from=clock.today()),
    )
    for change in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
