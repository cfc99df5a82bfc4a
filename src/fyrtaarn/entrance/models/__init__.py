"""Questions to the municipality, who answers them, and what is known beforehand."""

from .answers import FEWEST, AnswerFigure, PublicAnswer
from .cases import (
    OPEN_STATES,
    OVER_STATES,
    UNROUTED_STATES,
    Case,
    CaseGrowth,
    CaseMessage,
    CaseState,
    CaseTask,
    Ground,
    MessageSide,
    Outcome,
    Rating,
    RatingAnswer,
    TaskState,
)
from .desks import Absence, CaseTopic, ContactProfile, SavedAnswer

__all__ = (
    "FEWEST",
    "OPEN_STATES",
    "OVER_STATES",
    "UNROUTED_STATES",
    "Absence",
    "AnswerFigure",
    "Case",
    "CaseGrowth",
    "CaseMessage",
    "CaseState",
    "CaseTask",
    "CaseTopic",
    "ContactProfile",
    "Ground",
    "MessageSide",
    "Outcome",
    "PublicAnswer",
    "Rating",
    "RatingAnswer",
    "SavedAnswer",
    "TaskState",
)
