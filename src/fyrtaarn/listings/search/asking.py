"""A question put to the index: the listings that fit best, with their scores."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from fyrtaarn.engine.matching import Facts, Match, Plan, Statistics, adjusted, candidate_terms, plan, rotation, score
from fyrtaarn.foundation import clock
from fyrtaarn.vocabulary import current as vocabulary

from ..freshness import is_fresh
from ..packing import Bytes, vector
from ..terms import number_of, on_shelf, shelf_of
from .question import Question
from .reading import MOST_FOUND, read_known, read_rows

LEAST_SHARE = 30
"""An answer has at least this share (per cent) of the best answer's score."""


class Found(NamedTuple):
    """A listing that answers a question, with what its filters, its adjustments and its explanation need."""

    pk: int
    score: int
    codes: frozenset[str]
    facts: Facts
    published: datetime
    sort_key: str
    terms: tuple[Bytes, Bytes]  # packed


@dataclass(frozen=True)
class Answer:
    """What a question found, best first. `full`: there would be more than MOST_FOUND."""

    plan: Plan
    found: tuple[Found, ...] = ()
    full: bool = False


def ask(question: Question) -> Answer:
    """The listings in scope that fit a question and meet what is chosen, at most MOST_FOUND."""
    return ask_each([question])[0]


def ask_each(questions: Sequence[Question]) -> list[Answer]:
    """The answers to several questions, in no more statements than one takes."""
    if not questions:
        return []
    taxonomy = vocabulary.for_questions()
    terms = [(candidate_terms(one.document, taxonomy), one.scope.shelves()) for one in questions]
    known = read_known(terms, questions)
    asked = [
        plan(one.document, statistics, taxonomy) for one, statistics in zip(questions, known.statistics, strict=True)
    ]
    rows = read_rows(
        known,
        questions,
        [terms_by_number(one, question.scope.shelves()) for one, question in zip(asked, questions, strict=True)],
        [bool(one.facts.district) for one in asked],
    )
    return [_answer(*each) for each in zip(questions, asked, rows, strict=True)]


def _answer(question: Question, asked: Plan, rows: Iterable[tuple[Any, ...]]) -> Answer:
    """The rows with their adjustments, those left out that fit far less than the best."""
    today = clock.today()
    found = []
    for points, terms, pk, codes, published, sort_key, *properties in rows:
        facts = facts_of(asked.facts, question.reach, today, *properties)
        total = adjusted(points, asked.facts, facts)
        found.append(Found(pk, total, frozenset(codes), facts, published, sort_key, terms))
    day = today.toordinal()
    found.sort(key=lambda one: (-one.score, rotation(str(one.pk), day), one.pk))
    least = found[0].score * LEAST_SHARE // 100 if found else 0
    worthy = tuple(one for one in found if one.score > 0 and one.score >= least)
    return Answer(asked, worthy, full=len(worthy) == MOST_FOUND)


def statistics_of(terms: Iterable[str], shelves: Sequence[str]) -> Statistics:
    """How many listings stand on the shelves, and how many hold each of the terms."""
    return read_known([(terms, shelves)]).statistics[0]


def terms_by_number(asked: Plan, shelves: Iterable[str]) -> dict[int, int]:
    """The weights of a question's terms by their numbers on each of the shelves."""
    return {number_of(on_shelf(shelf, one.term)): one.weight for shelf in shelves for one in asked.terms}


def matches_of_each(shown: Sequence[tuple[Plan, Sequence[Found]]]) -> list[dict[int, Match]]:
    """For each plan the scores of found listings with all their contributions, by primary key."""
    return [_matches(asked, found) for asked, found in shown]


def _matches(asked: Plan, found: Iterable[Found]) -> dict[int, Match]:
    by_shelf: dict[str, dict[int, str]] = {}
    matches = {}
    for one in found:
        kind = next(code.partition(":")[2] for code in one.codes if code.startswith("kind:"))
        shelf = shelf_of(kind, one.codes)
        if shelf not in by_shelf:
            by_shelf[shelf] = {number_of(on_shelf(shelf, wanted.term)): wanted.term for wanted in asked.terms}
        held = vector(*one.terms)
        terms = {term: held[number] for number, term in by_shelf[shelf].items() if number in held}
        matches[one.pk] = score(asked, terms, one.facts, str(one.pk))
    return matches


def facts_of(
    question: Facts,
    reach: Container[int],
    today: date,
    municipality: int,
    delivers_in: list[int],
    everywhere: bool,
    districts: list[str] | None,
    goals: list[int],
    language: str,
    stage: str,
    capacity: str,
    fresh_until: date | None,
    movable: bool | None,
) -> Facts:
    """A listing's facts as a question sees them: delivered where the question asks is as good as being there."""
    asked = question.municipality
    here = asked if municipality in reach or (asked.isdigit() and int(asked) in delivers_in) else str(municipality)
    shared = question.district and not set(question.district.split(", ")).isdisjoint(districts or ())
    return Facts(
        municipality=here,
        district=question.district if shared else "",
        language=language,
        stage=stage,
        sdgs=tuple(goals),
        movable=True if everywhere else movable,
        capacity=0 if capacity == "none" else None,
        fresh=is_fresh(fresh_until, today),
    )
