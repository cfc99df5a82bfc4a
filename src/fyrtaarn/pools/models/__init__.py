from .calls import AidRegime, Call, CallState, Criterion, PoolRules, RulesState, Stage
from .contributions import Contribution, ContributionPart, Contributor, PartState
from .pools import Duty, Leftover, Pool, PoolDuty, PoolKind, PoolState
from .years import ClosedYear, LeftoverShare

__all__ = [
    "AidRegime",
    "Call",
    "CallState",
    "ClosedYear",
    "Contribution",
    "ContributionPart",
    "Contributor",
    "Criterion",
    "Duty",
    "Leftover",
    "LeftoverShare",
    "PartState",
    "Pool",
    "PoolDuty",
    "PoolKind",
    "PoolRules",
    "PoolState",
    "RulesState",
    "Stage",
]
