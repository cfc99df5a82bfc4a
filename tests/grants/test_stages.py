"""Who has completed a grant of a stage may apply for the next, also when the rules have a new version."""

from typing import Any

import pytest

from fyrtaarn.applications.eligibility import stage_completed
from fyrtaarn.grants.models import Grant
from fyrtaarn.pools.models import PoolRules, Stage

from .conftest import Given, in_days

pytestmark = pytest.mark.django_db


def test_a_stage_is_completed_with_its_grant(given: Given) -> None:
    rules = given.application.rules
    first, second = (Stage.objects.create(rules=rules, number=n, name=f"Trin {n}", most=1_000_000) for n in (1, 2))
    type(given.application).objects.update(stage=first)
    assert not stage_completed(given.organisation, first), "it runs still"
    Grant.objects.update(state="completed", closed=in_days(0))
    assert stage_completed(given.organisation, first)
    assert not stage_completed(given.organisation, second)
    later: Any = PoolRules.objects.create(
        pool=rules.pool, number=rules.number + 1, least=1, most=1_000_000, created_by=given.funding.manager
    )
    assert stage_completed(given.organisation, Stage.objects.create(rules=later, number=1, name="Trin 1", most=1))
