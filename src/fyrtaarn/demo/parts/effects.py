"""What effect the two municipalities want, and what two have planned."""

from datetime import timedelta
from typing import Any

from fyrtaarn.effects.loading import load_indicators
from fyrtaarn.effects.models import (
    Indicator,
    IndicatorVersion,
    Outcome,
    Plan,
    PlannedIndicator,
    PlannedOutcome,
    WantedEffect,
)
from fyrtaarn.foundation.clock import COPENHAGEN

from ..book import Book, Row, Words
from ..moments import moment
from ..reading import rows, table

WORDS = ("does", "for_whom", "anyway", "risk", "worse", "unknown")
A_YEAR = timedelta(days=365)


def load(book: Book) -> None:
    load_indicators()
    words, outcomes = Words.read(), {one.key: one for one in Outcome.objects.all()}
    wishes = [{"key": f"{row['municipality']}/{row['outcome']}", **row} for row in rows("wanted_effects")]
    wanted = {
        row["key"]: WantedEffect.objects.create(
            municipality=words.municipalities[row["municipality"]], outcome=outcomes[row["outcome"]]
        )
        for row in book.new("wanted_effect", wishes)
    }
    book.write("wanted_effect", wanted)
    plans = book.new("effect_plan", table("effect_plans"))
    current = IndicatorVersion.objects.filter(pk__in=Indicator.objects.order_by().values("current"))
    versions = {one.indicator.key: one for one in current.select_related("indicator")} if plans else {}
    book.write("effect_plan", {row["key"]: plan(row, book, outcomes, versions) for row in plans})


def plan(row: Row, book: Book, outcomes: dict[str, Outcome], versions: dict[str, IndicatorVersion]) -> Plan:
    """One plan of an organisation or a collaboration, with where its indicators stood on the day it was made."""
    at = moment(row["days_ago"], row["key"])
    about: dict[str, Any] = (
        {"organisation_id": book.pk("organisation", row["organisation"])}
        if "organisation" in row
        else {"agreement_id": book.pk("collaboration", row["collaboration"])}
    )
    made = Plan.objects.create(
        **about,
        **{name: row[name] for name in WORDS},
        created_by_id=book.pk("person", row["by"]),
        created=at,
        updated=at,
    )
    day = at.astimezone(COPENHAGEN).date()
    for place, chosen in enumerate(row["outcomes"], 1):
        planned = PlannedOutcome.objects.create(plan=made, outcome=outcomes[chosen["outcome"]], place=place)
        for one in chosen["indicators"]:
            version = versions[one["indicator"]]
            PlannedIndicator.objects.create(
                planned=planned,
                indicator=version.indicator,
                as_of=version,
                baseline=one["baseline"],
                baseline_of=one.get("baseline_of"),
                baseline_on=day,
                target=one["target"],
                target_by=day + A_YEAR,
                collector=one["collector"],
            )
    return made
