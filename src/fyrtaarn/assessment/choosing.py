"""What is known of those who could assess: what bars them, what they have at hand and what they work with."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fyrtaarn.applications.models import Application, LinkedEnterprise
from fyrtaarn.foundation.sorting import danish_key
from fyrtaarn.organisations.models import Membership
from fyrtaarn.people.models import Role, User
from fyrtaarn.people.rules import EMPLOYEE_KINDS
from fyrtaarn.pools.models import Duty, Pool
from fyrtaarn.portal.models import Challenge, ChallengeState

from .models import Assignment, AssignmentState
from .rules import OPEN_STATES, UNDECIDED, duties_today
from .spreading import Candidate, Spread, Task, spread

LIVE_STATES = (*OPEN_STATES, AssignmentState.DONE)
OWN_DEPARTMENT = _("It concerns her own department.")
OWN_ORGANISATION = _("She belongs to the applicant, or to an enterprise linked with it.")
DECLARED = _("She has declared a conflict of interest with this applicant.")
HAS_IT = _("She has been asked already.")

Bars = Mapping[int, Mapping[int, Promise]]


@dataclass(frozen=True)
class Choosing:
    """Who could assess which of some applications.

    `people` by name, with the `departments` of each; `bars` says by application why a person may not; `load` is what
    each has at hand, `live` how many assess each application or have done so.
    """

    people: Mapping[int, User]
    departments: Mapping[int, set[int]]
    bars: Bars
    load: Mapping[int, int]
    live: Mapping[int, int]


def choosing(pool: Pool, applications: Iterable[Application]) -> Choosing:
    """What bars the pool's assessors from assessing the applications, and what they have at hand. Five statements."""
    wanted = {one.pk: one for one in applications}
    people, departments = _assessors_of(pool)
    work = _work_of(people, wanted)
    concerned = _departments_concerned(wanted)
    teams, numbers = _teams_of(people)
    linked = _numbers_of(wanted.values())
    bars: dict[int, dict[int, Promise]] = {key: {} for key in wanted}
    for key, one in wanted.items():
        for person in people:
            if one.organisation_id in work.declared[person]:
                bars[key][person] = DECLARED
            elif one.organisation_id in teams[person] or numbers[person] & linked[key]:
                bars[key][person] = OWN_ORGANISATION
            elif departments[person] & concerned[key]:
                bars[key][person] = OWN_DEPARTMENT
            elif (key, person) in work.asked:
                bars[key][person] = HAS_IT
    return Choosing(people, departments, bars, work.load, work.live)


def spreading(pool: Pool, applications: Iterable[Application], known: Choosing) -> Spread:
    """Whom the rules choose for the applications that lack assessors. Two statements."""
    wanted = {one.pk: one for one in applications}
    about, themes = _themes_about(wanted), _themes_of(pool)
    tasks = [
        Task(key, max(0, one.rules.assessors - known.live[key]), about[key], frozenset(known.bars[key]))
        for key, one in wanted.items()
    ]
    candidates = [
        Candidate(key, known.load[key], frozenset().union(*(themes[one] for one in known.departments[key])))
        for key in known.people
    ]
    return spread(tasks, candidates)


def _assessors_of(pool: Pool) -> tuple[dict[int, User], dict[int, set[int]]]:
    """Those with the duty to assess today who still work for the municipality, by name, and their departments."""
    duties = duties_today(Duty.ASSESSOR).filter(pool=pool)
    roles = Role.objects.current().filter(
        municipality=pool.municipality_id, kind__in=EMPLOYEE_KINDS, user__in=duties.values("user"), user__is_active=True
    )
    people, departments = dict[int, User](), defaultdict[int, set[int]](set)
    for role in roles.select_related("user").order_by("pk"):
        people[role.user_id] = role.user
        if role.department_id is not None:
            departments[role.user_id].add(role.department_id)
    by_name = sorted(people.values(), key=lambda one: (danish_key(one.name), one.pk))
    return {one.pk: one for one in by_name}, departments


@dataclass(frozen=True)
class _Work:
    declared: dict[int, set[int]]  # by person the organisations with which she has a conflict
    asked: set[tuple[int, int]]  # applications and who has been asked about them
    load: dict[int, int]
    live: dict[int, int]


def _work_of(people: Iterable[int], wanted: Iterable[int]) -> _Work:
    """What assignments tell of the people and the applications. What is decided or closed is not at hand any more."""
    keys = set(wanted)
    work = _Work(defaultdict(set), set(), defaultdict(int), defaultdict(int))
    rows = Assignment.objects.filter(
        Q(application__in=keys) | Q(assessor__in=people, state__in=(AssignmentState.CONFLICT, *OPEN_STATES))
    )
    columns = ("assessor", "state", "application", "application__organisation", "application__state",
               "application__closed_discussion")  # fmt: skip
    for person, state, application, organisation, stage, closed in rows.order_by().values_list(*columns):
        if state == AssignmentState.CONFLICT:
            work.declared[person].add(organisation)
        if state in OPEN_STATES and stage in UNDECIDED and closed is None:
            work.load[person] += 1
        if application in keys:
            work.asked.add((application, person))
            work.live[application] += state in LIVE_STATES
    return work


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
    found = {one.pk: {one.organisation.cvr} if one.organisation.cvr else set() for one in applications}
    linked = LinkedEnterprise.objects.filter(application__in=found).exclude(cvr="").order_by()
    for application, cvr in linked.values_list("application", "cvr"):
        found[application].add(cvr)
    return found


def _themes_of(pool: Pool) -> dict[int, set[int]]:
    """The themes of each department's challenges."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = Challenge.objects.filter(municipality=pool.municipality_id).exclude(state=ChallengeState.DRAFT)
    for department, theme in rows.exclude(themes=None).order_by().values_list("department", "themes").distinct():
        found[department].add(theme)
    return found


def _themes_about(applications: Iterable[int]) -> dict[int, frozenset[int]]:
    """The themes of each application's challenge and solution."""
    found: dict[int, frozenset[int]] = dict.fromkeys(applications, frozenset())
    rows = Application.objects.filter(pk__in=found).order_by()
    for application, *themes in rows.values_list("pk", "challenge__themes", "solution__themes"):
        found[application] |= set(themes) - {None}
    return found
