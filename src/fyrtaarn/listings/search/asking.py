# ruff: noqa: S608 - values are parameters; only constants and placeholders are written into statements
"""A question put to the index: the listings that fit best, with their scores."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection

from fyrtaarn.engine.matching import (
    Document,
    Facts,
    Match,
    Plan,
    Statistics,
    adjusted,
    candidate_terms,
    plan,
    rotation,
    score,
)
from fyrtaarn.foundation import clock
from fyrtaarn.vocabulary import current as vocabulary

from ..models import Listing, Posting
from ..terms import EVERY_LISTING, number_of, of_kind
from .scope import Group, Scope, condition

MOST_FOUND = 200
"""So many listings at most answer one question."""
LEAST_SHARE = 30
"""An answer has at least this share (per cent) of the best answer's score."""
MOST_OF_TERM = 1_000
"""Postings that the first reading takes of one term, the heaviest first."""
MOST_MET = 1_000
"""Listings that the first reading looks at, best first."""
MOST_COUNTED = 1_000
"""A term that folding has not counted yet is counted up to here."""


class Found(NamedTuple):
    """A listing that answers a question, with what its filters and its adjustments need."""

    pk: int
    score: int
    codes: frozenset[str]
    facts: Facts
    published: datetime
    sort_key: str


@dataclass(frozen=True)
class Answer:
    """What a question found, best first. `full`: there would be more than MOST_FOUND."""

    plan: Plan
    found: tuple[Found, ...] = ()
    full: bool = False


@dataclass(frozen=True)
class Question:
    """What is asked, and among what.

    `document.municipality` is a municipality's primary key as text, `document.district` names of districts with ", "
    between. `without` leaves one listing out, `avoid` all with one of these codes. `reach` holds the municipalities
    that count as the question's own (where an offer is delivered).
    """

    document: Document
    scope: Scope
    chosen: tuple[Group, ...] = ()
    without: int | None = None
    avoid: tuple[str, ...] = ()
    reach: Container[int] = ()


def ask(question: Question) -> Answer:
    """The listings in scope that fit a question and meet what is chosen, at most MOST_FOUND."""
    return ask_each([question])[0]


def ask_each(questions: Sequence[Question]) -> list[Answer]:
    """The answers to several questions, in no more statements than one takes."""
    if not questions:
        return []
    taxonomy = vocabulary.for_questions()
    known = statistics_of_each((candidate_terms(one.document, taxonomy), one.scope.kind_keys()) for one in questions)
    asked = [plan(one.document, statistics, taxonomy) for one, statistics in zip(questions, known, strict=True)]
    rows = _read_each(list(zip(questions, asked, known, strict=True)))
    return [_answer(*each) for each in zip(questions, asked, rows, strict=True)]


def _answer(question: Question, asked: Plan, rows: Iterable[tuple[Any, ...]]) -> Answer:
    """The rows with their adjustments, those left out that fit far less than the best."""
    today = clock.today()
    found = []
    for pk, points, codes, published, sort_key, *properties in rows:
        facts = facts_of(asked.facts, question.reach, today, *properties)
        total = adjusted(points, asked.facts, facts)
        found.append(Found(pk, total, frozenset(codes), facts, published, sort_key))
    day = today.toordinal()
    found.sort(key=lambda one: (-one.score, rotation(str(one.pk), day), one.pk))
    least = found[0].score * LEAST_SHARE // 100 if found else 0
    worthy = tuple(one for one in found if one.score > 0 and one.score >= least)
    return Answer(asked, worthy, full=len(worthy) == MOST_FOUND)


def statistics_of(terms: Iterable[str], kinds: Sequence[str]) -> Statistics:
    """How many listings of the kinds there are, and how many hold each of the terms."""
    return statistics_of_each([(terms, kinds)])[0]


def statistics_of_each(wanted: Iterable[tuple[Iterable[str], Sequence[str]]]) -> list[Statistics]:
    """The same for several sets of terms and kinds; hears also which vocabulary serves."""
    texts = [
        ({number_of(of_kind(kind, term)): term for term in (*terms, EVERY_LISTING) for kind in kinds}, kinds)
        for terms, kinds in wanted
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT wanted.id, CASE WHEN term.frequency > 0 THEN term.frequency ELSE (SELECT count(*) FROM"
            " (SELECT FROM listings_posting posting WHERE posting.term = wanted.id LIMIT %s) AS few) END"
            " FROM unnest(%s::bigint[]) AS wanted (id) LEFT JOIN listings_term term ON term.id = wanted.id"
            f" UNION ALL SELECT NULL, {vocabulary.SERVING}",
            [MOST_COUNTED, list({number for each, _kinds in texts for number in each})],
        )
        counts = dict(cursor.fetchall())
    vocabulary.hear(counts.pop(None))
    return [_statistics(counts, each, kinds) for each, kinds in texts]


def _statistics(counts: Mapping[int, int], texts: Mapping[int, str], kinds: Sequence[str]) -> Statistics:
    frequency: Counter[str] = Counter()
    for number, text in texts.items():
        frequency[text] += counts[number]
    documents = frequency.pop(EVERY_LISTING, 0) or Listing.objects.filter(ended=None, kind__in=kinds).count()
    return Statistics(documents, +frequency)


def matches_of_each(shown: Sequence[tuple[Plan, Sequence[Found]]]) -> list[dict[int, Match]]:
    """For each plan the scores of found listings with all their contributions, by primary key."""
    wanted = []
    for asked, found in shown:
        kinds = {code.partition(":")[2] for one in found for code in one.codes if code.startswith("kind:")}
        texts = {number_of(of_kind(kind, one.term)): one.term for one in asked.terms for kind in kinds}
        wanted.append((asked, {one.pk: one.facts for one in found}, texts))
    listings = {pk for _asked, facts, _texts in wanted for pk in facts}
    numbers = {number for _asked, _facts, texts in wanted for number in texts}
    postings = Posting.objects.filter(listing__in=listings, term__in=numbers).order_by("listing_id", "term")
    held: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for pk, term, weight in postings.values_list("listing_id", "term", "weight"):
        held[pk][term] = weight
    return [
        {pk: score(asked, {texts[t]: w for t, w in held[pk].items() if t in texts}, facts[pk], str(pk)) for pk in facts}
        for asked, facts, texts in wanted
    ]


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
        fresh=fresh_until is None or today <= fresh_until,
    )


COLUMNS = """listing.id, points, listing.codes, listing.published, listing.sort_key, listing.municipality_id, listing.delivers_in,
    listing.delivers_everywhere, CASE WHEN %s THEN ARRAY(SELECT name::text FROM areas_district district
    WHERE district.id = ANY(listing.districts)) END, listing.goals, listing.language, listing.stage, listing.capacity,
    listing.fresh_until, listing.movable"""

ASKED = "asked AS MATERIALIZED (SELECT * FROM unnest(%s::bigint[], %s::int[]) AS asked (term, weight))"

HEAVIEST = f"""
WITH {ASKED},
heaviest AS (
    SELECT listing_id, sum(asked.weight * posting.weight) AS points
    FROM asked CROSS JOIN LATERAL (
        SELECT listing_id, weight FROM listings_posting WHERE term = asked.term
        ORDER BY weight DESC, listing_id LIMIT {MOST_OF_TERM}
    ) AS posting
    GROUP BY listing_id ORDER BY points DESC, listing_id LIMIT {MOST_MET}
),
inside AS MATERIALIZED (
    SELECT listing.id FROM heaviest JOIN listings_listing listing ON listing.id = heaviest.listing_id
    WHERE {{where}} ORDER BY points DESC, listing.id LIMIT {MOST_FOUND}
)"""
"""The first reading: candidates by the heaviest postings of each term. Its cost does not grow with the index."""

WITHIN = f"""
WITH {ASKED},
inside AS MATERIALIZED (SELECT listing.id FROM listings_listing listing WHERE {{where}})"""
"""The second reading: all listings in scope."""

SCORED = f"""
, scored AS (
    SELECT inside.id, sum(asked.weight * posting.weight) AS points
    FROM inside CROSS JOIN LATERAL (
        SELECT term, weight FROM listings_posting WHERE listing_id = inside.id AND term = ANY(%s::bigint[])
    ) AS posting JOIN asked USING (term)
    GROUP BY inside.id ORDER BY points DESC, inside.id LIMIT {MOST_FOUND}
)
SELECT {COLUMNS} FROM scored JOIN listings_listing listing USING (id)"""


Asked = tuple[Question, Plan, Statistics]


def _read_each(asked: Sequence[Asked]) -> list[list[tuple[Any, ...]]]:
    """For each question the listings with most points for its terms, at most MOST_FOUND: what Found needs of each."""
    rows = _read(HEAVIEST, {number: one for number, one in enumerate(asked) if one[1].terms})
    cut = {
        number: one
        for number, one in enumerate(asked)
        if _is_cut(one[1], one[2]) and len(rows.get(number, ())) < MOST_FOUND
    }
    rows |= {number: [] for number in cut} | _read(WITHIN, cut)
    return [rows.get(number, []) for number in range(len(asked))]


def _is_cut(asked: Plan, statistics: Statistics) -> bool:
    """Whether the first reading may have left listings in scope unread."""
    holding = [statistics.frequency[one.term] for one in asked.terms]
    return bool(holding) and (max(holding) > MOST_OF_TERM or sum(holding) > MOST_MET)


def _read(reading: str, asked: Mapping[int, Asked]) -> dict[int, list[tuple[Any, ...]]]:
    """The rows that a reading finds for each of the questions, by their numbers, in one statement."""
    rows: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    if not asked:
        return rows
    parts, values = [], []
    for number, (question, terms, _statistics) in asked.items():
        where, params = _where(question)
        parts.append(f"SELECT %s::int, answer.* FROM ({reading.format(where=where)}{SCORED}) AS answer")
        weights = {
            number_of(of_kind(kind, one.term)): one.weight for kind in question.scope.kind_keys() for one in terms.terms
        }
        keys = list(weights)
        values += [number, keys, list(weights.values()), *params, keys, bool(terms.facts.district)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        for number, *row in cursor.fetchall():
            rows[number].append(tuple(row))
    return rows


def _where(question: Question) -> tuple[str, list[Any]]:
    """The condition on listings that may answer, with its parameters."""
    where, params = condition([*question.scope.groups(), *question.chosen])
    if question.without is not None:
        where, params = f"{where} AND listing.id <> %s", [*params, question.without]
    if question.avoid:
        where, params = f"{where} AND NOT listing.codes && %s::varchar[]", [*params, list(question.avoid)]
    return where, params
