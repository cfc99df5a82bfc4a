"""How fast the municipality answers: counted by the worker, who sees every case, and kept where everybody may read it.

Counted are questions whose first answer is given, with the working days that it took without those on which the asker
was waited for; and those that are late without an answer, with the days until now, so that a late answer does not
look fast by not being there. What was closed without an answer, and what is not due yet, is not counted. In time is an
answer within the topic's days. Merged questions count with the one in which they went on.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil

from django.db import transaction

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.working_days import working_days_between

from .deadlines import USUAL_DAYS
from .models import FEWEST, OPEN_STATES, AnswerFigure, Case, CaseState

YEAR = timedelta(days=365)
MONTHS = 24
Group = tuple[int | None, int | None, date | None]
"""Department, topic and month."""


@dataclass(frozen=True)
class Told:
    """One question as the figures see it: `days` until its answer or until now, None where it does not count."""

    department: int | None
    topic: int | None
    received: date
    days: int | None
    late: bool
    promised: int


@dataclass(frozen=True)
class Times:
    """What is said of a group of questions; days are working days."""

    asked: int
    counted: int
    in_time: int
    late: int
    median: int
    ninety: int


def times_of(told: Sequence[Told]) -> Times | None:
    """The figures of a group; None where too few count. Median and 90 % by nearest rank."""
    counted = [one for one in told if one.days is not None]
    if len(counted) < FEWEST:
        return None
    days = sorted(one.days for one in counted if one.days is not None)
    return Times(
        asked=len(told),
        counted=len(counted),
        in_time=sum(not one.late and one.days is not None and one.days <= one.promised for one in counted),
        late=sum(one.late for one in counted),
        median=nearest_rank(days, 50),
        ninety=nearest_rank(days, 90),
    )


def nearest_rank(ordered: Sequence[int], per_cent: int) -> int:
    """The smallest value that so many per cent of the values do not exceed."""
    return ordered[max(0, ceil(per_cent * len(ordered) / 100) - 1)]


def groups_of(one: Told, today: date) -> Iterator[Group]:
    """Where a question counts: in all, under its department and its topic, in its month and in the latest year."""
    month = one.received.replace(day=1)
    for when in [None, month] if one.received > today - YEAR else [month]:
        yield None, None, when
        if one.department is not None:
            yield one.department, None, when
        if one.topic is not None:
            yield None, one.topic, when


def first_month(today: date) -> date:
    """The first of the months that are counted."""
    months = today.year * 12 + today.month - MONTHS
    return date(months // 12, months % 12 + 1, 1)


@transaction.atomic
def count_times(municipality: Municipality) -> int:
    """Count the municipality's figures anew; returns how many there are."""
    Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)  # one count at a time
    today, moment = clock.today(), clock.now()
    groups: dict[Group, list[Told]] = defaultdict(list)
    for one in told_of(municipality, today):
        for group in groups_of(one, today):
            groups[group].append(one)
    found = [(group, times) for group in groups if (times := times_of(groups[group]))]
    AnswerFigure.objects.filter(municipality=municipality).delete()
    AnswerFigure.objects.bulk_create(
        AnswerFigure(
            municipality=municipality, department_id=department, topic_id=topic, month=month, made=moment, **vars(times)
        )
        for (department, topic, month), times in found
    )
    return len(found)


def told_of(municipality: Municipality, today: date) -> Iterator[Told]:
    """The questions of the counted months."""
    since = datetime.combine(first_month(today), time(), clock.COPENHAGEN)
    rows = Case.objects.filter(municipality=municipality, received__gte=since).exclude(
        state__in=(CaseState.UNCONFIRMED, CaseState.MERGED)
    )
    for case in rows.select_related("topic").order_by("pk"):
        received = (case.received or case.created).astimezone(clock.COPENHAGEN).date()
        late = case.answered is None and case.state in OPEN_STATES and case.due is not None and case.due < today
        waiting = max(0, working_days_between(received, today) - case.waited) if late else None
        promised = case.topic.days if case.topic else USUAL_DAYS
        days = waiting if late else case.answered_in
        yield Told(case.department_id, case.topic_id, received, days, late, promised)


def count_all(municipalities: Iterable[Municipality]) -> int:
    """Count each municipality's figures; called by the worker."""
    return sum(count_times(municipality) for municipality in municipalities)
