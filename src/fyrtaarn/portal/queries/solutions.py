"""What the page of a solution and the list of mine read."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from fyrtaarn.agreements.models import Agreement
from fyrtaarn.foundation.files import files_of
from fyrtaarn.foundation.models import StoredFile
from fyrtaarn.organisations.rules import memberships_of
from fyrtaarn.people.models import User

from .. import rules
from ..models import Solution, SolutionState
from ..rules.challenges import EDITING_KINDS, LEADING_KINDS
from .challenges import collaborations_about
from .fits import Fit, challenges_for, listing_of, with_listing
from .names import Names, names_of, with_names

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    AnyUser = User | AnonymousUser

MOST_FITS = 6


@dataclass(frozen=True)
class SolutionPage:
    """All that the page of a solution shows, for one reader."""

    solution: Solution
    names: Names
    listing: int | None
    pictures: list[StoredFile]
    may_edit: bool
    may_delete: bool
    may_publish: bool
    may_invite: bool  # the reader writes challenges somewhere
    challenges: list[Fit]
    collaborations: list[Agreement]


def whole_solutions() -> QuerySet[Solution]:
    """Solutions with all that their pages show."""
    rows = Solution.objects.select_related("organisation__home").prefetch_related("references")
    return with_listing(with_names(rows, "solutions"), "solution")


def solution_page(user: "AnyUser", solution: Solution) -> SolutionPage:
    """What this reader is shown of a solution that she may see."""
    listing, names = listing_of(solution), names_of(solution)
    offered = solution.state == SolutionState.PUBLISHED
    may_edit = bool(rules.may_edit_solution(user, solution))
    return SolutionPage(
        solution=solution,
        names=names,
        listing=listing,
        pictures=list(files_of(solution)),
        may_edit=may_edit,
        may_delete=bool(rules.may_delete_solution(user, solution)),
        may_publish=not offered and bool(rules.may_publish_solution(user, solution)),
        may_invite=offered and not may_edit and writes_challenges(user),
        challenges=challenges_for(user, solution, names, MOST_FITS) if offered else [],
        collaborations=list(collaborations_about(listing)) if listing else [],
    )


def writes_challenges(user: "AnyUser") -> bool:
    """Whether the person writes challenges for any department."""
    kinds = (*EDITING_KINDS, *LEADING_KINDS)
    return isinstance(user, User) and any(role.kind in kinds for role in user.current_roles)


def solutions_of(user: User) -> QuerySet[Solution]:
    """The solutions of the organisations in whose teams the person is, the latest changed first."""
    organisations = [membership.organisation_id for membership in memberships_of(user)]
    mine = Solution.objects.filter(organisation__in=organisations).select_related("organisation")
    return mine.order_by("-updated", "-pk")
