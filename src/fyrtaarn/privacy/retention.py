"""Letting go on time: what has been kept long enough, what waits for the archive, and the run that empties it.

What belongs to a municipality's matters goes only as far as a decision of the archive says (arkivloven): handed over,
or its destruction authorised. Everything else goes by itself, every night.
"""

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Count, Max, Min, Q, QuerySet

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.files import remove_file
from fyrtaarn.foundation.history import because
from fyrtaarn.foundation.models import Step, StoredFile
from fyrtaarn.foundation.personal_data import ERASED_DOMAIN, HOLDINGS, Fate, Holding, Retention
from fyrtaarn.foundation.sealing import amending

from .actions import delete
from .models import ArchiveDecision, Due, Removal
from .traces import NOBODY, REMOVED, empty, empty_history, point_to_nobody

AT_ONCE = 500


def retained() -> Iterator[tuple[Holding, Retention]]:
    """Every kind of thing with a time."""
    for holding in HOLDINGS.values():
        if holding.retention is not None:
            yield holding, holding.retention


def rows_past(holding: Holding, retention: Retention) -> QuerySet[Any]:
    """The rows that have been kept long enough and still say something."""
    moment = clock.now() - retention.after
    rows = holding.model._base_manager.filter(**{f"{retention.since}__lt": _as(holding, retention, moment)})
    if retention.among is not None:
        rows = rows.filter(retention.among)
    return (rows if retention.delete else rows.filter(_says_something(holding))).order_by("pk")


@transaction.atomic
def count_due() -> None:
    """Count anew what of each municipality's matters has been kept long enough, for those who look after its data."""
    Due.objects.all().delete()
    Due.objects.bulk_create(
        Due(holding=holding.key, municipality_id=municipality, rows=rows, oldest=_day(oldest))
        for holding, retention in retained()
        if retention.municipality
        for municipality, rows, oldest in rows_past(holding, retention)
        .order_by()
        .values_list(retention.municipality)
        .annotate(Count("pk"), Min(retention.since))
    )


def decisions_of(municipality: Municipality) -> dict[str, date]:
    """How far the archive lets each kind go."""
    decisions = ArchiveDecision.objects.filter(municipality=municipality).order_by("holding").values_list("holding")
    return dict(decisions.annotate(before=Max("before")))


def let_go() -> int:
    """Let go of all that is due and may go, and count what waits; returns how many rows. Run as often as you like."""
    total = 0
    for holding, retention in retained():
        rows = rows_past(holding, retention)
        if not retention.municipality:
            total += _let_go(holding, retention, rows, None)
            continue
        for municipality in Municipality.objects.filter(pk__in=_with_decisions(holding)).order_by("pk"):
            before = decisions_of(municipality)[holding.key]
            limit = _as(holding, retention, datetime.combine(before, time(), clock.COPENHAGEN))
            mine = rows.filter(**{retention.municipality: municipality, f"{retention.since}__lt": limit})
            total += _let_go(holding, retention, mine, municipality)
    count_due()
    return total


def _with_decisions(holding: Holding) -> QuerySet[Any]:
    return ArchiveDecision.objects.filter(holding=holding.key).order_by().values("municipality")


def _let_go(holding: Holding, retention: Retention, rows: QuerySet[Any], municipality: Municipality | None) -> int:
    """Some hundred rows a transaction, until none is left."""
    total = 0
    numbers: list[Any] = []
    while numbers := list(
        (rows.filter(pk__gt=numbers[-1]) if numbers else rows).values_list("pk", flat=True)[:AT_ONCE]
    ):
        with transaction.atomic():
            _empty_some(holding, retention, numbers)
            Removal.objects.create(holding=holding.key, municipality=municipality, rows=len(numbers))
        total += len(numbers)
    return total


def _empty_some(holding: Holding, retention: Retention, numbers: list[Any]) -> None:
    if holding.history is None:
        _without_them(holding, retention, numbers)
        return
    with amending("kept long enough"), because("kept long enough"):
        _without_them(holding, retention, numbers)


def _without_them(holding: Holding, retention: Retention, numbers: list[Any]) -> None:
    label = holding.key
    if retention.delete:
        delete(holding, numbers)
        empty_history(holding, numbers, _pointers(holding))
    else:
        rows = holding.model._base_manager.filter(pk__in=numbers).order_by("pk")
        empty(holding, rows, [*holding.fields_with(Fate.BLANK), *holding.fields_with(Fate.REPLACE)])
        empty(holding, rows, holding.fields_with(Fate.KEEP), REMOVED)
        point_to_nobody(holding, numbers, _pointers(holding))
    Step.objects.filter(subject_type=label, subject_id__in=numbers).order_by().update(reason="", by=None)
    for stored in StoredFile.objects.filter(subject_type=label, subject_id__in=numbers):
        remove_file(stored, by=None)
        StoredFile.objects.filter(pk=stored.pk).update(name=REMOVED, alternative_text="", uploaded_by=None)


def _pointers(holding: Holding) -> list[str]:
    """The row's own fields that point to a person."""
    return [name for name in (*holding.about, *holding.by) if "__" not in name and name not in holding.fields]


def _says_something(holding: Holding) -> Q:
    names = [*_pointers(holding), *holding.fields]
    return reduce(or_, (_is_said(holding.model._meta.get_field(name)) for name in names))


def _is_said(column: Any) -> Q:
    name = column.name
    if column.is_relation:
        return Q(**{f"{name}__isnull": False}) & ~Q(**{f"{name}__email": NOBODY})
    if isinstance(column, models.EmailField):
        return ~Q(**{f"{name}__endswith": f"@{ERASED_DOMAIN}"})
    if isinstance(column, models.JSONField | ArrayField):
        return ~Q(**{name: column.get_default()})
    return ~Q(**{f"{name}__in": ["", REMOVED]})


def _as(holding: Holding, retention: Retention, moment: datetime) -> datetime | date:
    """The moment, or its day where the lookup leads to a date."""
    model: Any = holding.model
    column: Any = None
    for step in retention.since.split("__"):
        column = model._meta.get_field(step)
        model = column.related_model
    return moment if isinstance(column, models.DateTimeField) else _day(moment)


def _day(moment: datetime | date) -> date:
    return moment.astimezone(clock.COPENHAGEN).date() if isinstance(moment, datetime) else moment
