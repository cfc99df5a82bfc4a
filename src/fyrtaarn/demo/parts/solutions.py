"""Solutions: offered since a while, each confirmed when the content says."""

from datetime import timedelta

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Step
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.portal.models import Reference, Solution, SolutionState

from ..book import Book, Row, Words, link
from ..moments import moment
from ..reading import rows
from ..story import step
from .organisations import owners

EVERYWHERE = ["all"]


def load(book: Book) -> None:
    words = Words.read()
    new = book.new("solution", rows("solutions"))
    homes = dict(Organisation.objects.values_list("pk", "home_id"))
    owner = owners()
    solutions = {row["key"]: solution(row, book.pk("organisation", row["organisation"]), owner) for row in new}
    Solution.objects.bulk_create(solutions.values())
    link(
        {
            solutions[row["key"]]: {
                **words.topics_of(row),
                "delivers_in": delivers_in(row, words) - {homes[solutions[row["key"]].organisation_id]},
            }
            for row in new
        }
    )
    Reference.objects.bulk_create(
        Reference(solution=solutions[row["key"]], **reference) for row in new for reference in row["references"]
    )
    Step.objects.bulk_create(
        step(one, "publish", SolutionState.DRAFT, SolutionState.PUBLISHED, by=one.created_by_id, at=one.created)
        for one in solutions.values()
    )
    book.write("solution", solutions)


def solution(row: Row, organisation: int, owner: dict[int, int]) -> Solution:
    created = moment(row["created_days_ago"], row["key"])
    return Solution(
        organisation_id=organisation,
        title=row["title"],
        what=row["text"],
        for_whom=row["for_whom"],
        evidence=row["evidence"],
        stage=row["stage"],
        delivers_everywhere=row["delivers_in"] == EVERYWHERE,
        capacity=row["capacity"],
        capacity_now=row["capacity_now"],
        price_model=row["price_model"],
        price_note=row["price_note"],
        language=row["language"],
        state=SolutionState.PUBLISHED,
        confirmed=clock.today() - timedelta(days=row["confirmed_days_ago"]),
        confirm_every=row["confirm_every_days"],
        created_by_id=owner[organisation],
        created=created,
        updated=created,
        published=created,
    )


def delivers_in(row: Row, words: Words) -> set[int]:
    """Primary keys of the municipalities, its home among them."""
    if row["delivers_in"] == EVERYWHERE:
        return set()
    return {words.municipalities[slug].pk for slug in row["delivers_in"]}
