"""What an application lacks is said in plain words, by the rules that it was made under."""

from typing import Any

import pytest

from fyrtaarn.applications import actions, eligibility
from fyrtaarn.applications.eligibility import hindrances
from fyrtaarn.applications.missing import missing_in
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.pools.models import PoolRules, Stage

from .conftest import Round, line, make_draft

pytestmark = pytest.mark.django_db


def said(
    around: Round, *, lines: Any = None, rules: dict[str, Any] | None = None, **fields: Any
) -> list[tuple[str, str]]:
    """What is missing in a draft under changed rules: the step, and the control that mends it."""
    PoolRules.objects.filter(pk=around.call.rules_id).update(**(rules or {}))
    around.call.refresh_from_db()
    draft = make_draft(around.owner, around.organisation, around.call, lines=lines, **fields)
    return [(one.step, one.control) for one in missing_in(type(draft).objects.get(pk=draft.pk))]


def test_nothing_is_missing_in_a_whole_one(round_: Round) -> None:
    assert said(round_) == []


@pytest.mark.parametrize(
    ("fields", "lacks"),
    [
        ({"title": " "}, ("hvad", "id_title")),
        ({"what": ""}, ("hvad", "id_what")),
        ({"for_whom": ""}, ("hvad", "id_for_whom")),
        ({"ends": None}, ("hvad", "id_starts")),
        ({"future_economy": ""}, ("oekonomi", "id_future_economy")),
        ({"aid_declared": False}, ("oekonomi", "id_aid_declared")),
    ],
)
def test_each_field_that_is_needed(round_: Round, fields: dict[str, Any], lacks: tuple[str, str]) -> None:
    assert said(round_, **fields) == [lacks]


@pytest.mark.parametrize(
    ("lines", "rules", "lacks"),
    [
        ([line(0, source="own")], {}, [("budget", "id_lines-0-text")]),
        ([line(999)], {}, [("budget", "")]),
        ([line(1_000)], {}, []),
        ([line(200_000)], {}, []),
        ([line(200_000), line(1, text="Mere")], {}, [("budget", "")]),
        ([line(9_000), line(999, source="own")], {"own_share": 10}, [("budget", "")]),
        ([line(9_000), line(1_000, source="own")], {"own_share": 10}, []),
        ([line(9_000), line(1_000, source="others")], {"own_share": 10}, [("budget", "")]),
        ([line(), line(kind="wages")], {"wages_allowed": False}, [("budget", "id_lines-1-source")]),
        ([line(), line(kind="wages", source="own")], {"wages_allowed": False}, []),
        ([line(), line(0), line(text="")], {}, [("budget", "id_lines-1-oere"), ("budget", "id_lines-2-text")]),
        ([line()], {"aid_regime": "none", "future_economy": False}, []),
    ],
)
def test_the_budget_by_the_rules(
    round_: Round, lines: Any, rules: dict[str, Any], lacks: list[tuple[str, str]]
) -> None:
    assert said(round_, lines=lines, rules=rules) == lacks


def test_who_may_apply(round_: Round, koebenhavn: Any) -> None:
    rules, organisation = round_.call.rules, round_.organisation
    assert hindrances(organisation, rules) == []
    rules.kinds, rules.only_home, rules.cvr_needed = ["association"], True, True
    Organisation.objects.filter(pk=organisation.pk).update(home=koebenhavn)
    organisation.refresh_from_db()
    kinds, home, cvr = (str(one) for one in hindrances(organisation, rules))
    assert "forening" in kinds
    assert "Kolding" in home
    assert "CVR" in cvr


def test_a_stage_comes_after_the_one_before(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    stages = Stage.objects
    first = stages.create(rules=round_.call.rules, number=1, name="Afprøvning", most=20_000_000)
    second = stages.create(rules=round_.call.rules, number=2, name="Udbredelse", most=20_000_000, after_earlier=True)
    assert hindrances(round_.organisation, round_.call.rules, first) == []
    assert len(hindrances(round_.organisation, round_.call.rules, second)) == 1
    begun = actions.begin(round_.owner, round_.call, round_.organisation)
    assert ("hvad", "id_stage") in [(one.step, one.control) for one in missing_in(begun)]
    monkeypatch.setattr(eligibility, "STAGE_COMPLETED", [lambda who, stage: stage == first])
    assert hindrances(round_.organisation, round_.call.rules, second) == []
