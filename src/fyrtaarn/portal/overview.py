"""What the portal puts on a person's overview."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.overview import OverviewItem, Section, provider
from fyrtaarn.people.models import User

from .models import OPEN_STATES, Challenge, ChallengeState, Solution, SolutionState
from .queries.challenges import challenges_of
from .queries.fits import fitting_for_each, question_of_challenge, question_of_solution
from .queries.names import names_of, with_names
from .queries.solutions import solutions_of

MOST = 12  # of each state
MOST_ASKED_FOR = 2  # of my newest challenges, and of my newest solutions
MOST_FITTING = 3
DRAFT_WAITS = gettext_lazy("A draft that waits to be finished")


@provider
def portal(user: User) -> Iterator[OverviewItem]:
    """My challenges and solutions, what they wait for, and what fits the newest of them."""
    challenges = my_challenges(user) if user.current_roles else []
    solutions = my_solutions(user)
    for challenge in challenges:
        yield from items_of_challenge(challenge)
    for solution in solutions:
        yield from items_of_solution(solution)
    yield from fitting(user, challenges, solutions)


def my_challenges(user: User) -> list[Challenge]:
    """My drafts and those that are open."""
    latest = latest_of_each_state(challenges_of(user).filter(state__in=(ChallengeState.DRAFT, *OPEN_STATES)))
    mine = Challenge.objects.filter(pk__in=latest).select_related("municipality", "department")
    return list(with_names(mine, "challenges").order_by("-updated", "-pk"))


def my_solutions(user: User) -> list[Solution]:
    """My drafts and those that are offered."""
    latest = latest_of_each_state(solutions_of(user).exclude(state=SolutionState.WITHDRAWN))
    mine = Solution.objects.filter(pk__in=latest).select_related("organisation__home")
    return list(with_names(mine, "solutions").order_by("-updated", "-pk"))


def latest_of_each_state(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The primary keys of the rows changed last, at most MOST of each state."""
    place = Window(RowNumber(), partition_by=F("state"), order_by=(F("updated").desc(), F("pk").desc()))
    latest: QuerySet[Any] = rows.order_by().annotate(place=place).filter(place__lte=MOST)
    return latest.values("pk")


def items_of_challenge(challenge: Challenge) -> Iterator[OverviewItem]:
    if challenge.state == ChallengeState.DRAFT:
        path = reverse("portal:challenge-review", args=(challenge.municipality.slug, challenge.pk))
        yield OverviewItem(Section.WAITING, str(challenge), path, DRAFT_WAITS)
        return
    yield OverviewItem(Section.MINE, challenge.title, challenge.path, challenge.get_state_display())
    if challenge.needed_by and challenge.needed_by >= clock.today():
        yield OverviewItem(
            Section.DEADLINES, challenge.title, challenge.path, _("Answers wanted before"), challenge.needed_by
        )


def items_of_solution(solution: Solution) -> Iterator[OverviewItem]:
    if solution.state == SolutionState.DRAFT:
        path = reverse("portal:solution-edit", args=(solution.pk,))
        yield OverviewItem(Section.WAITING, str(solution), path, DRAFT_WAITS)
        return
    if solution.wants_confirmation:
        yield OverviewItem(
            Section.WAITING, solution.title, solution.path, _("Does it still hold?"), solution.fresh_until
        )
    yield OverviewItem(Section.MINE, solution.title, solution.path, solution.organisation.name)


def fitting(user: User, challenges: Sequence[Challenge], solutions: Sequence[Solution]) -> Iterator[OverviewItem]:
    """What fits the newest that others can see, all asked in one go."""
    asking: list[Challenge | Solution] = [*newest(solutions), *newest(challenges)]
    questions = [
        question_of_solution(user, one, names_of(one))
        if isinstance(one, Solution)
        else question_of_challenge(user, one, names_of(one))
        for one in asking
    ]
    for one, hits in zip(asking, fitting_for_each(questions, MOST_FITTING), strict=True):
        for hit in hits:
            why = _("Fits “%(title)s”") % {"title": one.title}
            yield OverviewItem(Section.FITS, hit.listing.title, hit.listing.path, why)


def newest(mine: Sequence[Any]) -> list[Any]:
    """Those published last; drafts are seen by nobody, so they ask nothing."""
    seen = [one for one in mine if one.published and one.state != "draft"]
    return sorted(seen, key=lambda one: (one.published, one.pk), reverse=True)[:MOST_ASKED_FOR]
