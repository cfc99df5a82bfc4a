"""The arithmetic of a search: which of very many documents get most points from the terms of a question.

A term's postings are two arrays of the same length: numbers of documents, and the weight that each stores for the
term. A term that very many documents hold has a row as well: the weight of every document, nought where it is absent.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.integer]
"""Numbers of documents, or of terms."""
Weights = NDArray[np.uint16]
Points = NDArray[np.int32]

HEAVIEST = 0xFF
"""The highest weight of a row; a higher one counts as this one."""
HIGHEST_ROUGH = 0xFFFF
LONGEST_BLOCK = 64
"""So many documents are compared by their largest points first, to find the best ones without sorting all."""


class Postings(NamedTuple):
    """The documents that hold one term, with its weight in the question."""

    documents: Numbers
    weights: Weights
    asked: int


class Row(NamedTuple):
    """The weight of every document for one term, with the term's weight in the question."""

    weights: NDArray[np.uint8]
    asked: int


def row_of(documents: Numbers, weights: Weights, size: int) -> NDArray[np.uint8]:
    """The row of a term's postings for documents from 0 to `size`."""
    row = np.zeros(size, np.uint8)
    row[documents] = np.minimum(weights, HEAVIEST)
    return row


def add_up(lists: Sequence[Postings], size: int) -> Points:
    """The points of each document from 0 to `size`: the sum of asked times stored weight."""
    points = np.zeros(size, np.int32)
    for one in lists:
        np.add.at(points, one.documents.astype(np.intp), one.weights * np.int32(one.asked))
    return points


def rough_unit(asked: Sequence[int]) -> int:
    """How many points are one rough point, so that no sum of at most some 500 terms leaves sixteen bits."""
    return max(1, -(-HEAVIEST * sum(asked) // (HIGHEST_ROUGH - HEAVIEST * len(asked) // 2)))


def add_up_roughly(lists: Sequence[Postings], rows: Sequence[Row], size: int) -> NDArray[np.uint16]:
    """The rough points of each document from 0 to `size`: what is asked is rounded to whole units.

    A row of a million documents is added in a tenth of a millisecond; its postings would take ten times as long.
    """
    unit = rough_unit([one.asked for one in lists] + [row.asked for row in rows])
    points = np.zeros(size, np.uint16)
    for one in lists:
        weights = np.minimum(one.weights, np.uint16(HEAVIEST))
        np.add.at(points, one.documents.astype(np.intp), weights * _rounded(one.asked, unit))
    given = np.empty(size, np.uint16)
    for row in rows:
        np.multiply(row.weights, _rounded(row.asked, unit), out=given)
        points += given
    return points


def _rounded(asked: int, unit: int) -> np.uint16:
    return np.uint16((2 * asked + unit) // (2 * unit))


def at_least_best(points: NDArray[np.integer], count: int) -> Numbers:
    """The places of all points that the `count` highest reach or surpass, by rising number, and perhaps a few more.

    Points of nought are never among them.
    """
    block = min(LONGEST_BLOCK, max(1, len(points) // (8 * count)))
    whole = len(points) // block * block
    tops = points[:whole].reshape(block, -1).max(axis=0)
    reached = int(np.partition(tops, -count)[-count]) if len(tops) > count else 0
    return np.flatnonzero(points >= max(1, reached))


def best(points: NDArray[np.integer], count: int, at_home: NDArray[np.bool_] | None = None, loss: int = 0) -> Numbers:
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
