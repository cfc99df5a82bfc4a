"""State aid: all of one undertaking, in both directions and all municipalities, in three rolling years, never twice."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from fyrtaarn.applications.models import DeclaredAid, LinkedEnterprise
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.grants.aid import AboveCeiling, AidPart, check, not_known, room_for
from fyrtaarn.grants.models import AidAward, AidCeiling, EuroRate, Grant
from tests.harness.people import make_organisation, make_user

from .conftest import THOUSAND, Funding, give, in_days, make_application, make_funding, make_given

pytestmark = pytest.mark.django_db
PARTS = st.builds(
    AidPart,
    st.dates(date(2024, 1, 1), date(2024, 1, 3)),
    st.sampled_from((100, 10_000, 10_050, 20_000)),
    st.sampled_from(("1", "2")),
    st.just(True),
)


@pytest.fixture
def small_ceiling(funding: Funding) -> None:
    """A ceiling of 20,000 euro, so that small grants reach it."""
    AidCeiling.objects.filter(regime="de_minimis").update(cents=2_000_000)


def applied(funding: Funding, name: str, cvr: str, oere: int = 100 * THOUSAND) -> Any:
    owner = make_user(name)
    return make_application(funding, make_organisation(funding.municipality, name, owner=owner, cvr=cvr), owner, oere)


def declare(application: Any, cents: int, day: date, cvr: str, regime: str = "de_minimis") -> None:
    DeclaredAid.objects.create(application=application, cvr=cvr, giver="En fond", day=day, cents=cents, regime=regime)


def test_a_grant_that_would_cross_the_ceiling_is_stopped_with_each_part(funding: Funding, small_ceiling: Any) -> None:
    earlier = make_given(funding, cvr="10000009")
    declare(
        application := make_application(funding, earlier.organisation, earlier.owner, 1),
        500_000,
        in_days(-5),
        "10000009",
    )
    with pytest.raises(AboveCeiling) as fault:
        check(application, 100 * THOUSAND, in_days(0))
    assert [(part.cents, part.here) for part in fault.value.room.parts] == [(500_000, False), (1_340_483, True)]
    assert "EUR 13,404.83" in str(fault.value.reason)
    assert "at most EUR 1,595.17 is left" in str(fault.value.reason)
    allowed = check(application, 11 * THOUSAND, in_days(0))
    assert allowed is not None
    assert allowed.cents == 147_453


def test_nothing_is_granted_above_the_ceiling(funding: Funding, small_ceiling: Any) -> None:
    first = make_given(funding)
    with pytest.raises(AboveCeiling):
        give(funding, first.organisation, first.owner)
    assert Grant.objects.count() == AidAward.objects.count() == 1
    assert first.balance("free", "") == 900 * THOUSAND


def test_linked_enterprises_count_both_ways_and_all_the_way(funding: Funding, koebenhavn: Any) -> None:
    elsewhere = make_funding(koebenhavn)
    a, c = applied(funding, "A", "10000001"), applied(elsewhere, "C", "10000003")
    LinkedEnterprise.objects.create(application=a, cvr="10000002", name="B")
    LinkedEnterprise.objects.create(application=c, cvr="10000002", name="B")
    draft = applied(funding, "D", "10000004")
    type(draft).objects.filter(pk=draft.pk).update(state="draft", sent=None)
    LinkedEnterprise.objects.create(application=draft, cvr="10000001", name="A")
    award = give(elsewhere, c.organisation, c.contact)
    room = room_for(a.organisation, "de_minimis", in_days(0), application=a)
    assert room.undertaking == ("10000001", "10000002", "10000003")
    assert [part.cents for part in room.parts] == [award.grant.aid.cents]
    assert room.left == 30_000_000 - award.grant.aid.cents


def test_aid_older_than_three_years_does_not_count(funding: Funding) -> None:
    application = applied(funding, "A", "10000001")
    today = in_days(0)
    declare(application, 100, today.replace(year=today.year - 3), "10000001")
    declare(application, 200, today.replace(year=today.year - 3) + timedelta(days=1), "10000001")
    declare(application, 400, today, "10000001", regime="sgei_de_minimis")
    assert room_for(application.organisation, "de_minimis", today, application=application).used == 200
    assert room_for(application.organisation, "sgei_de_minimis", today, application=application).used == 600


def test_what_is_declared_and_known_here_counts_once(funding: Funding) -> None:
    earlier = make_given(funding, cvr="10000001")
    application = make_application(funding, earlier.organisation, earlier.owner, 1)
    declare(application, earlier.grant.aid.cents + 500, in_days(0), "10000001")
    declare(application, 300, in_days(0), "10000001")
    room = room_for(earlier.organisation, "de_minimis", in_days(0), application=application)
    assert room.used == earlier.grant.aid.cents + 300


@hypothesis_given(st.lists(PARTS, max_size=6), st.lists(PARTS, max_size=6))
def test_each_award_stands_for_one_declared_piece_at_most(declared: list[AidPart], here: list[AidPart]) -> None:
    left = not_known(declared, here)
    assert len(declared) - len(left) <= len(here)
    assert not_known(declared, []) == declared
    assert not_known(here, here) == []
    assert sum(part.cents for part in left) <= sum(part.cents for part in declared)


def test_what_cannot_be_counted_is_said(funding: Funding, kolding: Any) -> None:
    application = applied(funding, "A", "10000001")
    without = make_application(funding, make_organisation(kolding, "Uden"), application.contact, 1)
    with pytest.raises(Refused, match="CVR number"):
        check(without, 1, in_days(0))
    with pytest.raises(Refused, match="euro rate"):
        check(application, 1, in_days(-1))
    with pytest.raises(Refused, match="No ceiling"):
        check(application, 1, date(2023, 12, 31))
    EuroRate.objects.create(day=in_days(-40), kroner="745", source="Eksempel")
    old = check(application, 1, in_days(-1))
    assert old is not None
    assert old.rate_is_old
    assert not check(application, 1, in_days(0)).rate_is_old  # type: ignore[union-attr]


def test_rules_without_state_aid_count_nothing(kolding: Any) -> None:
    given = make_given(make_funding(kolding, aid_regime="none"))
    assert not AidAward.objects.filter(grant=given.grant).exists()
