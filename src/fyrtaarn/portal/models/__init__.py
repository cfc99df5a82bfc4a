from .challenge import ENDED_STATES, OPEN_STATES, Challenge, ChallengeState, Possibility
from .solution import REMINDED_BEFORE, CapacityNow, PriceModel, Reference, Solution, SolutionState, Stage

__all__ = [
    "ENDED_STATES",
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
