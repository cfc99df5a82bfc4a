from .calls import AidRegime, Call, CallState, Criterion, PoolRules, RulesState, Stage
from .contributions import Confirmation, Contribution, ContributionPart, Contributor, PartState, SentPayment
from .pools import DueDay, Duty, Leftover, Pool, PoolDuty, PoolKind, PoolState
from .years import ClosedYear, LeftoverShare

__all__ = [
    "AidRegime",
    "Call",
    "CallState",
    "ClosedYear",
    "Confirmation",
    "Contribution",
    "ContributionPart",
    "Contributor",
    "Criterion",
    "DueDay",
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
    "SentPayment",
    "Stage",
]
