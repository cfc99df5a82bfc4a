from .challenge import OPEN_STATES, Challenge, ChallengeState, Possibility
from .solution import REMINDED_BEFORE, CapacityNow, PriceModel, Reference, Solution, SolutionState, Stage

__all__ = [
    "OPEN_STATES",
    "REMINDED_BEFORE",
    "CapacityNow",
    "Challenge",
    "ChallengeState",
    "Possibility",
    "PriceModel",
    "Reference",
    "Solution",
    "SolutionState",
    "Stage",
]
