"""The catalogue as it is shipped, and those who use it."""

from typing import Any

import pytest

from tests.harness.people import make_employee


@pytest.fixture
def catalogue(db: None) -> None:
    load()


def load() -> None:
    """Themes, goals, outcomes and indicators, as at the first start."""
    from fyrtaarn.effects.loading import load_indicators
    from fyrtaarn.topics.loading import load_topics

    load_topics()
    load_indicators()


def make_indicator() -> Any:
    """One of the shipped indicators, with its outcome, without all the others."""
    from fyrtaarn.effects.models import Indicator, IndicatorVersion, Outcome
    from fyrtaarn.topics.models import Goal, Theme

    found = Indicator.objects.filter(key="repareret").first()
    if found is not None:
        return found
    outcome = Outcome.objects.create(
        key="genbrug-og-mad", bottom_line="society", place=14, name_da="Genbrug", name_en="Reuse", what_da="Mindre spild.",
        what_en="Less waste.",
    )  # fmt: skip
    theme = Theme.objects.get_or_create(slug="genbrug", defaults={"name": "Genbrug", "name_en": "Reuse"})[0]
    goal = Goal.objects.get_or_create(number=12, defaults={"name_da": "Forbrug", "name_en": "Consumption"})[0]
    indicator = Indicator.objects.create(key="repareret", outcome=outcome, theme=theme, goal=goal, target="12.5")
    indicator.current = IndicatorVersion.objects.create(
        indicator=indicator, number=1, measure="count", unit="pieces", timing="cumulative", direction="up",
        frequency="quarterly", evidence="counted", instrument="list", name_da="Reparerede ting", name_en="Things repaired",
        counts_da="Ting, der virker igen.", counts_en="Things that work again.", leaves_out_da="Resten.",
        leaves_out_en="The rest.", numerator_da="Antal ting", numerator_en="Number of things", guidance_da="Sæt en streg.",
        guidance_en="Make a tick.",
    )  # fmt: skip
    indicator.save()
    return indicator


@pytest.fixture
def administrator(kolding: Any) -> Any:
    return make_employee(kolding, "municipality_administrator", name="Anna Administrator")
