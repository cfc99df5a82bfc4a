"""The figures of a council's year: each counts rows that everybody can look up, and says how."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from .models import AdviceCourse, AgendaItem, Council, Stance
from .queries import advice_of, held_in


@dataclass(frozen=True)
class AdviceFacts:
    """What is counted of one piece of given advice."""

    due: date
    answered: date | None
    stance: str
    course: str  # the latest that has come of it; empty for nothing told


@dataclass(frozen=True)
class AdviceCount:
    """Advice given in a period. The four parts of `given` do not overlap and leave nothing out."""

    given: int
    in_time: int
    late: int
    overdue: int  # not answered, and the deadline has passed
    waiting: int  # not answered, and there is still time
    stances: dict[str, int]  # of those answered
    courses: dict[str, int]  # of those answered, the latest told
    untold: int  # answered, and nothing told since

    @property
    def answered(self) -> int:
        return self.in_time + self.late


@dataclass(frozen=True)
class Year:
    """A council's year in figures."""

    year: int
    meetings: int
    proposals: int  # items that came of proposals, at the year's meetings
    advice: AdviceCount


def count_advice(facts: Iterable[AdviceFacts], today: date) -> AdviceCount:
    """Count given advice as it stands on the day."""
    rows = list(facts)
    answered = [row for row in rows if row.answered is not None]
    in_time = sum(row.answered <= row.due for row in answered if row.answered)
    overdue = sum(row.answered is None and row.due < today for row in rows)
    stances, courses = Counter(row.stance for row in answered), Counter(row.course for row in answered)
    return AdviceCount(
        given=len(rows),
        in_time=in_time,
        late=len(answered) - in_time,
        overdue=overdue,
        waiting=len(rows) - len(answered) - overdue,
        stances={stance: stances[stance] for stance in Stance.values},
        courses={course: courses[course] for course in AdviceCourse.values},
        untold=courses[""],
    )


def count_year(council: Council, year: int, today: date) -> Year:
    """Count the meetings held, the proposals taken up and the advice given in a year."""
    held = held_in(council, year)
    given: Any = advice_of(council, inside=False).filter(given__year=year)
    rows = given.order_by("pk").values_list("due", "answered", "stance", "course")
    facts = [AdviceFacts(due, answered, stance, course or "") for due, answered, stance, course in rows]
    return Year(
        year=year,
        meetings=held.count(),
        proposals=AgendaItem.objects.filter(meeting__in=held.order_by(), proposal__isnull=False).count(),
        advice=count_advice(facts, today),
    )
