"""What fits a challenge or a solution, with the reasons in words."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Model, OuterRef, QuerySet, Subquery

from fyrtaarn.areas.models import Department
from fyrtaarn.engine.matching import Document
from fyrtaarn.listings.codes import seeing
from fyrtaarn.listings.matches import ended_codes, fitting_each
from fyrtaarn.listings.models import Listing
from fyrtaarn.listings.search import Hit, Question, Scope, ask_each
from fyrtaarn.people.models import User

from ..models import Challenge, Solution
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
    """Solutions and like challenges, at most `most` of each; nothing for an empty draft.

    `teams` are the reader's own organisations. The challenge's own listing is left out.
    """
    offered, alike = ask_each(
        [
            question_of_challenge(user, challenge, names),
            Question(
                document_of_challenge(challenge, names),
                Scope(seeing(user), kinds=("challenge",)),
                without=listing_of(challenge),
            ),
        ]
    )
    own_codes = {f"organisation:{pk}" for pk in teams}
    own = [one for one in offered.found if not own_codes.isdisjoint(one.codes)][:most]
    others = [one for one in offered.found if own_codes.isdisjoint(one.codes)][:most]
    hits, like = fitting_each([(offered, [*own, *others]), (alike, alike.found[:most])])
    departments = names_of_departments(like)
    mine = {one.pk for one in own}
    return Fits(
        solutions=[fit_of(hit, {}) for hit in hits if hit.listing.pk not in mine],
        mine=[fit_of(hit, {}) for hit in hits if hit.listing.pk in mine],
        challenges=[fit_of(hit, departments) for hit in like],
    )


def challenges_for(user: "AnyUser", solution: Solution, names: Names, most: int) -> list[Fit]:
    """The open challenges that a solution fits, best first."""
    hits = fitting_for_each([question_of_solution(user, solution, names)], most)[0]
    departments = names_of_departments(hits)
    return [fit_of(hit, departments) for hit in hits]


def fitting_for_each(questions: Sequence[Question], most: int) -> list[list[Hit]]:
    """The best matches for each question, asked together."""
    return fitting_each([(answer, answer.found[:most]) for answer in ask_each(questions)])


def question_of_solution(user: "AnyUser", solution: Solution, names: Names) -> Question:
    """A solution that asks for open challenges, at home wherever it is delivered."""
    return Question(
        document_of_solution(solution, names),
        Scope(seeing(user), kinds=("challenge",)),
        avoid=tuple(ended_codes()),
        reach={solution.organisation.home_id, *names.delivered_in},
    )


def question_of_challenge(user: "AnyUser", challenge: Challenge, names: Names) -> Question:
    """A challenge that asks for solutions."""
    return Question(document_of_challenge(challenge, names), Scope(seeing(user), kinds=("solution",)))


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
