"""The other way round: one new document against all saved searches at once."""

from array import array
from collections import defaultdict

import numpy as np

from .analysis import WEIGHT_UNIT
from .documents import Analysis, Facts, Plan
from .scoring import adjustments, fit_of

LEAST_FIT = 25
"""A profile is told of a document from this fit (per cent) on."""


class Profiles:
    """Saved searches by the terms of their plans."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._ids: list[str] = []
        self._facts: list[Facts] = []
        self._full: array[int] = array("q")
        self._postings: defaultdict[str, tuple[array[int], array[int]]] = defaultdict(lambda: (array("I"), array("q")))

    def __len__(self) -> int:
        return len(self._numbers)

    def add(self, id: str, plan: Plan) -> None:
        """Add a saved search, in place of an earlier one with the same id."""
        self.remove(id)
        number = len(self._ids)
        self._ids.append(id)
        self._numbers[id] = number
        self._facts.append(plan.facts)
        self._full.append(plan.full)
        for one in plan.terms:
            numbers, weights = self._postings[one.term]
            numbers.append(number)
            weights.append(one.weight)

    def remove(self, id: str) -> None:
        """Remove a saved search; an unknown id is no error."""
        number = self._numbers.pop(id, None)
        if number is not None:
            self._full[number] = 0

    def match(self, analysis: Analysis, least_fit: int = LEAST_FIT) -> list[tuple[str, int]]:
        """The saved searches that a document fits, each with its fit in per cent, best first."""
        covered = np.zeros(len(self._ids), np.int64)
        for term, stored in analysis.terms.items():
            if term in self._postings:
                numbers, weights = self._postings[term]
                np.add.at(
                    covered,
                    np.frombuffer(numbers, np.uint32),
                    np.frombuffer(weights, np.int64) * min(stored, WEIGHT_UNIT),
                )
        full = np.frombuffer(self._full, np.int64)
        # What falls short by a quarter no adjustment (at most +20 %) can lift over the line.
        near = np.flatnonzero((full > 0) & (100 * covered >= least_fit * full * 3 // 4) & (covered > 0))
        found = []
        for number, total in zip(near.tolist(), covered[near].tolist(), strict=True):
            shares = adjustments(self._facts[number], analysis.facts)
            fit = fit_of(total, self._full[number], sum(share for _, share, _ in shares))
            if fit >= least_fit:
                found.append((self._ids[number], fit))
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))
