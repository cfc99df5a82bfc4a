"""What two may do at once: one of them is refused, and no krone is counted twice."""

from typing import Any

import pytest

from fyrtaarn.foundation.rules import Refused
from fyrtaarn.grants.actions import changes, grants, instalments, reports
from fyrtaarn.grants.actions.grants import PlannedPart, open_grant
from fyrtaarn.grants.models import AidCeiling, Grant
from fyrtaarn.ledger.models import Entry
from tests.harness.races import at_once

from .conftest import THOUSAND, in_days, make_application, make_decision, make_funding, make_given, reported

pytestmark = pytest.mark.django_db(transaction=True)


def refused(outcomes: list[Any]) -> int:
    assert not [one for one in outcomes if isinstance(one, Exception) and not isinstance(one, Refused)], outcomes
    return len([one for one in outcomes if isinstance(one, Refused)])


@pytest.fixture
def given(kolding: Any) -> Any:
    return make_given(make_funding(kolding))


def test_an_instalment_is_approved_once(given: Any) -> None:
    first = given.instalments()[0]
    assert refused(at_once(*[lambda: instalments.approve(given.manager, first)] * 3)) == 2
    assert given.balance("payable") == 80 * THOUSAND


def test_an_instalment_is_paid_once(given: Any) -> None:
    first = instalments.approve(given.manager, given.instalments()[0])
    pay = lambda: instalments.note_paid(given.manager, first, in_days(0), "U")  # noqa: E731
    assert refused(at_once(pay, pay, pay)) == 2
    assert (given.balance("payable"), given.balance("cash", "")) == (0, 920 * THOUSAND)
    assert Entry.objects.filter(reason="paid_out").count() == 1


def test_approved_while_the_grant_is_ended(given: Any) -> None:
    first = given.instalments()[0]
    outcomes = at_once(
        lambda: instalments.approve(given.manager, first),
        lambda: grants.end_early(given.manager, given.grant, "Stop."),
    )
    assert refused(outcomes) == 1
    given.grant.refresh_from_db()
    expected = (0, 0) if given.grant.state == "ended" else (20 * THOUSAND, 80 * THOUSAND)
    assert (given.balance("grant"), given.balance("payable")) == expected


def test_two_plans_at_once_are_one_plan(given: Any) -> None:
    plans = [[PlannedPart(60 * THOUSAND, in_days(1))], [PlannedPart(50 * THOUSAND, in_days(1))] * 2]
    outcomes = at_once(*[lambda plan=plan: grants.plan(given.manager, given.grant, plan) for plan in plans])
    assert refused(outcomes) == 0
    assert [one.oere for one in given.instalments()] in ([60 * THOUSAND], [50 * THOUSAND] * 2)


def test_money_is_asked_back_once(given: Any) -> None:
    instalments.note_paid(given.manager, instalments.approve(given.manager, given.instalments()[0]), in_days(0), "")
    ask = lambda: changes.demand(given.manager, given.grant, 50 * THOUSAND, "Ikke brugt.", in_days(3))  # noqa: E731
    assert refused(at_once(ask, ask)) == 1
    assert given.balance("claim") == 50 * THOUSAND


def test_a_report_is_approved_or_sent_back(given: Any) -> None:
    report = reported(given)
    outcomes = at_once(
        lambda: reports.approve(given.manager, report, share=True),
        lambda: reports.send_back(given.manager, report, "Mere."),
    )
    assert refused(outcomes) == 1


def test_two_grants_at_once_never_cross_the_ceiling_together(given: Any) -> None:
    AidCeiling.objects.filter(regime="de_minimis").update(cents=3_000_000)  # room for one more of 100,000 kroner
    funding, decisions = given.funding, []
    for _number in range(2):
        application = make_application(funding, given.organisation, given.owner, 100 * THOUSAND)
        decisions.append(make_decision(application, given.manager, 100 * THOUSAND))
    outcomes = at_once(*[lambda one=one: open_grant(one, by=given.manager) for one in decisions])
    assert refused(outcomes) == 1
    assert Grant.objects.count() == 2


def test_the_last_money_of_a_pool_is_granted_once(koebenhavn: Any, given: Any) -> None:
    funding, decisions = make_funding(koebenhavn, 150 * THOUSAND, aid_regime="none"), []
    for _number in range(2):
        application = make_application(funding, given.organisation, given.owner, 100 * THOUSAND)
        decisions.append(make_decision(application, funding.manager, 100 * THOUSAND))
    outcomes = at_once(*[lambda one=one: open_grant(one, by=funding.manager) for one in decisions])
    assert refused(outcomes) == 1
    assert funding.pool.book.accounts.get(kind="free", key="").balance == 50 * THOUSAND
