"""What a vocabulary would do to the answers of the examples, beside what they are today.

The candidates of an example are what today's index finds for the question and for the words of the concepts that
differ. They are read anew with both vocabularies and scored exactly, with the index's own statistics; those of terms
that come or go are corrected by what changes among the candidates.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fyrtaarn.engine.evaluation.measures import ndcg
from fyrtaarn.engine.matching import (
    Analysis,
    Document,
    Statistics,
    Taxonomy,
    analyse,
    candidate_terms,
    plan,
    rotation,
    score,
)
from fyrtaarn.foundation import clock
from fyrtaarn.listings.models import Listing
from fyrtaarn.listings.registry import kinds
from fyrtaarn.listings.search import Question, Scope, ask_each
from fyrtaarn.listings.search.asking import LEAST_SHARE, facts_of
from fyrtaarn.listings.search.reading import read_known
from fyrtaarn.listings.terms import document_of, target_group_names
from fyrtaarn.vocabulary.content import Change

from .models import RankingExample

SHOWN = 10
"""Places of a ranking that are compared."""
MOST_CANDIDATES = 100
"""Of each question, the best."""
MOST_CONCEPTS = 60
"""Changed concepts whose words are looked up for candidates."""


@dataclass(frozen=True)
class Move:
    """One listing with its places, from 1 on; None beyond the places shown."""

    listing: Listing
    before: int | None
    after: int | None
    expected: bool

    @property
    def up(self) -> int:
        """How many places it moves up (negative: down), when it is shown in both."""
        return self.before - self.after if self.before and self.after else 0

    @property
    def down(self) -> int:
        return -self.up


@dataclass(frozen=True)
class Outcome:
    """One example in both rankings. Goodness is nDCG of the first ten in per cent; None where nothing is expected."""

    example: RankingExample
    moves: list[Move]
    before: int | None
    after: int | None
    expected: int
    among_before: int
    among_after: int

    @property
    def differs(self) -> bool:
        return any(move.before != move.after for move in self.moves)


def preview(
    examples: Sequence[RankingExample], changes: Sequence[Change], old: Taxonomy, new: Taxonomy
) -> list[Outcome]:
    """The outcome of each example with both vocabularies, in the order of the examples."""
    if not examples:
        return []
    found = _candidates(examples, changes)
    expected = {example.pk: {answer.listing_id for answer in example.expected.all()} for example in examples}
    wanted = {pk for each in (*found, *expected.values()) for pk in each}
    listings = Listing.objects.filter(pk__in=wanted, ended=None).select_related("municipality").in_bulk()
    documents = _documents(listings.values())
    readings = [{pk: analyse(document, taxonomy) for pk, document in documents.items()} for taxonomy in (old, new)]
    asked = [
        (Document("", title=example.question), taxonomy, scope_of(example).shelves())
        for taxonomy in (old, new)
        for example in examples
    ]
    known = read_known([(candidate_terms(document, taxonomy), keys) for document, taxonomy, keys in asked]).statistics
    shift = _shift(readings[0].values(), readings[1].values())
    outcomes = []
    for place, example in enumerate(examples):
        keys = set(scope_of(example).kind_keys())
        pool = [listing for listing in listings.values() if listing.kind in keys and listing.pk in documents]
        document = asked[place][0]
        before = _ranked(document, known[place], old, readings[0], pool)
        corrected = _corrected(known[place + len(examples)], shift)
        after = _ranked(document, corrected, new, readings[1], pool)
        outcomes.append(_outcome(example, before, after, expected[example.pk], listings))
    return outcomes


def scope_of(example: RankingExample) -> Scope:
    """Where an example asks: among what everybody may see."""
    return Scope(kinds=(example.kind,) if example.kind else ())


def _candidates(examples: Sequence[RankingExample], changes: Sequence[Change]) -> list[list[int]]:
    questions = [Question(Document("", title=example.question), scope_of(example)) for example in examples]
    for change in changes[:MOST_CONCEPTS]:
        entry = change.entry
        words = [entry.label_da, *change.added, *change.removed, *entry.danish[:8]]
        questions.append(Question(Document("", title=". ".join(words), language="da"), Scope()))
    return [[one.pk for one in answer.found[:MOST_CANDIDATES]] for answer in ask_each(questions)]


def _documents(listings: Iterable[Listing]) -> dict[int, Document]:
    """The listings as the index reads them, by primary key."""
    names = target_group_names()
    documents = {}
    chosen = list(listings)
    for kind in kinds():
        own = {listing.subject_id: listing.pk for listing in chosen if listing.kind == kind.key}
        subjects: Any = kind.subjects().filter(pk__in=list(own)).order_by("pk") if own else ()
        for subject in subjects:
            facts = kind.describe(subject)
            if facts is not None:
                documents[own[subject.pk]] = document_of(facts, [names[pk] for pk in facts.target_groups])
    return documents


def _shift(old: Iterable[Analysis], new: Iterable[Analysis]) -> Counter[str]:
    """By how many listings the frequency of a term changes among the candidates."""
    shift: Counter[str] = Counter()
    for analysis in new:
        shift.update(analysis.terms.keys())
    for analysis in old:
        shift.subtract(analysis.terms.keys())
    return shift


def _corrected(known: Statistics, shift: Mapping[str, int]) -> Statistics:
    terms = {*known.frequency, *(term for term, change in shift.items() if change > 0)}
    frequency = {term: count for term in terms if (count := known.frequency.get(term, 0) + shift.get(term, 0)) > 0}
    return Statistics(known.documents, frequency)


def _ranked(
    document: Document,
    known: Statistics,
    taxonomy: Taxonomy,
    readings: Mapping[int, Analysis],
    pool: Sequence[Listing],
) -> list[int]:
    """Primary keys of the listings that answer, best first, as the search orders them."""
    asked = plan(document, known, taxonomy)
    today = clock.today()
    day = today.toordinal()
    scored = []
    for listing in pool:
        facts = facts_of(
            asked.facts, (), today, listing.municipality_id, listing.delivers_in, listing.delivers_everywhere, None,
            listing.goals, listing.language, listing.stage, listing.capacity, listing.fresh_until, listing.movable,
        )  # fmt: skip
        points = score(asked, readings[listing.pk].terms, facts).score
        if points > 0:
            scored.append((-points, rotation(str(listing.pk), day), listing.pk))
    best = max((-points for points, _rotation, _pk in scored), default=0)
    return [pk for points, _rotation, pk in sorted(scored) if -points >= best * LEAST_SHARE // 100]


def _outcome(
    example: RankingExample,
    before: Sequence[int],
    after: Sequence[int],
    expected: Collection[int],
    listings: Mapping[int, Listing],
) -> Outcome:
    old = {pk: place for place, pk in enumerate(before[:SHOWN], 1)}
    new = {pk: place for place, pk in enumerate(after[:SHOWN], 1)}
    beyond = SHOWN + 1
    wanted = {*old, *new, *(pk for pk in expected if pk in listings)}
    shown = sorted(wanted, key=lambda pk: (new.get(pk, beyond), old.get(pk, beyond), pk))
    grades = {str(pk): 1 for pk in expected}
    return Outcome(
        example,
        [Move(listings[pk], old.get(pk), new.get(pk), pk in expected) for pk in shown],
        _per_cent(before, grades),
        _per_cent(after, grades),
        len(expected),
        len(set(expected) & set(old)),
        len(set(expected) & set(new)),
    )


def _per_cent(ranked: Sequence[int], grades: Mapping[str, int]) -> int | None:
    return round(100 * ndcg([str(pk) for pk in ranked], grades, SHOWN)) if grades else None
