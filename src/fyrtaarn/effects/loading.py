"""The catalogue that comes with the product: data/*.toml."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from django.db import connection, transaction

from fyrtaarn.foundation.sorting import danish_key
from fyrtaarn.topics.models import Theme

from .models import BottomLine, Indicator, IndicatorVersion, Outcome

FIRST_VERSION = 1
UPWARDS = "up"
ABOUT_THE_INDICATOR = ("key", "theme", "target", "version")


@dataclass(frozen=True)
class ShippedIndicator:
    """One indicator as the product brings it; `values` are the columns of its version."""

    key: str
    theme: str
    target: str
    number: int
    values: dict[str, Any]


@dataclass(frozen=True)
class ShippedOutcome:
    """One outcome with its indicators."""

    values: dict[str, Any]
    indicators: tuple[ShippedIndicator, ...]


def shipped() -> Iterator[ShippedOutcome]:
    """The catalogue in its order."""
    folder, place = files("fyrtaarn.effects") / "data", 0
    for bottom_line in BottomLine.values:
        for row in tomllib.loads((folder / f"{bottom_line}.toml").read_text(encoding="utf-8"))["outcome"]:
            place += 1
            indicators = tuple(_indicator(one) for one in row.pop("indicator"))
            yield ShippedOutcome({**row, "bottom_line": bottom_line, "place": place}, indicators)


def _indicator(row: dict[str, Any]) -> ShippedIndicator:
    values = {name: value for name, value in row.items() if name not in ABOUT_THE_INDICATOR}
    return ShippedIndicator(
        row["key"],
        row["theme"],
        row["target"],
        row.get("version", FIRST_VERSION),
        {"direction": UPWARDS, "references": [], "denominator_da": "", "denominator_en": "", **values},
    )


def load_indicators() -> None:
    """Bring the catalogue to what is shipped; may be run any number of times.

    A version that is there is never changed, so what was measured under it keeps its meaning; a new number adds one. What
    is no longer shipped is withdrawn, and its measurements stay.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:  # two machines may start at once
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('fyrtaarn.effects'))")
        themes = dict(Theme.objects.order_by().values_list("slug", "pk"))
        stored = {one.key: one for one in Indicator.objects.select_related("current")}
        kept = set()
        for outcome in shipped():
            values = {name: value for name, value in outcome.values.items() if name != "key"}
            of = Outcome.objects.update_or_create(key=outcome.values["key"], defaults=values)[0]
            for one in outcome.indicators:
                kept.add(one.key)
                _load(one, stored.get(one.key), of, themes[one.theme])
        Indicator.objects.exclude(key__in=kept).update(withdrawn=True)


def _load(one: ShippedIndicator, found: Indicator | None, outcome: Outcome, theme: int) -> None:
    indicator = found or Indicator(key=one.key)
    indicator.outcome, indicator.theme_id, indicator.withdrawn = outcome, theme, False
    indicator.target, indicator.goal_id = one.target, int(one.target.partition(".")[0])
    indicator.sort_key = danish_key(one.values["name_da"])[:160]
    indicator.save()
    if indicator.current is None or indicator.current.number < one.number:
        version = IndicatorVersion.objects.create(indicator=indicator, number=one.number, **one.values)
        indicator.current = version
        indicator.save(update_fields=["current"])
