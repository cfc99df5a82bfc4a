"""A grant from the decision to its end: the money moves in the books, both sides are told, nobody does the other's part."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import ReasonMissing, WrongState
from fyrtaarn.grants.actions import changes, grants, instalments, reports
from fyrtaarn.grants.actions.grants import PlannedPart
from fyrtaarn.grants.models import Grant, Instalment
from fyrtaarn.ledger.rules import NotEnough
from tests.harness.people import make_organisation, make_user

from .conftest import (
    THOUSAND,
    Funding,
    Given,
    in_days,
    make_application,
    make_decision,
    make_funding,
    make_given,
    reported,
    told,
)

pytestmark = pytest.mark.django_db


def paid(given: Given, instalment: Any) -> Any:
    approved = instalments.approve(given.manager, instalment)
    return instalments.note_paid(given.manager, approved, in_days(0), "UDB-1")


def test_a_decision_opens_a_grant_with_its_money_aid_plan_and_report(given: Given) -> None:
    grant = given.grant
    assert (grant.oere, grant.state, grant.organisation) == (100 * THOUSAND, "active", given.organisation)
    assert given.balance("grant") == 100 * THOUSAND
    assert given.balance("free", "") == 900 * THOUSAND
    assert [(one.oere, one.after_report) for one in given.instalments()] == [
        (80 * THOUSAND, False),
        (20 * THOUSAND, True),
    ]
    assert grant.aid.cents == 1_340_483  # 100.000 kr. at 746 kroner for 100 euro
    assert grant.reports.get().due == in_days(260)


def test_the_calls_own_money_is_taken_first(kolding: Any) -> None:
    from fyrtaarn.ledger import actions as ledger
    from fyrtaarn.ledger import movements
    from fyrtaarn.ledger.models import Reason

    funding = make_funding(kolding)
    key = funding.call.key
    ledger.open_round(funding.pool.book, key, "Forår")
    ledger.post(funding.pool.book, movements.set_aside(key, 60 * THOUSAND), reason=Reason.SET_ASIDE, text="A", by=None)
    given = make_given(funding)
    assert (given.balance("round", key), given.balance("grant")) == (0, 100 * THOUSAND)
    assert given.balance("free", "") == 900 * THOUSAND


def test_more_than_the_pool_has_is_not_granted(kolding: Any) -> None:
    funding = make_funding(kolding, 50 * THOUSAND)
    with pytest.raises(NotEnough):
        make_given(funding)
    assert not Grant.objects.exists()


def test_an_instalment_is_asked_for_approved_and_paid(given: Given) -> None:
    parts = [
        PlannedPart(30 * THOUSAND, in_days(5), "Lejekontrakten er skrevet under"),
        PlannedPart(70 * THOUSAND, in_days(9)),
    ]
    grants.plan(given.manager, given.grant, parts)
    first, second = given.instalments()
    with pytest.raises(Refused, match="condition"):
        instalments.approve(given.manager, first)
    with pytest.raises(ReasonMissing):
        instalments.ask(given.owner, first, " ")
    instalments.ask(given.owner, first, "Her er kontrakten.")
    assert told("asked") == {"Frida Puljebestyrer"}
    paid(given, first)
    first.refresh_from_db()
    assert (first.state, first.reference, first.approved_by) == ("paid", "UDB-1", given.manager)
    assert (given.balance("grant"), given.balance("payable")) == (70 * THOUSAND, 0)
    assert given.balance("cash", "") == 970 * THOUSAND
    assert told("paid") == told("approved") == {"Ida Iværksætter"}
    with pytest.raises(Refused, match="stands"):
        grants.plan(given.manager, given.grant, [PlannedPart(10, in_days(1))])
    instalments.send_back(given.manager, instalments.ask(given.owner, second, ""), "Fortæl mere.")
    second.refresh_from_db()
    assert second.state == "planned"


def test_a_payment_that_comes_back_is_to_be_paid_still(given: Given) -> None:
    first = paid(given, given.instalments()[0])
    failed = instalments.note_failed(given.manager, first, "Forkert konto.")
    assert (failed.state, failed.paid, failed.file) == ("approved", None, None)
    assert (given.balance("payable"), given.balance("cash", "")) == (80 * THOUSAND, 1000 * THOUSAND)
    back = instalments.take_back(given.manager, failed, "Vi venter.")
    assert (back.state, given.balance("payable"), given.balance("grant")) == ("planned", 0, 100 * THOUSAND)


def test_a_plan_is_never_more_than_the_grant(given: Given) -> None:
    with pytest.raises(Refused, match="more than the grant"):
        grants.plan(given.manager, given.grant, [PlannedPart(100 * THOUSAND, in_days(1)), PlannedPart(1, in_days(2))])
    with transaction.atomic():
        added = Instalment.objects.create(grant=given.grant, number=9, oere=1, due=in_days(1))
        with pytest.raises(IntegrityError, match="more than the grant"), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)
    assert not Instalment.objects.filter(pk=added.pk).exists()
    with pytest.raises(IntegrityError, match="not changed"), transaction.atomic():
        Grant.objects.filter(pk=given.grant.pk).update(oere=1)
    assert sum(one.oere for one in given.instalments()) == given.grant.oere


def test_the_last_report_completes_the_grant_and_frees_the_rest(given: Given) -> None:
    first, last = given.instalments()
    paid(given, first)
    with pytest.raises(Refused, match="last report"):
        instalments.approve(given.manager, last)
    report = reported(given)
    assert told("report_sent") == {"Frida Puljebestyrer"}
    back = reports.send_back(given.manager, report, "Skriv mere.")
    assert (back.state, back.returned_because) == ("returned", "Skriv mere.")
    report = reports.approve(given.manager, reports.send(given.owner, back), share=True)
    given.grant.refresh_from_db()
    assert (given.grant.state, given.grant.experience) == ("active", "Begynd i det små.")
    paid(given, last)
    given.grant.refresh_from_db()
    assert (given.grant.state, given.grant.closed) == ("completed", in_days(0))
    assert told("closed") == {"Ida Iværksætter"}
    assert [spent.oere for spent in report.spent.all()] == [1000]
    assert report.results.get().text == "4 i arbejde"


def test_what_was_learned_is_public_only_where_both_want_it(funding: Funding) -> None:
    for number, (shared, share) in enumerate(((True, False), (False, True))):
        given = make_given(funding, 10 * THOUSAND, name=f"Hus {number}", cvr=f"2000000{number}")
        reports.approve(given.manager, reported(given, shared=shared), share=share)
        given.grant.refresh_from_db()
        assert given.grant.experience == ""


def test_a_report_must_be_written_and_is_saved_against_what_was_read(given: Given) -> None:
    from fyrtaarn.foundation.versions import Conflict

    report = given.grant.reports.get()
    with pytest.raises(Refused, match="Write how it went"):
        reports.send(given.owner, report)
    fields = {"text": "A", "worse": "", "experience": "", "shared": False}
    reports.write(given.owner, report, fields, {}, {}, report.version)
    with pytest.raises(Conflict):
        reports.write(given.owner, report, fields, {}, {}, report.version)
    with pytest.raises(Refused, match="belong to the recipient"):
        reports.send(given.manager, report)


def test_a_grant_ended_early_lets_the_rest_go(given: Given) -> None:
    first, _last = given.instalments()
    instalments.approve(given.manager, first)
    with pytest.raises(Refused, match="on its way"):
        grants.end_early(given.manager, given.grant, "Stop.")
    instalments.note_paid(given.manager, first, in_days(0), "")
    with pytest.raises(ReasonMissing):
        grants.end_early(given.manager, given.grant, " ")
    ended = grants.end_early(given.manager, given.grant, "Organisationen lukker.")
    assert (ended.state, given.balance("grant"), given.balance("free", "")) == ("ended", 0, 920 * THOUSAND)
    assert [one.state for one in given.instalments()] == ["paid", "dropped"]
    with pytest.raises(WrongState):
        instalments.ask(given.owner, given.instalments()[1], "Alligevel?")
    with pytest.raises(Refused, match="closed"):
        changes.ask_change(given.owner, given.grant, "Alligevel?", None)


def test_a_change_of_period_moves_the_end_and_the_report(given: Given) -> None:
    change = changes.ask_change(given.owner, given.grant, "Vi blev forsinket.", in_days(300))
    with pytest.raises(Refused, match="already"):
        changes.ask_change(given.owner, given.grant, "Mere.", None)
    changes.answer_change(given.manager, change, agree=True, answer="Ja.")
    given.grant.refresh_from_db()
    assert (given.grant.ends, given.grant.reports.get().due) == (in_days(300), in_days(360))
    assert told("change_asked") == {"Frida Puljebestyrer"}
    assert told("change_answered") == {"Ida Iværksætter"}
    second = changes.ask_change(given.owner, given.grant, "Andet.", None)
    with pytest.raises(ReasonMissing):
        changes.answer_change(given.manager, second, agree=False, answer="")
    assert changes.withdraw_change(given.owner, second).state == "withdrawn"


def test_money_comes_back_or_is_waived(given: Given) -> None:
    with pytest.raises(Refused, match="At most"):
        changes.demand(given.manager, given.grant, 1, "Ikke brugt.", in_days(14))
    paid(given, given.instalments()[0])
    first = changes.demand(given.manager, given.grant, 50 * THOUSAND, "Ikke brugt.", in_days(14))
    assert (given.balance("claim"), given.balance("claimed", "")) == (50 * THOUSAND, 50 * THOUSAND)
    with pytest.raises(Refused, match="At most"):
        changes.demand(given.manager, given.grant, 31 * THOUSAND, "Mere.", in_days(14))
    changes.note_demand_paid(given.manager, first, in_days(0), "IND-1")
    assert given.balance("free", "") == 950 * THOUSAND
    second = changes.demand(given.manager, given.grant, 30 * THOUSAND, "Resten.", in_days(14))
    with pytest.raises(ReasonMissing):
        changes.waive(given.manager, second, " ")
    changes.waive(given.manager, second, "De har ikke pengene.")
    assert (given.balance("claim"), given.balance("free", "")) == (0, 950 * THOUSAND)
    with pytest.raises(WrongState):
        changes.note_demand_paid(given.manager, second, in_days(0), "")


def test_nobody_does_the_other_sides_part(given: Given, kolding: Any) -> None:
    from fyrtaarn.organisations.models import Membership

    first = given.instalments()[0]
    for stranger in (
        make_user("Fremmed"),
        make_organisation(kolding, "Andre", owner=make_user()).memberships.get().user,
    ):  # type: ignore[attr-defined]
        with pytest.raises(Refused):
            instalments.ask(stranger, first, "Mig.")
        with pytest.raises(Refused):
            instalments.approve(stranger, first)
    with pytest.raises(Refused):
        instalments.approve(given.owner, first)
    with pytest.raises(Refused):
        instalments.ask(given.manager, first, "Mig.")
    Membership.objects.create(user=given.manager, organisation=given.organisation, kind="member")
    del given.manager.current_memberships
    with pytest.raises(Refused, match="colleague"):
        instalments.approve(given.manager, first)
    assert make_decision(make_application(given.funding, given.organisation, given.owner, 1), given.manager, 1).pk
