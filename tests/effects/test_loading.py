"""The catalogue comes with the product, and what was measured under an earlier version keeps it."""

from dataclasses import replace
from typing import Any

import pytest

from fyrtaarn.effects import loading
from fyrtaarn.effects.models import Indicator, IndicatorVersion, Outcome
from tests.harness.races import at_once

from .conftest import load


def ship(monkeypatch: pytest.MonkeyPatch, key: str, **changes: Any) -> None:
    """Ship the catalogue with one indicator changed; without it where the number is 0."""
    whole = []
    for outcome in [*loading.shipped()]:
        indicators = [one if one.key != key else changed(one, **changes) for one in outcome.indicators]
        whole.append(replace(outcome, indicators=tuple(one for one in indicators if one.number)))
    with monkeypatch.context() as patched:
        patched.setattr(loading, "shipped", lambda: iter(whole))
        loading.load_indicators()


def changed(one: loading.ShippedIndicator, *, number: int, **texts: str) -> loading.ShippedIndicator:
    return replace(one, number=number, values={**one.values, **texts})


def test_loading_twice_changes_nothing(catalogue: None) -> None:
    before = list(IndicatorVersion.objects.order_by("pk").values())
    load()
    assert list(IndicatorVersion.objects.order_by("pk").values()) == before
    assert len(before) == Indicator.objects.count() >= 60
    assert Indicator.objects.filter(current=None).count() == 0


def test_a_next_version_stands_beside_the_earlier_one(catalogue: None, monkeypatch: pytest.MonkeyPatch) -> None:
    ship(monkeypatch, "deltagere", number=2, name_en="Guests", name_da="Åbne gæster")
    indicator = Indicator.objects.select_related("current").get(key="deltagere")
    assert [(one.number, one.name_en) for one in indicator.versions.order_by("number")] == [
        (1, "Participants"),
        (2, "Guests"),
    ]
    assert indicator.current is not None
    assert indicator.current.number == 2
    assert indicator.sort_key.startswith("{3bne")  # å stands last


def test_a_version_that_is_there_is_never_changed(catalogue: None, monkeypatch: pytest.MonkeyPatch) -> None:
    ship(monkeypatch, "deltagere", number=1, name_en="Guests")
    assert IndicatorVersion.objects.get(indicator__key="deltagere").name_en == "Participants"


def test_what_is_no_longer_shipped_is_withdrawn_and_can_come_back(
    catalogue: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ship(monkeypatch, "deltagere", number=0)
    assert list(Indicator.objects.filter(withdrawn=True).values_list("key", flat=True)) == ["deltagere"]
    load()
    assert not Indicator.objects.filter(withdrawn=True).exists()


@pytest.mark.django_db(transaction=True)
def test_two_machines_that_start_at_once_load_once() -> None:
    load()
    Indicator.objects.update(current=None)
    IndicatorVersion.objects.all().delete()
    Indicator.objects.all().delete()
    Outcome.objects.all().delete()
    assert at_once(loading.load_indicators, loading.load_indicators) == [None, None]
    assert IndicatorVersion.objects.count() == Indicator.objects.count() >= 60
