"""An index in memory, for the command, for tests and for small collections."""

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
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
LEAST_POOL = 200


class _Postings:
    """The documents of one term by rising number, each with its stored weight."""

    __slots__ = ("documents", "live", "top", "weights")

    def __init__(self) -> None:
        self.documents = array("I")
        self.weights = array("H")
        self.top = 0
        self.live = 0

    def append(self, number: int, weight: int) -> None:
        self.documents.append(number)
        self.weights.append(weight)
        self.live += 1
        self.top = max(self.top, weight)

    def weight(self, number: int) -> int:
        place = bisect_left(self.documents, number)
        if place < len(self.documents) and self.documents[place] == number:
            return self.weights[place]
        return 0


class Index:
    """Documents with their terms; gives the scores that a store of postings would.

    `plain` leaves out concepts, target groups and the statistics of earlier questions.
    """

    def __init__(self, taxonomy: Taxonomy | None = None, *, plain: bool = False) -> None:
        self.plain = plain
        self.taxonomy = chosen(taxonomy, plain)
        self._numbers: dict[str, int] = {}
        self._ids: list[str] = []
        self._facts: list[Facts] = []
        self._terms: list[array[int] | None] = []
        self._names: list[str] = []
        self._term_numbers: dict[str, int] = {}
        self._postings: list[_Postings] = []
        self._titles: list[tuple[str, ...]] = []
        self._words: Counter[str] = Counter()
        self._questions = 0
        self._question_frequency: defaultdict[str, int] = defaultdict(int)

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
        number = len(self._ids)
        self._ids.append(id)
        self._facts.append(analysis.facts)
        self._numbers[id] = number
        own = array("I")
        for term, weight in analysis.terms.items():
            place = self._term_numbers.get(term)
            if place is None:
                place = self._term_numbers[term] = len(self._names)
                self._names.append(term)
                self._postings.append(_Postings())
            self._postings[place].append(number, weight)
            own.append(place)
        self._terms.append(own)
        self._titles.append(analysis.words)
        self._words.update(analysis.words)

    def remove(self, id: str) -> None:
        """Remove a document; an unknown id is no error."""
        number = self._numbers.pop(id, None)
        if number is None:
            return
        for place in self._terms[number] or ():
            self._postings[place].live -= 1
        self._words.subtract(self._titles[number])
        self._terms[number] = None
        if len(self._ids) > 1000 and len(self._ids) > 2 * len(self._numbers):
            self._compact()

    def _compact(self) -> None:
        """Write the index anew without what was removed."""
        kept = [
            (id, Analysis(0, self.stored_terms(id), 0, self._facts[number])) for id, number in self._numbers.items()
        ]
        self._numbers, self._ids, self._facts, self._terms = {}, [], [], []
        self._titles, self._words = [], Counter()
        self._names, self._term_numbers, self._postings = [], {}, []
        for id, analysis in kept:
            self.add_analysis(id, analysis)

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
        return {self._names[place]: self._postings[place].weight(number) for place in self._terms[number] or ()}

    def frequency(self, term: str) -> int:
        """How many documents hold a term."""
        place = self._term_numbers.get(term)
        return 0 if place is None else self._postings[place].live

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
        ranked = nlargest(
            limit,
            (
                (
                    adjusted(points, wanted.facts, self._facts[number]),
                    rotation(self._ids[number], day),
                    number,
                )
                for number, points in pool
            ),
        )
        return [self._match(wanted, number) for points, _, number in ranked if points > 0]

    def _match(self, wanted: Plan, number: int) -> Match:
        terms: dict[str, int] = {}
        for one in wanted.terms:
            place = self._term_numbers.get(one.term)
            weight = 0 if place is None else self._postings[place].weight(number)
            if weight:
                terms[one.term] = weight
        return score(wanted, terms, self._facts[number], self._ids[number])

    def _best(self, wanted: Plan, count: int) -> list[tuple[int, int]]:
        """(number, term points) of the documents with most term points, at least `count` if so many match.

        Terms are taken by what they can give at most. Once the terms left cannot lift a
        new document among the best, only documents met already are looked up in them
        (MaxScore: Turtle and Flood 1995, Query evaluation: strategies and optimizations).
        """
        lists = sorted(
            (
                (one.weight * self._postings[place].top, one.weight, self._postings[place])
                for one in wanted.terms
                if (place := self._term_numbers.get(one.term)) is not None
            ),
            key=lambda item: -item[0],
        )
        rest = [0]
        for top, _, _ in reversed(lists):
            rest.append(rest[-1] + top)
        rest.reverse()
        points: dict[int, int] = {}
        floor = 0
        for at, (_, weight, postings) in enumerate(lists):
            if floor and rest[at] < floor:
                return self._finish(points, lists[at:], rest[at:], floor, count)
            get = points.get
            for number, stored in zip(postings.documents, postings.weights, strict=True):
                points[number] = get(number, 0) + weight * stored
            if len(points) > 4 * count:
                floor = nlargest(count, points.values())[-1]
        return self._live(points)

    def _finish(
        self,
        points: Mapping[int, int],
        lists: list[tuple[int, int, _Postings]],
        rest: list[int],
        floor: int,
        count: int,
    ) -> list[tuple[int, int]]:
        alive = {number: sum for number, sum in points.items() if sum + rest[0] >= floor}
        for at, (_, weight, postings) in enumerate(lists):
            for number in alive:
                alive[number] += weight * postings.weight(number)
            floor = max(floor, nlargest(count, alive.values())[-1])
            alive = {number: sum for number, sum in alive.items() if sum + rest[at + 1] >= floor}
        return self._live(alive)

    def _live(self, points: Mapping[int, int]) -> list[tuple[int, int]]:
        return [(number, sum) for number, sum in points.items() if self._terms[number] is not None]

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
        return plan_of_terms(terms, self.statistics(terms), self._facts[self._numbers[id]])

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
