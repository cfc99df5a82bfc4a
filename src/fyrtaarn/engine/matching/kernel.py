"""The arithmetic of a search: which of very many documents get most points from the terms of a question.

A term's postings are two arrays of the same length: numbers of documents, and the weight that each stores for the
term. Where they are *in order*, weights rise, so that the heaviest postings lie together at the end.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.integer]
"""Numbers of documents, or of terms."""
Weights = NDArray[np.uint16]
Points = NDArray[np.int32]

HIGHEST_WEIGHT = 0xFFFF
ROUGH = 0.02
"""How closely the budget is met."""
LONGEST_BLOCK = 64
"""So many documents are compared by their largest points first, to find the best ones without sorting all."""


class Postings(NamedTuple):
    """The documents that hold one term, with its weight in the question."""

    documents: Numbers
    weights: Weights
    asked: int


def put_in_order(documents: Numbers, weights: Weights) -> None:
    """Sort postings in place by rising weight; equal ones keep their order."""
    order = np.argsort(weights, kind="stable")
    documents[:] = documents[order]
    weights[:] = weights[order]


def heaviest(lists: Sequence[Postings], budget: int) -> list[Postings]:
    """The postings, all in order, that give most points: about `budget` of them over all lists.

    These are the postings that give at least some points each, the same for all terms
    (after Lin and Trotman 2015, Anytime ranking for impact-ordered indexes).
    """
    filled = [one for one in lists if len(one.weights)]

    def from_points(least: int) -> list[Postings]:
        # A number of another type would have the whole array converted.
        limits = (one.weights.dtype.type(min(-(-least // one.asked), HIGHEST_WEIGHT)) for one in filled)
        starts = [int(one.weights.searchsorted(limit)) for one, limit in zip(filled, limits, strict=True)]
        return [
            Postings(one.documents[start:], one.weights[start:], one.asked)
            for one, start in zip(filled, starts, strict=True)
        ]

    low, high = 0, max((one.asked * int(one.weights[-1]) for one in filled), default=0)
    chosen = from_points(high)
    while high - low > ROUGH * high + 1:
        least = (low + high) // 2
        tried = from_points(least)
        if sum(len(one.weights) for one in tried) > budget:
            low = least
        else:
            high, chosen = least, tried
    return chosen


def add_up(lists: Sequence[Postings], size: int) -> Points:
    """The points of each document from 0 to `size`: the sum of asked times stored weight."""
    points = np.zeros(size, np.int32)
    for one in lists:
        np.add.at(points, one.documents, one.weights * np.int32(one.asked))
    return points


def at_least_best(points: Points, count: int) -> Numbers:
    """The places of all points that the `count` highest reach or surpass, by rising number, and perhaps a few more.

    Points of nought are never among them.
    """
    block = min(LONGEST_BLOCK, max(1, len(points) // (8 * count)))
    whole = len(points) // block * block
    tops = points[:whole].reshape(block, -1).max(axis=0)
    reached = int(np.partition(tops, -count)[-count]) if len(tops) > count else 0
    return np.flatnonzero(points >= max(1, reached))


def best(points: Points, count: int, at_home: NDArray[np.bool_] | None = None, loss: int = 0) -> Numbers:
    """The places of the `count` highest points, highest first, when those not at home lose `loss` per cent."""
    places = at_least_best(points, count)
    if at_home is None:
        weighed = points[places].astype(np.int64)
    else:
        places = np.union1d(places, at_least_best(points * at_home, count))
        weighed = points[places].astype(np.int64)
        weighed -= np.where(at_home[places], 0, weighed * loss // 100)
    chosen: Numbers = places[np.lexsort((places, -weighed))[:count]]
    return chosen


def even_share(lengths: Sequence[int], budget: int) -> int:
    """How much each may take at most, so that all together take no more than `budget`."""
    left = budget
    for taken, length in enumerate(sorted(lengths)):
        share = left // (len(lengths) - taken)
        if length > share:
            return share
        left -= length
    return max(lengths, default=0)


def looked_up(
    starts: Numbers, ends: Numbers, terms: Numbers, weights: Weights, asked: Callable[[Numbers], NDArray[np.integer]]
) -> Points:
    """The exact points of documents whose terms with their weights lie from `starts` to `ends`.

    `asked` gives the weights in the question of terms by their numbers, nought for what is not asked for.
    """
    lengths = ends - starts
    offsets = np.cumsum(lengths) - lengths
    places = np.repeat(starts - offsets, lengths) + np.arange(lengths.sum())
    given = asked(terms[places]) * weights[places].astype(np.int32)
    sums = np.concatenate(([0], np.cumsum(given, dtype=np.int64)))
    points: Points = (sums[offsets + lengths] - sums[offsets]).astype(np.int32)
    return points


def by_table(asked: Mapping[int, int], size: int) -> Callable[[Numbers], NDArray[np.integer]]:
    """The weights of terms whose numbers lie below `size`."""
    table = np.zeros(size, np.int32)
    table[list(asked)] = list(asked.values())
    return table.take


def by_search(asked: Mapping[int, int]) -> Callable[[Numbers], NDArray[np.integer]]:
    """The weights of terms with numbers of any size."""
    wanted = np.array(sorted(asked), np.int64)
    weights = np.array([asked[number] for number in sorted(asked)], np.int32)

    def weigh(terms: Numbers) -> NDArray[np.integer]:
        found = np.minimum(np.searchsorted(wanted, terms), len(wanted) - 1)
        return np.where(wanted[found] == terms, weights[found], 0)

    return weigh
