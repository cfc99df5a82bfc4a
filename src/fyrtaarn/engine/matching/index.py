"""An index in memory, for the command, for tests and for small collections."""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass
from heapq import nlargest
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from fyrtaarn.engine.danish.spelling import corrections

from .analysis import analyse, chosen
from .documents import Analysis, Document, Facts, Match, Plan, Statistics
from .kernel import Numbers, Points, Postings, Row, Weights, add_up, add_up_roughly, best, by_table, looked_up, row_of
from .planning import candidate_terms, plan, question_terms
from .scoring import OTHER_MUNICIPALITY, adjusted, score
from .similar import plan_of_terms
from .taxonomy import Taxonomy
from .terms import whole_term

POOL_TIMES = 5
"""Adjustments reorder this many times as many documents as are asked for."""
LEAST_POOL = 100
MOST_ADDED_UP = 900_000
"""So many postings are added up exactly for one question; what meets more is added up roughly at first."""
LOOKED_UP = 400
"""So many of the documents that are best roughly are then scored exactly."""
ROW_FROM = 12
"""A term has a row when at least one in so many documents holds it."""
NOWHERE = 0
"""The number of no municipality, and of documents that are at home in all."""


class _Postings:
    """The documents of one term by rising number, each with its stored weight."""

    __slots__ = ("_documents", "_row", "_weights")

    def __init__(self) -> None:
        self._documents = array("I")
        self._weights = array("H")
        self._row: NDArray[np.uint8] | None = None

    def __len__(self) -> int:
        return len(self._documents)

    def append(self, number: int, weight: int) -> None:
        self._documents.append(number)
        self._weights.append(weight)
        self._row = None

    def remove(self, number: int) -> None:
        place = bisect_left(self._documents, number)
        del self._documents[place]
        del self._weights[place]
        self._row = None

    def arrays(self) -> tuple[Numbers, Weights]:
        return np.frombuffer(self._documents, np.uint32), np.frombuffer(self._weights, np.uint16)

    def row(self, size: int) -> NDArray[np.uint8]:
        """The row of so many documents, kept until a document comes or goes."""
        if self._row is None or len(self._row) != size:
            self._row = row_of(*self.arrays(), size)
        return self._row


@dataclass(frozen=True, slots=True)
class _Stored:
    """What is kept of one document beside its terms."""

    id: str
    facts: Facts
    words: tuple[str, ...]


class Index:
    """Documents with their terms; gives the scores that a store of postings would.

    `plain` leaves out concepts, target groups and the statistics of earlier questions.
    """

    def __init__(self, taxonomy: Taxonomy | None = None, *, plain: bool = False) -> None:
        self.plain = plain
        self.taxonomy = chosen(taxonomy, plain)
        self._numbers: dict[str, int] = {}
        self._stored: list[_Stored | None] = []
        self._starts = array("q", [0])
        self._terms = array("I")
        self._weights = array("H")
        self._homes = array("I")
        self._municipalities = {"": NOWHERE}
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
        number = len(self._stored)
        for term, weight in analysis.terms.items():
            place = self._term_numbers.get(term)
            if place is None:
                place = self._term_numbers[term] = len(self._names)
                self._names.append(term)
                self._postings.append(_Postings())
            self._postings[place].append(number, weight)
            self._terms.append(place)
            self._weights.append(weight)
        self._starts.append(len(self._terms))
        municipality = "" if analysis.facts.movable else analysis.facts.municipality
        self._homes.append(self._municipalities.setdefault(municipality, len(self._municipalities)))
        self._numbers[id] = number
        self._stored.append(_Stored(id, analysis.facts, analysis.words))
        self._words.update(analysis.words)

    def remove(self, id: str) -> None:
        """Remove a document; an unknown id is no error."""
        number = self._numbers.pop(id, None)
        if number is None:
            return
        for place in self._terms[self._starts[number] : self._starts[number + 1]]:
            self._postings[place].remove(number)
        self._words.subtract(self._kept(number).words)
        self._stored[number] = None

    def make_rows(self) -> None:
        """Make the rows of frequent terms, for which the first questions that need them would otherwise wait."""
        for postings in self._postings:
            if self._has_row(postings):
                postings.row(len(self._stored))

    def _has_row(self, postings: _Postings) -> bool:
        return ROW_FROM * len(postings) >= len(self._stored)

    def learn_questions(self, questions: Iterable[Document]) -> None:
        """Count the terms of earlier questions, so that what all of them say weighs less."""
        if self.plain:
            return
        for question in questions:
            self._questions += 1
            for term in question_terms(question, self.taxonomy):
                self._question_frequency[term] += 1

    def stored_terms(self, id: str) -> dict[str, int]:
        """The terms of a document with their stored weights. Raises KeyError when it is not there."""
        return self._terms_of(self._numbers[id], range(len(self._names)))

    def _terms_of(self, number: int, among: Container[int]) -> dict[str, int]:
        own = slice(self._starts[number], self._starts[number + 1])
        held = zip(self._terms[own], self._weights[own], strict=True)
        return {self._names[place]: weight for place, weight in held if place in among}

    def _kept(self, number: int) -> _Stored:
        kept = self._stored[number]
        assert kept is not None, "a removed document is in no postings"  # noqa: S101
        return kept

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
        found = self.statistics(candidate_terms(query, self.taxonomy, plain=self.plain))
        return plan(query, found, self.taxonomy, plain=self.plain, most=most)

    def search(self, query: Document | str | Plan, limit: int = 20, day: int = 0) -> list[Match]:
        """The best matches, best first. Equal scores change places with the day."""
        wanted = query if isinstance(query, Plan) else self.plan(query)
        found = [
            (adjusted(points, wanted.facts, self._kept(number).facts), number)
            for number, points in self._best(wanted, max(LEAST_POOL, POOL_TIMES * limit))
        ]
        least = min(nlargest(limit, found))[0] if found else 0
        ranked = [
            (points, rotation(self._kept(number).id, day), number)
            for points, number in found
            if points >= least and points > 0
        ]
        asked = self._asked(wanted)
        return [self._match(wanted, asked, number) for _, _, number in nlargest(limit, ranked)]

    def _match(self, wanted: Plan, asked: Container[int], number: int) -> Match:
        stored = self._kept(number)
        return score(wanted, self._terms_of(number, asked), stored.facts, stored.id)

    def _asked(self, wanted: Plan) -> dict[int, int]:
        """The numbers of a question's terms with their weights in it."""
        return {place: one.weight for one in wanted.terms if (place := self._term_numbers.get(one.term)) is not None}

    def _best(self, wanted: Plan, count: int) -> list[tuple[int, int]]:
        """(number, term points) of the documents with most of them when place counts, `count` if so many match.

        Exact up to MOST_ADDED_UP postings. Beyond, the documents that are best roughly are scored exactly.
        """
        asked = self._asked(wanted)
        if not asked:
            return []
        at_home = self._at_home(wanted)
        held = [(self._postings[place], weight) for place, weight in asked.items()]
        if sum(len(postings) for postings, _ in held) <= MOST_ADDED_UP:
            points = add_up([Postings(*postings.arrays(), weight) for postings, weight in held], len(self._stored))
            numbers = best(points, count, at_home, -OTHER_MUNICIPALITY)
            return list(zip(numbers.tolist(), points[numbers].tolist(), strict=True))
        met = best(self._roughly(held), max(count, LOOKED_UP), at_home, -OTHER_MUNICIPALITY)
        exact = self._exact(asked, met)
        first = best(exact, count, None if at_home is None else at_home[met], -OTHER_MUNICIPALITY)
        return list(zip(met[first].tolist(), exact[first].tolist(), strict=True))

    def _roughly(self, held: list[tuple[_Postings, int]]) -> NDArray[np.uint16]:
        size = len(self._stored)
        return add_up_roughly(
            [Postings(*postings.arrays(), weight) for postings, weight in held if not self._has_row(postings)],
            [Row(postings.row(size), weight) for postings, weight in held if self._has_row(postings)],
            size,
        )

    def _at_home(self, wanted: Plan) -> NDArray[np.bool_] | None:
        """Which documents lose nothing by their place; None when the question has none."""
        if not wanted.facts.municipality:
            return None
        homes = np.frombuffer(self._homes, np.uint32)
        here = self._municipalities.get(wanted.facts.municipality, NOWHERE)
        at_home: NDArray[np.bool_] = (homes == here) | (homes == NOWHERE)
        return at_home

    def _exact(self, asked: dict[int, int], numbers: Numbers) -> Points:
        starts = np.frombuffer(self._starts, np.int64)
        return looked_up(
            starts[numbers],
            starts[numbers + 1],
            np.frombuffer(self._terms, np.uint32),
            np.frombuffer(self._weights, np.uint16),
            by_table(asked, len(self._names)),
        )

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
        return plan_of_terms(terms, self.statistics(terms), self._kept(self._numbers[id]).facts)

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
