from .calls import AidRegime, Call, CallState, Criterion, PoolRules, RulesState, Stage
from .contributions import Contribution, ContributionPart, Contributor, PartState
from .pools import Duty, Leftover, Pool, PoolDuty, PoolKind, PoolState

__all__ = [
    "AidRegime",
    "Call",
    "CallState",
    "Contribution",
    "ContributionPart",
    "Contributor",
    "Criterion",
    "Duty",
    "Leftover",
    "PartState",
    "Pool",
    "PoolDuty",
    "PoolKind",
    "PoolRules",
    "PoolState",
    "RulesState",
    "Stage",
]
