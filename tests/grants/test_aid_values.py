"""Administrators note ceilings and euro rates; what has been decided stands, and typing errors are said."""

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client

from fyrtaarn.foundation.rules import Refused
from fyrtaarn.grants.actions import aid_values as actions
from fyrtaarn.grants.models import AidCeiling, EuroRate
from tests.harness.browser import html_faults
from tests.harness.people import make_employee
from tests.harness.races import at_once

from .conftest import Given, in_days

PLACE = "/kolding/administration/statsstoette/"


@pytest.fixture
def administrator(kolding: Any) -> Any:
    return make_employee(kolding, "municipality_administrator")


@pytest.mark.django_db
def test_a_rate_is_noted_corrected_and_kept_once_it_counts(administrator: Any, kolding: Any, given: Given) -> None:
    counted = EuroRate.objects.get()
    with pytest.raises(Refused, match="so it stands"):
        actions.correct_rate(administrator, kolding, counted, Decimal(747), "Nationalbanken")
    rate = actions.note_rate(administrator, kolding, in_days(-40), Decimal("745.9"), "Nationalbanken")
    assert actions.correct_rate(administrator, kolding, rate, Decimal("745.5"), "Rettet").kroner == Decimal("745.5")
    with pytest.raises(Refused):
        actions.note_rate(given.manager, kolding, in_days(-41), Decimal(746), "Mig")


@pytest.mark.django_db
@pytest.mark.usefixtures("given")
def test_a_ceiling_begins_where_the_one_before_ends(administrator: Any, kolding: Any) -> None:
    first = AidCeiling.objects.get(regime="de_minimis")
    made = actions.note_ceiling(administrator, kolding, "de_minimis", 40_000_000, in_days(10), "Forordning")
    first.refresh_from_db()
    assert (first.valid_to, made.valid_from, made.years, made.valid_to) == (in_days(10), in_days(10), 3, None)


@pytest.mark.django_db
def test_the_pages_take_what_is_right_and_say_what_is_wrong(client: Client, administrator: Any) -> None:
    client.force_login(administrator)
    assert html_faults(client.get(PLACE).content.decode()) == []
    assert PLACE in client.get("/kolding/administration/").content.decode()
    day = in_days(0).isoformat()
    rate = {"day": day, "kroner": "746,03", "source": "Nationalbanken"}
    for faulty in (
        {}, {**rate, "kroner": "7,46"}, {**rate, "kroner": "mange"},
        {**rate, "day": in_days(1).isoformat()}, {**rate, "source": ""}, {**rate, "day": "31.02.2026"},
    ):  # fmt: skip
        answer = client.post(f"{PLACE}kurs/", faulty)
        assert answer.status_code == 422, faulty
        assert html_faults(answer.content.decode()) == []
    assert client.post(f"{PLACE}kurs/", rate).status_code == 302
    assert client.post(f"{PLACE}kurs/", rate).status_code == 422
    made = EuroRate.objects.get()
    assert client.post(f"{PLACE}kurs/{made.day}/", {"kroner": "9", "source": "X"}).status_code == 422
    assert client.post(f"{PLACE}kurs/{made.day}/", {"kroner": "745", "source": "X"}).status_code == 302
    for unknown in ("2020-01-01", "i-gaar", "2026-13-01"):
        assert client.get(f"{PLACE}kurs/{unknown}/").status_code == 404
    ceiling = {"regime": "de_minimis", "cents": "350.000", "valid_from": in_days(9).isoformat(), "source": "Forordning"}
    for faulty in (
        {}, {**ceiling, "regime": "none"}, {**ceiling, "cents": "-1"}, {**ceiling, "cents": "300,500,5"},
        {**ceiling, "valid_from": day},
    ):  # fmt: skip
        assert client.post(f"{PLACE}loft/", faulty).status_code == 422, faulty
    assert client.post(f"{PLACE}loft/", ceiling).status_code == 302
    assert AidCeiling.objects.get(valid_from=in_days(9)).cents == 35_000_000
    assert client.post(f"{PLACE}loft/", ceiling).status_code == 422
    assert html_faults(client.get(PLACE).content.decode()) == []


@pytest.mark.django_db
def test_an_old_rate_is_said(client: Client, administrator: Any) -> None:
    EuroRate.objects.create(day=in_days(-32), kroner=746, source="Nationalbanken")
    client.force_login(administrator)
    assert "Eurokursen er gammel" in client.get(PLACE).content.decode()
    EuroRate.objects.create(day=in_days(0) - timedelta(days=31), kroner=746, source="Nationalbanken")
    assert "Eurokursen er gammel" not in client.get(PLACE).content.decode()


@pytest.mark.django_db
def test_others_do_not_see_it(client: Client, given: Given) -> None:
    for person in (given.manager, given.owner):
        client.force_login(person)
        for page in ("", "kurs/", "loft/"):
            assert client.get(PLACE + page).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_note_a_ceiling_at_once(kolding: Any) -> None:
    person: Any = make_employee(kolding, "municipality_administrator")
    AidCeiling.objects.get_or_create(
        regime="de_minimis", valid_from="2024-01-01", defaults={"cents": 1, "source": "Forordningen"}
    )
    days = (in_days(10), in_days(20))
    at_once(*[lambda day=day: actions.note_ceiling(person, kolding, "de_minimis", 5, day, "F") for day in days])
    found = list(AidCeiling.objects.filter(regime="de_minimis").order_by("valid_from"))
    for earlier, later in pairwise(found):
        assert earlier.valid_to is not None
        assert earlier.valid_to <= later.valid_from
