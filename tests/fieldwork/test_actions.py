"""What hosts and guests do, and what they are refused."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import translation

from fyrtaarn.fieldwork import actions
from fyrtaarn.fieldwork.models import FieldworkPeriod, SignedDeclaration, Stay
from fyrtaarn.fieldwork.reminders import lapse_applications
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import ReasonMissing, WrongState, steps_of
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.organisations.models import Membership
from tests.harness.people import make_department, make_employee, make_organisation, make_user

from .conftest import House, begin, make_agreed, make_applied, offer_fields, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Reasons are compared in English."""
    with translation.override("en"):
        yield


def test_an_offer_needs_days_before_it_opens(house: House) -> None:
    offer = actions.draft_offer(house.host, house.department, offer_fields())
    with pytest.raises(Refused, match="Add a period"):
        actions.open_offer(house.host, offer)


def test_only_the_department_runs_its_offers(house: House) -> None:
    stranger: Any = make_employee(house.municipality, "contact_person", make_department(house.municipality, "Andet"))
    for person in (stranger, house.guest):
        with pytest.raises(Refused):
            actions.close_offer(person, house.offer)
        with pytest.raises(Refused):
            actions.draft_offer(person, house.department, offer_fields())


def test_the_second_editor_is_told(house: House) -> None:
    actions.change_offer(house.host, house.offer, offer_fields(title="Nyt"), house.offer.version)
    with pytest.raises(Conflict):
        actions.change_offer(house.host, house.offer, offer_fields(), house.offer.version)


@pytest.mark.parametrize(("days", "places"), [(0, 1), (-1, 1), (5, 0), (5, 51)])
def test_a_period_lies_ahead_and_has_places(house: House, days: int, places: int) -> None:
    starts = clock.today() + timedelta(days=days)
    with pytest.raises(ValidationError):
        actions.add_period(house.host, house.offer, starts=starts, ends=starts + timedelta(days=1), places=places)


def test_a_member_applies_once_and_the_host_is_told(house: House) -> None:
    make_applied(house)
    assert told("applied") == {"Helle Vært"}
    with pytest.raises(Refused, match="already applied"):
        make_applied(house)
    with pytest.raises(Refused, match="belong to the organisation"):
        actions.apply(house.other_guest, house.period, house.organisation, "Derfor.")
    with pytest.raises(Refused, match="so it stays"):
        actions.remove_period(house.host, house.period)


def test_nobody_applies_for_what_is_closed_or_has_begun(house: House) -> None:
    actions.close_offer(house.host, house.offer)
    with pytest.raises(Refused, match="not open"):
        make_applied(house)
    actions.open_offer(house.host, house.offer)
    FieldworkPeriod.objects.update(starts=clock.today())
    with pytest.raises(Refused, match="has begun"):
        make_applied(house)


def test_who_belongs_to_both_lets_a_colleague(house: House) -> None:
    Membership.objects.create(user=house.host, organisation=house.organisation, kind="member")
    with pytest.raises(Refused, match="both"):
        actions.apply(house.host, house.period, house.organisation, "Derfor.")
    with pytest.raises(Refused, match="both"):
        actions.accept(house.host, make_applied(house), "Ja.")


def test_the_host_answers_with_a_reason(house: House) -> None:
    stay = make_applied(house)
    with pytest.raises(ReasonMissing):
        actions.accept(house.host, stay, " ")
    with pytest.raises(Refused):
        actions.accept(house.guest, stay, "Ja.")
    assert actions.decline(house.host, stay, "Vi flytter.").state == "declined"
    assert told("decided") == {"Gerda Gæst"}
    with pytest.raises(WrongState):
        actions.accept(house.host, stay, "Alligevel.")


def test_who_does_not_fit_in_waits_and_moves_up(house: House) -> None:
    first = make_agreed(house)
    waits = actions.apply(house.other_guest, house.period, house.other, "Derfor.")
    waits = actions.accept(house.host, waits, "Gerne.")
    assert (first.state, waits.state) == ("agreed", "waiting")
    assert actions.move_up(house.period.pk) == []
    actions.cancel(house.guest, first, "Vi er syge.")
    assert told("cancelled") == {"Helle Vært"}
    assert actions.move_up(house.period.pk) == [waits]
    waits.refresh_from_db()
    assert (waits.state, waits.place.number) == ("agreed", 1)
    assert "Otto Anden" in told("moved_up")


def test_nobody_overtakes_those_who_wait(house: House) -> None:
    """Until the worker has given a free place to the first who waits, a yes leads to the end of the list."""
    first = make_agreed(house)
    waits = actions.accept(house.host, actions.apply(house.other_guest, house.period, house.other, "Ja."), "Ja.")
    late_guest: Any = make_user("Sene Gæst")
    late: Any = make_organisation(house.municipality, "Haven", owner=late_guest)
    actions.cancel(house.guest, first, "Vi er syge.")
    last = actions.accept(house.host, actions.apply(late_guest, house.period, late, "Os!"), "Ja.")
    assert last.state == "waiting"
    assert actions.move_up(house.period.pk) == [waits]


def test_who_waits_gets_no_place_when_the_days_have_begun(house: House) -> None:
    first = make_agreed(house)
    waits = actions.accept(house.host, actions.apply(house.other_guest, house.period, house.other, "Ja."), "Ja.")
    begin(first)
    actions.cancel(house.guest, first, "Vi er syge.")
    assert actions.move_up(house.period.pk) == []
    waits.refresh_from_db()
    assert waits.state == "waiting"


def test_it_is_too_late_to_answer_when_the_days_have_begun(house: House) -> None:
    stay = begin(make_applied(house))
    for act in (actions.accept, actions.decline):
        with pytest.raises(Refused, match="too late to answer"):
            act(house.host, stay, "Ja.")


def test_what_got_no_place_lapses_and_the_guest_is_told(house: House) -> None:
    applied = make_applied(house)
    assert lapse_applications() == 0
    begin(applied)
    assert lapse_applications() == 1
    applied.refresh_from_db()
    assert (applied.state, told("lapsed")) == ("lapsed", {"Gerda Gæst"})
    assert lapse_applications() == 0
    assert Notice.objects.filter(kind="fieldwork.lapsed").count() == 1


def test_the_host_notes_who_came(house: House) -> None:
    stay = make_agreed(house)
    with pytest.raises(Refused, match="once the stay has begun"):
        actions.note_attendance(house.host, stay, came=True)
    begin(stay)
    with pytest.raises(Refused):
        actions.note_attendance(house.guest, stay, came=True)
    assert actions.note_attendance(house.host, stay, came=False).attended is False
    with pytest.raises(Refused):
        actions.write_learned(house.guest, stay, "Vi var her slet ikke.", agrees=True)
    assert actions.note_attendance(house.host, stay, came=True).attended is True
    with pytest.raises(Refused, match="is over"):
        actions.cancel(house.guest, stay, "Vi kom aldrig.")
    assert [step.name for step in steps_of(stay)] == ["apply", "accept", "stayed away", "came"]


def test_the_host_can_call_it_off(house: House) -> None:
    stay = actions.cancel(house.host, make_agreed(house), "Huset er lukket.")
    assert (stay.state, stay.cancelled_by_host) == ("cancelled", True)
    assert told("cancelled") == {"Gerda Gæst"}
    with pytest.raises(WrongState):
        actions.cancel(house.guest, stay, "Også os.")


def test_the_database_itself_gives_a_place_once(house: House) -> None:
    agreed = make_agreed(house)
    with pytest.raises(IntegrityError, match="one_stay_a_place"), transaction.atomic():
        Stay.objects.create(
            period=house.period, organisation=house.other, guest=house.other_guest, state="agreed", place=agreed.place
        )
    with pytest.raises(IntegrityError, match="agreed_stay_has_place"), transaction.atomic():
        Stay.objects.create(period=house.period, organisation=house.other, guest=house.other_guest, state="agreed")


def test_the_declaration_is_signed_as_it_was_read_and_stands(house: House) -> None:
    stay, colleague = make_agreed(house), make_user("Kollega Gæst")
    Membership.objects.create(user=colleague, organisation=house.organisation, kind="member")  # type: ignore[misc]
    for person in (house.host, colleague):
        with pytest.raises(Refused, match="Only the guest"):
            actions.sign(person, stay, "Et andet navn", house.offer.version)
    changed = actions.change_offer(house.host, house.offer, offer_fields(declaration="Nyt."), house.offer.version)
    with pytest.raises(Refused, match="has been changed"):
        actions.sign(house.guest, stay, "Gerda Gæst", house.offer.version)
    signed = actions.sign(house.guest, stay, "Gerda Gæst", changed.version)
    assert (signed.text, signed.offer_version) == ("Nyt.", changed.version)
    with pytest.raises(WrongState):
        actions.sign(house.guest, stay, "Gerda Gæst", changed.version)
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        SignedDeclaration.objects.update(text="Andet")
