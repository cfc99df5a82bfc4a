# ruff: noqa: S608 - values are parameters; only constants and placeholders are written into statements
"""A question put to the index: the listings that fit best, with their scores."""

from collections import Counter
from collections.abc import Container, Iterable, Sequence
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


def ask(
    question: Document,
    scope: Scope,
    chosen: Iterable[Group] = (),
    *,
    without: int | None = None,
    avoid: Sequence[str] = (),
    reach: Container[int] = (),
) -> Answer:
    """The listings in scope that fit a question and meet what is chosen, at most MOST_FOUND.

    `question.municipality` is a municipality's primary key as text, `question.district` names of districts with ", "
    between. `without` leaves one listing out, `avoid` all with one of these codes. `reach` holds the municipalities
    that count as the question's own (where an offer is delivered).
    """
    statistics = statistics_of(candidate_terms(question), scope.kind_keys())
    asked = plan(question, statistics)
    if not asked.terms:
        return Answer(asked)
    rows = _read(asked, statistics, scope, [*scope.groups(), *chosen], without, avoid)
    today = clock.today()
    found = []
    for pk, points, codes, published, sort_key, *properties in rows:
        facts = facts_of(asked.facts, reach, today, *properties)
        total = adjusted(points, asked.facts, facts)
        found.append(Found(pk, total, frozenset(codes), facts, published, sort_key))
    day = today.toordinal()
    found.sort(key=lambda one: (-one.score, rotation(str(one.pk), day), one.pk))
    least = found[0].score * LEAST_SHARE // 100 if found else 0
    worthy = tuple(one for one in found if one.score > 0 and one.score >= least)
    return Answer(asked, worthy, full=len(worthy) == MOST_FOUND)


def statistics_of(terms: Iterable[str], kinds: Sequence[str]) -> Statistics:
    """How many listings of the kinds there are, and how many hold each of the terms."""
    texts = {number_of(of_kind(kind, term)): term for term in (*terms, EVERY_LISTING) for kind in kinds}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT wanted.id, CASE WHEN term.frequency > 0 THEN term.frequency ELSE (SELECT count(*) FROM"
            " (SELECT FROM listings_posting posting WHERE posting.term = wanted.id LIMIT %s) AS few) END"
            " FROM unnest(%s::bigint[]) AS wanted (id) LEFT JOIN listings_term term ON term.id = wanted.id",
            [MOST_COUNTED, list(texts)],
        )
        frequency: Counter[str] = Counter()
        for number, count in cursor.fetchall():
            frequency[texts[number]] += count
    documents = frequency.pop(EVERY_LISTING, 0) or Listing.objects.filter(ended=None, kind__in=kinds).count()
    return Statistics(documents, +frequency)


def matches_of(asked: Plan, found: Iterable[Found]) -> dict[int, Match]:
    """The scores of found listings with all their contributions, by primary key."""
    facts = {one.pk: one.facts for one in found}
    kinds = {code.partition(":")[2] for one in found for code in one.codes if code.startswith("kind:")}
    texts = {number_of(of_kind(kind, one.term)): one.term for one in asked.terms for kind in kinds}
    terms: dict[int, dict[str, int]] = {pk: {} for pk in facts}
    postings = Posting.objects.filter(listing__in=list(facts), term__in=list(texts)).order_by("listing_id", "term")
    for pk, term, weight in postings.values_list("listing_id", "term", "weight"):
        terms[pk][texts[term]] = weight
    return {pk: score(asked, terms[pk], facts[pk], str(pk)) for pk in facts}


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


def _read(
    asked: Plan,
    statistics: Statistics,
    scope: Scope,
    groups: Sequence[Group],
    without: int | None,
    avoid: Sequence[str],
) -> list[tuple[Any, ...]]:
    """The listings in all groups with most points for terms, at most MOST_FOUND: what Found needs of each."""
    where, params = condition(groups)
    if without is not None:
        where, params = f"{where} AND listing.id <> %s", [*params, without]
    if avoid:
        where, params = f"{where} AND NOT listing.codes && %s::varchar[]", [*params, list(avoid)]
    weights = {number_of(of_kind(kind, one.term)): one.weight for kind in scope.kind_keys() for one in asked.terms}
    terms = list(weights)
    values = [terms, list(weights.values()), *params, terms, bool(asked.facts.district)]
    holding = [statistics.frequency[one.term] for one in asked.terms]
    with connection.cursor() as cursor:
        cursor.execute(HEAVIEST.format(where=where) + SCORED, values)
        rows = list(cursor.fetchall())
        cut = max(holding) > MOST_OF_TERM or sum(holding) > MOST_MET
        if cut and len(rows) < MOST_FOUND:
            cursor.execute(WITHIN.format(where=where) + SCORED, values)
            rows = list(cursor.fetchall())
    return rows
