"""Words for the portal's templates."""

from django import template
from django.utils.functional import Promise

from ..models import Challenge, ChallengeState, Possibility, Solution, SolutionState

register = template.Library()

STATUS_KINDS = {
    ChallengeState.PUBLISHED: "info",
    ChallengeState.IN_DIALOGUE: "info",
    ChallengeState.IN_TRIAL: "warn",
    ChallengeState.SOLVED: "good",
    SolutionState.PUBLISHED: "good",
}


@register.filter
def possibility_names(challenge: Challenge) -> list[str | Promise]:
    """What is possible, in the reader's language."""
    return [Possibility(value).label for value in challenge.possibilities]


@register.filter
def status_kind(subject: Challenge | Solution) -> str:
    """The kind of `<c-status>` that a state is shown as."""
    return STATUS_KINDS.get(subject.state, "neutral")  # type: ignore[call-overload,no-any-return]
