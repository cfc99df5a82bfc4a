from .challenge import Challenge, ChallengeState, Possibility
from .solution import CapacityNow, PriceModel, Reference, Solution, SolutionState, Stage

__all__ = [
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
