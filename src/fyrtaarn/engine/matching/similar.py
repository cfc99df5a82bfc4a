"""Questions made from documents: what is like this one."""

from collections.abc import Mapping

from .analysis import WEIGHT_UNIT
from .documents import Facts, Plan, QueryTerm, Statistics
from .planning import KIND_WEIGHTS, QUERY_UNIT, inverse_frequency

MOST_SIMILAR_TERMS = 24


def plan_of_terms(
    terms: Mapping[str, int],
    statistics: Statistics,
    facts: Facts | None = None,
    most: int = MOST_SIMILAR_TERMS,
) -> Plan:
    """A plan that finds documents with the terms of a stored one.

    The weight of a term is its stored weight times its kind's weight times its
    inverse document frequency.
    """
    weighted = [
        QueryTerm(
            term,
            round(
                QUERY_UNIT
                * KIND_WEIGHTS[term[0]]
                * inverse_frequency(statistics.frequency.get(term, 0), statistics.documents)
                * stored
                / WEIGHT_UNIT
            ),
            (term[2:],),
        )
        for term, stored in terms.items()
    ]
    weighted.sort(key=lambda one: (-one.weight, one.term))
    best = tuple(one for one in weighted[:most] if one.weight > 0)
    return Plan(best, facts or Facts(), full=sum(one.weight for one in best) * WEIGHT_UNIT)
