"""How challenges and solutions appear in search and matching."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from fyrtaarn.listings.models import Side
from fyrtaarn.listings.registry import ListingFacts, ListingKind, register
from fyrtaarn.listings.told import Told, teller

from .models import ENDED_STATES, CapacityNow, Challenge, ChallengeState, Solution, SolutionState, Stage
from .queries.people import team_of, writers_of

TOPICS = ("themes", "target_groups", "goals", "districts")


def keys(related: Iterable[Any]) -> tuple[int, ...]:
    return tuple(one.pk for one in related)


def sentences(*texts: str) -> str:
    return "\n".join(text for text in texts if text)


def describe_challenge(challenge: Challenge) -> ListingFacts | None:
    """The facts of a challenge that others can see; it stays found, with its state, after it has ended."""
    if challenge.state == ChallengeState.DRAFT or challenge.published is None:
        return None
    districts = list(challenge.districts.all())
    place = districts[0] if len(districts) == 1 else None
    return ListingFacts(
        title=challenge.title,
        text=sentences(challenge.situation, challenge.whom, challenge.change, challenge.where),
        path=challenge.path,
        municipality=challenge.municipality,
        published=challenge.published,
        audience=challenge.audience,
        language=challenge.language,
        departments=keys(challenge.owners),
        districts=keys(districts),
        themes=keys(challenge.themes.all()),
        target_groups=keys(challenge.target_groups.all()),
        goals=keys(challenge.goals.all()),
        state=challenge.state,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
    )


def describe_solution(solution: Solution) -> ListingFacts | None:
    """The facts of a solution while it is offered."""
    if solution.state != SolutionState.PUBLISHED or solution.published is None:
        return None
    organisation = solution.organisation
    with override("da"):
        organisation_type = str(organisation.get_kind_display())
    return ListingFacts(
        title=solution.title,
        text=sentences(solution.what, solution.for_whom, solution.evidence),
        unshown=organisation.name,
        path=solution.path,
        municipality=organisation.home,
        published=solution.published,
        organisation=organisation,
        organisation_type=organisation_type,
        language=solution.language,
        districts=keys(solution.districts.all()),
        themes=keys(solution.themes.all()),
        target_groups=keys(solution.target_groups.all()),
        goals=keys(solution.goals.all()),
        delivers_in=keys(solution.delivers_in.all()),
        delivers_everywhere=solution.delivers_everywhere,
        state=solution.state,
        stage=solution.stage,
        capacity=solution.capacity_now,
        confirmed=solution.confirmed,
        fresh_until=solution.fresh_until,
        latitude=organisation.latitude,
        longitude=organisation.longitude,
    )


def listed_challenges() -> QuerySet[Challenge]:
    whole = Challenge.objects.select_related("municipality", "department").prefetch_related("partners", *TOPICS)
    return whole.exclude(state=ChallengeState.DRAFT).order_by("pk")


def listed_solutions() -> QuerySet[Solution]:
    whole = Solution.objects.select_related("organisation__home").prefetch_related("delivers_in", *TOPICS)
    return whole.filter(state=SolutionState.PUBLISHED).order_by("pk")


CHALLENGE = register(
    ListingKind(
        key="challenge",
        side=Side.SOUGHT,
        model=Challenge,
        label=_("Challenge"),
        plural=_("Challenges"),
        describe=describe_challenge,
        subjects=listed_challenges,
        holders=lambda challenge: writers_of(keys(challenge.owners)),
        states=dict(ChallengeState.choices),
        ended_states=frozenset(ENDED_STATES),
    )
)
SOLUTION = register(
    ListingKind(
        key="solution",
        side=Side.OFFERED,
        model=Solution,
        label=_("Solution"),
        plural=_("Solutions"),
        describe=describe_solution,
        subjects=listed_solutions,
        holders=lambda solution: team_of(solution.organisation_id),
        states=dict(SolutionState.choices),
        stages=dict(Stage.choices),
        capacities=dict(CapacityNow.choices),
    )
)


def told_of_solution(pk: int) -> Told:
    """What the organisation has written of its solution."""
    solution = Solution.objects.get(pk=pk)
    return Told(solution.what, solution.for_whom, solution.evidence)


teller("solution", told_of_solution)
