"""How high or low one number can be, when sums of some of them are known and none is below nought.

A small simplex method (Dantzig 1951; Bland's rule, 1977, where it stands still) on a dense tableau, with branches where a
corner is not whole (Land and Doig 1960). It answers with whole numbers that somebody can check, or not at all: what it says
does not rest on floats.
"""

from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
TINY = 1e-9
STANDING_STILL = 20
"""After so many steps without progress in a row, Bland's rule, which cannot go in circles."""
MOST_BRANCHES = 100
NEARLY = 1e-6


@dataclass(frozen=True, slots=True)
class Answer:
    """Whole numbers with the known sums and the one asked for far enough away (`witness`), or none, and then the places
    of the sums that hold it back."""

    witness: Numbers | None
    binding: tuple[int, ...]


class Polytope:
    """All numbers, none below nought, with known sums. Rows of `sums` are noughts and ones."""

    def __init__(self, sums: Numbers, known: Numbers) -> None:
        self._sums, self._known = sums, known
        self._rows, self._columns = sums.shape
        self._tableau = np.hstack([sums, np.eye(self._rows), known[:, None]]).astype(np.float64)
        self._basis = list(range(self._columns, self._columns + self._rows))
        self._still = 0
        self.feasible = self._begin()

    def reach(self, place: int, *, least: int | None = None, most: int | None = None) -> Answer:
        """Numbers of which the one at `place` is at least, or at most, so much."""
        up = least is not None
        while True:
            witness = self._witness(self.corner())
            if witness is not None and self._far_enough(witness[place], least, most):
                return Answer(witness, ())
            row = self._basis.index(place) if place in self._basis else None
            if row is None and not up:
                return self._branched(place, least, most, ())
            entering = place if row is None else self._improving(row, place, up)
            if entering is None:
                return self._branched(place, least, most, self._holding_back(row))
            leaving = self._leaving(entering)
            if leaving is None:
                far = self._far_out(place, row, entering, least or 0)
                return self._branched(place, least, most, ()) if far is None else Answer(far, ())
            self._pivot(leaving, entering)

    def _branched(self, place: int, least: int | None, most: int | None, binding: tuple[int, ...]) -> Answer:
        """From the last corner, the furthest one where something is `binding`: whole numbers between the corners, unless
        not even broken ones reach so far."""
        furthest = float(self.corner()[place])
        too_low = least is not None and bool(binding) and furthest < least - NEARLY
        if too_low or (most is not None and furthest > most + NEARLY):
            return Answer(None, binding)
        lows = np.zeros(self._columns, dtype=np.int64)
        lows[place] = least or 0
        return Answer(_whole(self._sums, self._known, lows, {} if most is None else {place: most}), binding)

    @staticmethod
    def _far_enough(value: int, least: int | None, most: int | None) -> bool:
        return (least is None or value >= least) and (most is None or value <= most)

    def _begin(self) -> bool:
        """Find numbers with the known sums, or say that there are none: drive out what stands for sums not yet reached, and
        forget sums that follow from others."""
        gain = self._tableau[:, : self._columns].sum(axis=0)
        while gain.max(initial=0) > TINY:
            entering = self._choose(gain)
            leaving = self._leaving(entering)
            if leaving is None:
                raise ArithmeticError("sums that are known cannot be without end")
            self._pivot(leaving, entering)
            gain -= gain[entering] * self._tableau[leaving, : self._columns]
        unreached = [row for row, column in enumerate(self._basis) if column >= self._columns]
        if self._tableau[unreached, -1].sum() > NEARLY:
            return False
        for row, column in enumerate(self._basis):
            others = np.flatnonzero(self._tableau[row, : self._columns])
            if column >= self._columns and others.size:
                self._pivot(row, int(others[0]))
        telling = np.flatnonzero(self._tableau[:, : self._columns].any(axis=1))
        self._tableau = self._tableau[telling]
        self._basis = [self._basis[row] for row in telling]
        return True

    def _choose(self, gain: NDArray[np.float64]) -> int:
        if self._still > STANDING_STILL:
            return int(np.flatnonzero(gain > TINY)[0])
        return int(gain.argmax())

    def _improving(self, row: int, place: int, up: bool) -> int | None:
        gain = self._tableau[row, : self._columns] * (-1 if up else 1)
        gain[place] = 0
        return self._choose(gain) if gain.max() > TINY else None

    def _leaving(self, entering: int) -> int | None:
        column = self._tableau[:, entering]
        rows = np.flatnonzero(column > TINY)
        if not rows.size:
            return None
        steps = self._tableau[rows, -1] / column[rows]
        nearest = rows[steps <= steps.min() + TINY]
        self._still = self._still + 1 if steps.min() <= TINY else 0
        return int(min(nearest, key=lambda row: self._basis[row]))

    def _pivot(self, row: int, column: int) -> None:
        tableau = self._tableau
        tableau[row] /= tableau[row, column]
        touched = np.flatnonzero(tableau[:, column])
        touched = touched[touched != row]
        changed = tableau[touched] - np.outer(tableau[touched, column], tableau[row])
        changed[np.abs(changed) < TINY] = 0
        tableau[touched] = changed
        self._basis[row] = column

    def corner(self) -> NDArray[np.float64]:
        """Some numbers with the known sums, of which as few as can be are above nought."""
        corner = np.zeros(self._columns + self._rows)
        corner[self._basis] = self._tableau[:, -1]
        return corner[: self._columns]

    def _witness(self, found: NDArray[np.float64]) -> Numbers | None:
        """Whole numbers that have the known sums, proved without floats."""
        whole = np.rint(found).astype(np.int64)
        return whole if bool((whole >= 0).all()) and bool((self._sums @ whole == self._known).all()) else None

    def _far_out(self, place: int, row: int | None, entering: int, least: int) -> Numbers | None:
        """Numbers on a ray that has no end, so far out that the one asked for is large enough."""
        ray = np.zeros(self._columns + self._rows)
        ray[self._basis] = -self._tableau[:, entering]
        ray[entering] = 1
        speed = 1.0 if row is None else -self._tableau[row, entering]
        steps = ceil(max(least - self.corner()[place], 0) / speed)
        return self._witness(self.corner() + steps * ray[: self._columns])

    def _holding_back(self, row: int | None) -> tuple[int, ...]:
        if row is None:
            return ()
        weights = self._tableau[row, self._columns : self._columns + self._rows]
        return tuple(int(place) for place in np.flatnonzero(np.abs(weights) > TINY))


def _whole(sums: Numbers, known: Numbers, lows: Numbers, highs: dict[int, int]) -> Numbers | None:
    """Whole numbers with the known sums, at least `lows` and at most `highs`; None where there are none, or none were found
    in MOST_BRANCHES branches."""
    waiting = [(lows, highs)]
    for _ in range(MOST_BRANCHES):
        if not waiting:
            break
        lows, highs = waiting.pop()
        room = np.array([high - lows[place] for place, high in highs.items()], dtype=np.int64)
        ceilings = np.zeros((len(highs), lows.size), dtype=np.int64)
        ceilings[range(len(highs)), list(highs)] = 1
        shifted = np.concatenate([known - sums @ lows, room])
        if (shifted < 0).any():
            continue
        slack = np.vstack([np.zeros((len(sums), len(highs)), dtype=np.int64), np.eye(len(highs), dtype=np.int64)])
        polytope = Polytope(np.hstack([np.vstack([sums, ceilings]), slack]), shifted)
        if not polytope.feasible:
            continue
        corner = polytope.corner()[: lows.size] + lows
        whole = np.rint(corner).astype(np.int64)
        broken = np.flatnonzero(np.abs(corner - whole) > NEARLY)
        if not broken.size:
            return whole if bool((sums @ whole == known).all()) else None
        at = int(broken[0])
        below = floor(corner[at])
        higher = lows.copy()
        higher[at] = below + 1
        waiting += [(lows, {**highs, at: below}), (higher, highs)]
    return None
