"""What those who give say themselves: confirmed once for what stands there, told once of each payment."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice
from fyrtaarn.foundation.notices import words_of
from fyrtaarn.foundation.overview import overview_of
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.pools import actions
from fyrtaarn.pools.models import Confirmation, ContributionPart, SentPayment
from fyrtaarn.pools.reminders import remind_of_contributions
from tests.harness.people import make_department, make_employee
from tests.harness.races import at_once

from .making import Pot, make_pot, promise
from .test_views import html_of, sent, signed_in

OWN = "/min/bidrag/"


def told(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=f"pools.{kind}").values_list("recipient__name", flat=True))


def lines_for(person: Any) -> list[str]:
    """What stands in her overview about pools."""
    person.__dict__.pop("current_roles", None)
    return [
        str(item.why)
        for items in overview_of(person).values()
        for item in items
        if item.path == OWN or "/puljer/" in item.path
    ]


@pytest.mark.django_db
def test_the_department_confirms_what_stands_there(pot: Pot) -> None:
    seen = pot.given.version
    assert pot.given.confirmed is None
    actions.confirm(pot.contact, pot.given, seen)
    assert told("confirmed") == {pot.manager.name}
    with pytest.raises(Refused):
        actions.confirm(pot.contact, pot.given, seen)
    actions.correct(pot.manager, pot.given, promise(80_000_00), "Tastefejl")
    pot.given.refresh_from_db()
    assert pot.given.confirmed is None, "what was corrected is confirmed anew"
    with pytest.raises(Refused):
        actions.confirm(pot.contact, pot.given, seen)
    actions.confirm(pot.contact, pot.given, pot.given.version)


@pytest.mark.django_db
def test_only_the_department_speaks_for_itself(pot: Pot, kolding: Any) -> None:
    stranger: Any = make_employee(kolding, "contact_person", make_department(kolding, "Teknik"), name="Tea")
    noted: Any = make_employee(kolding, "department_lead", pot.social.department, name="Leo")
    pot.given.decided_by = noted
    pot.given.save()
    for person in (pot.manager, stranger, noted):
        with pytest.raises(Refused):
            actions.confirm(person, pot.given, pot.given.version)
    with pytest.raises(Refused):
        actions.say_paid(stranger, pot.part, clock.today(), "S1")


@pytest.mark.django_db
def test_a_payment_is_told_of_taken_back_and_noted(pot: Pot) -> None:
    part = pot.part
    ContributionPart.objects.filter(pk=part.pk).update(due=clock.today() - timedelta(days=1))
    actions.say_paid(pot.contact, part, clock.today(), "S1")
    assert told("said_paid") == {pot.manager.name}
    with pytest.raises(Refused):
        actions.say_paid(pot.contact, part, clock.today(), "S2")
    late = Notice.objects.filter(kind="pools.late", params__quarter=part.quarter)
    remind_of_contributions()
    assert not late.exists(), "nobody is pressed for what is said to be paid"
    actions.take_word_back(pot.contact, part)
    remind_of_contributions()
    assert late.exists()
    actions.say_paid(pot.contact, part, clock.today(), "S2")
    actions.note_paid(pot.manager, part, "B1")
    for again in (
        lambda: actions.say_paid(pot.contact, pot.given.parts.get(pk=part.pk), clock.today(), "S3"),
        lambda: actions.take_word_back(pot.contact, pot.given.parts.get(pk=part.pk)),
    ):
        with pytest.raises(Refused):
            again()
    assert SentPayment.objects.get().reference == "S2"


@pytest.mark.django_db
def test_each_side_is_shown_what_waits_for_it(pot: Pot) -> None:
    part = pot.part
    ContributionPart.objects.filter(contribution=pot.given).update(due=clock.today() + timedelta(days=90))
    ContributionPart.objects.filter(pk=part.pk).update(due=clock.today() - timedelta(days=1))
    year = pot.given.year
    with translation.override("da"):
        assert lines_for(pot.contact) == [
            f"Forsinket: {part.quarter}. kvartal {year}",
            f"Bekræft jeres bidrag for {year}",
        ]
        assert lines_for(pot.manager) == [f"Forsinket: {part.quarter}. kvartal {year}"]
        actions.confirm(pot.contact, pot.given, pot.given.version)
        actions.say_paid(pot.contact, part, clock.today(), "S1")
        assert lines_for(pot.contact) == []
        assert lines_for(pot.manager) == [
            f"Har meldt {part.quarter}. kvartal {year} betalt: notér det, når pengene er kommet"
        ]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_pages_of_both_sides(pot: Pot, language: str) -> None:
    client, part = signed_in(pot.contact), pot.part
    html_of(OWN, client, language)
    html_of(f"{OWN}rater/{part.pk}/betalt/", client, language)
    sent(client, f"{OWN}{pot.given.pk}/bekraeft/", {"version": pot.given.version})
    sent(client, f"{OWN}rater/{part.pk}/betalt/", {"day": clock.today().isoformat(), "document": "S1"})
    assert "S1" in html_of(OWN, client, language)
    manager = signed_in(pot.manager)
    here = "/kolding/puljer/puljen-for-social-oekonomi/styring/bidrag/"
    assert pot.contact.name in html_of(here, manager, language)
    assert 'value="S1"' in html_of(f"{here}rater/{part.pk}/betalt/", manager, language)
    sent(client, f"{OWN}rater/{part.pk}/ikke-betalt/", {})
    assert "S1" not in html_of(OWN, client, language)
    for notice in Notice.objects.filter(kind__in=("pools.confirmed", "pools.said_paid")).order_by("pk"):
        with translation.override(language):
            assert str(pot.social) in words_of(notice).title


@pytest.mark.django_db
def test_bad_input_is_told_and_changes_nothing(pot: Pot) -> None:
    client, part = signed_in(pot.contact), pot.part
    tomorrow = clock.today() + timedelta(days=1)
    for bad in (
        {},
        {"day": "i går", "document": "S"},
        {"day": tomorrow.isoformat(), "document": "S"},
        {"day": clock.today().isoformat(), "document": "x" * 201},
    ):
        assert client.post(f"{OWN}rater/{part.pk}/betalt/", bad).status_code == 422
    for version in ("", "x", "0", "99", "9" * 30):
        client.post(f"{OWN}{pot.given.pk}/bekraeft/", {"version": version})
    assert not SentPayment.objects.exists()
    assert not Confirmation.objects.exists()
    for address in (
        f"{OWN}{pot.given.pk}/bekraeft/",
        f"{OWN}rater/{part.pk}/betalt/",
        f"{OWN}rater/{part.pk}/ikke-betalt/",
    ):
        assert signed_in(pot.manager).post(address, {"version": 1}).status_code == 404
        assert Client().post(address).status_code == 302


@pytest.mark.django_db
def test_the_usual_days_follow_the_pool(kolding: Any) -> None:
    pot = make_pot(kolding, due_day="last_day")
    year = pot.given.year
    assert [part.due for part in pot.given.parts.order_by("quarter")] == [
        date(year, 3, 31), date(year, 6, 30), date(year, 9, 30), date(year, 12, 31)
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_two_of_the_department_do_it_at_once(kolding: Any) -> None:
    pot = make_pot(kolding)
    part, lead = pot.part, make_employee(kolding, "department_lead", pot.social.department, name="Leo")
    both: list[Any] = [pot.contact, lead]
    confirming = at_once(*[lambda who=who: actions.confirm(who, pot.given, pot.given.version) for who in both])
    telling = at_once(*[lambda who=who: actions.say_paid(who, part, clock.today(), "S1") for who in both])
    for outcomes in (confirming, telling):
        faults = [one for one in outcomes if isinstance(one, Exception)]
        assert len(faults) == 1
        assert isinstance(faults[0], Refused)
