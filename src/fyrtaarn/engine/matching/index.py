"""An index in memory, for the command, for tests and for small collections."""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from zlib import crc32

from fyrtaarn.engine.danish.spelling import corrections

from .analysis import analyse, chosen
from .documents import Analysis, Document, Facts, Match, Plan, Statistics
from .planning import candidate_terms, plan
from .scoring import adjusted, score
from .similar import plan_of_terms
from .taxonomy import Taxonomy
from .terms import whole_term

POOL_TIMES = 5
"""Adjustments reorder this many times as many documents as are asked for."""
LEAST_POOL = 100
PRUNED_FROM = 0.6
"""Documents are given up once the terms left can give at most this share of all points."""
SCAN_TIMES = 6
"""Looking a document up costs about as much as passing this many postings."""


class _Postings:
    """The documents of one term by rising number, each with its stored weight.

    `top` is at least the largest weight.
    """

    __slots__ = ("documents", "top", "weights")

    def __init__(self) -> None:
        self.documents = array("I")
        self.weights = array("H")
        self.top = 0

    def __len__(self) -> int:
        return len(self.documents)

    def append(self, number: int, weight: int) -> None:
        self.documents.append(number)
        self.weights.append(weight)
        if weight > self.top:
            self.top = weight

    def remove(self, number: int) -> None:
        place = bisect_left(self.documents, number)
        del self.documents[place]
        del self.weights[place]

    def weight(self, number: int) -> int:
        place = bisect_left(self.documents, number)
        if place < len(self.documents) and self.documents[place] == number:
            return self.weights[place]
        return 0

    def add_to(self, points: dict[int, int], weight: int) -> None:
        """Add this term's points for the documents that are in `points` already."""
        if len(points) * SCAN_TIMES < len(self.documents):
            for number in points:
                points[number] += weight * self.weight(number)
        else:
            for number, stored in zip(self.documents, self.weights, strict=True):
                if number in points:
                    points[number] += weight * stored


@dataclass(frozen=True, slots=True)
class _Stored:
    """What is kept of one document beside its postings."""

    id: str
    facts: Facts
    terms: Sequence[int]
    words: tuple[str, ...]


class Index:
    """Documents with their terms; gives the scores that a store of postings would.

    `plain` leaves out concepts, target groups and the statistics of earlier questions.
    """

    def __init__(self, taxonomy: Taxonomy | None = None, *, plain: bool = False) -> None:
        self.plain = plain
        self.taxonomy = chosen(taxonomy, plain)
        self._next = 0
        self._numbers: dict[str, int] = {}
        self._stored: dict[int, _Stored] = {}
        self._names: list[str] = []
        self._term_numbers: dict[str, int] = {}
        self._postings: list[_Postings] = []
        self._words: Counter[str] = Counter()
        self._questions = 0
        self._question_frequency: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._numbers)

    def __contains__(self, id: object) -> bool:
        return id in self._numbers

    def add(self, document: Document) -> None:
        """Add a document, in place of an earlier one with the same id."""
        self.add_analysis(document.id, analyse(document, self.taxonomy, plain=self.plain))

    def add_analysis(self, id: str, analysis: Analysis) -> None:
        """Add a document by its finished terms."""
        self.remove(id)
        number = self._next
        self._next += 1
        own = array("I")
        for term, weight in analysis.terms.items():
            place = self._term_numbers.get(term)
            if place is None:
                place = self._term_numbers[term] = len(self._names)
                self._names.append(term)
                self._postings.append(_Postings())
            self._postings[place].append(number, weight)
            own.append(place)
        self._numbers[id] = number
        self._stored[number] = _Stored(id, analysis.facts, own, analysis.words)
        self._words.update(analysis.words)

    def remove(self, id: str) -> None:
        """Remove a document; an unknown id is no error."""
        number = self._numbers.pop(id, None)
        if number is None:
            return
        stored = self._stored.pop(number)
        for place in stored.terms:
            self._postings[place].remove(number)
        self._words.subtract(stored.words)

    def learn_questions(self, questions: Iterable[Document]) -> None:
        """Count the terms of earlier questions, so that what all of them say weighs less."""
        if self.plain:
            return
        for question in questions:
            self._questions += 1
            for term in candidate_terms(question, self.taxonomy):
                self._question_frequency[term] += 1

    def stored_terms(self, id: str) -> dict[str, int]:
        """The terms of a document with their stored weights. Raises KeyError when it is not there."""
        number = self._numbers[id]
        return {self._names[place]: self._postings[place].weight(number) for place in self._stored[number].terms}

    def frequency(self, term: str) -> int:
        """How many documents hold a term."""
        place = self._term_numbers.get(term)
        return 0 if place is None else len(self._postings[place])

    def statistics(self, terms: Iterable[str]) -> Statistics:
        """The statistics that a plan needs for its candidate terms."""
        wanted = list(terms)
        return Statistics(
            len(self),
            {term: count for term in wanted if (count := self.frequency(term))},
            self._questions,
            {term: self._question_frequency[term] for term in wanted if term in self._question_frequency},
        )

    def plan(self, query: Document | str, most: int | None = None) -> Plan:
        """The weighted terms of a question against this collection."""
        extra = {} if most is None else {"most": most}
        found = self.statistics(candidate_terms(query, self.taxonomy, plain=self.plain))
        return plan(query, found, self.taxonomy, plain=self.plain, **extra)

    def search(self, query: Document | str | Plan, limit: int = 20, day: int = 0) -> list[Match]:
        """The best matches, best first. Equal scores change places with the day."""
        wanted = query if isinstance(query, Plan) else self.plan(query)
        pool = self._best(wanted, max(LEAST_POOL, POOL_TIMES * limit))
        ranked = []
        for number, points in pool.items():
            stored = self._stored[number]
            ranked.append((adjusted(points, wanted.facts, stored.facts), rotation(stored.id, day), number))
        return [self._match(wanted, number) for points, _, number in nlargest(limit, ranked) if points > 0]

    def _match(self, wanted: Plan, number: int) -> Match:
        terms: dict[str, int] = {}
        for one in wanted.terms:
            place = self._term_numbers.get(one.term)
            weight = 0 if place is None else self._postings[place].weight(number)
            if weight:
                terms[one.term] = weight
        return score(wanted, terms, self._stored[number].facts, self._stored[number].id)

    def _best(self, wanted: Plan, count: int) -> dict[int, int]:
        """Number -> term points of the documents with most of them, at least `count` if so many match.

        Terms are taken by what they can give at most. Once the terms left cannot lift a
        new document among the best, only documents met already are looked up in them
        (MaxScore: Turtle and Flood 1995, Query evaluation: strategies and optimizations).
        """
        lists = [
            (one.weight * self._postings[place].top, one.weight, self._postings[place])
            for one in wanted.terms
            if (place := self._term_numbers.get(one.term)) is not None
        ]
        lists.sort(key=lambda item: -item[0])
        rest = sum(top for top, _, _ in lists)
        whole = rest
        points: dict[int, int] = {}
        floor = 0
        for top, weight, postings in lists:
            if floor > rest:
                postings.add_to(points, weight)
            else:
                get = points.get
                for number, stored in zip(postings.documents, postings.weights, strict=True):
                    points[number] = get(number, 0) + weight * stored
            rest -= top
            if len(points) > 2 * count and rest < whole * PRUNED_FROM:
                floor = nlargest(count, points.values())[-1]
                if floor > rest:
                    points = {number: sum for number, sum in points.items() if sum + rest >= floor}
        return points

    def similar(self, document: Document | str, limit: int = 10) -> list[Match]:
        """Documents like a given one (a document or the id of one here), itself left out."""
        if isinstance(document, Document):
            found = self.search(document, limit + 1)
            own = document.id
        else:
            found = self.search(self._plan_of(document), limit + 1)
            own = document
        return [match for match in found if match.id != own][:limit]

    def _plan_of(self, id: str) -> Plan:
        terms = self.stored_terms(id)
        return plan_of_terms(terms, self.statistics(terms), self._stored[self._numbers[id]].facts)

    def suggest(self, prefix: str, limit: int = 8) -> list[str]:
        """Words of titles here that begin with the prefix, the most frequent first."""
        start = prefix.lower()
        found = [(-count, word) for word, count in self._words.items() if count and word.startswith(start)]
        return [word for _, word in sorted(found)[:limit]] if start else []

    def did_you_mean(self, word: str) -> str | None:
        """A word of the collection that an unknown word may stand for, or None."""
        folded = word.lower()
        if self.frequency(whole_term(folded)):
            return None
        guesses = corrections(folded)
        return max(
            guesses,
            key=lambda guess: self.frequency(whole_term(guess)),
            default=None,
        )


def rotation(id: str, day: int) -> int:
    """A number that orders equal fits differently each day, the same for everybody."""
    return crc32(f"{day}/{id}".encode())
