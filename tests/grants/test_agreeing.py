"""The agreement on a grant is made with it, moves with it and ends with it; both sides see it."""

from typing import Any

import pytest
from django.test import Client

from fyrtaarn.agreements import actions as agreements
from fyrtaarn.agreements.models import Agreement
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.grants import agreeing
from fyrtaarn.grants.actions import changes, grants, instalments, reports
from tests.harness.browser import html_faults
from tests.harness.people import make_department

from .conftest import Funding, Given, in_days, make_given, reported
from .deciding.conftest import Matter, proposed
from .deciding.conftest import matter as matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def given(funding: Funding, kolding: Any) -> Given:
    """A grant of a pool that a department feeds."""
    from fyrtaarn.pools.models import Contributor

    Contributor.objects.create(pool=funding.pool, department=make_department(kolding))
    return make_given(funding)


def test_it_is_in_force_with_a_yes_of_each_side(given: Given) -> None:
    agreement = given.grant.agreement
    assert (agreement.kind, agreement.state, agreement.public) == ("grant", "active", False)
    assert (agreement.promised_effect, agreement.ends) == ("Flere i arbejde: 5", given.grant.ends)
    wording = agreement.wordings.get()
    assert {one.by for one in wording.acceptances.all()} == {given.manager, given.owner}
    with pytest.raises(Refused, match="follows its grant"):
        agreements.end(given.owner, agreement, {"worked": "A", "did_not_work": "B", "next_time": "C"})
    for person in (given.owner, given.manager):
        client = Client()
        client.force_login(person)
        page = client.get(f"/samarbejder/{agreement.pk}/").content.decode()
        assert html_faults(page) == []
        assert f"/min/bevillinger/{given.grant.pk}/" in page
        assert "/afslut/" not in page
        assert f"/samarbejder/{agreement.pk}/" in client.get(f"/min/bevillinger/{given.grant.pk}/").content.decode()


def test_where_no_department_gives_there_is_none(funding: Funding) -> None:
    assert make_given(funding).grant.agreement is None


def test_another_period_is_another_wording(given: Given) -> None:
    change = changes.ask_change(given.owner, given.grant, "Vi blev forsinket.", in_days(300))
    changes.answer_change(given.manager, change, agree=True, answer="Ja.")
    for _again in range(2):
        agreeing.bring_up_to_date(given.grant.pk)
    agreement = given.grant.agreement
    agreement.refresh_from_db()
    assert agreement.ends == in_days(300)
    states = list(agreement.wordings.order_by("number").values_list("state", "reason"))
    assert states == [("replaced", ""), ("in_force", "Vi blev forsinket.")]
    assert {one.by for one in agreement.wordings.get(number=2).acceptances.all()} == {given.manager, given.owner}


def test_it_is_completed_with_what_was_learned(given: Given) -> None:
    for instalment in given.instalments():
        if instalment.after_report:
            instalments.drop(given.manager, instalment, "Ikke nødvendig.")
    reports.approve(given.manager, reported(given), share=False)
    grants.complete(given.manager, given.grant)
    for _again in range(2):
        agreeing.bring_up_to_date(given.grant.pk)
    agreement = given.grant.agreement
    agreement.refresh_from_db()
    assert (agreement.state, agreement.worked, agreement.next_time) == (
        "completed",
        "Det gik godt.",
        "Begynd i det små.",
    )
    assert agreement.did_not_work == "–"


def test_it_ends_with_a_grant_that_is_ended_early(given: Given) -> None:
    grants.end_early(given.manager, given.grant, "De lukker.")
    agreeing.bring_up_to_date(given.grant.pk)
    agreement = given.grant.agreement
    agreement.refresh_from_db()
    assert (agreement.state, agreement.did_not_work) == ("ended", "De lukker.")


def test_who_says_the_last_yes_on_the_page_makes_the_agreement(client: Client, matter: Matter) -> None:
    decision = proposed(matter, outcome="granted", oere=matter.application.asked)
    client.force_login(matter.decider)
    address = f"/kolding/afgoerelser/{decision.pk}/ja/"
    assert client.post(address, {"version": decision.version}).status_code == 302
    agreement = Agreement.objects.get(grant__decision=decision)
    assert (agreement.state, agreement.parties.count()) == ("active", 2)
    assert {str(party.contact) for party in agreement.parties.all()} == {"Dorte Direktør", "Olga Ejer"}
