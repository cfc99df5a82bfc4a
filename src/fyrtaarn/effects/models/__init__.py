"""The room's nouns: the catalogue, and plans by it."""

from .catalogue import (
    BottomLine,
    Direction,
    Evidence,
    Frequency,
    Indicator,
    IndicatorVersion,
    Instrument,
    Measure,
    Outcome,
    Timing,
    Unit,
    WantedEffect,
)
from .plans import MOST_OUTCOMES, Plan, PlannedIndicator, PlannedOutcome

__all__ = [
    "MOST_OUTCOMES",
    "BottomLine",
    "Direction",
    "Evidence",
    "Frequency",
    "Indicator",
    "IndicatorVersion",
    "Instrument",
    "Measure",
    "Outcome",
    "Plan",
    "PlannedIndicator",
    "PlannedOutcome",
    "Timing",
    "Unit",
    "WantedEffect",
]
