"""A plan: begun once, written by those whom it is about, at most five outcomes, and nothing lost."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from fyrtaarn.effects import actions
from fyrtaarn.effects.models import Indicator, Outcome, Plan, PlannedIndicator, PlannedOutcome
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.listings.models import Listing
from tests.harness.people import make_organisation, make_user
from tests.harness.races import at_once
from tests.portal.conftest import make_solution

from .conftest import load
from .test_loading import ship

SOON = clock.today() + timedelta(days=200)
TARGET = {"target": Decimal(40), "target_by": SOON, "collector": "Værkstedet"}


@pytest.fixture
def owner(db: None) -> Any:
    return make_user("Olga Ejer")


@pytest.fixture
def organisation(kolding: Any, owner: Any) -> Any:
    return make_organisation(kolding, "Cykelværkstedet", owner=owner, what="Vi reparerer cykler.", for_whom="Unge.")


@pytest.fixture
def plan(catalogue: None, owner: Any, organisation: Any) -> Plan:
    return actions.begin(owner, organisation)


def outcomes(*keys: str) -> list[Outcome]:
    return list(Outcome.objects.filter(key__in=keys))


def planned(owner: Any, plan: Plan, key: str = "repareret", **values: Any) -> PlannedIndicator:
    indicator = Indicator.objects.select_related("current", "outcome").get(key=key)
    if not plan.outcomes.filter(outcome=indicator.outcome).exists():
        plan = actions.choose_outcomes(owner, plan, [indicator.outcome], plan.version)
    return actions.plan_indicator(owner, plan, indicator, {**TARGET, **values}, plan.version)


def test_a_plan_begins_with_what_was_told_already_and_only_once(plan: Plan, owner: Any, organisation: Any) -> None:
    assert (plan.does, plan.for_whom, plan.title) == ("Vi reparerer cykler.", "Unge.", "Cykelværkstedet")
    assert actions.begin(owner, organisation) == plan


def test_a_solution_has_a_plan_of_its_own(plan: Plan, owner: Any, organisation: Any) -> None:
    solution = make_solution(owner, organisation, published=True)
    listing = Listing.objects.get(kind="solution", subject_id=solution.pk)
    second = actions.begin(owner, listing)
    assert second != plan
    assert second.does == solution.what
    assert second.title == solution.title


def test_others_neither_begin_nor_write(plan: Plan, organisation: Any, kolding: Any) -> None:
    other = make_user()
    make_organisation(kolding, "En anden", owner=other)
    with pytest.raises(Refused):
        actions.begin(other, organisation)
    with pytest.raises(Refused):
        actions.write(other, plan, {"does": "Mit"}, plan.version)
    with pytest.raises(Refused):
        actions.choose_outcomes(other, plan, [], plan.version)


def test_at_most_five_outcomes(plan: Plan, owner: Any) -> None:
    every = list(Outcome.objects.order_by("place"))
    with pytest.raises(Refused):
        actions.choose_outcomes(owner, plan, every[:6], plan.version)
    plan = actions.choose_outcomes(owner, plan, every[:5], plan.version)
    plan = actions.choose_outcomes(owner, plan, every[2:7], plan.version)
    assert list(plan.outcomes.order_by("outcome__place").values_list("outcome__place", flat=True)) == [3, 4, 5, 6, 7]
    assert sorted(plan.outcomes.values_list("place", flat=True)) == [1, 2, 3, 4, 5]
    with pytest.raises(IntegrityError), transaction.atomic():
        PlannedOutcome.objects.create(plan=plan, outcome=every[9], place=6)


def test_an_outcome_with_indicators_is_not_lost_by_a_click(plan: Plan, owner: Any) -> None:
    one = planned(owner, plan)
    plan.refresh_from_db()
    with pytest.raises(Refused, match="indikatorer"):
        actions.choose_outcomes(owner, plan, outcomes("i-arbejde"), plan.version)
    plan = actions.remove_indicator(owner, one)
    actions.choose_outcomes(owner, plan, outcomes("i-arbejde"), plan.version)
    assert [row.outcome.key for row in plan.outcomes.select_related("outcome")] == ["i-arbejde"]


def test_what_was_planned_keeps_its_version(plan: Plan, owner: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    one = planned(owner, plan)
    ship(monkeypatch, "repareret", number=2, name_da="Ting, vi har reddet")
    plan.refresh_from_db()
    again = planned(owner, plan, target=Decimal(50))
    assert again.pk == one.pk
    assert (again.as_of.number, again.target) == (1, 50)
    ship(monkeypatch, "repareret", number=0)
    plan.refresh_from_db()
    planned(owner, plan, target=Decimal(60))  # what is planned can be followed to its end
    plan = actions.remove_indicator(owner, again)
    with pytest.raises(Refused):
        planned(owner, plan)


def test_who_is_overtaken_is_told(plan: Plan, owner: Any) -> None:
    actions.write(owner, plan, {"does": "Nyt"}, plan.version)
    for late in (
        lambda: actions.write(owner, plan, {"does": "Gammelt"}, plan.version),
        lambda: actions.choose_outcomes(owner, plan, outcomes("i-arbejde"), plan.version),
    ):
        with pytest.raises(Conflict):
            late()


def test_a_plan_is_about_one_thing(plan: Plan, owner: Any, organisation: Any) -> None:
    listing = Listing.objects.filter(organisation=organisation).first() or Listing.objects.get(
        kind="solution", subject_id=make_solution(owner, organisation, published=True).pk
    )
    for about in ({}, {"organisation": make_organisation(organisation.home), "offer": listing}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Plan.objects.create(created_by=owner, **about)


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_or_choose_at_once_make_one_plan(owner: Any, organisation: Any) -> None:
    load()
    first, second = at_once(lambda: actions.begin(owner, organisation), lambda: actions.begin(owner, organisation))
    assert first == second
    assert Plan.objects.count() == 1
    chosen = at_once(
        lambda: actions.choose_outcomes(owner, first, outcomes("i-arbejde"), first.version),
        lambda: actions.choose_outcomes(owner, first, outcomes("trivsel"), first.version),
    )
    assert sorted(isinstance(one, Conflict) for one in chosen) == [False, True]
    assert first.outcomes.count() == 1


# the pages


@pytest.fixture
def signed_in(client: Client, owner: Any) -> Client:
    client.force_login(owner)
    return client


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, response.content[:500]
    return response.content.decode()


def test_from_nothing_to_a_whole_plan(signed_in: Client, catalogue: None, organisation: Any) -> None:
    assert "Cykelværkstedet" in page(signed_in, "/min/effekt/")
    begun = signed_in.post("/min/effekt/ny/", {"kind": "organisation", "subject": organisation.pk})
    plan = Plan.objects.get()
    assert begun.headers["Location"] == f"{plan.path}hvad/"
    assert "Vælg, hvad der skal blive anderledes" in page(signed_in, plan.path)
    onwards = signed_in.post(
        f"{plan.path}hvad/", {"does": "Vi reparerer cykler.", "for_whom": "Unge", "version": plan.version}
    )
    assert onwards.headers["Location"] == f"{plan.path}virkninger/"
    choices = page(signed_in, f"{plan.path}virkninger/")
    assert choices.index("Genbrug og mindre spild") < choices.index("En sund økonomi")
    plan.refresh_from_db()
    reuse = outcomes("genbrug-og-mad")[0]
    signed_in.post(f"{plan.path}virkninger/", {"outcomes": [reuse.pk], "version": plan.version})
    chosen = plan.outcomes.get()
    suggested = page(signed_in, f"{plan.path}virkninger/{chosen.pk}/")
    assert suggested.index("Reparerede ting") < suggested.index("Eget affald")
    assert "Derfor passer" in suggested
    plan.refresh_from_db()
    form = {"baseline": "12", "target": "1.200", "target_by": SOON.isoformat(), "collector": "Værkstedet"}
    signed_in.post(f"{plan.path}maal/repareret/", {**form, "version": plan.version})
    one = PlannedIndicator.objects.get()
    assert (one.baseline, one.target, one.baseline_on) == (12, 1200, clock.today())
    plan.refresh_from_db()
    signed_in.post(f"{plan.path}aerligt/", {"worse": "Støj", "unknown": "Om de kører på dem", "version": plan.version})
    whole = page(signed_in, plan.path)
    assert "Mangler" not in whole
    for words in ("12 stk.", "1.200 stk.", "Støj", "<svg", "Reparerede ting: 12"):
        assert words in whole
    signed_in.post(f"{plan.path}fjern/{one.pk}/")
    assert not PlannedIndicator.objects.exists()


def test_pages_take_few_statements(signed_in: Client, plan: Plan, owner: Any, at_most_queries: Any) -> None:
    planned(owner, plan)
    chosen = plan.outcomes.get()
    for path in ("/min/effekt/", plan.path, *(f"{plan.path}{step}/" for step in ("hvad", "virkninger", "aerligt"))):
        with at_most_queries(12):
            page(signed_in, path)
    for path in (f"{plan.path}virkninger/{chosen.pk}/", f"{plan.path}maal/repareret/"):
        with at_most_queries(12):
            page(signed_in, path)


GOOD = {"target": "40", "target_by": SOON.isoformat(), "collector": "Butikken"}
FAULTY = [
    ("repareret", {"target": ""}),
    ("repareret", {"target": "mange"}),
    ("repareret", {"target": "-1"}),
    ("repareret", {"target": "1,5"}),
    ("repareret", {"target": "1" * 30}),
    ("repareret", {"target_by": "31.02.2027"}),
    ("repareret", {"collector": "x" * 101}),
    ("repareret", {"collector": "\0"}),
    ("repareret", {"baseline": "3", "baseline_on": SOON.isoformat()}),
    ("affald", {"baseline": "-3"}),
    ("fremmoede", {"target": "101"}),
    ("fremmoede", {"baseline": "3"}),
    ("fremmoede", {"baseline_of": "3"}),
    ("fremmoede", {"baseline": "3", "baseline_of": "0"}),
    ("fremmoede", {"baseline": "4", "baseline_of": "3"}),
]


@pytest.mark.parametrize(("key", "wrong"), FAULTY)
def test_a_faulty_target_is_said_and_nothing_is_lost(
    signed_in: Client, plan: Plan, owner: Any, key: str, wrong: dict[str, str]
) -> None:
    plan = actions.choose_outcomes(owner, plan, outcomes("genbrug-og-mad", "skridt-fremad"), plan.version)
    answer = signed_in.post(f"{plan.path}maal/{key}/", {**GOOD, "version": plan.version, **wrong})
    assert answer.status_code == 422
    assert ("Butikken" in answer.content.decode()) == ("collector" not in wrong)
    assert not PlannedIndicator.objects.exists()


def test_money_can_be_below_nought(signed_in: Client, plan: Plan, owner: Any) -> None:
    plan = actions.choose_outcomes(owner, plan, outcomes("oekonomi"), plan.version)
    form = {**GOOD, "baseline": "-25.000,50", "version": plan.version}
    assert signed_in.post(f"{plan.path}maal/aarets-resultat/", form).status_code == 302
    assert "-25.000,5 kroner" in page(signed_in, plan.path)


@pytest.mark.parametrize("chosen", [[], ["x"], ["99999999999999999999"]])
def test_faulty_outcomes_are_said(signed_in: Client, plan: Plan, chosen: list[str]) -> None:
    answer = signed_in.post(f"{plan.path}virkninger/", {"outcomes": chosen, "version": plan.version})
    assert answer.status_code == 422


def test_six_outcomes_are_too_many(signed_in: Client, plan: Plan) -> None:
    six = list(Outcome.objects.order_by("place").values_list("pk", flat=True)[:6])
    answer = signed_in.post(f"{plan.path}virkninger/", {"outcomes": six, "version": plan.version})
    assert answer.status_code == 422
    assert "Du har valgt 6" in answer.content.decode()


def test_who_is_overtaken_sees_both_texts(signed_in: Client, plan: Plan, owner: Any) -> None:
    actions.write(owner, plan, {"does": "Kollegaens ord"}, plan.version)
    answer = signed_in.post(f"{plan.path}hvad/", {"does": "Mine ord", "for_whom": "", "version": plan.version})
    assert answer.status_code == 422
    assert "Kollegaens ord" in answer.content.decode()
    assert "Mine ord" in answer.content.decode()


@pytest.mark.parametrize("step", ["", "hvad/", "virkninger/", "aerligt/", "maal/repareret/"])
def test_a_plan_is_nobody_elses(client: Client, plan: Plan, step: str) -> None:
    client.force_login(make_user())
    assert client.get(f"{plan.path}{step}").status_code == 403


@pytest.mark.parametrize(
    "form", [{}, {"kind": "organisation", "subject": "x"}, {"kind": "andet", "subject": "1"}, {"subject": "9" * 30}]
)
def test_what_is_not_there_has_no_plan(signed_in: Client, form: dict[str, str]) -> None:
    assert signed_in.post("/min/effekt/ny/", form).status_code == 404


def test_who_belongs_nowhere_is_told_what_a_plan_is_about(client: Client, catalogue: None) -> None:
    client.force_login(make_user())
    assert "en organisation, du hører til" in page(client, "/min/effekt/")
