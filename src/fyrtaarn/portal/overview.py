"""What the portal puts on a person's overview."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.overview import OverviewItem, Section, provider
from fyrtaarn.people.models import User

from .models import OPEN_STATES, ChallengeState, SolutionState
from .queries.challenges import challenges_of, whole_challenges
from .queries.fits import challenges_for, fits_of_challenge
from .queries.names import names_of
from .queries.solutions import solutions_of, whole_solutions

MOST = 12
MOST_ASKED_FOR = 2  # of my newest, because each asks the index
MOST_FITTING = 3
DRAFT_WAITS = gettext_lazy("A draft that waits to be finished")


@provider
def challenges(user: User) -> Iterator[OverviewItem]:
    """My drafts, the challenges whose answers are soon wanted, and those that are open."""
    if not user.current_roles:
        return
    mine = challenges_of(user)
    for draft in mine.filter(state=ChallengeState.DRAFT)[:MOST]:
        path = reverse("portal:challenge-review", args=(draft.municipality.slug, draft.pk))
        yield OverviewItem(Section.WAITING, str(draft), path, DRAFT_WAITS)
    for challenge in mine.filter(state__in=OPEN_STATES)[:MOST]:
        yield OverviewItem(Section.MINE, challenge.title, challenge.path, challenge.get_state_display())
        if challenge.needed_by and challenge.needed_by >= clock.today():
            yield OverviewItem(
                Section.DEADLINES, challenge.title, challenge.path, _("Answers wanted before"), challenge.needed_by
            )


@provider
def solutions(user: User) -> Iterator[OverviewItem]:
    """My drafts, the solutions that wait to be confirmed, and those that are offered."""
    for solution in solutions_of(user).exclude(state=SolutionState.WITHDRAWN)[: 3 * MOST]:
        if solution.state == SolutionState.DRAFT:
            path = reverse("portal:solution-edit", args=(solution.pk,))
            yield OverviewItem(Section.WAITING, str(solution), path, DRAFT_WAITS)
            continue
        if solution.wants_confirmation:
            yield OverviewItem(
                Section.WAITING, solution.title, solution.path, _("Does it still hold?"), solution.fresh_until
            )
        yield OverviewItem(Section.MINE, solution.title, solution.path, solution.organisation.name)


@provider
def fitting(user: User) -> Iterator[OverviewItem]:
    """The challenges that fit my newest solutions, and the solutions that fit the newest open challenges of mine."""
    offered = solutions_of(user).filter(state=SolutionState.PUBLISHED).order_by("-published")
    for solution in whole_solutions().filter(pk__in=list(offered.values_list("pk", flat=True)[:MOST_ASKED_FOR])):
        for fit in challenges_for(user, solution, names_of(solution), MOST_FITTING):
            yield OverviewItem(Section.FITS, fit.title, fit.path, fits_with(solution.title))
    if not user.current_roles:
        return
    sought = challenges_of(user).filter(state__in=OPEN_STATES).order_by("-published")
    for challenge in whole_challenges().filter(pk__in=list(sought.values_list("pk", flat=True)[:MOST_ASKED_FOR])):
        for fit in fits_of_challenge(user, challenge, names_of(challenge), MOST_FITTING).solutions:
            yield OverviewItem(Section.FITS, fit.title, fit.path, fits_with(challenge.title))


def fits_with(title: str) -> str:
    return _("Fits “%(title)s”") % {"title": title}
