"""Who may do what with a solution."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.rules import ALLOWED, Verdict, allowed_if, refused
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.organisations.rules import is_member
from fyrtaarn.people.models import User

from ..models import Solution, SolutionState
from .challenges import Missing

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    AnyUser = User | AnonymousUser


def may_offer_for(user: "AnyUser", organisation: Organisation) -> Verdict:
    """The organisation's team offers in its name."""
    if organisation.closed:
        return refused(_("The organisation is closed."))
    return allowed_if(
        is_member(user, organisation), _("Only the organisation's own team can offer solutions in its name.")
    )


def may_edit_solution(user: "AnyUser", solution: Solution) -> Verdict:
    """The team of the organisation that offers it."""
    return allowed_if(
        is_member(user, solution.organisation_id), _("Only the organisation's own team can change its solutions.")
    )


def may_see_solution(user: "AnyUser", solution: Solution) -> Verdict:
    """Offered ones for everybody, the others for the organisation's team."""
    if solution.state == SolutionState.PUBLISHED:
        return ALLOWED
    return allowed_if(is_member(user, solution.organisation_id), _("The solution is not offered at present."))


def missing_in_solution(solution: Solution) -> list[Missing]:
    """What must be filled in before the solution can be offered, in the order of the form."""
    wanted = (
        (solution.title.strip(), Missing("what", "title", _("Give the solution a title."))),
        (solution.what.strip(), Missing("what", "what", _("Tell what the solution does."))),
    )
    return [missing for value, missing in wanted if not value]


def may_publish_solution(user: "AnyUser", solution: Solution) -> Verdict:
    """The organisation's team, once nothing is missing."""
    if not (verdict := may_edit_solution(user, solution)):
        return verdict
    if solution.organisation.closed:
        return refused(_("The organisation is closed."))
    return allowed_if(not missing_in_solution(solution), _("Something is missing before the solution can be offered."))


def may_confirm_solution(user: "AnyUser", solution: Solution) -> Verdict:
    """The organisation's team says that an offered solution still holds."""
    if solution.state != SolutionState.PUBLISHED:
        return refused(_("Only a solution that is offered can be confirmed."))
    return may_edit_solution(user, solution)


def may_delete_solution(user: "AnyUser", solution: Solution) -> Verdict:
    """Drafts only: what has been offered is withdrawn, never deleted."""
    if solution.state != SolutionState.DRAFT:
        return refused(_("A solution that others have seen cannot be deleted. Withdraw it instead."))
    return may_edit_solution(user, solution)
