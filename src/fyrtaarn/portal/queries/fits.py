"""What fits a challenge or a solution, with the reasons in words."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Model, OuterRef, QuerySet, Subquery

from fyrtaarn.areas.models import Department
from fyrtaarn.engine.matching import Document
from fyrtaarn.listings.codes import seeing
from fyrtaarn.listings.matches import LEAST_FIT
from fyrtaarn.listings.models import Listing
from fyrtaarn.listings.search import Answer, Hit, Scope, ask, hits_of
from fyrtaarn.listings.search.asking import Found
from fyrtaarn.people.models import User

from ..models import OPEN_STATES, Challenge, Solution
from .names import Names

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    AnyUser = User | AnonymousUser

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Fit:
    """One thing that fits: its listing, where it is, whose it is, what speaks for it and what against."""

    listing: int
    title: str
    path: str
    whose: str
    sentences: list[str]
    against: list[str]


@dataclass(frozen=True)
class Fits:
    """What fits, best first; `mine` are the solutions of the reader's own organisations."""

    solutions: list[Fit] = field(default_factory=list)
    mine: list[Fit] = field(default_factory=list)
    challenges: list[Fit] = field(default_factory=list)


def with_listing(rows: QuerySet[M], kind: str) -> QuerySet[M]:
    """The rows with what `listing_of` needs."""
    own = Listing.objects.filter(kind=kind, subject_id=OuterRef("pk")).values("pk")[:1]
    return rows.annotate(listing_pk=Subquery(own))  # type: ignore[return-value]


def listing_of(subject: Challenge | Solution) -> int | None:
    """Primary key of the listing of a subject read by `with_listing`, also of one that is no longer found."""
    return getattr(subject, "listing_pk", None)


def fits_of_challenge(
    user: "AnyUser", challenge: Challenge, names: Names, most: int, teams: Collection[int] = ()
) -> Fits:
    """Solutions and like challenges, at most `most` of each, with one question; nothing for an empty draft.

    `teams` are the reader's own organisations. The challenge's own listing is left out.
    """
    answer = ask(
        document_of_challenge(challenge, names),
        Scope(seeing=seeing(user), kinds=("challenge", "solution")),
        without=listing_of(challenge),
    )
    teams_codes = {f"organisation:{pk}" for pk in teams}
    groups: list[list[int]] = [[], [], []]
    for one in answer.found:
        place = 2 if "kind:challenge" in one.codes else 1 if not teams_codes.isdisjoint(one.codes) else 0
        if len(groups[place]) < most:
            groups[place].append(one.pk)
    shown = {pk for group in groups for pk in group}
    hits = {hit.listing.pk: hit for hit in _fitting(answer, [one for one in answer.found if one.pk in shown])}
    departments = names_of_departments(hits[pk] for pk in groups[2] if pk in hits)
    solutions, mine, challenges = ([fit_of(hits[pk], departments) for pk in group if pk in hits] for group in groups)
    return Fits(solutions, mine, challenges)


def challenges_for(user: "AnyUser", solution: Solution, names: Names, most: int) -> list[Fit]:
    """The open challenges that a solution fits, best first."""
    open_now = [f"state:{state.value}" for state in OPEN_STATES]
    scope = Scope(seeing=seeing(user), kinds=("challenge",))
    reach = {solution.organisation.home_id, *(area.pk for area in solution.delivers_in.all())}
    answer = ask(document_of_solution(solution, names), scope, [open_now], reach=reach)
    hits = _fitting(answer, answer.found[:most])
    departments = names_of_departments(hits)
    return [fit_of(hit, departments) for hit in hits]


def _fitting(answer: Answer, found: Sequence[Found]) -> list[Hit]:
    """The found listings that fit well enough to be called a match."""
    return [hit for hit in hits_of(answer.plan, found) if hit.match and hit.match.fit >= LEAST_FIT]


def document_of_challenge(challenge: Challenge, names: Names) -> Document:
    """A challenge as a question, also while it is being written."""
    return Document(
        id="",
        title=challenge.title,
        text=" ".join((challenge.situation, challenge.whom, challenge.change)),
        language=challenge.language if challenge.pk else "",
        municipality=str(challenge.municipality_id),
        target_groups=names.target_groups,
        sdgs=names.goals,
        district=", ".join(names.districts),
    )


def document_of_solution(solution: Solution, names: Names) -> Document:
    """A solution as a question."""
    return Document(
        id="",
        title=solution.title,
        text=" ".join((solution.what, solution.for_whom)),
        language=solution.language,
        municipality=str(solution.organisation.home_id),
        target_groups=names.target_groups,
        sdgs=names.goals,
        district=", ".join(names.districts),
    )


def names_of_departments(hits: Iterable[Hit]) -> dict[int, str]:
    """The names of the departments that lead, by primary key."""
    leading = {hit.listing.departments[0] for hit in hits if hit.listing.departments}
    return {department.pk: department.label for department in Department.objects.filter(pk__in=leading).order_by("pk")}


def fit_of(hit: Hit, departments: dict[int, str]) -> Fit:
    listing = hit.listing
    department = departments.get(listing.departments[0], "") if listing.departments else ""
    owner = str(listing.organisation) if listing.organisation else department
    whose = " · ".join(part for part in (owner, listing.municipality.label) if part)
    return Fit(listing.pk, listing.title, listing.path, whose, hit.reasons, hit.against)
