"""An amount shared by weight, to the last øre, so that a page can show how."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Share:
    """One part: its exact `quota`, the whole øre of it, and whether it got one of the øre that were left over."""

    weight: int
    quota: Fraction
    extra: bool = False

    @property
    def floor(self) -> int:
        return self.quota.__floor__()

    @property
    def remainder(self) -> Fraction:
        return self.quota - self.floor

    @property
    def amount(self) -> int:
        return self.floor + self.extra


def shares(total: int, weights: Sequence[int]) -> tuple[Share, ...]:
    """Share `total` øre by `weights`, in their order; the amounts sum to the total.

    The largest remainder method (Hamilton): everybody gets the whole øre of her quota, and the øre that are left go to
    the largest remainders; of equal ones, to those who stand first. Nobody is off her quota by an øre or more.
    Raises ValueError for a negative total, a negative weight, and weights that are all zero.
    """
    if total < 0 or any(weight < 0 for weight in weights):
        raise ValueError("neither the total nor a weight is negative")
    whole = sum(weights)
    if whole == 0:
        raise ValueError("somebody has a weight")
    exact = [Share(weight, Fraction(total * weight, whole)) for weight in weights]
    left = total - sum(share.floor for share in exact)
    first = sorted(range(len(exact)), key=lambda place: (-exact[place].remainder, place))[:left]
    return tuple(Share(share.weight, share.quota, extra=place in first) for place, share in enumerate(exact))
