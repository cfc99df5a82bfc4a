"""Challenges and solutions grow of words that somebody has written elsewhere, as drafts."""

from collections.abc import Iterable
from uuid import uuid5

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fyrtaarn.foundation.rules import Refused
from fyrtaarn.listings.growing import GrowingKind, Grown, Option, Seed, register
from fyrtaarn.organisations.rules import memberships_of
from fyrtaarn.people.models import User

from . import actions, rules
from .models import Challenge, Solution


def challenge_options(user: User, seed: Seed) -> list[Option]:
    """A draft in the municipality, for those who write challenges there."""
    may = rules.may_create_challenge(user, seed.municipality)
    return [Option("", gettext_lazy("A draft of a challenge"))] if may else []


def grow_challenge(user: User, seed: Seed, _option: str) -> int:
    """The same person gets the same draft again."""
    key = uuid5(seed.key, f"challenge-{user.pk}")
    return actions.add_challenge(user, seed.municipality, key, {"title": seed.title, "situation": seed.text}).pk


def shown_challenges(user: User, keys: Iterable[int]) -> dict[int, Grown]:
    rows = Challenge.objects.select_related("municipality", "department").filter(pk__in=list(keys)).order_by("pk")
    return {
        challenge.pk: Grown(gettext_lazy("Challenge"), str(challenge), challenge.path)
        for challenge in rows
        if rules.may_see_challenge(user, challenge)
    }


def solution_options(user: User, seed: Seed) -> list[Option]:
    """A draft of each organisation in whose team she is."""
    teams = [membership.organisation for membership in memberships_of(user)]
    return [
        Option(str(team.pk), _("A draft of a solution of %(organisation)s") % {"organisation": team})
        for team in teams
        if rules.may_offer_for(user, team)
    ]


def grow_solution(user: User, seed: Seed, option: str) -> int:
    """The organisation's team gets the same draft again."""
    team = next((one.organisation for one in memberships_of(user) if str(one.organisation_id) == option), None)
    if team is None:
        raise Refused(_("Only the organisation's own team can offer solutions in its name."))
    key = uuid5(seed.key, f"solution-{team.pk}")
    return actions.add_solution(user, team, key, {"title": seed.title, "what": seed.text}).pk


def shown_solutions(user: User, keys: Iterable[int]) -> dict[int, Grown]:
    rows = Solution.objects.select_related("organisation").filter(pk__in=list(keys)).order_by("pk")
    return {
        solution.pk: Grown(gettext_lazy("Solution"), str(solution), solution.path)
        for solution in rows
        if rules.may_see_solution(user, solution)
    }


register(GrowingKind("challenge", challenge_options, grow_challenge, shown_challenges))
register(GrowingKind("solution", solution_options, grow_solution, shown_solutions))
