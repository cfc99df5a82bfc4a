"""nDCG, recall and reciprocal rank of one ranking against graded judgements."""

from collections.abc import Mapping, Sequence
from math import log2

Judgements = Mapping[str, Mapping[str, int]]
"""Question -> document -> grade; a document that is not there has grade 0."""


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], depth: int = 10) -> float:
    """Normalised discounted cumulative gain with gain 2^grade - 1, from 0 to 1.

    Burges et al. 2005, Learning to rank using gradient descent; discount log2(rank + 1)
    by Järvelin and Kekäläinen 2002. 0 when nothing is relevant.
    """
    best = _gain(sorted(grades.values(), reverse=True)[:depth])
    return _gain([grades.get(id, 0) for id in ranked[:depth]]) / best if best else 0.0


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / log2(place + 2) for place, grade in enumerate(grades))


def recall(ranked: Sequence[str], grades: Mapping[str, int], depth: int = 20, least: int = 2) -> float | None:
    """The share of documents of at least a grade among the first `depth`; None if there are none."""
    relevant = {id for id, grade in grades.items() if grade >= least}
    return len(relevant.intersection(ranked[:depth])) / len(relevant) if relevant else None


def mrr(ranked: Sequence[str], grades: Mapping[str, int], least: int = 2) -> float | None:
    """One by the rank of the first document of at least a grade; None if there are none."""
    if not any(grade >= least for grade in grades.values()):
        return None
    for place, id in enumerate(ranked, 1):
        if grades.get(id, 0) >= least:
            return 1 / place
    return 0.0


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean, 0 of nothing."""
    return sum(values) / len(values) if values else 0.0
