"""What a person's overview says of decisions: hearings to answer, decisions to say yes to, complaints to answer."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, Func
from django.urls import reverse

from fyrtaarn.foundation import overview
from fyrtaarn.foundation.overview import OverviewItem, Section
from fyrtaarn.people.reading import read_with_person

from .queries import Waiting, Waits, waiting_for


@overview.provider
def decisions(user: Any) -> Iterable[OverviewItem]:
    """What of decisions waits for her."""
    for one in waiting_for(user):
        yield OverviewItem(Section.WAITING, one.title, path_of(one), Waits(one.what).label, one.due)


def path_of(one: Waiting) -> str:
    """Where she does what waits for her."""
    if one.what == Waits.HEARING:
        return reverse("decisions:hearing", args=[one.key])
    return reverse("decisions:decision", args=[one.municipality, one.key])


# an errand, as her reading has not begun when she is read
read_with_person(
    "read_pools_to_decide",
    lambda: Func(F("pk"), function="errand.pools_to_decide", output_field=ArrayField(BigIntegerField())),
)
