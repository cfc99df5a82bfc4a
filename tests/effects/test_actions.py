"""A municipality chooses the effects that it wants."""

from typing import Any

import pytest

from fyrtaarn.effects import actions
from fyrtaarn.effects.models import Outcome, WantedEffect
from fyrtaarn.effects.queries import wanted_within
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.topics.models import Theme
from tests.harness.people import make_employee, make_user
from tests.harness.races import at_once

from .conftest import load


def outcome(key: str) -> Outcome:
    return Outcome.objects.get(key=key)


def wanted(municipality: Any) -> list[str]:
    return list(WantedEffect.objects.filter(municipality=municipality).values_list("outcome__key", flat=True))


def test_only_the_difference_is_written(catalogue: None, kolding: Any, koebenhavn: Any, administrator: Any) -> None:
    job, company = outcome("i-arbejde"), outcome("faellesskab")
    actions.choose_wanted(administrator, kolding, seen=[], chosen=[company, job])
    assert wanted(kolding) == ["i-arbejde", "faellesskab"]
    first = WantedEffect.objects.get(outcome=job)
    actions.choose_wanted(administrator, kolding, seen=[job, company], chosen=[job])
    assert wanted(kolding) == ["i-arbejde"]
    assert WantedEffect.objects.get() == first
    assert wanted(koebenhavn) == []


def test_others_are_refused(catalogue: None, kolding: Any, koebenhavn: Any) -> None:
    for person in (make_user(), make_employee(koebenhavn, "municipality_administrator")):
        with pytest.raises(Refused):
            actions.choose_wanted(person, kolding, seen=[], chosen=[outcome("i-arbejde")])
    assert wanted(kolding) == []


@pytest.mark.django_db(transaction=True)
def test_two_who_choose_at_once_both_get_their_way(kolding: Any, administrator: Any) -> None:
    load()
    job, company, life = outcome("i-arbejde"), outcome("faellesskab"), outcome("lokalt-liv")
    actions.choose_wanted(administrator, kolding, seen=[], chosen=[job])
    at_once(
        lambda: actions.choose_wanted(administrator, kolding, seen=[job], chosen=[company]),
        lambda: actions.choose_wanted(administrator, kolding, seen=[job], chosen=[job, company, life]),
    )
    assert sorted(wanted(kolding)) == ["faellesskab", "lokalt-liv"]


def test_what_is_wanted_shows_where_it_has_to_do_with_the_themes(
    catalogue: None, kolding: Any, administrator: Any
) -> None:
    chosen = [outcome("i-arbejde"), outcome("genbrug-og-mad")]
    actions.choose_wanted(administrator, kolding, seen=[], chosen=chosen)
    food = Theme.objects.filter(slug="mad-og-madspild")
    assert [one.outcome.key for one in wanted_within(kolding, food)] == ["genbrug-og-mad"]
    assert list(wanted_within(kolding, Theme.objects.none())) == []
