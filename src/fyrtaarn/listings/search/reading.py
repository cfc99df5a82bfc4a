# ruff: noqa: S608 - values are parameters; only constants and placeholders are written into statements
"""The statements by which questions are answered: what is known of their terms, the postings, the best listings.

Postings and bits show the listings as they were at the last folding. What has changed since is read first and set
apart, and looked at listing by listing: so a listing is found from the moment it is committed, and a folding between
two of these statements changes nothing. Who may see what is a condition on the last statement.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from django.db import connection
from numpy.typing import NDArray
from psycopg import Cursor
from psycopg.pq import Format

from fyrtaarn.engine.matching import Statistics
from fyrtaarn.engine.matching.kernel import Postings, add_up, best, by_search, even_share, looked_up
from fyrtaarn.engine.matching.scoring import OTHER_MUNICIPALITY
from fyrtaarn.vocabulary import current as vocabulary

from ..folding import UNCOUNTED
from ..models import BLOCK
from ..packing import LISTINGS, TERMS, WEIGHTS, numbers
from ..terms import EVERY_LISTING, number_of, on_shelf
from .question import Question
from .scope import Group

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_FOUND = 200
"""So many listings at most answer one question."""
FEW = 600
"""A scope of so many listings is scored whole."""
LOOKED_UP = 400
"""So many listings are scored exactly when not all postings have been added up."""
MOST_READ = 150_000
"""Postings that are read for a question to all listings; the fewer listings are in scope, the more."""
MOST_READ_WITHIN = 600_000
"""Postings that are read for any question."""

Mask = NDArray[np.bool_]
Row = tuple[Any, ...]
TERM, CHANGED, VOCABULARY, WITHIN, AVOIDED, AT_HOME = range(6)


class Space(NamedTuple):
    """Which folded listings are in a question's scope, and which are at home there (None: all). Within None: unknown."""

    within: Mask | None
    at_home: Mask | None


class Known(NamedTuple):
    """What is known before a question is planned; `counts` by numbers of terms."""

    counts: Mapping[int, int]
    statistics: list[Statistics]
    changed: list[int]
    spaces: list[Space]


@contextmanager
def binary_cursor() -> "Iterator[Any]":
    """A cursor whose rows come as bytes, not as text: for arrays of numbers. Django's own cannot."""
    connection.ensure_connection()
    raw: Any = Cursor(connection.connection)
    raw.format = Format.BINARY
    with (connection.make_debug_cursor if connection.queries_logged else connection.make_cursor)(raw) as cursor:
        yield cursor


def read_known(terms: Sequence[tuple[Iterable[str], Sequence[str]]], questions: Sequence[Question] = ()) -> Known:
    """How many listings hold each of some terms on some shelves, and the space of each question, in one statement.

    Hears also which vocabulary serves.
    """
    texts = [
        {on_shelf(shelf, term): term for term in (*wanted, EVERY_LISTING) for shelf in shelves}
        for wanted, shelves in terms
    ]
    words = {word: number_of(word) for each in texts for word in each}
    ids = list(words.values())
    parts = [
        f"SELECT {TERM}, id, frequency::bigint, NULL::bit({BLOCK}) FROM listings_term WHERE id = ANY(%s::bigint[])",
        f"SELECT {TERM}, asked.id, count(*), NULL FROM listings_unfolded, unnest(gained) AS word"
        " JOIN unnest(%s::text[], %s::bigint[]) AS asked (word, id) USING (word) GROUP BY asked.id",
        f"SELECT {TERM}, number, -count(*), NULL FROM listings_unfolded, unnest(lost) AS number"
        " WHERE number = ANY(%s::bigint[]) GROUP BY number",
        f"SELECT DISTINCT {CHANGED}, listing_id, 0, NULL::bit({BLOCK}) FROM listings_unfolded",
        f"SELECT {VOCABULARY}, {vocabulary.SERVING}, 0, NULL",
    ]
    params: list[Any] = [ids, list(words), ids, ids]
    for number, question in enumerate(questions):
        for what, groups in _spaces(question):
            sql, values = _blocks(groups)
            parts.append(f"SELECT {what}, block, {number}, bits FROM {sql}")
            params += values
    with binary_cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        rows = cursor.fetchall()
    counts: Counter[int] = Counter()
    for what, id, count, _bits in rows:
        if what == TERM:
            counts[id] += count
    vocabulary.hear(next(number for what, number, _, _ in rows if what == VOCABULARY))
    changed = [id for what, id, _, _ in rows if what == CHANGED]
    masks = _masks(rows, changed)
    return Known(
        counts,
        [_statistics(counts, each) for each in texts],
        changed,
        [_space(question, number, masks) for number, question in enumerate(questions)],
    )


def _statistics(counts: Mapping[int, int], texts: Mapping[str, str]) -> Statistics:
    frequency: Counter[str] = Counter()
    for word, term in texts.items():
        frequency[term] += max(0, counts.get(number_of(word), 0))
    return Statistics(frequency.pop(EVERY_LISTING, 0), +frequency)


def _spaces(question: Question) -> list[tuple[int, Sequence[Group]]]:
    """The masks that a question needs, each with its groups of codes."""
    groups = question.groups()
    if any(code.startswith(UNCOUNTED) for group in groups for code in group):
        return []
    spaces: list[tuple[int, Sequence[Group]]] = [(WITHIN, groups)]
    spaces += [(what, [codes]) for what, codes in ((AVOIDED, question.avoid), (AT_HOME, question.home())) if codes]
    return spaces


def _blocks(groups: Sequence[Group]) -> tuple[str, list[list[str]]]:
    """A subquery (block, bits) of the folded listings that meet all groups, and its parameters."""
    tables = " JOIN ".join(
        f"(SELECT block, bit_or(bits) AS bits FROM listings_bits WHERE code = ANY(%s) GROUP BY block) AS g{number}"
        + (" USING (block)" if number else "")
        for number in range(len(groups))
    )
    bits = " & ".join(f"g{number}.bits" for number in range(len(groups)))
    return f"(SELECT block, {bits} AS bits FROM {tables}) AS met", [list(group) for group in groups]


def _masks(rows: Iterable[Row], changed: Sequence[int]) -> dict[tuple[int, int], Mask]:
    """The masks by what they show and the question's number; what has changed is in none."""
    blocks: defaultdict[tuple[int, int], dict[int, bytes]] = defaultdict(dict)
    for what, block, question, bits in rows:
        if what in (WITHIN, AVOIDED, AT_HOME):
            blocks[what, question][block] = bits[4:]  # a bit string comes with its length before it
    size = BLOCK * (1 + max((block for each in blocks.values() for block in each), default=0))
    masks = {}
    for key, each in blocks.items():
        mask = np.zeros(size, bool)
        for block, bits in each.items():
            mask[block * BLOCK : (block + 1) * BLOCK] = np.unpackbits(np.frombuffer(bits, np.uint8))
        mask[[listing for listing in changed if listing < size]] = False
        masks[key] = mask
    return masks


def _space(question: Question, number: int, masks: Mapping[tuple[int, int], Mask]) -> Space:
    if not _spaces(question):
        return Space(None, None)
    within = masks.get((WITHIN, number), np.zeros(BLOCK, bool))
    if (AVOIDED, number) in masks:
        within = within & ~masks[AVOIDED, number]
    if not question.home():
        return Space(within, None)
    return Space(within, masks.get((AT_HOME, number), np.zeros(len(within), bool)))


COLUMNS = """listing.id, listing.codes, listing.published, listing.sort_key, listing.municipality_id, listing.delivers_in,
    listing.delivers_everywhere, CASE WHEN %s THEN ARRAY(SELECT name::text FROM areas_district district
    WHERE district.id = ANY(listing.districts)) END, listing.goals, listing.language, listing.stage, listing.capacity,
    listing.fresh_until, listing.movable"""
NEAREST = f"""SELECT %s::int, vector.terms, vector.weights, {COLUMNS}
    FROM listings_listing listing JOIN listings_termvector vector ON vector.listing_id = listing.id WHERE """


def read_rows(
    known: Known, questions: Sequence[Question], asked: Sequence[Mapping[int, int]], district: Sequence[bool]
) -> list[list[Row]]:
    """For each question the listings in scope with most points, at most MOST_FOUND.

    `asked` are the weights of its terms by their numbers; with `district` the names of districts are read. A row is the
    points, the packed terms and weights, and what Found needs.
    """
    chosen = _candidates(known, questions, asked)
    parts, params = [], []
    for number, question in enumerate(questions):
        if asked[number]:
            where, values = question.condition()
            within = chosen[number]
            if within is not None:
                listings = ",".join(map(str, within))  # written as text, which is quicker than a list of so many
                where, values = f"listing.id = ANY(%s::bigint[]) AND {where}", [f"{{{listings}}}", *values]
            parts.append(f"{NEAREST}{where}")
            params += [number, district[number], *values]
    found: defaultdict[int, list[Row]] = defaultdict(list)
    if parts:
        with binary_cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), params)
            for number, *row in cursor.fetchall():
                found[number].append(tuple(row))
    return [_scored(found[number], asked[number]) for number in range(len(questions))]


def _candidates(
    known: Known, questions: Sequence[Question], asked: Sequence[Mapping[int, int]]
) -> list[list[int] | None]:
    """The listings worth scoring for each question; None: all that meet its condition, never many."""
    shares = {}
    for number, (space, terms) in enumerate(zip(known.spaces, asked, strict=True)):
        if terms and space.within is not None and np.count_nonzero(space.within) > FEW:
            documents = max(1, known.statistics[number].documents)
            budget = min(MOST_READ_WITHIN, MOST_READ * documents // int(np.count_nonzero(space.within)))
            shares[number] = even_share([max(0, known.counts.get(term, 0)) for term in terms], budget)
    postings = _read_postings(shares, asked)
    chosen: list[list[int] | None] = []
    for number, space in enumerate(known.spaces):
        if space.within is None:
            chosen.append(None)
        elif number not in shares:
            chosen.append([*np.flatnonzero(space.within).tolist(), *known.changed])
        else:
            lists = [Postings(*postings[term], weight) for term, weight in asked[number].items() if term in postings]
            whole = all(known.counts.get(term, 0) <= shares[number] for term in asked[number])
            count = MOST_FOUND if whole else LOOKED_UP
            chosen.append([*_best_within(lists, space, count).tolist(), *known.changed])
    return chosen


def _read_postings(
    shares: Mapping[int, int], asked: Sequence[Mapping[int, int]]
) -> dict[int, tuple[NDArray[Any], NDArray[Any]]]:
    """The heaviest postings of terms, as many as the question that takes most may take."""
    take: dict[int, int] = {}
    for number, share in shares.items():
        for term in asked[number]:
            take[term] = max(share, take.get(term, 0))
    if not take:
        return {}
    with binary_cursor() as cursor:
        cursor.execute(
            "SELECT term.id,"
            f" substring(listings FROM greatest(1, octet_length(listings) - {LISTINGS.itemsize} * take + 1)),"
            f" substring(weights FROM greatest(1, octet_length(weights) - {WEIGHTS.itemsize} * take + 1))"
            " FROM unnest(%s::bigint[], %s::int[]) AS asked (id, take) JOIN listings_term term USING (id)",
            [list(take), list(take.values())],
        )
        return {
            id: (numbers(listings, LISTINGS), numbers(weights, WEIGHTS)) for id, listings, weights in cursor.fetchall()
        }


def _best_within(lists: Sequence[Postings], space: Space, count: int) -> NDArray[Any]:
    """The listings in a space with most points, at most `count`."""
    assert space.within is not None  # noqa: S101 - the caller has seen to it
    size = len(space.within)
    highest = max((int(one.documents.max()) for one in lists if len(one.documents)), default=0)
    points = add_up(lists, max(size, highest + 1))[:size] * space.within
    return best(points, count, space.at_home, -OTHER_MUNICIPALITY)


def _scored(rows: Sequence[Row], asked: Mapping[int, int]) -> list[Row]:
    """The rows with their points in front, those with most first, at most MOST_FOUND."""
    if not rows:
        return []
    ends = np.cumsum([len(terms) // TERMS.itemsize for terms, *_ in rows])
    starts = np.concatenate(([0], ends[:-1]))
    points = looked_up(
        starts,
        ends,
        numbers(b"".join(terms for terms, *_ in rows), TERMS),
        numbers(b"".join(weights for _, weights, *_ in rows), WEIGHTS),
        by_search(asked),
    )
    order = sorted(range(len(rows)), key=lambda place: (-points[place], rows[place][2]))
    return [
        (int(points[place]), rows[place][:2], *rows[place][2:]) for place in order[:MOST_FOUND] if points[place] > 0
    ]
