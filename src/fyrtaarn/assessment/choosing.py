"""What is known of those who could assess: what bars them, what they have at hand and what they work with."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fyrtaarn.applications.models import Application
from fyrtaarn.foundation import clock
from fyrtaarn.organisations.models import Membership
from fyrtaarn.people.models import Role, User
from fyrtaarn.people.rules import EMPLOYEE_KINDS
from fyrtaarn.pools.models import Duty, Pool, PoolDuty
from fyrtaarn.portal.models import Challenge

from .models import Assignment, AssignmentState
from .rules import OPEN_STATES
from .spreading import Candidate, Task

LIVE_STATES = (*OPEN_STATES, AssignmentState.DONE)
OWN_DEPARTMENT = _("It concerns her own department.")
OWN_ORGANISATION = _("She belongs to the applicant, or to an enterprise linked with it.")
DECLARED = _("She has declared a conflict of interest with this applicant.")
HAS_IT = _("She has been asked already.")


@dataclass(frozen=True)
class Choosing:
    """Who could assess which of some applications: `bars` says by application why a person may not."""

    people: Mapping[int, User]
    tasks: tuple[Task, ...]
    candidates: tuple[Candidate, ...]
    bars: Mapping[int, Mapping[int, Promise]]


def assessors_of(pool: Pool) -> list[User]:
    """Those with the duty to assess today who still work for the municipality, by name."""
    today = clock.today()
    duties = PoolDuty.objects.filter(pool=pool, duty=Duty.ASSESSOR, starts__lte=today)
    employed = Role.objects.current().filter(municipality=pool.municipality_id, kind__in=EMPLOYEE_KINDS).order_by()
    rows = User.objects.filter(
        pk__in=duties.filter(Q(ends=None) | Q(ends__gt=today)).order_by().values("user"), is_active=True
    )
    return list(rows.filter(pk__in=employed.values("user")).order_by("name", "pk"))


def choosing(pool: Pool, applications: Iterable[Application]) -> Choosing:
    """What the spreading needs to know of a pool's applications and assessors. A dozen statements at most."""
    wanted = {one.pk: one for one in applications}
    people = {one.pk: one for one in assessors_of(pool)}
    departments = _departments_of(pool, people)
    bars = _bars(wanted, people, departments)
    themes = _themes_of(pool)
    load = dict(
        Assignment.objects.filter(assessor__in=people, state__in=OPEN_STATES)
        .order_by()
        .values("assessor")
        .annotate(many=Count("pk"))
        .values_list("assessor", "many")
    )
    live = dict(
        Assignment.objects.filter(application__in=wanted, state__in=LIVE_STATES)
        .order_by()
        .values("application")
        .annotate(many=Count("pk"))
        .values_list("application", "many")
    )
    about = _themes_about(wanted.values())
    return Choosing(
        people,
        tuple(
            Task(key, max(0, one.rules.assessors - live.get(key, 0)), about[key], frozenset(bars[key]))
            for key, one in wanted.items()
        ),
        tuple(
            Candidate(key, load.get(key, 0), frozenset().union(*(themes[d] for d in departments[key])))
            for key in people
        ),
        bars,
    )


def _departments_of(pool: Pool, people: Iterable[int]) -> dict[int, set[int]]:
    roles = Role.objects.current().filter(user__in=people, municipality=pool.municipality_id).exclude(department=None)
    found: dict[int, set[int]] = defaultdict(set)
    for person, department in roles.order_by().values_list("user", "department"):
        found[person].add(department)
    return found


def _bars(
    wanted: Mapping[int, Application], people: Mapping[int, User], departments: Mapping[int, set[int]]
) -> dict[int, dict[int, Promise]]:
    bars: dict[int, dict[int, Promise]] = {key: {} for key in wanted}
    concerned = _departments_concerned(wanted)
    teams, numbers = _teams_of(people)
    linked = _numbers_of(wanted.values())
    declared, asked = _assignments_of(people, wanted)
    for key, one in wanted.items():
        for person in people:
            if departments.get(person, set()) & concerned[key]:
                bars[key][person] = OWN_DEPARTMENT
            if one.organisation_id in teams[person] or numbers[person] & linked[key]:
                bars[key][person] = OWN_ORGANISATION
            if one.organisation_id in declared[person]:
                bars[key][person] = DECLARED
            if (key, person) in asked:
                bars[key].setdefault(person, HAS_IT)
    return bars


def _departments_concerned(wanted: Iterable[int]) -> dict[int, set[int]]:
    """By an errand of the database, because a fund manager does not see all dialogues."""
    found: dict[int, set[int]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute("SELECT application, department FROM errand.departments_concerned(%s)", [list(wanted)])
        for application, department in cursor.fetchall():
            found[application].add(department)
    return found


def _teams_of(people: Iterable[int]) -> tuple[dict[int, set[int]], dict[int, set[str]]]:
    """The organisations of people and their CVR numbers."""
    teams: dict[int, set[int]] = defaultdict(set)
    numbers: dict[int, set[str]] = defaultdict(set)
    rows = Membership.objects.current().filter(user__in=people).order_by()
    for person, organisation, cvr in rows.values_list("user", "organisation", "organisation__cvr"):
        teams[person].add(organisation)
        numbers[person] |= {cvr} if cvr else set()
    return teams, numbers


def _numbers_of(applications: Iterable[Application]) -> dict[int, set[str]]:
    """The CVR numbers of each application's applicant and of what is linked with it."""
    return {
        one.pk: {cvr for cvr in (one.organisation.cvr, *(link.cvr for link in one.linked.all())) if cvr}
        for one in applications
    }


def _assignments_of(people: Iterable[int], wanted: Iterable[int]) -> tuple[dict[int, set[int]], set[tuple[int, int]]]:
    """With which organisations people have a conflict, and who has been asked about which application."""
    declared: dict[int, set[int]] = defaultdict(set)
    asked: set[tuple[int, int]] = set()
    keys = set(wanted)
    rows = Assignment.objects.filter(Q(state=AssignmentState.CONFLICT) | Q(application__in=keys), assessor__in=people)
    for person, state, application, organisation in rows.order_by().values_list(
        "assessor", "state", "application", "application__organisation"
    ):
        if state == AssignmentState.CONFLICT:
            declared[person].add(organisation)
        if application in keys:
            asked.add((application, person))
    return declared, asked


def _themes_of(pool: Pool) -> dict[int, set[int]]:
    """The themes of each department's challenges."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = Challenge.objects.filter(municipality=pool.municipality_id).exclude(state="draft").exclude(themes=None)
    for department, theme in rows.order_by().values_list("department", "themes").distinct():
        found[department].add(theme)
    return found


def _themes_about(applications: Iterable[Application]) -> dict[int, frozenset[int]]:
    """The themes of each application's challenge and solution."""
    return {
        one.pk: frozenset(
            theme.pk
            for subject in (one.challenge, one.solution)
            if subject is not None
            for theme in subject.themes.all()
        )
        for one in applications
    }
